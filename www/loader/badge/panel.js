// The panel in its form: what is shown, what is pressed, what is said.

import sheetText from "sheet";
import { VERIFY, ITEM, PART } from "./brain.js";

const panel = (form) => form.querySelector("[data-panel]");
const find = (form, part) => panel(form).querySelector(part);
let sheet;

const dress = (root, script) => {
  try {
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(sheetText);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const style = document.createElement("style");
    style.nonce = script?.nonce;
    style.textContent = sheetText;
    root.append(style);
  }
};

// Says something in the live region, in the words that the panel brought along.
export const tell = (badges, word, values = {}) => {
  for (const form of badges) {
    const status = find(form, "[data-status]");
    if (word == "phrase") {
      const place = find(form, "[data-phrase]");
      if (!place) continue;
      const code = document.createElement("code");
      code.dir = "ltr";
      code.textContent = values.phrase;
      place.replaceChildren(code);
      if (values.qr) {
        const picture = document.createElement("div");
        tell.fill(picture, values.qr);
        place.append(picture);
      }
      place.hidden = false;
      if (status) status.textContent = "";
      continue;
    }
    const words = word ? find(form, `[data-say-${word}]`)?.getAttribute(`data-say-${word}`) : values.detail;
    if (status) status.textContent = (words || "").replace(/{(\w+)}/g, (_, name) => values[name] ?? "");
  }
};

const date = (place, lang) => {
  for (const time of place.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleDateString(lang, { dateStyle: "medium", timeZone: "UTC" });
  }
};

// Puts older lines of the history below those that are there; together they are verified anew.
const lengthen = (form, html, context) => {
  const aside = document.createElement("div");
  context.fill(aside, html);
  const now = find(form, ".points");
  const [lines, older] = [find(form, ".lines"), aside.querySelector(".lines")];
  if (!lines || !older) return;
  const more = find(form, "[data-more]");
  const last = !aside.querySelector("[data-more]");
  const first = older.firstElementChild;
  date(older, now.lang);
  for (const part of ["fromSeq", "fromHash", "fromBalance"]) lines.dataset[part] = older.dataset[part];
  lines.append(...older.children);
  if (first && last) {
    first.tabIndex = -1;
    first.focus();
  }
  if (last) more.remove();
  verify(form, now, context);
};

// Puts the Worker's panel in place of what is there. What was open stays open, and the focus stays where it was.
export const draw = (badges, html, context, quiet) => {
  tell.fill = context.fill;
  for (const form of badges) {
    const place = panel(form);
    const before = find(form, ".points");
    const focused = form.getRootNode().activeElement;
    const inside = focused && place.contains(focused);
    const had = find(form, "[data-own]")?.dataset.own;
    const open = [...place.querySelectorAll("details[data-part]")].map(({ dataset, open }) => [dataset.part, open]);
    // What is being typed stays, but for what was just sent.
    const typed = [...place.querySelectorAll("[name]")].filter(
      (field) => (field.value != field.defaultValue || field.checked != field.defaultChecked) && !field.closest("[data-form]")?.querySelector("[aria-disabled]"),
    );
    context.fill(place, html);
    const now = find(form, ".points");
    if (!now) continue;
    for (const [part, was] of open) {
      const details = find(form, `details[data-part="${part}"]`);
      if (details) details.open = was;
    }
    for (const { name, value, checked } of typed) Object.assign(find(form, `[name="${name}"]`) || {}, { value, checked });
    date(place, now.lang);
    const link = find(form, "[data-code]");
    if (link) link.value = `${location.origin}${location.pathname}?rapport-ref=${link.dataset.code}`;
    const share = find(form, "[data-share]");
    if (share && navigator.share) share.hidden = false;
    const { balance, shown = "", tier } = now.dataset;
    const count = form.querySelector(".count");
    if (count) {
      count.textContent = shown;
      count.hidden = !shown;
    }
    freshen(form, now.dataset.unread);
    // A quiz that was just taken says on its own last page how it stands.
    for (const quiz of context.forms.values()) {
      const best = find(form, `[data-best="${quiz.dataset.widget}"]`);
      const result = best && quiz.querySelector("[data-result]:not([hidden])");
      if (!result) continue;
      const line = result.querySelector(".total") || result.appendChild(document.createElement("p"));
      line.className = "total";
      line.textContent = best.textContent;
    }
    document.documentElement.dataset.rapportPoints = shown;
    for (const element of document.querySelectorAll("rapport-points")) element.textContent = shown;
    const own = find(form, "[data-own]");
    const bought = !quiet && before && own && own.dataset.own != had && own;
    if (bought) bought.classList.add("new");
    if (inside) ((bought && bought.querySelector("button")) || (focused.name && find(form, `[name="${focused.name}"]`)) || (focused.dataset.act && find(form, `[data-act="${focused.dataset.act}"]:not(.sure *)`)) || find(form, "h3")).focus();
    // Whoever has just joined had nothing before.
    const gain = before ? balance - (before.dataset.balance || 0) : 0;
    if (!quiet && (gain > 0 || (tier && before?.dataset.tier != tier))) {
      const parts = gain > 0 ? [new Intl.NumberFormat(now.lang, { signDisplay: "always" }).format(gain)] : [];
      if (tier && before && before.dataset.tier != tier) parts.push(find(form, ".tier")?.textContent);
      // A live region that has only just come is not read out yet.
      const status = find(form, "[data-status]");
      setTimeout(() => (status.textContent ||= parts.join(" · ")), 50);
      find(form, ".sum").classList.add("glad");
    }
    verify(form, now, context);
  }
};

