// The leaderboard. Its places are asked for when somebody looks at it, and drawn by the Worker.

export const start = ({ manifest, forms, script, fill }) => {
  const lang = script?.dataset.lang || document.documentElement.lang || manifest.locale;
  const show = async (form) => {
    const place = form.querySelector("[data-board]");
    if (!place || place.dataset.board) return;
    place.dataset.board = "asked";
    try {
      const response = await fetch(`${manifest.origin}/board/${manifest.site}?lang=${encodeURIComponent(lang)}`, { credentials: "omit" });
      if (!response.ok) throw 0;
      fill(place, await response.text());
    } catch {
      // Whoever opens it again asks again.
      place.dataset.board = "";
      place.firstElementChild.textContent = place.dataset.failed;
    }
  };
  const take = (form) => {
    if (form.dataset.kind != "leaderboard") return;
    if (form.dataset.placement != "inline") form.addEventListener("click", ({ target }) => target.closest("[data-do=open]") && show(form));
    else if (!window.IntersectionObserver) show(form);
    else {
      const watch = new IntersectionObserver((seen) => {
        if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
        watch.disconnect();
        show(form);
      });
      watch.observe(form);
    }
  };
  // Forms that come later, too.
  const { set } = forms;
  forms.set = (host, form) => (set.call(forms, host, form), take(form), forms);
  for (const form of forms.values()) take(form);
};
