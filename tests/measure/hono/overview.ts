// The overview: the figures of core/src/metrics with their intervals, compared with the period before, as HTML.

import { html } from "hono/html";
import { dayText } from "./model";
import type { Config, Count, Report } from "./model";

const Z = 1.959964;
interface Figure { value: number; low: number; high: number; of: number }
type Sums = Record<string, number>;

// A share with Wilson's interval.
function rate(hits: number, chances: number): Figure | null {
  const of = Math.max(hits, chances);
  if (of === 0) return null;
  const p = hits / of;
  const z2 = Z * Z;
  const centre = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of));
  return { value: p, low: hits === 0 ? 0 : Math.max(centre - half, 0), high: hits === of ? 1 : Math.min(centre + half, 1), of };
}

// Net Promoter Score with the adjusted-Wald interval.
function nps(sums: Sums, question: string): Figure | null {
  let [good, bad, of] = [0, 0, 0];
  for (let point = 0; point <= 10; point += 1) {
    const n = trusted(sums, `q/${question}/${point}`);
    of += n;
    if (point >= 9) good += n;
    if (point <= 6) bad += n;
  }
  if (of === 0) return null;
  const [n, p, d] = [of + 3, (good + 0.75) / (of + 3), (bad + 0.75) / (of + 3)];
  const error = Math.sqrt((p + d - (p - d) ** 2) / n);
  const limit = (value: number) => Math.min(Math.max(100 * value, -100), 100);
  return { value: (100 * (good - bad)) / of, low: limit(p - d - Z * error), high: limit(p - d + Z * error), of };
}

// What is in doubt is not counted.
const trusted = (sums: Sums, key: string): number => (sums[key] ?? 0) - (sums[`~${key}`] ?? 0);

function sum(counts: Count[]): Sums {
  const sums: Sums = {};
  for (const { keys } of counts) for (const key in keys) sums[key] = (sums[key] ?? 0) + keys[key];
  return sums;
}

interface Metric { name: string; about: string; unit: "share" | "score"; of(sums: Sums): Figure | null }

const SHARES: Metric[] = [
  { name: "Interaction rate", about: "Of those who saw a widget, how many did something.", unit: "share", of: (s) => rate(trusted(s, "started"), trusted(s, "seen")) },
  { name: "Response rate", about: "Of those who saw a widget, how many answered.", unit: "share", of: (s) => rate(trusted(s, "answered"), trusted(s, "seen")) },
  { name: "Completion rate", about: "Of those who began, how many finished.", unit: "share", of: (s) => rate(trusted(s, "completed"), Math.max(trusted(s, "started"), trusted(s, "answered"))) },
];

const write = (value: number, unit: Metric["unit"]): string => (unit === "share" ? `${(100 * value).toFixed(1)} %` : value.toFixed(0));

function card(metric: Metric, now: Count[], before: Count[], from: number, to: number) {
  const figure = metric.of(sum(now));
  const earlier = metric.of(sum(before));
  const days: { day: number; figure: Figure | null }[] = [];
  for (let day = from; day <= to; day += 1) days.push({ day, figure: metric.of(sum(now.filter((count) => count.day === day))) });
  const [low, high] = metric.unit === "share" ? [0, 1] : [-100, 100];
  const y = (value: number) => (100 - (100 * (value - low)) / (high - low)).toFixed(1);
  const points = days.flatMap(({ figure }, index) => (figure ? [`${((300 * index) / Math.max(days.length - 1, 1)).toFixed(1)},${y(figure.value)}`] : []));
  return html`<article class="card figure"><header><h3>${metric.name}</h3>${figure && earlier ? chip(figure, earlier) : ""}</header>
${figure
    ? html`<p class="value">${write(figure.value, metric.unit)}</p><p class="words">95 % sure: between ${write(figure.low, metric.unit)} and ${write(figure.high, metric.unit)}</p><p class="words">${figure.of} answers</p>`
    : html`<p class="value none">No data yet</p>`}
<svg class="trend" viewBox="0 0 300 100" role="img" aria-label="Trend of ${metric.name}"><polyline points="${points.join(" ")}"/></svg>
<details><summary>As a table</summary><table><thead><tr><th>Day</th><th>Value</th><th>Interval</th><th>Of</th></tr></thead><tbody>${days.map(({ day, figure }) =>
    figure
      ? html`<tr><th>${dayText(day)}</th><td>${write(figure.value, metric.unit)}</td><td>${write(figure.low, metric.unit)} … ${write(figure.high, metric.unit)}</td><td>${figure.of}</td></tr>`
      : html`<tr><th>${dayText(day)}</th><td>–</td><td>–</td><td>0</td></tr>`,
  )}</tbody></table></details><details><summary>How it is computed</summary><p>${metric.about}</p></details></article>`;
}