// Whether there is something new to read, on the pill too.
const freshen = (form, words = "") => {
  const tab = form.querySelector(".tab");
  if (!tab) return;
  tab.toggleAttribute("data-fresh", !!words);
  tab.title = words;
};

// Computes the history's hashes anew, and holds them against the last head that this device has seen.
const verify = async (form, { dataset }, { think, get, put, who }) => {
  const lines = find(form, ".lines");
  let decide;
  try {
    decide = await think();
  } catch {
    for (const button of panel(form).querySelectorAll("[data-act],[data-ask]")) button.disabled = true;
    return tell([form], "limited");
  }
  if (!lines?.isConnected) return;
  const from = ["Seq", "Balance", "Hash"].map((part) => lines.dataset["from" + part]);
  const rows = [...lines.children].reverse().map(({ dataset: { line, hash } }) => line + PART + hash + ITEM);
  const [seq, hash, whose] = get("head").split(" ");
  const known = whose == who() ? [seq, hash] : ["", ""];
  const head = decide(VERIFY, ...from, dataset.seq, dataset.balance, dataset.hash, ...known, rows.join(""));
  for (const part of panel(form).querySelectorAll("[data-verified]")) part.hidden = !head;
  find(form, "[data-broken]").hidden = !!head;
  if (!head) find(form, "[data-part=history]").open = true;
  else put("head", head.replace(PART, " ") + " " + who());
};

const values = (part) => {
  const fields = [...part.querySelectorAll("[name]")];
  return Object.fromEntries(fields.map(({ name, type, value, checked }) => [name, type == "checkbox" ? checked : value]));
};

// Listens to a badge. Nothing that happens in the panel is for the widgets' own module.
export const adopt = (form, context) => {
  const place = panel(form);
  if (!place || place.dataset.panel) return;
  place.dataset.panel = "live";
  dress(form.getRootNode(), context.script);
  const say = (word) => tell([form], word);
  const sure = (button, open) => {
    const box = button.parentElement.querySelector(".sure") || button.nextElementSibling;
    box.hidden = !open;
    (open ? box.querySelector("button") : box.previousElementSibling).focus();
  };
  const press = async (button) => {
    const { act, reward, draw: name, copy, copyField } = button.dataset;
    if ("ask" in button.dataset) return sure(button, 1);
    if ("no" in button.dataset) return sure(button.closest(".sure"), 0);
    if ("share" in button.dataset) return navigator.share({ url: find(form, "[data-code]").value }).catch(() => {});
    if (copy || copyField) {
      const text = copy || find(form, `[name="${copyField}"]`).value;
      return navigator.clipboard?.writeText(text).then(() => say("copied"), () => say("failed"));
    }
    if ("qr" in button.dataset) {
      const place = find(form, "[data-picture]");
      const picture = place.firstChild ? 0 : await context.picture();
      if (picture) context.fill(place, picture);
      if (!place.firstChild) return say("failed");
      place.hidden = !place.hidden;
      return (button.ariaExpanded = `${!place.hidden}`);
    }
    if (!act || button.ariaDisabled) return;
    button.ariaDisabled = "true";
    if ("more" in button.dataset) {
      const html = await context.older(+find(form, ".lines").dataset.fromSeq + 1);
      if (html) lengthen(form, html, context);
      else say("failed");
      return (button.ariaDisabled = null);
    }
    const fields = button.closest("[data-form]");
    const box = button.closest(".sure");
    const extra = fields ? values(fields) : { reward, draw: name };
    if (act == "phrase") Object.assign(extra, { make: true, page: location.origin + location.pathname });
    if (extra.birthday == "") delete extra.birthday;
    await context.act(act == "phrase" ? "recover" : act, extra).catch(() => say("limited"));
    button.ariaDisabled = null;
    // It was answered, though what it asked about may have to wait.
    if (box?.isConnected) sure(box, 0);
  };
  place.addEventListener("click", (event) => {
    event.stopPropagation();
    const button = event.target.closest("button");
    if (button) press(button);
  });
  // What is open and can be seen is read.
  const read = ({ target }) => {
    if (target.dataset.part != "messages" || !target.open || !target.getClientRects().length) return;
    const rows = [...target.querySelectorAll("[data-new]")];
    if (!rows.length) return;
    context.seen(rows.map(({ dataset }) => [dataset.thread, +dataset.until]));
    for (const row of rows) row.removeAttribute("data-new");
    target.querySelector("[data-fresh]")?.remove();
    freshen(form);
  };
  place.addEventListener("toggle", read, true);
  for (const event of ["input", "change", "submit"]) place.addEventListener(event, (heard) => heard.stopPropagation());
  place.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const box = target.closest(".sure");
    if (key == "Escape" && box) sure(box, 0);
    else if (key == "Enter" && target.matches("input")) {
      event.preventDefault();
      target.closest("[data-form]")?.querySelector("[data-act]").click();
    } else if (key == "Escape") return;
    event.stopPropagation();
  });
};
