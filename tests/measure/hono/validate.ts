// From what a browser sent to what the site's object takes. Everything is checked, and everything that is wrong is told.

import { LIMITS, MOMENTS, bucket, moment } from "./model";
import type { Config, Delivery, Field, Moment, Question, Stored, View, Widget } from "./model";

export interface Problem { field: string; code: string; [detail: string]: unknown }

export class Refused extends Error {
  constructor(readonly problems: Problem[]) {
    super("refused");
  }
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32;
const LOCALE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
const DEVICES = new Set(["phone", "tablet", "desktop"]);
const NAME = /^[a-z][a-z0-9_-]{0,39}$/;
const FASTEST_MS = 350;

const DELIVERY = new Set(["v", "context", "views", "response"]);
const CONTEXT = new Set(["page", "locale", "device", "visitor", "traits"]);
const VIEW = new Set(["widget", "version", "moments"]);
const RESPONSE = new Set(["id", "revision", "widget", "version", "complete", "answers", "moments", "active_ms", "trap"]);

function only(value: Json, known: Set<string>, within: string, problems: Problem[]): void {
  for (const key in value) if (!known.has(key)) problems.push({ field: within + key, code: "unknown" });
}

export interface Caller { address: string; agent: string; country: string; now: number }

export function accept(config: Config, text: string, caller: Caller): Delivery {
  let sent: unknown;
  try {
    sent = JSON.parse(text);
  } catch {
    throw new Refused([{ field: "", code: "malformed", expected: "JSON" }]);
  }
  if (!isObject(sent)) throw new Refused([{ field: "", code: "malformed", expected: "an object" }]);
  const problems: Problem[] = [];
  only(sent, DELIVERY, "", problems);
  if (sent.v !== 1) problems.push({ field: "v", code: "malformed", expected: "1" });
  const context = isObject(sent.context) ? sent.context : {};
  if (sent.context !== undefined) checkContext(sent.context, problems);
  const views = readViews(config, sent.views ?? [], problems);
  const response = sent.response === undefined ? null : readResponse(config, sent.response, context, caller, problems);
  if (!response && views.length === 0 && problems.length === 0) problems.push({ field: "response", code: "required" });
  if (problems.length > 0) throw new Refused(problems);
  return { response, views, address: caller.address, agent: caller.agent };
}

function checkContext(context: unknown, problems: Problem[]): void {
  if (!isObject(context)) {
    problems.push({ field: "context", code: "malformed" });
    return;
  }
  only(context, CONTEXT, "context.", problems);
  for (const name of ["page", "locale", "device", "visitor"]) {
    if (context[name] !== undefined && typeof context[name] !== "string") {
      problems.push({ field: `context.${name}`, code: "malformed", expected: "a text" });
    }
  }
  if (context.locale && !LOCALE.test(String(context.locale))) problems.push({ field: "context.locale", code: "malformed" });
  if (context.device && !DEVICES.has(String(context.device))) problems.push({ field: "context.device", code: "not_an_option" });
  if (context.visitor && !/^[0-9a-f]{32}$/.test(String(context.visitor))) problems.push({ field: "context.visitor", code: "malformed" });
  const traits = context.traits ?? [];
  if (!Array.isArray(traits) || !traits.every(isField)) {
    problems.push({ field: "context.traits", code: "malformed" });
    return;
  }
  if (traits.length > LIMITS.traits) problems.push({ field: "context.traits", code: "too_many", max: LIMITS.traits });
  const names = new Set<string>();
  traits.slice(0, LIMITS.traits).forEach(([name, value], index) => {
    const field = `context.traits[${index}]`;
    if (!NAME.test(name)) problems.push({ field, code: "malformed" });
    if (names.has(name)) problems.push({ field, code: "twice" });
    names.add(name);
    if (value.length > LIMITS.trait) problems.push({ field, code: "too_long", max: LIMITS.trait });
  });
}

function isField(value: unknown): value is Field {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "string" && typeof value[1] === "string";
}

function readMoments(value: unknown, field: string, problems: Problem[]): Moment[] {
  const moments = value ?? [];
  const fine = Array.isArray(moments) && moments.every((one) => MOMENTS.includes(one)) && new Set(moments).size === moments.length;
  if (fine) return moments as Moment[];
  problems.push({ field, code: "malformed", expected: "moments, each at most once" });
  return [];
}

function readViews(config: Config, views: unknown, problems: Problem[]): View[] {
  if (!Array.isArray(views)) {
    problems.push({ field: "views", code: "malformed" });
    return [];
  }
  if (views.length > LIMITS.views) {
    problems.push({ field: "views", code: "too_many", max: LIMITS.views });
    return [];
  }
  return views.map((view, index) => {
    const field = `views[${index}]`;
    if (!isObject(view) || !find(config, view.widget, view.version)) {
      problems.push({ field: `${field}.widget`, code: "unknown" });
      return { widget: "", version: 0, moments: [] };
    }
    only(view, VIEW, `${field}.`, problems);
    return {
      widget: view.widget as string,
      version: view.version as number,
      moments: readMoments(view.moments, `${field}.moments`, problems),
    };
  });
}

const find = (config: Config, name: unknown, version: unknown): Widget | undefined =>
  config.widgets.find((widget) => widget.name === name && widget.version === version);

function readResponse(config: Config, sent: unknown, context: Json, caller: Caller, problems: Problem[]): Stored | null {
  if (!isObject(sent)) {
    problems.push({ field: "response", code: "malformed" });
    return null;
  }
  only(sent, RESPONSE, "response.", problems);
  const made = typeof sent.id === "string" ? moment(sent.id) : null;
  if (made === null) problems.push({ field: "response.id", code: "malformed", expected: "a UUIDv7 in lower case" });
  else if (caller.now - made > LIMITS.oldest) problems.push({ field: "response.id", code: "too_old", now: caller.now });
  else if (made - caller.now > LIMITS.ahead) problems.push({ field: "response.id", code: "too_new", now: caller.now });
  if (!isCount(sent.revision) || sent.revision === 0) problems.push({ field: "response.revision", code: "too_low", min: 1 });
  if (typeof sent.complete !== "boolean") problems.push({ field: "response.complete", code: "malformed" });
  const active = sent.active_ms ?? 0;
  if (!isCount(active)) problems.push({ field: "response.active_ms", code: "malformed" });
  const moments = readMoments(sent.moments, "response.moments", problems);
  const widget = find(config, sent.widget, sent.version);
  if (!widget) problems.push({ field: "response.widget", code: "unknown" });
  const fields = sent.answers;
  if (!Array.isArray(fields) || !fields.every(isField)) {
    problems.push({ field: "response.answers", code: "malformed" });
    return null;
  }
  if (fields.length > LIMITS.fields) problems.push({ field: "response.answers", code: "too_many", max: LIMITS.fields });
  if (!widget || problems.length > 0) return null;
  const complete = sent.complete as boolean;
  const answers = walk(widget, fields, complete, problems);
  const doubts: string[] = [];
  if (sent.trap) doubts.push("trap");
  if (complete && (active as number) < answers.length * FASTEST_MS) doubts.push("fast");
  return {
    v: 1, id: sent.id as string, site: config.id, widget: widget.name, version: widget.version,
    revision: sent.revision as number, complete, answers,
    keys: keysOf(widget, answers, complete, moments, active as number, doubts.length > 0),
    active_ms: active as number, page: barePage(String(context.page ?? "")), locale: String(context.locale ?? ""),
    device: String(context.device ?? ""), country: caller.country, visitor: "", traits: (context.traits ?? []) as Field[],
    doubts, group: groupOf(widget, answers), received: caller.now,
  };
}

// The valid answers on the path that the earlier ones lead along.
function walk(widget: Widget, fields: Field[], complete: boolean, problems: Problem[]): Field[] {
  const given = new Map<string, string>();
  for (const [name, value] of fields) {
    if (given.has(name)) problems.push({ field: `answers.${name}`, code: "twice" });
    given.set(name, value);
  }
  const answers: Field[] = [];
  for (const question of widget.questions) {
    const value = given.get(question.name);
    given.delete(question.name);
    if (!isAsked(question, answers)) continue;
    const field = `answers.${question.name}`;
    if (value === undefined || value.trim() === "") {
      if (question.required && complete) problems.push({ field, code: "required" });
      continue;
    }
    if (question.input.type === "scale") {
      const point = Number(value);
      const { min, max } = question.input;
      if (!/^-?\d{1,4}$/.test(value)) problems.push({ field, code: "not_a_number" });
      else if (point < min) problems.push({ field, code: "too_low", min });
      else if (point > max) problems.push({ field, code: "too_high", max });
      answers.push([question.name, String(point)]);
    } else {
      const text = value.trim();
      if ([...text].length > LIMITS.text) problems.push({ field, code: "too_long", max: LIMITS.text });
      answers.push([question.name, text]);
    }
  }
  for (const name of given.keys()) problems.push({ field: `answers.${name}`, code: "unknown" });
  return answers;
}

function isAsked({ asked }: Question, answers: Field[]): boolean {
  if (!asked) return true;
  const answer = answers.find(([name]) => name === asked.of);
  return answer !== undefined && Number(answer[1]) >= asked.from && Number(answer[1]) <= asked.to;
}

function keysOf(widget: Widget, answers: Field[], complete: boolean, moments: Moment[], active: number, doubtful: boolean): string[] {
  const keys: string[] = MOMENTS.filter((one) => moments.includes(one));
  if (answers.length > 0) keys.push("answered");
  if (complete) {
    keys.push("completed");
    if (active > 0) keys.push(`time/${bucket(active)}`);
  }
  for (const [name, value] of answers) {
    keys.push(`q/${name}`);
    if (widget.questions.some((question) => question.name === name && question.input.type === "scale")) keys.push(`q/${name}/${value}`);
  }
  return doubtful ? keys.concat(keys.map((key) => `~${key}`)) : keys;
}

function groupOf(widget: Widget, answers: Field[]): string {
  const scale = widget.questions.find((question) => question.input.type === "scale");
  const answer = scale && answers.find(([name]) => name === scale.name);
  if (!answer) return "";
  const point = Number(answer[1]);
  return point <= 6 ? "nps/bad" : point <= 8 ? "nps/mild" : "nps/good";
}

// Without what may identify somebody: user, query and fragment.
function barePage(address: string): string {
  const parts = /^(https?:\/\/)([^?#]*)/.exec(address);
  if (!parts) return "";
  const rest = parts[2];
  const end = rest.search(/[/\\]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const path = end < 0 ? "" : rest.slice(end);
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  // eslint-disable-next-line no-control-regex
  return (parts[1] + host + path).replace(/[\u0000-\u001f\u007f-\u009f]/g, "").slice(0, LIMITS.page);
}
