// The inbox by keyboard: every key presses what is on the page anyway. Single keys can be switched off (WCAG 2.1.4), and do
// nothing while somebody types.

const OFF = "rapport-keys-off";

export function workTheInbox() {
  const inbox = document.querySelector(".inbox");
  if (!inbox) return;
  const dialog = document.getElementById("shortcuts");
  const on = dialog.querySelector("[data-keys-on]");
  on.checked = !localStorage.getItem(OFF);
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  const help = inbox.querySelector("[data-shortcuts]");
  help.hidden = false;
  help.addEventListener("click", () => dialog.showModal());

  markRead(inbox);
  const rows = () => [...inbox.querySelectorAll("a[data-row]")];
  const current = () => rows().find((row) => row === document.activeElement || row.closest("li").contains(document.activeElement));

  const step = (by) => {
    const all = rows();
    const open = inbox.querySelector("li[aria-current] a[data-row]");
    const at = all.indexOf(current() ?? open);
    const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
    next?.focus();
    // Beside an open response the next one opens at once.
    if (open && next && next !== open) next.click();
  };

  const press = (target) => {
    if (target.matches("input, textarea")) return target.focus();
    // In the list, what is pressed is meant for the row that has the focus, if none is chosen.
    const form = target.closest("form.choose");
    const row = current();
    if (form && row && !form.querySelector("input[name=id]:checked")) row.closest("li").querySelector("input[name=id]").checked = true;
    if (form && !form.querySelector("input[name=id]:checked")) return;
    target.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!on.checked && event.key !== "?") return;
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
    else if (event.key === "x") current()?.closest("li").querySelector("input[name=id]").click();
    else {
      const target = inbox.parentElement.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!target) return;
      press(target);
    }
    event.preventDefault();
  });

  const all = inbox.querySelector("[data-all]");
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const box of inbox.querySelectorAll("input[name=id]")) box.checked = all.checked;
    });
  }
}

/** Whoever sees a response has read it. The page tells so once it is visible: its address may be fetched by nobody. */
function markRead(inbox) {
  const form = inbox.querySelector("form.opened");
  if (!form) return;
  const tell = async () => {
    if (document.visibilityState !== "visible" || document.prerendering) return;
    document.removeEventListener("visibilitychange", tell);
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, keepalive: true }).catch(() => null);
    // Somebody may have pressed another button meanwhile, and then this page is on its way out.
    if (!answer?.ok) return;
    const button = (value) => inbox.querySelector(`.pane button[value="status:${value}"]`);
    button("new").removeAttribute("aria-pressed");
    button("read").setAttribute("aria-pressed", "true");
    inbox.querySelector(".pane [data-status]").textContent = button("read").textContent;
  };
  document.addEventListener("visibilitychange", tell);
  tell();
}
