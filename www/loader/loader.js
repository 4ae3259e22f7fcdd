// The script that a site embeds. It shows the forms at once, then fetches the WASM that brings them to life; where that
// is refused, or fails later, `basic.js` lets the forms send anyway. Nothing in here may throw into the page.

import { call, on } from "./api.js";
import { fail, guard, later } from "./door.js";
import { attach, fill, forms, translated } from "./hosts.js";
import { kept, manifest, script } from "./manifest.js";
import { setScheme, watchScheme } from "./scheme.js";

const TAG = "rapport-widget";

const start = () => {
  const queued = window.rapport?.q || [];
  const api = (window.rapport = { on, q: { push: (...calls) => calls.forEach((item) => call(...item)) } });
  for (const name of "traits track show hide explain consent identify".split(" ")) api[name] = (...args) => call(name, ...args);
  api.destroy = guard(() => {
    call("destroy");
    fail();
    for (const [host] of forms) host.dataset.placed == null ? host.shadowRoot.replaceChildren() : host.remove();
    forms.clear();
  });
  api.q.push(...queued);

  customElements.define(
    TAG,
    class extends HTMLElement {
      connectedCallback() {
        translated(() => attach(this));
      }
    },
  );
  whenParsed(() =>
    translated(() => {
      // On the page of one widget no other comes unasked.
      for (const name of Object.keys(script?.dataset.alone == null ? manifest.widgets : {})) {
        // No words of the owner's have a quote in the markup.
        if (!JSON.stringify(manifest.widgets[name]).includes('"rapport placed')) continue;
        const host = document.createElement(TAG);
        host.setAttribute("name", name);
        host.dataset.placed = "";
        host.hidden = true;
        // Pages set their font on the body, and this is beside it.
        host.style.fontFamily = getComputedStyle(document.body).fontFamily;
        // Not into the body: pages replace theirs, and a transformed one would be what `fixed` is fixed to.
        document.documentElement.append(host);
      }
      watchScheme();
      // Only who has answered in words may have been replied to. The badge comes by the same way.
      if (manifest.badge || kept((store) => store[`rapport:${manifest.site}:mine`])) {
        import(manifest.origin + RAPPORT_ME_JS)
          .then((me) => me.start({ manifest, forms, script, kept, fill, setScheme }))
          .catch(() => {});
      }
    }),
  );
};

const whenParsed = (work) =>
  document.readyState == "loading" ? addEventListener("DOMContentLoaded", guard(work)) : later(guard(work));

// A second copy of the script finds the element taken and leaves everything to the first.
if (!customElements.get(TAG)) guard(start)();
