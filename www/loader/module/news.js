// News: which entries this device has not shown yet.

import { keep, recall } from "./device.js";
import { loader } from "./call.js";

const key = ({ dataset }) => `news:${dataset.widget}`;
const names = ({ questions }) => questions.map(({ dataset }) => dataset.q);

// How many are new; of anything but news, nothing ever is. Days are written as the page's language does.
export const unread = (widget) => {
  const { form } = widget;
  for (const time of form.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleDateString(form.lang, { dateStyle: "medium", timeZone: "UTC" });
  }
  const known = (recall(key(form)) || "").split(" ");
  const fresh = names(widget).filter((name) => !known.includes(name)).length;
  const count = form.querySelector(".count");
  if (count) {
    count.textContent = fresh;
    count.hidden = !fresh;
  }
  return fresh;
};

// They are on the screen.
export const read = (widget) => {
  if (widget.form.dataset.kind != "news") return;
  // Where nothing may be kept, all is new next time.
  if (!loader.mute) keep(key(widget.form), names(widget).join(" "));
  const count = widget.form.querySelector(".count");
  if (count) count.hidden = true;
};