function chip(now: Figure, before: Figure) {
  const apart = now.low > before.high || now.high < before.low;
  const word = apart ? (now.value > before.value ? "up" : "down") : "no change shown";
  return html`<span class="chip">${word}</span>`;
}

function question(title: string, name: string, sums: Sums) {
  const counts = Array.from({ length: 11 }, (_, point) => trusted(sums, `q/${name}/${point}`));
  const all = counts.reduce((one, other) => one + other, 0);
  if (all === 0) return "";
  return html`<article class="card"><h3>${title}</h3><p>${all} answers</p><table>${counts.map((n, point) => {
    const share = rate(n, all) as Figure;
    return html`<tr><th>${point}</th><td><svg viewBox="0 0 100 6"><rect width="${(100 * share.value).toFixed(1)}" height="6"/></svg></td><td>${n}</td><td>${write(share.value, "share")} (${write(share.low, "share")} … ${write(share.high, "share")})</td></tr>`;
  })}</table></article>`;
}

export function overview(config: Config, report: Report, from: number, to: number, origin: string) {
  const now = report.counts.filter(({ day }) => day >= from);
  const before = report.counts.filter(({ day }) => day < from);
  const sums = sum(now);
  const scales = config.widgets.flatMap(({ questions }) => questions.filter(({ input }) => input.type === "scale"));
  const scores: Metric[] = scales.map(({ name }) => ({
    name: "Net Promoter Score", about: "Promoters (9–10) less detractors (0–6), in percent of all who gave a score.", unit: "score", of: (s) => nps(s, name),
  }));
  const visits = report.days.filter(({ day }) => day >= from).reduce((all, { visitors }) => all + visitors, 0);
  const tally = (outcome: string) => report.tally[outcome] ?? 0;
  const refused = Object.entries(report.tally).filter(([outcome]) => outcome.startsWith("refused/"));
  const lost = refused.reduce((all, [, n]) => all + n, 0);
  const received = tally("accepted") + tally("duplicate") + lost;
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Overview · ${config.name}</title><link rel="stylesheet" href="/dashboard.css"></head><body>
<nav><a href="/dashboard">Sites</a><a aria-current="page" href="/dashboard/s/${config.id}">Overview</a></nav><main>
<h1>${config.name}</h1><p>${dayText(from)} – ${dayText(to)}</p><form><select name="days"><option value="28">28 days</option><option value="90">90 days</option></select><button>Show</button></form>
<section><h2>Figures</h2>${[...scores, ...SHARES].map((metric) => card(metric, now, before, from, to))}
<article class="card"><h3>Activity</h3><p class="value">${visits} visitor-days</p><p>Different visitors: ${report.distinct[0]} today, ${report.distinct[1]} in a week, ${report.distinct[2]} in four weeks</p>
<table>${report.days.map(({ day, visitors }) => html`<tr><th>${dayText(day)}</th><td>${visitors}</td></tr>`)}</table></article></section>
<section><h2>Questions</h2>${scales.map(({ title, name }) => question(title, name, sums))}</section>
<section><h2>Widgets</h2><table><thead><tr><th>Widget</th><th>Seen</th><th>Interaction</th><th>Response</th><th>Completion</th><th>Closed</th><th>Completed</th></tr></thead><tbody>${config.widgets.map((widget) => {
    const own = sum(now.filter((count) => count.widget === widget.name));
    return html`<tr><th>${widget.label}</th><td>${trusted(own, "seen")}</td>${SHARES.map(({ of }) => {
      const figure = of(own);
      return html`<td>${figure ? html`${write(figure.value, "share")} <small>${write(figure.low, "share")} … ${write(figure.high, "share")}</small>` : "–"}</td>`;
    })}<td>${trusted(own, "dismissed")}</td><td>${trusted(own, "completed")}</td></tr>`;
  })}</tbody></table></section>
<section><h2>Latest</h2>${report.latest.map(({ id, received: at, widget, page, answers, country, device, doubts }) => html`<article id="r-${id}"><p><time>${new Date(at).toISOString()}</time> ${widget} · ${page} · ${country} ${device} ${doubts.join(" ")}</p><dl>${answers.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></article>`)}</section>
<section><h2>Intake</h2><p>${received} received = ${tally("accepted")} accepted + ${tally("duplicate")} duplicate + ${lost} refused</p>
<ul>${refused.map(([outcome, n]) => html`<li>${n} ${outcome.slice(8)}</li>`)}</ul><p>${report.pending === 0 ? "All of it is in KV." : `${report.pending} on the way to KV.`}${report.parked ? ` ${report.parked} parked.` : ""}</p></section>
<section><h2>Embed</h2><pre><code>&lt;script async src="${origin}/s/${config.id}.js"&gt;&lt;/script&gt;</code></pre></section></main></body></html>`;
}
