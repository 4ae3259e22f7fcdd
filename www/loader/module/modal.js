// A dialog in the middle of the window. The browser's own `<dialog>` makes the rest of the page inert and gives the focus
// back afterwards.

import { focusFirst } from "./placement.js";

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
  widget.wanted = true;
  const show = () => {
    if (!widget.wanted) return;
    host.hidden = false;
    widget.dialog.showModal();
    focusFirst(form);
  };
  // Whoever is typing on the page goes on typing: the dialog comes when they leave the field.
  const field = document.activeElement;
  if (field?.matches("input,textarea,select,[contenteditable]")) {
    field.addEventListener("blur", () => setTimeout(show), { once: true });
  } else show();
};

export const closeDialog = (widget) => {
  widget.wanted = false;
  widget.dialog?.close();
  widget.host.hidden = true;
};
