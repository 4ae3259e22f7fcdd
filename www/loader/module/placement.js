// Coming up and going away: pop-ups, bars and dialogs as wholes, tabs as the tab and what it opens.

import { call, CLOSE, widgets } from "./call.js";
import { read } from "./news.js";
import { closeDialog, openDialog } from "./modal.js";

// Asked for by the visitor, or a dialog: then the focus goes along. A pop-up never takes it.
export const focusFirst = (form) =>
  ["[data-panel] h3", ".thanks:not([hidden])", ".q:not([hidden]) [name]", ".close"].map((part) => form.querySelector(part)).find(Boolean)?.focus();

// What came last lies above the rest, and a tab below all that is open.
let top = 2147483000;
const raise = (host) => (host.style.zIndex = ++top);

export const put_up = (index, up) => {
  const { host, form } = widgets[index];
  if (!form.dataset.placement.startsWith("tab")) raise(host);
  if (form.dataset.placement != "modal") host.hidden = !up;
  else if (up) openDialog(widgets[index], () => call(CLOSE, index));
  else closeDialog(widgets[index]);
};

export const unfold = (index, open) => {
  const { host, form } = widgets[index];
  const tab = form.querySelector(".tab");
  if (open) raise(host);
  form.classList.toggle("open", open);
  tab.ariaExpanded = open;
  if (open) {
    read(widgets[index]);
    focusFirst(form);
  }
  else tab.focus();
};
