// Lists whose items can be put in another order: by dragging their grips, or with the keyboard – Space picks an item up,
// the arrow keys move it, Space puts it down, Escape takes it back. The order itself is the server's; this asks for it.

const words = (text, ...holes) => holes.reduce((all, hole, index) => all.replace(`{${index + 1}}`, hole), text);

export function offerSorting(form, said, ask) {
  for (const grip of form.querySelectorAll("[data-grip][hidden]")) {
    grip.hidden = false;
    const item = grip.closest("[data-item]");
    const list = item.parentElement;
    const items = () => [...list.children];
    const place = () => items().indexOf(item);
    let from = -1;

    const lift = () => {
      from = place();
      item.classList.add("lifted");
      say(form.dataset.lifted, name(), from + 1);
    };
    const name = () => item.querySelector(".title")?.textContent || item.querySelector("textarea")?.value || "";
    const say = (text, ...holes) => (said.textContent = words(text, ...holes));
    const move = (to) => {
      const all = items();
      if (to < 0 || to >= all.length || to === place()) return;
      list.insertBefore(item, to > place() ? all[to].nextSibling : all[to]);
      say(form.dataset.moved, all.length, to + 1);
      grip.focus();
    };
    const drop = (keep) => {
      item.classList.remove("lifted");
      const to = place();
      if (!keep) {
        const all = items().filter((other) => other !== item);
        list.insertBefore(item, all[from] ?? null);
        say(form.dataset.cancelled);
        grip.focus();
      } else if (to !== from) {
        say(form.dataset.put, to + 1);
        const asked = `move:${list.dataset.list}[${from}]:${to}`;
        ask(asked).then(() => form.querySelectorAll(`[data-list="${CSS.escape(list.dataset.list)}"] > li`)[to]?.querySelector("[data-grip]")?.focus());
      }
      from = -1;
    };

    grip.addEventListener("keydown", (event) => {
      const { key } = event;
      if (key === " " || key === "Enter") from < 0 ? lift() : drop(true);
      else if (from < 0) return;
      else if (key === "Escape") drop(false);
      else if (key === "ArrowUp") move(place() - 1);
      else if (key === "ArrowDown") move(place() + 1);
      else return;
      event.preventDefault();
    });
    // Moving an item takes the focus off its grip for a moment, so it is looked at afterwards.
    grip.addEventListener("blur", () => setTimeout(() => from >= 0 && !grip.matches(":focus") && !grip.hasPointerCapture?.(1) && item.isConnected && !dragging && drop(false)));

    let dragging = false;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || from >= 0) return;
      event.preventDefault();
      dragging = true;
      lift();
      const follow = ({ clientY }) => {
        const others = items().filter((other) => other !== item);
        const above = others.filter((other) => {
          const box = other.getBoundingClientRect();
          return box.top + box.height / 2 < clientY;
        }).length;
        if (above !== place()) move(above);
      };
      const end = ({ type }) => {
        removeEventListener("pointermove", follow);
        removeEventListener("pointerup", end);
        removeEventListener("pointercancel", end);
        dragging = false;
        if (from >= 0) drop(type === "pointerup");
      };
      addEventListener("pointermove", follow);
      addEventListener("pointerup", end);
      addEventListener("pointercancel", end);
    });
  }
}
