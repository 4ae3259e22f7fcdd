// The hands of the widgets: everything that touches the page. The brain is the WASM module, `widgets/`: it decides, these
// do. Both ways things go as text and small numbers, and forms by index.

export * from "./device.js";
export * from "./form.js";
export * from "./placement.js";
export * from "./say.js";
export * from "./visibility.js";
export { answer } from "./api.js";
export { listen } from "./triggers.js";
