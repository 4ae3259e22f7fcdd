// Fetches the module, and takes the consequences if that fails, or if it crashes later.

import { forms } from "./hosts.js";
import { manifest } from "./manifest.js";

export const state = { failed: false };
const asked = []; // Calls of the page that came before the module.
let module; // While it is alive and well.
let booting;

// With a reason, the forms go on without the module; without one, everything ends.
export const fail = (reason) => {
  if (state.failed) return;
  state.failed = true;
  module = 0;
  if (!reason) return;
  import(address(RAPPORT_BASIC_JS)).then((basic) => basic.takeOver(forms, manifest)).catch(() => {});
  const detail = { reason: `${reason}` };
  for (const [host] of forms) host.dispatchEvent(new CustomEvent("rapport:error", { bubbles: true, composed: true, detail }));
};

// A declaration, as other files use it while they load.
export function guard(work) {
  return (...args) => {
    try {
      return work(...args);
    } catch (crash) {
      fail(crash);
    }
  };
}

// Calls `name` of `window.rapport`. Only the module knows the answer.
export const ask = (...call) => (module ? guard(module.ask)(...call) : asked.push(call));

// Brings a form to life, once something on the page needs that. A page rendered in advance waits until somebody sees it.
export const enliven = (host, form) => {
  if (module) return module.attach(host, form);
  if (booting || state.failed) return;
  booting = true;
  if (document.prerendering) document.addEventListener("prerenderingchange", boot);
  else later(boot);
};

// After the frame that shows what there is, which the rest must not keep waiting. Where nobody is looking there are none.
export const later = (work) => {
  const go = () => {
    work?.();
    work = null;
  };
  requestAnimationFrame(() => setTimeout(go));
  setTimeout(go, 500);
};

const boot = () => load().catch(fail);

const load = async () => {
  const bytes = () => fetch(address(RAPPORT_WIDGETS_WASM), { credentials: "omit" });
  const [functions, compiled] = await Promise.all([
    import(address(RAPPORT_WIDGETS_JS)),
    // Some proxies change the content type, which streaming insists on.
    WebAssembly.compileStreaming(bytes()).catch(async () => WebAssembly.compile(await (await bytes()).arrayBuffer())),
  ]);
  await functions.boot(compiled, functions, { manifest, forms, asked, state, fail, alive: () => (module = functions) });
};

const address = (path) => manifest.origin + path;
