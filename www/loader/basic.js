// Forms without the module, because the page forbids it or because it failed: every question that needs no earlier answer
// is shown, the Worker replays branching and validation, and nothing is called delivered before the receipt is here. Of
// what would pop up, one stays as a quiet tab; a member's badge stays where it is.

import { showResult } from "./module/poll_result.js";
import { post } from "./post.js";
import { uuid } from "./uuid.js";

export const takeOver = (forms, manifest) => {
  const outbox = `rapport:${manifest.site}:out:`;
  const badge = ({ dataset }) => dataset.kind == "loyalty";
  const side = [...forms.values()].some((form) => badge(form) && form.dataset.placement == "tab end") ? "start" : "end";
  let tab;
  for (const [host, form] of forms) {
    form.classList.replace("js", "basic") || form.classList.replace("live", "basic");
    for (const part of form.querySelectorAll(".foot,.q[hidden]:not([data-if])")) part.hidden = false;
    if (host.hidden && badge(form)) host.hidden = false;
    else if (host.hidden && !tab) {
      tab = host;
      form.dataset.placement = `tab ${side}`;
      host.hidden = false;
    }
    form.addEventListener("click", ({ target }) => {
      const asked = target.closest("[data-do]")?.dataset.do;
      if (asked == "open") form.classList.add("open");
      if (asked == "close") {
        form.classList.remove("open");
        if (host != tab && !badge(form)) host.hidden = true;
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.reportValidity()) send(form);
    });
    if ("sent" in form.dataset) send(form);
  }

  const send = async (form) => {
    const { widget, version, variant } = form.dataset;
    const id = (form.dataset.id ||= uuid());
    const answers = [...new FormData(form)].filter(
      ([name, value]) => value && form.querySelector(`[data-q="${name.split(".")[0]}"]`),
    );
    const response = {
      id,
      revision: (form.dataset.revision = 1 + (form.dataset.revision | 0)),
      widget,
      version: +version,
      variant,
      complete: true,
      answers,
      moments: ["seen", "started"],
      active_ms: performance.now() | 0,
      trap: form.elements.trap?.value,
    };
    const width = innerWidth;
    const context = {
      page: location.origin + location.pathname,
      locale: form.lang,
      device: width < 600 ? "phone" : width < 1024 ? "tablet" : "desktop",
    };
    const status = form.querySelector(".status");
    const [refusal, receipt] = await deliver(id, response.revision, JSON.stringify({ v: 1, response, context }), (word) => {
      status.textContent = form.dataset[word];
    });
    status.textContent = refusal ? form.dataset.sayRefused.replace("{reason}", refusal.detail || form.dataset.sayInvalid) : "";
    if (refusal) return;
    form.querySelector(".thanks").hidden = false;
    showResult(form, receipt.result, receipt.told);
    const own = form.querySelector("[data-own]");
    if (own) own.href = `${own.dataset.own}${id}?lang=${form.lang}`;
    // By the ids of answers with words this device asks for replies.
    if (![...form.querySelectorAll("[data-shape^=text] [name]")].some(({ value }) => value)) return;
    try {
      const key = `rapport:${manifest.site}:mine`;
      localStorage[key] = [...new Set([id, ...(localStorage[key] || "").split(" ")])].slice(0, 10).join(" ").trim();
    } catch {}
  };

  // Keeps the answer as `rapport_core::outbox::Entry` does, and tries until there is a verdict; resolves to the problem, or to nothing and the receipt.
  const deliver = async (id, revision, body, say) => {
    const key = outbox + id;
    let saved;
    try {
      localStorage[key] = `${id} ${revision} 0 ${Date.now()} 0\n${body}`;
      saved = 1;
    } catch {} // Not allowed here: the answer lives as long as the page.
    say("saySending");
    for (let wait = 2e3; ; wait = Math.min(wait * 2, 3e5)) {
      const [status, verdict = {}] = await post(manifest, body);
      const final = status > 399 && status < 500 && ![408, 425, 429].includes(status) && verdict.code;
      if (final || (status == 200 && verdict.id == id)) {
        if (saved) localStorage.removeItem(key);
        return [final && verdict, verdict];
      }
      if (saved) say("saySaved");
      await new Promise((resume) => {
        setTimeout(resume, wait * (0.5 + Math.random()));
        addEventListener("online", resume, { once: true });
      });
    }
  };

  // Answers of earlier visits that never arrived.
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(outbox)) continue;
      const [head, body] = localStorage[key].split(/\n(.*)/s);
      const [id, revision] = head.split(" ");
      deliver(id, revision, body, () => {});
    }
  } catch {}
};
