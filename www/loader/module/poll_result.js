// What a poll or a quiz has come to, in the list that the form brings along. The votes under no name are the voters; what
// is told under no name is the score.

import { words } from "./say.js";

export const showResult = (form, votes, told = []) => {
  const result = form.querySelector("[data-result]");
  if (!result) return;
  result.hidden = false;
  for (const [name, text] of told) result.querySelector(`[data-told="${name}"]`).textContent = text;
  if (!votes) return;
  const count = Object.fromEntries(votes);
  const voters = count[""] || 0;
  for (const row of result.querySelectorAll("[data-option]")) {
    const share = voters && Math.round((100 * (count[row.dataset.option] || 0)) / voters);
    row.querySelector("b").textContent = words(form, "percent", { n: share });
    row.querySelector("rect").setAttribute("width", share + "%");
  }
  const plural = `votes-${new Intl.PluralRules(form.lang).select(voters)}`;
  const total = words(form, plural, { n: voters }) || words(form, "votes-other", { n: voters });
  result.querySelector(".total").textContent = total;
};
