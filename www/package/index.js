// For sites that are built with a bundler: adds the same script that a tag would, once, and hands out its API.

let loading;

/** @type {import("./index.d.ts").load} */
export const load = (origin, site, { lang, nonce } = {}) =>
  (loading ??= new Promise((resolve, reject) => {
    const address = new URL(`/s/${site}.js`, origin);
    if (lang) address.searchParams.set("lang", lang);
    const script = document.createElement("script");
    script.async = true;
    script.src = address.href;
    if (nonce) script.nonce = nonce;
    script.onload = () => resolve(window.rapport);
    script.onerror = () => reject(new Error(`Rapport: ${address.href} cannot be loaded`));
    document.head.append(script);
  }));
