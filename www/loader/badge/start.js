// The loyalty badge. The Worker draws the panel; this puts it in place, asks before points are spent, keeps what was asked for
// until there is a verdict, and shows the last known state where there is no network.

import { brain, JUDGE, MAKE, PART, WAIT } from "./brain.js";
import { adopt, draw, tell } from "./panel.js";

// What the loader lends: the manifest, the forms on the page, the script element; and how to fill a root.
export const start = (lent) => {
  const { manifest, forms, script, kept } = lent;
  const prefix = `rapport:${manifest.site}:`;
  const lang = () => script?.dataset.lang || document.documentElement.lang || manifest.locale;
  const get = (key) => kept((store) => store.getItem(prefix + key)) || "";
  const put = (key, text) => kept((store) => (text ? store.setItem(prefix + key, text) : store.removeItem(prefix + key), 1));
  const think = () => brain(manifest.origin + manifest.badge.wasm);
  const badges = () => [...forms.values()].filter((form) => form.dataset.kind == "loyalty");
  let memory = ""; // The secret, where nothing can be kept.
  const secret = () => get("member") || memory;
  const known = () => secret() || manifest.token;
  const own = () => secret().slice(0, 6);
  // Whose account it is: what was kept for one is not shown to another, not sent on their behalf, and not held against them.
  const who = () => {
    try {
      const claims = manifest.token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
      const { member, sub } = JSON.parse(atob(claims));
      return "=" + encodeURIComponent(member || sub);
    } catch {
      return own();
    }
  };

  // Resolves to the HTTP status, 0 where there was none, and what the Worker said. Plain text needs no preflight.
  const mine = () => get("mine").split(" ").filter(Boolean).slice(0, 10);
  const proof = () => ({ secret: secret() || undefined, token: manifest.token || undefined, mine: mine() });
  const post = async (act, body, more = proof()) => {
    try {
      const init = { method: "POST", body: JSON.stringify({ ...body, ...more, lang: lang() }), keepalive: true, credentials: "omit" };
      const response = await fetch(`${manifest.origin}/me/${manifest.site}/${act}`, init);
      const said = (await response.json().catch(() => 0)) || {};
      // The page may have a newer one.
      if (response.status == 401 && manifest.token) {
        manifest.token = "";
        document.dispatchEvent(new CustomEvent("rapport:identify"));
      }
      return [response.status, said];
    } catch {
      return [0, {}];
    }
  };

  // The panel as the Worker drew it last, and when; all tabs show the same.
  const show = (html, quiet) => {
    put("points", `${Date.now()} ${who()}\n${html}`);
    draw(badges(), html, context, quiet);
  };
  const old = () => {
    const [, at, whose, html] = /^(\d+) (.*)\n(.*)/s.exec(get("points")) || [];
    if (!html || whose != who()) return;
    draw(badges(), html, context, 1);
    tell(badges(), "offline", { time: new Date(+at).toLocaleString(lang(), { dateStyle: "medium", timeStyle: "short" }) });
    return 1;
  };
  let fresh = 0;
  let missed;
  let done = 0; // Acts whose verdict was shown.
  const refresh = async (quiet) => {
    const before = done + who();
    const [status, { html }] = await post("points", {});
    if (status == 200 && html) {
      // Somebody has joined, or something was done, since it was asked: this is how it was before.
      if (before != done + who()) return;
      fresh = Date.now();
      show(html, quiet);
    } else if (!old()) {
      missed = 1;
      tell(badges(), "failed");
    }
  };

  const older = async (before) => {
    const [status, { html }] = await post("points", { before });
    return status == 200 && html;
  };

  // The link for friends as a QR code.
  const picture = async () => (await post("points", { make: true, page: location.origin + location.pathname }))[1].qr;

  // What the owner has said was read here: the card that says the same goes.
  const seen = (threads) => {
    for (const [id, until] of threads) post(id, { seen: until }, {});
    document.querySelector("[data-rapport=replies]")?.shadowRoot?.querySelector("[data-do=close]")?.click();
  };
  lent.seen = () => known() && refresh(1);

  // Asks for something, once: the id is made here and kept until there is a verdict, whatever happens to this tab.
  const act = async (name, extra = {}) => {
    // What makes somebody a member is made here and told to nobody else.
    if (!known()) {
      const bytes = crypto.getRandomValues(new Uint8Array(32));
      memory = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
      put("member", memory);
    }
    const text = JSON.stringify({ act: name, as: who(), ...extra }).slice(1);
    // Whoever was told that it failed, and asks again, has not asked for two.
    const again = [...unsaved].find(([, entry]) => entry.endsWith(text));
    if (again) return send(...again, 1);
    const random = crypto.getRandomValues(new Uint8Array(10));
    const entry = (await think())(MAKE, Date.now(), random, text);
    const id = entry.split(" ")[0];
    put(`act:${id}`, entry);
    // Nobody waits for what was asked for in passing.
    return send(id, entry, !["claim", "referred"].includes(name));
  };

  const flying = new Set();
  const unsaved = new Map(); // Id → entry, of what waits and cannot be kept on this device: it lives as long as the page.
  const send = async (id, entry, asked) => {
    const { act: name, as, ...body } = JSON.parse(entry.slice(entry.indexOf("\n") + 1));
    // It waits for whoever asked for it.
    if (flying.has(id) || (as && as != who() && as != own())) return;
    flying.add(id);
    if (asked) tell(badges(), "sending");
    let [status, said] = await post(name, body);
    // Not a verdict on what was asked for: the page is asked for a newer token.
    const stale = status == 401;
    if (stale) status = 0;
    flying.delete(id);
    const decide = await think();
    const receipt = status == 200 && said.id == id ? 1 : 0;
    const verdict = decide(JUDGE, status, said.code || "", receipt, Date.now(), (Math.random() * 2 ** 31) | 0, entry);
    if (verdict == "+" || verdict == "-") {
      put(`act:${id}`);
      unsaved.delete(id);
      if (name == "leave" && receipt) return left();
      // What another device had collected is nobody's new gain.
      done++;
      if (said.html) show(said.html, name == "recover");
      if (said.phrase) tell(badges(), "phrase", said.phrase);
      else if (said.told) tell(badges(), "", { detail: said.told });
      else if (verdict == "-" && (asked || said.detail)) tell(badges(), said.detail ? "" : "failed", said);
      else if (name == "profile" && receipt) tell(badges(), "saved");
      else if (name == "redeem" && receipt) tell(badges(), "redeemed", { what: badges()[0]?.querySelector(`[data-own="${id}"] .what`)?.firstChild.data });
      if (verdict == "+") arrived();
      return verdict;
    }
    const saved = put(`act:${id}`, verdict);
    if (!saved) unsaved.set(id, verdict);
    if (asked) tell(badges(), stale ? "" : saved ? "waiting" : "failed", said);
    later(id, verdict);
  };
  const later = async (id, entry) => {
    const ms = (await think())(WAIT, Date.now(), entry);
    if (!ms) return unsaved.delete(id), put(`act:${id}`);
    await new Promise((resume) => {
      setTimeout(resume, ms);
      addEventListener("online", resume, { once: true });
    });
    // Another tab may have been told.
    if (get(`act:${id}`) || unsaved.has(id)) send(id, get(`act:${id}`) || entry);
  };
  const left = () => {
    memory = "";
    for (const key of ["member", "points", "head"]) put(key);
    refresh(1).then(() => tell(badges(), "left"));
  };

  // What counts only for members waits for them: own answers, and by whom they were brought.
  const remember = (id) => put("claims", [...new Set([id, ...get("claims").split(" ")])].slice(0, 10).join(" ").trim());
  const arrived = () => {
    if (!known()) return;
    const [claims, code] = [get("claims"), get("ref")];
    put("claims");
    put("ref");
    if (claims) act("claim", { responses: claims.split(" ") });
    if (code) act("referred", { code });
  };
  document.addEventListener("rapport:completed", ({ detail }) => {
    if (!detail?.id) return;
    remember(detail.id);
    arrived();
  });
  const address = new URL(location);
  const code = address.searchParams.get("rapport-ref");
  const phrase = /^#rapport-member=(.+)/.exec(address.hash)?.[1];
  if (code || phrase) {
    if (code && /^[\w-]{4,40}$/.test(code)) put("ref", code);
    address.searchParams.delete("rapport-ref");
    if (phrase) address.hash = "";
    history.replaceState(history.state, "", address);
  }

  const context = { ...lent, lang, get, put, who, act, older, think, picture, seen };
  const take = (form) => {
    if (form.dataset.kind != "loyalty") return;
    adopt(form, context);
    form.addEventListener("click", ({ target }) => {
      if (target.closest("[data-do=open]") && Date.now() - fresh > 3e4) refresh(1);
    });
    if (form.dataset.placement == "inline" && !known()) refresh(1);
  };
  // Forms that come later, too.
  const { set } = forms;
  forms.set = (host, form) => (set.call(forms, host, form), take(form), forms);
  for (const form of forms.values()) take(form);

  customElements.define(
    "rapport-points",
    class extends HTMLElement {
      connectedCallback() {
        this.textContent = document.documentElement.dataset.rapportPoints || this.textContent;
      }
    },
  );
  addEventListener("storage", ({ key, newValue }) => {
    const [, whose, html] = key == prefix + "points" ? /^\d+ (.*)\n(.*)/s.exec(newValue) || [] : [];
    if (html && whose == who()) draw(badges(), html, context, 1);
  });
  addEventListener("online", () => (known() || missed) && refresh(1));
  const resume = () => {
    for (const key of kept((store) => Object.keys(store)) || []) {
      if (key.startsWith(prefix + "act:")) later(key.slice(prefix.length + 4), get(key.slice(prefix.length)));
    }
  };
  manifest.identified = () => refresh(1).then(arrived).then(resume);

  // Nobody is asked about who does not take part.
  if (known()) refresh(1).then(arrived);
  if (phrase) act("recover", { phrase });
  resume();
};
