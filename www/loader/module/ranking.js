// Options to put in order: buttons and arrow keys move a row; the position menus that work without scripts stay in step.

import { words } from "./say.js";

const ARROWS = { ArrowUp: "up", ArrowDown: "down" };
const rows = (list) => [...list.querySelectorAll(".rank")];
const menu = (row) => row.querySelector("select");
const number = (list) => rows(list).forEach((row, at) => (menu(row).value = at + 1));

export const equip = (form) => {
  for (const row of form.querySelectorAll(".rank")) {
    const option = row.querySelector("label").textContent;
    for (const way of ["up", "down"]) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.do = way;
      button.ariaLabel = words(form, way, { option });
      button.textContent = way == "up" ? "↑" : "↓";
      row.append(button);
    }
  }
};

// Moves the row of `button` one place, and says where it is now.
export const move = ({ form }, button) => {
  const row = button.closest(".rank");
  const list = row?.parentNode;
  if (!list) return;
  const beside = button.dataset.do == "up" ? row.previousElementSibling : row.nextElementSibling;
  beside?.[button.dataset.do == "up" ? "before" : "after"](row);
  number(list);
  button.focus();
  const option = row.querySelector("label").textContent;
  const n = menu(row).value;
  form.querySelector(".status").textContent = words(form, "moved", { option, n, total: rows(list).length });
};

// The arrow keys do what the buttons do.
export const rankKey = (widget, { key, target }) => {
  const button = ARROWS[key] && target.closest(".rank")?.querySelector(`[data-do=${ARROWS[key]}]`);
  if (!button || target.matches("select")) return;
  move(widget, button);
  return true;
};

// A position was chosen: its row goes there, and the others close up.
export const place = (target) => {
  const row = target.closest(".rank");
  if (!row || !target.value) return;
  const list = row.parentNode;
  const others = rows(list).filter((other) => other != row);
  list.insertBefore(row, others[target.value - 1] || null);
  number(list);
  target.focus();
};
