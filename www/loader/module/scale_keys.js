// Digits choose points of a scale; `1` and then `0` is 10. The arrow keys are the browser's own business: the points are
// radio buttons.

export const scaleKey = ({ questions }, { key, target }) => {
  if (!/^\d$/.test(key) || target.matches("textarea,select,input:not([type=radio])")) return;
  const question = target.closest("[data-q]") || questions.find((question) => !question.hidden);
  if (!question?.dataset.shape.startsWith("scale")) return;
  const point = (value) => question.querySelector(`[value="${value}"]`);
  const radio = (key == 0 && point(1)?.checked && point(10)) || point(key);
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  return true;
};
