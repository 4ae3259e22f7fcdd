// The keyboard of a phone covers the lower part of the window: what is fixed there moves up while somebody types.

import { widgets } from "./call.js";

export const keyboardMoved = () => {
  if (!window.visualViewport) return;
  const { height, offsetTop } = visualViewport;
  for (const { host, form } of widgets) {
    const { style, dataset } = form;
    const field = host.hidden || dataset.placement == "inline" ? null : form.getRootNode().activeElement;
    const covered = field ? Math.max(0, innerHeight - height - offsetTop) : 0;
    // A dialog sits in the middle and has half the way to go; what hangs from the top only has to be shorter.
    const way = dataset.placement == "modal" ? covered / 2 : dataset.placement.includes("top") ? 0 : covered;
    style.translate = way ? `0 -${way}px` : "";
    style.maxBlockSize = covered ? `${height - 16}px` : "";
    if (covered) field.scrollIntoView({ block: "nearest" });
  }
};
