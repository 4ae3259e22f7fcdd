// New answers appear without a reload. While the page is visible a tiny address is asked whether anything changed (an
// ETag and no body when nothing did); only then is the page itself fetched, and its live part morphed in place.

import htmx from "htmx.org";

const SOONEST = 4_000;
const LATEST = 60_000;

export function keepUpToDate() {
  const live = document.querySelector("#live[data-pulse]");
  if (!live) return;
  let tag = live.dataset.tag || null;
  let wait = SOONEST;
  let timer = 0;

  const later = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(ask, wait);
  };

  const ask = async () => {
    // The longer nothing happens, the less often it is asked: an open page costs a request a minute.
    wait = Math.min(wait * 1.25, LATEST);
    try {
      const headers = tag ? { "if-none-match": tag } : {};
      const response = await fetch(live.dataset.pulse, { headers, cache: "no-store" });
      if (response.status === 401) return location.reload();
      const now = response.status === 200 ? response.headers.get("etag") : tag;
      if (now && now !== tag) {
        const first = tag === null;
        tag = now;
        wait = SOONEST;
        if (!first) await update();
      }
    } catch {
      // Offline, or the Worker is being replaced: the next question comes later.
    }
    later();
  };

  document.addEventListener("visibilitychange", () => {
    wait = SOONEST;
    if (document.visibilityState === "visible") ask();
    else clearTimeout(timer);
  });
  later();
}

/** Brings the live part up to date, and says how many answers are new. */
async function update() {
  // What somebody has just chosen stays chosen; the next answer asks again.
  if (document.querySelector("#live input:checked")) return;
  const ids = () => [...document.querySelectorAll("#live .answers > li")].map((entry) => entry.id);
  const before = new Set(ids());
  await htmx.ajax("GET", location.pathname + location.search, { target: "#live", select: "#live", swap: "outerMorph" });
  const more = ids().filter((id) => !before.has(id)).length;
  const said = document.getElementById("said");
  if (more > 0) said.textContent = said.dataset.arrived.replace("{n}", more);
}
