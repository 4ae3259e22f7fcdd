// The live widgets as HTML with what scripts must know of the site, rendered once for each revision and origin.

import { html, raw } from "hono/html";
import type { Config, Question, Widget } from "./model";

interface Rendered { text: string; etag: string }

const MOST = 48;
const rendered = new Map<string, Rendered>();

export async function manifest(config: Config, origin: string): Promise<Rendered> {
  const key = `${config.id} ${config.revision} ${origin}`;
  const found = rendered.get(key);
  if (found) return found;
  const widgets: Record<string, string> = {};
  for (const one of config.widgets) widgets[one.name] = (await widget(one)).toString();
  const { id, revision, locale } = config;
  const json = JSON.stringify({ site: id, origin, revision, locale, privacy: "daily", attention: [0, 20], widgets });
  const text = json.replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const etag = `W/"${[...hash.slice(0, 10)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}"`;
  if (rendered.size >= MOST) rendered.delete(rendered.keys().next().value as string);
  rendered.set(key, { text, etag });
  return { text, etag };
}

const widget = ({ name, label, version, questions }: Widget) => html`<form class="widget" method="post" data-widget="${name}" data-version="${version}" aria-label="${label}">
${questions.map(question)}<p class="trap" aria-hidden="true"><input name="website" tabindex="-1" autocomplete="off"></p>
<button>Send</button></form>`;

function question({ name, title, required, asked, input }: Question) {
  const when = asked ? raw(` data-of="${asked.of}" data-from="${asked.from}" data-to="${asked.to}" hidden`) : "";
  if (input.type === "text") {
    return html`<p class="question"${when}><label>${title}<textarea name="${name}" maxlength="5000"></textarea></label></p>`;
  }
  const points = Array.from({ length: input.max - input.min + 1 }, (_, index) => input.min + index);
  return html`<fieldset class="question"${when}><legend>${title}</legend>${points.map(
    (point) => html`<label><input type="radio" name="${name}" value="${point}"${required ? raw(" required") : ""}>${point}</label>`,
  )}</fieldset>`;
}
