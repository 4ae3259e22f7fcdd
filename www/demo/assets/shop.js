// Product, cart and order. Every page works without it: the form posts to the cart, the cart to the thank-you page.

import { ordered } from "./account.js";
import { CLOTHS, GOODS, PAPERS, POSTAGE, cart, keep } from "./goods.js";

const page = new URL(location.href);
let lines = cart();

const order = document.querySelector("[data-order]");
if (order) product(order);
const table = document.querySelector("[data-lines]");
if (table) checkout(table);
if (document.querySelector("[data-ordered]")) {
  if (lines.length) thank(sum(lines), lines.map(({ item }) => item).join("-"));
  lines = [];
}
keep(lines);

function product(form) {
  const item = page.searchParams.get("item");
  if (item && Object.hasOwn(GOODS, item)) {
    const { name, price, blurb } = GOODS[item];
    document.title = `${name} · Larkfold`;
    for (const place of document.querySelectorAll("[data-name]")) place.textContent = name;
    document.querySelector("[data-price]").textContent = `£${price}`;
    document.querySelector("[data-blurb]").textContent = blurb;
    form.elements.item.value = item;
    document.querySelector("[data-plate] use").setAttribute("href", `/assets/art.svg#${item}`);
  }
  form.addEventListener("change", () => {
    document.querySelector("[data-plate]").setAttribute("class", form.elements.cloth.value);
  });
}

function checkout(table) {
  const { item, cloth, paper } = Object.fromEntries(page.searchParams);
  if (item in GOODS && cloth in CLOTHS && paper in PAPERS) {
    lines.push({ item, cloth, paper });
    // A reload must not order it twice.
    history.replaceState(null, "", page.pathname);
  }
  if (lines.length === 0) return;
  table.tBodies[0].replaceChildren(...lines.map(row));
  document.querySelector("[data-total]").textContent = `£${sum(lines)}`;
}

function sum(lines) {
  return lines.reduce((total, line) => total + GOODS[line.item].price, POSTAGE);
}

// Each order has a number of its own, so that telling it twice counts once.
async function thank(pounds, what) {
  const told = await ordered(`${what}-${Date.now()}`, pounds * 100);
  const words = document.querySelector(told ? "[data-earned]" : "[data-unearned]");
  if (words && told !== undefined) words.hidden = false;
}

function row({ item, cloth, paper }) {
  const line = document.createElement("tr");
  for (const text of [GOODS[item].name, `${CLOTHS[cloth]}, ${PAPERS[paper]}`, `£${GOODS[item].price}`]) {
    line.append(Object.assign(document.createElement("td"), { textContent: text }));
  }
  line.lastChild.className = "num";
  return line;
}
