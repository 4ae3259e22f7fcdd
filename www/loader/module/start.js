// What the loader finds in this bundle: the WASM's glue, and the ways in.

import { wake } from "glue";
import { call, loader, ATTACH, HIDDEN, ONLINE, PART, ROUTE, START, VISIBLE, widgets } from "./call.js";
import { lookSoon } from "./api.js";
import { describe, tend } from "./form.js";
import { keyboardMoved } from "./keyboard.js";
import { equip } from "./ranking.js";
import { watchAddress } from "./spa.js";

export * from "glue";
export { ask, attached } from "./api.js";
// Imported by the module without glue in between, as numbers need none.
export { now } from "./device.js";

export const start = (lent) => {
  Object.assign(loader, lent, { wake });
  const { privacy, attention } = loader.manifest;
  call(START, 0, [privacy, ...attention].join(PART));
  const look = () => call(document.visibilityState == "visible" ? VISIBLE : HIDDEN);
  setTimeout(look);
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => call(HIDDEN));
  addEventListener("pageshow", (event) => event.persisted && call(ROUTE));
  addEventListener("online", () => call(ONLINE));
  visualViewport?.addEventListener("resize", keyboardMoved);
  watchAddress();
};

export const attach = (host, form) => {
  const index = widgets.push({ host, form, questions: [...form.querySelectorAll("[data-q]")] }) - 1;
  equip(form);
  tend(index);
  form.classList.replace("js", "live");
  call(ATTACH, index, describe(index));
  lookSoon();
};
