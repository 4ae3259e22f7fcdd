// The elements on the page and the forms in their shadow roots, under any content security policy.

import { enliven, guard, state } from "./door.js";
import { kept, manifest, script } from "./manifest.js";
import { setScheme } from "./scheme.js";

export const forms = new Map(); // Host element → form.

let policy, sheet;
try {
  policy = trustedTypes.createPolicy("rapport", { createHTML: (html) => html });
} catch {} // No Trusted Types here, or a page that allows only its own policies.

export const attach = guard((host) => {
  const widget = manifest.widgets[host.getAttribute("name")];
  if (!widget || forms.has(host)) return;
  // With the first frame, before anybody sees it; asking for styles now would keep the form waiting.
  requestAnimationFrame(guard(() => setScheme(host)));
  const root = host.shadowRoot || host.attachShadow({ mode: "open" });
  // The hosted page brings its form along, perhaps with answers in it.
  const given = host.querySelector("form");
  if (given) root.append(given);
  else fill(root, wording(widget, host.getAttribute("name")));
  dress(root);
  const form = root.querySelector("form");
  forms.set(host, form);
  form.classList.add("js");
  root.querySelectorAll("[data-shuffle]").forEach(shuffle);
  form.addEventListener("submit", (event) => {
    // Without the module, and without `basic.js`, the browser posts the form by itself.
    if (state.failed) form.target = "_blank";
    else event.preventDefault();
    // Remembered until the module is here.
    if (form.classList.contains("js")) form.dataset.sent = "";
  });
  enliven(host, form);
});

export const fill = (root, html) => {
  try {
    root.innerHTML = policy ? policy.createHTML(html) : html;
  } catch {
    root.setHTML(html, { sanitizer: {} }); // Needs no policy, as it cannot run scripts.
  }
};

// Options in an order drawn anew for each visitor; the one for own words stays last.
const shuffle = (list) => {
  const lots = [...list.querySelectorAll(".option:not(.other)")].map((option) => [Math.random(), option]);
  list.prepend(...lots.sort(([one], [other]) => one - other).map(([, option]) => option));
};

const dress = (root) => {
  try {
    if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(manifest.css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.nonce = script?.nonce;
    style.textContent = manifest.css;
    root.append(style);
  }
};

// The widget's HTML; where it has variants, that of the one drawn for this device.
const wording = ({ html, variants }, name) => {
  if (!variants) return html;
  const key = `rapport:${manifest.site}:variant:${name}`;
  const before = kept((store) => store[key]);
  let lot = Math.random() * variants.reduce((sum, [, weight]) => sum + weight, 0);
  const drawn = variants.find(([variant]) => variant == before) || variants.find(([, weight]) => (lot -= weight) < 0);
  kept((store) => (store[key] = drawn[0]));
  return drawn[2];
};

// Does `work` once the texts are in the page's language, if the site has any in it. The script itself is the same for
// everybody, so that caches can keep it; `?lang=` in its address saves the second request.
export const translated = (work) => (language ? language.then(work) : work());

const wanted = script?.dataset.lang || document.documentElement.lang;
const language =
  wanted &&
  wanted != manifest.locale &&
  manifest.locales?.includes(wanted) &&
  fetch(`${manifest.origin}/m/${manifest.site}?lang=${wanted}`)
    .then((response) => response.json())
    .then((texts) => Object.assign(manifest, texts), () => {});
