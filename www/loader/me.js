// What the owner says to this device's own answers. Asked for at the first page of a visit, and only where there are such
// answers; shown as a quiet card that lies over nothing and takes no focus; answered back from within it.

import { uuid } from "./uuid.js";

// Replies to older answers are not asked for any more.
const OLDEST_MS = 180 * 864e5;

// What the loader lends: the manifest, the forms on the page, the script element; and how to fill and colour a host.
export const start = async (lent) => {
  const { manifest, forms, script, kept, fill, setScheme } = lent;
  for (const part of [manifest.badge?.js, manifest.badge?.board]) {
    if (part) import(manifest.origin + part).then((it) => it.start(lent)).catch(() => {});
  }
  const prefix = `rapport:${manifest.site}:`;
  const lang = script?.dataset.lang || document.documentElement.lang || manifest.locale;

  // Resolves to the HTTP status, 0 where there was none, and what the Worker said. Plain text needs no preflight.
  const post = async (path, body) => {
    try {
      const init = { method: "POST", body: JSON.stringify(body), keepalive: true, credentials: "omit" };
      const response = await fetch(`${manifest.origin}/me/${manifest.site}${path}`, init);
      return [response.status, await response.json().catch(() => 0)];
    } catch {
      return [0];
    }
  };

  // Sends a message, and keeps it until there is a verdict.
  const say = async (id, message, text) => {
    const key = `${prefix}say:${id}`;
    kept((store) => (store[key] = `${message} ${text}`));
    const [status, said] = await post("/" + id, { message, text, lang });
    // A message that must wait for the owner's turn is kept as well.
    const final = status == 200 || status == 404 || (status == 422 && said.code != "too_many");
    if (final) kept((store) => store.removeItem(key));
    return [status, said || {}, !final && kept((store) => store[key])];
  };

  // What was written on an earlier visit and never arrived.
  for (const key of kept((store) => Object.keys(store)) || []) {
    if (!key.startsWith(prefix + "say:")) continue;
    const [message, text] = kept((store) => store[key]).split(/ (.*)/s);
    await say(key.slice(prefix.length + 4), message, text);
  }

  const visit = (work) => {
    try {
      return work(sessionStorage);
    } catch {}
  };
  if (visit((store) => store[prefix + "me"])) return;
  const young = (id) => parseInt(id.slice(0, 8) + id.slice(9, 13), 16) > Date.now() - OLDEST_MS;
  const ids = (kept((store) => store[prefix + "mine"]) || "").split(" ").filter(young).slice(0, 10);
  // What is too old to be asked about is forgotten.
  kept((store) => (ids.length ? (store[prefix + "mine"] = ids.join(" ")) : store.removeItem(prefix + "mine")));
  if (!ids.length) return;
  const [status, said] = await post("", { ids, lang });
  if (status == 200) visit((store) => (store[prefix + "me"] = 1));
  if (!said?.html) return;

  const host = document.createElement("div");
  host.dataset.placed = "";
  host.dataset.rapport = "replies";
  host.hidden = true;
  host.style.fontFamily = getComputedStyle(document.body).fontFamily;
  // Below whatever asks something.
  host.style.zIndex = 2147482999;
  const root = host.attachShadow({ mode: "open" });
  fill(root, said.html);
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(said.css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.nonce = script?.nonce;
    style.textContent = said.css;
    root.append(style);
  }
  document.documentElement.append(host);
  setScheme(host);
  const card = root.querySelector(".talk");
  const find = (part) => card.querySelector(part);

  // Moments in the visitor's own words and time zone.
  const localise = () => {
    for (const time of card.querySelectorAll("time")) {
      time.textContent = new Date(time.dateTime).toLocaleString(card.lang, { dateStyle: "medium", timeStyle: "short" });
    }
  };
  localise();

  // It waits while a widget is open, unless somebody is busy in it.
  const open = ([other, form]) => {
    const { placement } = form.dataset;
    return !other.hidden && placement != "inline" && (!placement.startsWith("tab") || form.classList.contains("open"));
  };
  const look = () => (host.hidden = !root.activeElement && [...forms].some(open));
  const watcher = new MutationObserver(look);
  for (const [other, form] of forms) {
    watcher.observe(other, { attributeFilter: ["hidden"] });
    watcher.observe(form, { attributeFilter: ["class"] });
  }
  look();
  // Said to those who do not see it, once it is there.
  setTimeout(() => (find(".name").textContent = card.ariaLabel), 100);

  const close = () => {
    const seen = ({ dataset }) => post("/" + dataset.thread, { seen: +dataset.until });
    Promise.all([...card.querySelectorAll(".thread")].map(seen)).then(() => lent.seen?.());
    gone();
  };
  const gone = () => {
    watcher.disconnect();
    host.remove();
  };
  const { destroy } = window.rapport;
  window.rapport.destroy = () => {
    gone();
    destroy();
  };

  const send = async (form) => {
    const thread = form.closest(".thread");
    const [field, error, button, status] = ["textarea", ".error", ".send", ".status"].map((part) => thread.querySelector(part));
    const tell = (word) => (status.textContent = card.getAttribute("data-say-" + word));
    const complain = (word) => {
      error.textContent = word ? card.getAttribute("data-say-" + word) : "";
      error.hidden = !word;
      field.ariaInvalid = word ? "true" : null;
      status.textContent = "";
    };
    const text = field.value.trim();
    if (form.dataset.busy) return;
    complain(text ? "" : "required");
    if (!text) return field.focus();
    // Changed words are another message; the same ones, sent again, are the same.
    if (form.dataset.text != text) form.dataset.message = uuid();
    form.dataset.text = text;
    form.dataset.busy = 1;
    button.ariaDisabled = "true";
    tell("sending");
    const [code, answer, saved] = await say(thread.dataset.thread, form.dataset.message, text);
    delete form.dataset.busy;
    button.ariaDisabled = null;
    if (code == 200) {
      const inside = thread.contains(root.activeElement);
      const fresh = document.createElement("div");
      fill(fresh, answer.html);
      thread.replaceWith(fresh.firstChild);
      const again = find(`[data-thread="${thread.dataset.thread}"]`);
      again.querySelector(".status").textContent = card.getAttribute("data-say-arrived");
      localise();
      if (inside) find(".threads").focus();
    } else if (card.getAttribute("data-say-" + answer.code)) complain(answer.code);
    else {
      tell(saved ? "saved" : "failed");
      addEventListener("online", () => form.isConnected && send(form), { once: true });
    }
  };

  card.addEventListener("click", (event) => {
    const act = event.target.closest("[data-do]")?.dataset.do;
    if (act == "close") close();
    if (act == "read") {
      find(".brief").hidden = true;
      find(".threads").hidden = false;
      find(".threads").focus();
    }
    const form = event.target.closest("form");
    // Not the form's own event: there is none in a sandbox that allows no forms.
    if (form && event.target.closest(".send")) {
      event.preventDefault();
      send(form);
    }
  });
  // What is typed is not lost to a key.
  card.addEventListener("keydown", ({ key, target }) => key == "Escape" && !target.value && close());
  // The keyboard of a phone covers the lower part of the window.
  window.visualViewport?.addEventListener("resize", () => {
    const covered = root.activeElement?.matches("textarea") ? Math.max(0, innerHeight - visualViewport.height - visualViewport.offsetTop) : 0;
    card.style.translate = covered ? `0 -${covered}px` : "";
    card.style.maxBlockSize = covered ? `${visualViewport.height - 16}px` : "";
  });
};
