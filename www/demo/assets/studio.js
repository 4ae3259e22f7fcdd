// The studio: a small single-page app on the history API, as customers of Rapport write them.

import { CLOTHS, GOODS, PAPERS } from "./goods.js";

const VIEWS = { "/studio/": "cloth", "/studio/paper": "paper", "/studio/designs": "designs" };
const KEY = "larkfold-designs";
const plate = document.querySelector("[data-plate]");
const said = document.querySelector("[data-said]");
const choice = { item: "desk", cloth: "indigo", paper: "dots", initials: "" };
let designs = load();

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-step]");
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !plain) return;
  event.preventDefault();
  go(link.pathname);
});
addEventListener("popstate", () => show(location.pathname));
for (const form of document.querySelectorAll("[data-choose]")) {
  form.addEventListener("input", () => choose(new FormData(form)));
  form.addEventListener("submit", (event) => event.preventDefault());
}
document.querySelector("[data-save]").addEventListener("click", save);
document.querySelector("[data-explain]").addEventListener("click", explain);
choose([]);
show(location.pathname, false);

function go(path) {
  if (path !== location.pathname) history.pushState(null, "", path);
  show(path);
}

function show(path, moved = true) {
  const wanted = VIEWS[path] ?? "cloth";
  for (const view of document.querySelectorAll("[data-view]")) {
    view.hidden = view.dataset.view !== wanted;
    // As after a real navigation, the reader is told where they are.
    if (moved && !view.hidden) view.querySelector("h1").focus();
  }
  for (const link of document.querySelectorAll(".steps a")) {
    link.toggleAttribute("aria-current", link.dataset.step === wanted);
  }
  if (wanted === "designs") list();
  said.textContent = "";
}

function choose(fields) {
  for (const [name, value] of fields) choice[name] = value;
  plate.setAttribute("class", choice.cloth);
  plate.firstElementChild.setAttribute("href", `/assets/art.svg#${choice.item}`);
}

function save() {
  designs = [{ ...choice }, ...designs].slice(0, 6);
  try {
    localStorage.setItem(KEY, JSON.stringify(designs));
  } catch {
    // Without storage they last as long as the page.
  }
  go("/studio/designs");
  said.textContent = "Saved on this device.";
  // All that a site writes to tell Rapport what happened; before its script has loaded, the queue keeps it.
  (window.rapport ??= { q: [] }).q.push(["track", "design_saved", { cloth: choice.cloth, item: choice.item }]);
}

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return kept.filter(({ item, cloth, paper }) => item in GOODS && cloth in CLOTHS && paper in PAPERS);
  } catch {
    return [];
  }
}

function list() {
  document.querySelector("[data-none]").hidden = designs.length > 0;
  document.querySelector("[data-designs]").replaceChildren(...designs.map(card));
}

function card({ item, cloth, paper, initials }) {
  const [line, box, title, text] = ["li", "div", "h3", "p"].map((tag) => document.createElement(tag));
  box.className = "plate";
  const [drawing, use] = ["svg", "use"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  drawing.setAttribute("class", cloth);
  drawing.setAttribute("viewBox", "0 0 240 320");
  drawing.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `/assets/art.svg#${item}`);
  drawing.append(use);
  box.append(drawing);
  title.textContent = GOODS[item].name;
  text.className = "muted";
  text.textContent = [CLOTHS[cloth], PAPERS[paper], initials].filter(Boolean).join(", ");
  line.append(box, title, text);
  return line;
}

async function explain() {
  const reasons = await window.rapport?.explain?.("nps");
  said.textContent = reasons ? JSON.stringify(reasons) : "Rapport has not loaded.";
  said.scrollIntoView({ block: "center" });
}
