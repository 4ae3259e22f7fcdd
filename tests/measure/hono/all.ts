// What Rapport keeps of each answer and the lean service leaves out, in the same tables: a row of the inbox with
// its index, an index of words that is filled in batches, audiences counted by gap, what was erased or blocked, usage.

import { day, moment } from "./model";
import type { Delivery, Stored, Usage } from "./model";

// Set by the bundler: whether all of this is done.
declare const ALL: boolean;
export const all = ALL;

export const TABLES = [
  "CREATE TABLE IF NOT EXISTS inbox (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, widget TEXT NOT NULL, complete INTEGER NOT NULL, mood TEXT NOT NULL, page TEXT NOT NULL, locale TEXT NOT NULL, country TEXT NOT NULL, device TEXT NOT NULL, traits TEXT NOT NULL, doubts TEXT NOT NULL, visitor TEXT NOT NULL, status TEXT NOT NULL)",
  "CREATE INDEX IF NOT EXISTS inbox_status ON inbox (status, seq)",
  "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (terms, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii')",
  "CREATE TABLE IF NOT EXISTS unindexed (seq INTEGER PRIMARY KEY)",
  "CREATE TABLE IF NOT EXISTS handled (id TEXT PRIMARY KEY, status TEXT NOT NULL) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS reach (day INTEGER NOT NULL, gap INTEGER NOT NULL, visitors INTEGER NOT NULL, PRIMARY KEY (day, gap)) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS blocked (visitor TEXT PRIMARY KEY) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS erased (id TEXT PRIMARY KEY) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS folded (day INTEGER PRIMARY KEY, body TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS held (day INTEGER PRIMARY KEY, responses INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS usage (day INTEGER PRIMARY KEY, body TEXT NOT NULL)",
];

type Row = Record<string, any>;
export interface Sql { all(query: string, ...values: unknown[]): Row[]; run(query: string, ...values: unknown[]): void }

// The earlier revision of a response, the owner's status of it, and whether it is gone for good or its day was counted.
export function known(sql: Sql, id: string): Row {
  return sql.all(
    "SELECT EXISTS (SELECT 1 FROM erased WHERE id = ?1) OR EXISTS (SELECT 1 FROM folded WHERE day = ?2) AS gone, (SELECT revision FROM response WHERE id = ?1) AS revision, (SELECT body FROM response WHERE id = ?1) AS body, (SELECT status FROM handled WHERE id = ?1) AS status, EXISTS (SELECT 1 FROM held WHERE day = ?2) AS held",
    id, day(moment(id) ?? 0),
  )[0];
}

// What is known of a visitor today.
export function standing(sql: Sql, today: number, visitor: string): Row {
  return sql.all(
    "SELECT (SELECT responses FROM active WHERE day = ?1 AND visitor = ?2) AS responses, EXISTS (SELECT 1 FROM blocked WHERE visitor = ?2) AS blocked",
    today, visitor,
  )[0];
}

// Somebody came who cannot have been there on another day: ids are made of the day's salt.
export function came(sql: Sql, today: number): void {
  sql.run("INSERT INTO reach (day, gap, visitors) VALUES (?, 0, 1) ON CONFLICT DO UPDATE SET visitors = visitors + 1", today);
}

const SPAN = 2_048;

// Keys are made of the response's moment; an id has the first free one from its own on.
function place(sql: Sql, id: string): [number, boolean] {
  const first = (moment(id) ?? 0) * SPAN + (parseInt(id.slice(-3), 16) % SPAN);
  const taken = sql.all("SELECT seq, id FROM inbox WHERE seq >= ? AND seq < ? ORDER BY seq", first, first + SPAN);
  const own = taken.find((row) => row.id === id);
  if (own) return [own.seq, true];
  const gap = taken.findIndex((row, index) => row.seq !== first + index);
  return [first + (gap < 0 ? taken.length : gap), false];
}

export function enter(sql: Sql, response: Stored, { status, held, body }: Row): void {
  if (held && !body) sql.run("DELETE FROM held WHERE day = ?", day(moment(response.id) ?? 0));
  const [seq, known] = place(sql, response.id);
  sql.run(
    "INSERT OR REPLACE INTO inbox (seq, id, widget, complete, mood, page, locale, country, device, traits, doubts, visitor, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    seq, response.id, response.widget, response.complete ? 1 : 0, response.group, response.page.replace(/^https?:\/\//, ""), response.locale,
    response.country, response.device, response.traits.map(([name, value]) => `\n${name}=${value}\n`).join(""),
    response.doubts.length > 0 ? ` ${response.doubts.join(" ")} ` : "", response.visitor, status ?? "new",
  );
  if (known || words(response).size > 0) sql.run("INSERT OR IGNORE INTO unindexed (seq) VALUES (?)", seq);
}

// Without case and accents; numbers alone are found by filters.
function words({ answers }: Stored): Set<string> {
  const found = new Set<string>();
  for (const [, value] of answers) {
    if (!/\p{L}/u.test(value)) continue;
    for (const [word] of value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) found.add(word.slice(0, 40));
  }
  return found;
}

// One step of the index; false where nothing waited.
export function index(sql: Sql): boolean {
  const rows = sql.all(
    "SELECT u.seq, r.body FROM unindexed u LEFT JOIN inbox i ON i.seq = u.seq LEFT JOIN response r ON r.id = i.id ORDER BY u.seq DESC LIMIT 200",
  );
  for (const { seq, body } of rows) {
    if (body) sql.run("INSERT OR REPLACE INTO words (rowid, terms) VALUES (?, ?)", seq, [...words(JSON.parse(body))].join(" "));
  }
  if (rows.length > 0) sql.run("DELETE FROM unindexed WHERE seq >= ?", rows[rows.length - 1].seq);
  return rows.length > 0;
}

export const waiting = (sql: Sql): number => sql.all("SELECT COUNT(*) AS n FROM unindexed")[0].n;

// What quotas count, in the isolate's memory: written down a minute or fifty calls apart.
let pending: Usage = {};
let settled = 0;

export function count(what: string, n = 1): void {
  pending[what] = (pending[what] ?? 0) + n;
}

// What was counted at the edge goes along with the next call of an object.
export function handOver(delivery: Delivery): Delivery {
  const usage = pending;
  pending = {};
  return { ...delivery, usage };
}

export function takeOver({ usage }: Delivery): void {
  for (const what in usage) count(what, usage[what]);
  count("objects");
}

export function settle(sql: Sql, now: number): void {
  if (now < settled + 60_000 && (pending.objects ?? 0) < 50) return;
  const before: Usage = JSON.parse(sql.all("SELECT body FROM usage WHERE day = ?", day(now))[0]?.body ?? "{}");
  for (const what in pending) before[what] = (before[what] ?? 0) + pending[what];
  pending = {};
  settled = now;
  sql.run("INSERT INTO usage (day, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body", day(now), JSON.stringify(before));
}
