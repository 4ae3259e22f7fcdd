// A form: what it says of itself, what is in it, what of it is shown, and what visitors do in it.

import {
  BACK, call, CLOSE, INPUT, ITEM, loader, OPEN, PART, PICK, START_OVER, SUBMIT, widgets,
} from "./call.js";
import { chooseOther } from "./choice_other.js";
import { keyboardMoved } from "./keyboard.js";
import { unread } from "./news.js";
import { move, place, rankKey } from "./ranking.js";
import { complain } from "./say.js";
import { scaleKey } from "./scale_keys.js";

// As `Widget::read` expects it.
export const describe = (index) => {
  const { host, form, questions } = widgets[index];
  const { widget, version, variant = "", kind, placement } = form.dataset;
  // News that is all known does not come up by itself; as a tab it does. No targeting can be read from a dash.
  const known = kind == "news" && !unread(widgets[index]) && !placement.startsWith("tab");
  const when = known ? "-" : form.dataset.when || "";
  const head = [widget, version, variant, form.lang, kind, placement, when, host.hidden ? 0 : 1];
  const rules = questions.map(({ dataset }) => [dataset.q, dataset.shape, dataset.if || "", "required" in dataset ? 1 : 0]);
  return [head, ...rules].map((parts) => parts.join(PART)).join(ITEM);
};

export const give_up = (index) => loader.fail(`cannot read the form ${widgets[index].form.dataset.widget}`);

// Brings a form to life.
export const tend = (index) => {
  const { form } = widgets[index];
  const on = (event, work) => form.addEventListener(event, work);
  if ("sent" in form.dataset) setTimeout(call, 0, SUBMIT, index);
  delete form.dataset.sent;
  const entered = (target) => {
    const question = target.closest("[data-q]");
    if (question) complain(index, widgets[index].questions.indexOf(question), "");
    call(INPUT, index);
  };
  on("input", ({ target }) => {
    chooseOther(target);
    place(target);
    entered(target);
  });
  on("click", (event) => {
    const { target, detail } = event;
    // Not the form's own event: there is none in a sandbox that allows no forms. Enter in a field clicks here too.
    if (target.closest(".send") && form.classList.contains("live")) {
      event.preventDefault();
      call(SUBMIT, index);
    }
    const button = target.closest("[data-do]");
    const act = { back: BACK, again: START_OVER, open: OPEN, close: CLOSE }[button?.dataset.do];
    if (act) call(act, index);
    else if (button) {
      move(widgets[index], button);
      entered(button);
    }
    // A click by a pointer, not the one that an arrow key makes.
    else if (detail && target.closest("label")) setTimeout(call, 0, PICK, index);
  });
  on("keydown", (event) => {
    if (event.key == "Escape") call(CLOSE, index);
    else if (rankKey(widgets[index], event) || scaleKey(widgets[index], event)) {
      event.preventDefault();
      entered(event.target);
    }
  });
  on("focusin", keyboardMoved);
};

const controls = (form) => [...form.querySelectorAll("[data-q] [name],[name=trap]")];
const isChoice = ({ type }) => type == "radio" || type == "checkbox";

// Words beside an "other" that is not chosen are no answer.
const chosen = (control) =>
  isChoice(control) ? control.checked : control.closest(".other")?.querySelector("input").checked != false;

export const fields = (index) =>
  controls(widgets[index].form)
    .filter((control) => control.value && chosen(control))
    .map(({ name, value }) => name + PART + value + ITEM)
    .join("");

export const restore = (index, packed) => {
  const values = packed.split(ITEM).map((item) => item.split(PART));
  for (const control of controls(widgets[index].form)) {
    const given = values.filter(([name]) => name == control.name).map(([, value]) => value);
    if (isChoice(control)) control.checked = given.includes(control.value);
    else if ((control.value = given[0] || "")) chooseOther(control);
  }
};

export const show = (index, marks) => {
  const { form, questions } = widgets[index];
  questions.forEach((question, at) => (question.hidden = marks[at] == 0));
  for (const pipe of form.querySelectorAll("[data-pipe]")) {
    const source = questions.find(({ dataset }) => dataset.q == pipe.dataset.pipe);
    pipe.textContent = (source && spoken(source)) || "…";
  }
};

// An answer in the words that the visitor saw.
const spoken = (question) =>
  [...question.querySelectorAll("[name]")]
    .filter((control) => control.value && chosen(control))
    .map((control) => (isChoice(control) ? control.closest("label").textContent : control.value).trim())
    .join(", ");

export const foot = (index, back, done, of, word) => {
  const { form } = widgets[index];
  const [button, progress, send] = ["[data-do=back]", "progress", ".send"].map((part) => form.querySelector(part));
  if (progress) {
    button.hidden = !back;
    progress.hidden = false;
    progress.max = of;
    progress.value = done;
  }
  send.dataset.word ??= send.textContent;
  send.textContent = word ? form.dataset["say" + word[0].toUpperCase() + word.slice(1)] : send.dataset.word;
};

// What is chosen in a question, else its first control. Only ever after the visitor acted in the form.
export const focus = (index, at) => {
  const question = widgets[index].questions[at];
  question.tabIndex = -1;
  (question.querySelector(":checked") || question.querySelector("[name]:not(option)") || question).focus();
};

export const thank = (index, id) => {
  const { form } = widgets[index];
  const thanks = form.querySelector(".thanks");
  const inside = form.getRootNode().activeElement;
  thanks.hidden = !id;
  thanks.querySelector(".receipt").textContent = form.dataset.sayReceipt.replace("{id}", id.slice(0, 8));
  const own = thanks.querySelector("[data-own]");
  if (own) own.href = `${own.dataset.own}${id}?lang=${form.lang}`;
  if (inside) thanks.focus();
};
