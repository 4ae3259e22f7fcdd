// Placeholder until the real loader arrives: starts the widgets.
import(new URL(RAPPORT_WIDGETS_JS, document.currentScript.src)).then(async (widgets) => {
  await widgets.default({ module_or_path: new URL(RAPPORT_WIDGETS_WASM, document.currentScript.src) });
  widgets.start();
});
