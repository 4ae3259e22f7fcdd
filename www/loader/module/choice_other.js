// The option for the visitor's own words: typing chooses it, and choosing it asks for them.

export const chooseOther = (target) => {
  const [choice, text] = target.closest(".other")?.querySelectorAll("input") || [];
  if (target == text) choice.checked = true;
  else if (choice?.checked) text.focus();
};
