// Whether half of a form has been in view for half a second, on a page that somebody can see.

import { read } from "./news.js";
import { call, SEEN, widgets } from "./call.js";

export const watch = (index, on) => {
  const widget = widgets[index];
  const { form } = widget;
  clearTimeout(widget.timer);
  widget.observer?.disconnect();
  if (!on) return;
  const look = ([...entries]) => {
    clearTimeout(widget.timer);
    if (entries.pop().intersectionRatio >= 0.5) widget.timer = setTimeout(seen, 500);
  };
  const seen = () => {
    // Hidden by now: look again, which tells when it is drawn again.
    if (document.visibilityState != "visible") return (widget.timer = setTimeout(seen, 500));
    widget.observer.disconnect();
    if (!form.dataset.placement.startsWith("tab")) read(widget);
    call(SEEN, index);
  };
  widget.observer = new IntersectionObserver(look, { threshold: 0.5 });
  widget.observer.observe((form.dataset.placement.startsWith("tab") && form.querySelector(".tab")) || form);
};
