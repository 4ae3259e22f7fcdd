// What the owner put live on this site. The Worker writes the real value over the token each time it serves the script;
// `Object` keeps the bundler from reasoning about a text that will not be one.
export const manifest = Object("__MANIFEST__");

// Only known while the script itself runs.
export const script = document.currentScript;

// localStorage, where the page may use it: `undefined` stands for "nothing there" and for "not allowed".
export const kept = (work) => {
  try {
    return work(localStorage);
  } catch {}
};
