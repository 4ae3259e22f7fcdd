// The WASM of the badge; `widgets/badge/` has the same numbers. Where it is refused, points can be seen and no more.

import * as glue from "glue";

export const [VERIFY, MAKE, JUDGE, WAIT] = [0, 1, 2, 3];
export const PART = "\x1f";
export const ITEM = "\x1e";

let module;
export const brain = (address) =>
  (module ||= (async () => {
    const bytes = () => fetch(address, { credentials: "omit" });
    const compiled = await WebAssembly.compileStreaming(bytes()).catch(async () => WebAssembly.compile(await (await bytes()).arrayBuffer()));
    const { exports } = await WebAssembly.instantiate(compiled, { w: glue });
    glue.__wbg_set_wasm(exports);
    exports.__wbindgen_start?.();
    return (kind, ...parts) => glue.wake(kind, parts.join(PART));
  })());
