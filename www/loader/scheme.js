// Light or dark, as the page is. Where it paints a background, that tells; where it does not, `color-scheme` inherits.

import { forms } from "./hosts.js";

export const setScheme = (host) => {
  for (let element = host; (element = element.parentElement || (element.localName != "html" && document.body)); ) {
    const [red, green, blue, alpha] = getComputedStyle(element).backgroundColor.match(/^rgba?\((.*)\)/)?.[1].split(/[ ,/]+/) || [];
    if (red && alpha != 0) {
      host.style.colorScheme = red * 0.3 + green * 0.6 + blue * 0.1 < 128 ? "dark" : "light";
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
