// What the loader finds in this bundle: the WASM's glue, and the ways in.

import { wake } from "glue";
import { call, loader, ATTACH, HIDDEN, ONLINE, PART, ROUTE, START, VISIBLE, widgets } from "./call.js";
import { ask, attached, lookSoon } from "./api.js";
import { describe, tend } from "./form.js";
import { keyboardMoved } from "./keyboard.js";
import { equip } from "./ranking.js";
import { watchAddress } from "./spa.js";

export * from "glue";
export { ask } from "./api.js";
// Imported by the module without glue in between, as numbers need none.
export { now } from "./device.js";

// Lets the page have its turn: all at once would be felt on slow devices.
const turn = () => new Promise(setTimeout);

// Starts the WASM and brings the forms to life, one by one. `functions` is this bundle as the loader has it.
export const boot = async (compiled, functions, { manifest, forms, asked, state, fail, alive }) => {
  const { exports } = await WebAssembly.instantiate(compiled, { w: functions });
  if (state.failed) return;
  functions.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  await turn();
  start({ manifest, fail });
  alive();
  for (const call of asked) ask(...call);
  for (const [host, form] of forms) {
    await turn();
    // One that came meanwhile is alive already; after a crash they are `basic.js`’s.
    if (form.classList.contains("js") && !state.failed) attach(host, form);
  }
  await turn();
  if (!state.failed) attached();
};

const start = (lent) => {
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
