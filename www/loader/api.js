// `window.rapport`. Calls wait until the module is here; those made before this script itself wait in `rapport.q`.

import { ask, guard } from "./door.js";
import { manifest } from "./manifest.js";

// Resolves to what the module answers: nothing, but for `explain`.
export const call = (name, ...args) =>
  new Promise((resolve) => {
    // Who the visitor is, by the word of the owner's server: kept as long as the page, and only the badge asks.
    if (name == "identify") {
      manifest.token = args[0];
      manifest.identified?.();
    } else if (name == "on") resolve(on(...args));
    else ask(name, args, resolve);
  });

// Calls `listener` with the detail of each event; returns what stops that.
export const on = guard((event, listener) => {
  const heard = ({ detail }) => listener(detail);
  document.addEventListener(`rapport:${event}`, heard);
  return () => document.removeEventListener(`rapport:${event}`, heard);
});
