// A dialog in the middle of the window. The browser's own `<dialog>` makes the rest of the page inert and gives the focus
// back afterwards. Somebody who is typing goes on typing: then it waits to be touched before it takes the focus.

import { focusFirst } from "./placement.js";

const TYPING = "input,textarea,select,[contenteditable]";

export const openDialog = (widget, closed) => {
  const { host, form } = widget;
  if (!widget.dialog) {
    widget.dialog = document.createElement("dialog");
    form.getRootNode().append(widget.dialog);
    widget.dialog.append(form);
    widget.dialog.ariaLabel = form.ariaLabel;
    // Also by Escape, and by a phone's back gesture.
    widget.dialog.addEventListener("close", closed);
  }
  host.hidden = false;
  const { dialog } = widget;
  const take = (event) => {
    dialog.open = false;
    dialog.showModal();
    if (event) event.target.focus();
    else focusFirst(form);
  };
  if (!document.activeElement?.matches(TYPING)) return take();
  dialog.open = true;
  form.addEventListener("focusin", take, { once: true });
};

export const closeDialog = ({ host, dialog }) => {
  dialog?.close();
  host.hidden = true;
};
