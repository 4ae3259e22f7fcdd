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

// Resolves to the HTTP status, 0 where there was none, and what the Worker said. Plain text needs no preflight.
export const post = async (body) => {
  try {
    const init = { method: "POST", body, keepalive: true, credentials: "omit" };
    const response = await fetch(`${manifest.origin}/e/${manifest.site}`, init);
    return [response.status, await response.json().catch(() => 0)];
  } catch {
    return [0];
  }
};
