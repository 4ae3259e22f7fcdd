// Words to the visitor, in the visitor's language: the form brings them along as `data-say-…`.

import { widgets } from "./call.js";

export const words = (form, key, holes = {}) =>
  (form.getAttribute(`data-say-${key}`) || "").replace(/{(\w+)}/g, (_, name) => holes[name] ?? "");

export const say = (index, key, n, total) => {
  const { form } = widgets[index];
  const status = form.querySelector(".status");
  status.textContent = words(form, key, { n, total });
  if (key != "resumed") return;
  const again = document.createElement("button");
  again.type = "button";
  again.dataset.do = "again";
  again.textContent = words(form, "start_over");
  status.append(" ", again);
};

// Below a question; without one, in the live region: the Worker refused the whole.
export const complain = (index, at, key, limit) => {
  const { form, questions } = widgets[index];
  const text = key && (words(form, key, { min: limit, max: limit }) || words(form, "malformed"));
  const question = questions[at];
  if (!question) {
    const reason = words(form, key) || words(form, "invalid");
    form.querySelector(".status").textContent = words(form, "refused", { reason });
    return;
  }
  const error = question.querySelector(".error");
  if (error) {
    error.textContent = text;
    error.hidden = !text;
  }
  for (const control of question.querySelectorAll("[name]:not([type=radio])")) {
    control.ariaInvalid = text ? "true" : null;
  }
};

export const tell = (index, event, detail) => {
  const { host } = widgets[index];
  host.dispatchEvent(new CustomEvent(`rapport:${event}`, { bubbles: true, composed: true, detail: JSON.parse(detail) }));
};
