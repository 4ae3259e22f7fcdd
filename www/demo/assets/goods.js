// What the shop sells. The pages say the same in HTML; this is for the parts that move.

export const GOODS = {
  desk: { name: "Desk Ledger", price: 28, blurb: "A5, ten sections of sixteen pages, sewn at five stations. Opens flat on page one." },
  long: { name: "Long Ledger", price: 34, blurb: "Tall and narrow, 192 ruled pages with a ribbon. Good for accounts and lists." },
  pocket: { name: "Field Ledger", price: 18, blurb: "A6 with rounded corners, 96 pages, cloth that shrugs off rain." },
};
export const CLOTHS = { indigo: "Indigo", madder: "Madder", lichen: "Lichen", slate: "Slate", weld: "Weld" };
export const PAPERS = { dots: "dot grid", plain: "plain", ruled: "ruled" };
export const POSTAGE = 4;

const KEY = "larkfold-cart";

/** Lines in the cart; empty where storage is blocked or holds something else. */
export function cart() {
  try {
    const lines = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return lines.filter((line) => line.item in GOODS && line.cloth in CLOTHS && line.paper in PAPERS);
  } catch {
    return [];
  }
}

export function keep(lines) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(lines));
  } catch {
    // The cart then lives as long as the page does.
  }
  for (const badge of document.querySelectorAll("[data-cart]")) {
    badge.textContent = String(lines.length);
    badge.hidden = lines.length === 0;
  }
}
