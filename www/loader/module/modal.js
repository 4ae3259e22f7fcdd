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
  host.hidden = false;
  widget.dialog.showModal();
  focusFirst(form);
};

export const closeDialog = ({ host, dialog }) => {
  dialog?.close();
  host.hidden = true;
};
