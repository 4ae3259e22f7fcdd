// What a careful person writes by hand for this one job and nothing else: an NPS question with a follow-up for each group,
// in a shadow root, answered by mouse and keyboard, kept until it has arrived. The yardstick for Rapport's own widget.
const script = document.currentScript;
const endpoint = script.dataset.endpoint;
const KEY = "handwritten:out";
const FOLLOW_UPS = ["What is missing?", "What would make it a ten?", "What do you like best?"];

const CSS = `
:host { display: block; color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
form { max-width: 36rem; padding: 16px; border: 1px solid light-dark(#ccc, #555); border-radius: 12px; background: light-dark(#fff, #1b1b1f); color: light-dark(#1b1b1f, #eee) }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0 }
legend, label.title { font-weight: 600; padding: 0; display: block }
.scale { display: flex; flex-wrap: wrap; gap: 4px; margin: 8px 0 }
.point { flex: 1 0 44px; position: relative; cursor: pointer }
.point input { position: absolute; inset: 0; opacity: 0; width: 100%; height: 100%; margin: 0; cursor: pointer }
.point span { display: grid; place-items: center; min-height: 44px; border: 1px solid light-dark(#999, #777); border-radius: 8px }
.point input:checked + span { background: #3355cc; border-color: #3355cc; color: #fff }
.point input:focus-visible + span { outline: 3px solid #3355cc; outline-offset: 2px }
.ends { display: flex; justify-content: space-between; font-size: 14px; color: light-dark(#555, #bbb) }
textarea { width: 100%; box-sizing: border-box; min-height: 88px; font: inherit; padding: 8px; border-radius: 8px }
button { font: inherit; min-height: 44px; padding: 0 20px; border: 0; border-radius: 8px; background: #3355cc; color: #fff; cursor: pointer }
[hidden] { display: none !important }
.status { min-height: 1.5em; margin: 4px 0 0 }
@media (prefers-reduced-motion: no-preference) { .point span { transition: background .15s } }`;

const points = Array.from({ length: 11 }, (_, point) =>
  `<label class="point"><input type="radio" name="nps" value="${point}"><span>${point}</span></label>`).join("");

const HTML = `<form novalidate><fieldset><legend>How likely are you to recommend us?</legend><div class="scale">${points}</div>
<p class="ends"><span>Not likely</span><span>Very likely</span></p></fieldset>
<p class="more" hidden><label class="title" for="why"></label><textarea id="why" name="why" maxlength="5000"></textarea></p>
<button>Send</button><p class="status" role="status"></p></form>`;

const uuid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let i = 0; i < 6; i++) bytes[i] = now / 2 ** (40 - 8 * i);
  bytes[6] = 0x70 | (bytes[6] & 15);
  bytes[8] = 0x80 | (bytes[8] & 63);
  return [...bytes].map((byte, i) => (i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "") + byte.toString(16).padStart(2, 0)).join("");
};

const store = (text) => {
  try {
    if (text) localStorage.setItem(KEY, text);
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
};

const deliver = async (body, say) => {
  const kept = store(body);
  say("Sending …");
  for (let wait = 2000; ; wait = Math.min(wait * 2, 300000)) {
    const status = await fetch(endpoint, { method: "POST", body, keepalive: true }).then(({ status }) => status, () => 0);
    if (status >= 200 && status < 300) return store(), say("Thank you!");
    if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) return store(), say("Your answer was refused.");
    say(kept ? "Saved on this device; it will be sent." : "Not sent yet; please keep this page open.");
    await new Promise((resume) => {
      setTimeout(resume, wait * (0.5 + Math.random()));
      addEventListener("online", resume, { once: true });
    });
  }
};

customElements.define("handwritten-nps", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = HTML;
    const form = root.querySelector("form");
    const status = form.querySelector(".status");
    const more = form.querySelector(".more");
    form.addEventListener("input", () => {
      const score = form.elements.nps.value;
      if (score === "") return;
      more.hidden = false;
      more.querySelector("label").textContent = FOLLOW_UPS[score <= 6 ? 0 : score <= 8 ? 1 : 2];
    });
    form.addEventListener("keydown", (event) => {
      if (!/^[0-9]$/.test(event.key) || event.target.localName == "textarea") return;
      const chosen = form.elements.nps.value == "1" && event.key == "0" ? "10" : event.key;
      const point = form.querySelector(`[value="${chosen}"]`);
      point.checked = true;
      point.focus();
      form.dispatchEvent(new Event("input"));
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const score = form.elements.nps.value;
      if (score === "") return void (status.textContent = "Please choose a number.");
      const body = JSON.stringify({ id: uuid(), page: location.origin + location.pathname, score: +score, why: form.elements.why.value });
      form.querySelector("button").hidden = true;
      await deliver(body, (words) => (status.textContent = words));
    });
  }
});

try {
  const waiting = localStorage.getItem(KEY);
  if (waiting) deliver(waiting, () => {});
} catch {}
