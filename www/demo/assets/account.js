// Signing in, as in any shop: its server says who the customer is, in a token that Rapport can check. Where no such server is
// behind these pages there is no button, and the badge is that of somebody who just came by.

const KEY = "larkfold-customer";
const WORDS = { zh: ["以 Ada 的身份登录", "退出"], ar: ["الدخول باسم Ada", "خروج"], en: ["Sign in as Ada", "Sign out"] };

const kept = (work) => {
  try {
    return work(sessionStorage);
  } catch {
    // Then one is signed in for as long as the page is there.
  }
};
const rapport = (...call) => ((window.rapport ||= {}).q ||= []).push(call);
const asked = async () => {
  const reply = await fetch("/account/token").catch(() => null);
  return reply?.ok ? reply.text() : "";
};

// Tells the shop's server of an order of whoever is signed in, and shows what they have then. Undefined where there is no such
// server, false where nobody is signed in.
let customer;
export const ordered = async (order, amount) => {
  if (!customer?.signed()) return customer && false;
  const reply = await fetch(`/account/order?${new URLSearchParams({ order, amount })}`, { method: "POST" }).catch(() => null);
  if (!reply?.ok) return undefined;
  customer.become(await asked());
  return true;
};

const menu = document.querySelector(".site-head nav ul");
const token = menu && (await asked());
if (token) {
  const [enter, leave] = WORDS[document.documentElement.lang.slice(0, 2)] ?? WORDS.en;
  const button = document.createElement("button");
  let signed = false;
  const become = (token) => {
    signed = Boolean(token);
    button.textContent = signed ? leave : enter;
    kept((store) => (signed ? store.setItem(KEY, "yes") : store.removeItem(KEY)));
    rapport("identify", token);
  };
  button.type = "button";
  button.textContent = enter;
  button.addEventListener("click", async () => become(signed ? null : await asked()));
  customer = { signed: () => signed, become };
  const item = document.createElement("li");
  item.append(button);
  menu.append(item);
  if (kept((store) => store.getItem(KEY))) become(token);
  // Tokens are good for an hour.
  document.addEventListener("rapport:identify", async () => signed && become(await asked()));
}
