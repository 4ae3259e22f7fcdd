// `window.rapport`. Calls wait until the module is here; those made before this script itself wait in `rapport.q`.

import { ask, guard } from "./door.js";
import { manifest } from "./manifest.js";

// Resolves to what the module answers: nothing, but for `explain`.
export const call = (name, ...args) =>
  new Promise((resolve) => (own[name] ? resolve(own[name](...args)) : ask(name, args, resolve)));

// Calls `listener` with the detail of each event; returns what stops that.
export const on = guard((event, listener) => {
  const heard = ({ detail }) => listener(detail);
  document.addEventListener(`rapport:${event}`, heard);
  return () => document.removeEventListener(`rapport:${event}`, heard);
});

// Who the visitor is, by the word of the owner's server. Only the badge asks; kept as long as the page.
const identify = guard((token) => {
  manifest.token = token;
  document.dispatchEvent(new Event("rapport:token"));
});
const own = { on, identify };
