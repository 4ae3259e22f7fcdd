// Light or dark, as the page is. Where it paints a background, that tells; where it does not, `color-scheme` inherits.

import { forms } from "./hosts.js";

export const setScheme = (host) => {
  // What floats stands beside the body, and above it.
  for (let element = host.dataset.placed == null && host; (element = element.parentElement || (element.localName != "html" && document.body)); ) {
    const [kind, red, green, blue, alpha] = getComputedStyle(element).backgroundColor.split(/[(,)]/);
    if (/^rgb/.test(kind) && alpha != " 0") {
      host.style.colorScheme = red * 3 + green * 6 + blue * 1 < 1280 ? "dark" : "light";
      return;
    }
  }
  host.style.colorScheme = "";
};

// Pages switch by an attribute of their root, often with a transition.
export const watchScheme = () => {
  const look = () => forms.forEach((_, host) => setScheme(host));
  new MutationObserver(() => setTimeout(look, 400)).observe(document.documentElement, { attributes: true });
};
