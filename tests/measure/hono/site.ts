// The site's object: index and referee, with the same tables as worker/src/object/schema.rs for what is the same here.

import { DurableObject } from "cloudflare:workers";
import * as more from "./all";
import { DAY, day, dayText } from "./model";
import type { Config, Count, Delivery, Env, Receipt, Report, Stored, View } from "./model";

const TABLES = [
  "CREATE TABLE IF NOT EXISTS config (one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL, body TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS response (id TEXT PRIMARY KEY, widget TEXT NOT NULL, revision INTEGER NOT NULL, complete INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS count (widget TEXT NOT NULL, day INTEGER NOT NULL, version INTEGER NOT NULL, keys TEXT NOT NULL, PRIMARY KEY (widget, day, version)) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS view (day INTEGER PRIMARY KEY, body TEXT NOT NULL, closed INTEGER NOT NULL DEFAULT 0)",
  "CREATE TABLE IF NOT EXISTS tally (day INTEGER NOT NULL, outcome TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (day, outcome)) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS active (day INTEGER NOT NULL, visitor TEXT NOT NULL, responses INTEGER NOT NULL, PRIMARY KEY (day, visitor)) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS salt (day INTEGER PRIMARY KEY, value BLOB NOT NULL)",
  "CREATE TABLE IF NOT EXISTS outbox (kind TEXT NOT NULL, ref TEXT NOT NULL, due INTEGER, stamp INTEGER NOT NULL, attempts INTEGER NOT NULL, fault TEXT, PRIMARY KEY (kind, ref)) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS hold (one INTEGER PRIMARY KEY CHECK (one = 1), until INTEGER NOT NULL, strikes INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS session (hash TEXT PRIMARY KEY, seen INTEGER NOT NULL) WITHOUT ROWID",
];
const LEAN = [
  "CREATE TABLE IF NOT EXISTS inbox (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, widget TEXT NOT NULL, complete INTEGER NOT NULL, mood TEXT NOT NULL, page TEXT NOT NULL, locale TEXT NOT NULL, country TEXT NOT NULL, device TEXT NOT NULL, doubts TEXT NOT NULL, visitor TEXT NOT NULL, status TEXT NOT NULL)",
];
const SOON = 15_000;
const PATIENCE = 30 * 60_000;
const BURST = 20;
const ABREAST = 6;
const AGAIN = 1_000;
const LONGEST_HOLD = 5 * 60_000;

interface Cursor { toArray(): Row[]; rowsRead: number; rowsWritten: number }
type Row = Record<string, any>;

export class Site extends DurableObject<Env> {
  declare ctx: any;
  declare env: Env;
  #alarm = 0;
  #draining = false;
  #salt: { day: number; key: CryptoKey } | undefined;
  #rows = 0;
  #sql: more.Sql = { all: (query, ...values) => this.#all(query, ...values), run: (query, ...values) => this.#run(query, ...values) };

  constructor(ctx: any, env: Env) {
    super(ctx, env);
    ctx.storage.transactionSync(() => [...TABLES, ...(more.all ? more.TABLES : LEAN)].forEach((table) => this.#run(table)));
  }

  #all(query: string, ...values: unknown[]): Row[] {
    const cursor: Cursor = this.ctx.storage.sql.exec(query, ...values);
    const rows = cursor.toArray();
    if (more.all) more.count("rows_read", cursor.rowsRead);
    return rows;
  }

  #one(query: string, ...values: unknown[]): Row | undefined {
    return this.#all(query, ...values)[0];
  }

  #run(query: string, ...values: unknown[]): void {
    const cursor: Cursor = this.ctx.storage.sql.exec(query, ...values);
    this.#rows += cursor.rowsWritten;
    if (more.all) {
      more.count("rows_read", cursor.rowsRead);
      more.count("rows_written", cursor.rowsWritten);
    }
  }

  // One transaction for index, counts, outbox and tally; the runtime holds the reply until it is on disk.
  async ingest(delivery: Delivery): Promise<Receipt | null> {
    const now = Date.now();
    if (more.all) more.takeOver(delivery);
    const visitor = await this.#identify(delivery, day(now));
    const [receipt, due] = this.ctx.storage.transactionSync(() => this.#record(delivery, visitor, now)) as [Receipt | null, number];
    await this.#ring(due);
    if (due <= now + SOON) this.ctx.waitUntil(this.#drain());
    if (more.all) more.settle(this.#sql, now);
    return receipt;
  }

  #record({ response, views }: Delivery, visitor: string, now: number): [Receipt | null, number] {
    const today = day(now);
    const midnight = (today + 1) * DAY;
    if (views.length > 0) this.#countViews(today, views);
    if (!response) {
      if (views.some((view) => view.moments.includes("started"))) this.#active(visitor, today, 0);
      return [null, midnight];
    }
    const { id } = response;
    const found = more.all ? more.known(this.#sql, id) : this.#one("SELECT revision, body FROM response WHERE id = ?", id);
    const gone = Boolean(found?.gone);
    response.doubts.push(...this.#active(visitor, today, gone || found?.body ? 0 : 1));
    const duplicate = gone || (found?.revision ?? 0) >= response.revision;
    this.#tally(today, duplicate ? "duplicate" : "accepted");
    if (duplicate) return [{ id, revision: found?.revision ?? response.revision, duplicate }, midnight];

    const earlier: Stored | undefined = found?.body ? JSON.parse(found.body) : undefined;
    response.received = earlier?.received ?? now;
    response.visitor = earlier?.visitor ?? visitor;
    this.#count(response, earlier);
    this.#run(
      "INSERT INTO response (id, widget, revision, complete, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, complete = excluded.complete, body = excluded.body",
      id, response.widget, response.revision, response.complete ? 1 : 0, JSON.stringify(response),
    );
    if (more.all) more.enter(this.#sql, response, found ?? {});
    else this.#enter(response);
    const send = response.complete ? now : now + PATIENCE;
    this.#queue("response", id, send);
    return [{ id, revision: response.revision, duplicate }, Math.min(midnight, response.complete ? now + SOON : send)];
  }

  #enter(response: Stored): void {
    this.#run(
      "INSERT INTO inbox (id, widget, complete, mood, page, locale, country, device, doubts, visitor, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'new') ON CONFLICT (id) DO UPDATE SET complete = excluded.complete, mood = excluded.mood, doubts = excluded.doubts",
      response.id, response.widget, response.complete ? 1 : 0, response.group, response.page, response.locale, response.country,
      response.device, response.doubts.join(" "), response.visitor,
    );
  }

  #count(response: Stored, earlier: Stored | undefined): void {
    const place = [response.widget, day(parseInt(response.id.slice(0, 8) + response.id.slice(9, 13), 16)), response.version];
    const row = this.#one("SELECT keys FROM count WHERE widget = ? AND day = ? AND version = ?", ...place);
    const keys: Record<string, number> = row ? JSON.parse(row.keys) : {};
    for (const key of earlier?.keys ?? []) if (--keys[key] === 0) delete keys[key];
    for (const key of response.keys) keys[key] = (keys[key] ?? 0) + 1;
    this.#run(
      "INSERT INTO count (widget, day, version, keys) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET keys = excluded.keys",
      ...place, JSON.stringify(keys),
    );
  }

  #countViews(today: number, views: View[]): void {
    const row = this.#one("SELECT body FROM view WHERE day = ?", today);
    const counts: Record<string, Record<string, number>> = row ? JSON.parse(row.body) : {};
    for (const view of views) {
      const count = (counts[`${view.widget}/${view.version}`] ??= { seen: 0, started: 0, dismissed: 0 });
      for (const moment of view.moments) count[moment] += 1;
    }
    this.#run("INSERT INTO view (day, body) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET body = excluded.body, closed = 0", today, JSON.stringify(counts));
  }

  #tally(today: number, outcome: string): void {
    this.#run("INSERT INTO tally (day, outcome, n) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1", today, outcome);
  }

  // Notes that somebody did something today, and tells what makes their responses doubtful.
  #active(visitor: string, today: number, responses: number): string[] {
    if (visitor === "") return [];
    const found = more.all
      ? more.standing(this.#sql, today, visitor)
      : this.#one("SELECT responses FROM active WHERE day = ? AND visitor = ?", today, visitor);
    const before: number | null = found?.responses ?? null;
    if (before === null || responses > 0) {
      if (more.all && before === null) more.came(this.#sql, today);
      this.#run(
        "INSERT INTO active (day, visitor, responses) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET responses = excluded.responses",
        today, visitor, (before ?? 0) + responses,
      );
    }
    const doubts = (before ?? 0) >= BURST ? ["burst"] : [];
    return found?.blocked ? [...doubts, "blocked"] : doubts;
  }

  // An HMAC of address and agent under a salt that is deleted when the day is over.
  async #identify({ address, agent }: Delivery, today: number): Promise<string> {
    if (address === "") return "";
    if (this.#salt?.day !== today) {
      let value = this.#one("SELECT value FROM salt WHERE day = ?", today)?.value;
      if (!value) {
        value = crypto.getRandomValues(new Uint8Array(32));
        this.#run("INSERT INTO salt (day, value) VALUES (?, ?)", today, value);
      }
      this.#salt = { day: today, key: await crypto.subtle.importKey("raw", value, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]) };
    }
    const mac = await crypto.subtle.sign("HMAC", this.#salt.key, new TextEncoder().encode(`${address}\n${agent}`));
    return [...new Uint8Array(mac, 0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  #queue(kind: string, ref: string, due: number): void {
    this.#run(
      "INSERT INTO outbox (kind, ref, due, stamp, attempts) VALUES (?, ?, ?, 0, 0) ON CONFLICT DO UPDATE SET due = MIN(IFNULL(due, excluded.due), excluded.due), stamp = stamp + 1, attempts = 0, fault = NULL",
      kind, ref, due,
    );
  }

  // Setting an alarm is a row written, so an earlier one is left alone.
  async #ring(at: number): Promise<void> {
    if (this.#alarm > Date.now() && this.#alarm <= at) return;
    this.#alarm = at;
    await this.ctx.storage.setAlarm(at);
  }

  async #drain(): Promise<void> {
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let go = 0; go < 20; go += 1) {
        const now = Date.now();
        if ((this.#one("SELECT until FROM hold")?.until ?? 0) > now) return;
        const batch = this.#all("SELECT kind, ref, stamp, attempts FROM outbox WHERE due <= ? LIMIT ?", now, ABREAST);
        if (batch.length === 0) return;
        const outcomes = await Promise.allSettled(batch.map((item) => this.#send(item)));
        this.ctx.storage.transactionSync(() => {
          batch.forEach((item, index) => {
            if (outcomes[index].status === "fulfilled") {
              this.#run("DELETE FROM outbox WHERE kind = ? AND ref = ? AND stamp = ?", item.kind, item.ref, item.stamp);
            }
          });
          if (outcomes.some((outcome) => outcome.status === "rejected")) {
            const strikes = (this.#one("SELECT strikes FROM hold")?.strikes ?? 0) + 1;
            const until = Date.now() + Math.min(1_000 * 2 ** strikes, LONGEST_HOLD);
            this.#run("INSERT INTO hold (one, until, strikes) VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET until = excluded.until, strikes = excluded.strikes", until, strikes);
          } else {
            this.#run("DELETE FROM hold");
          }
        });
      }
      await this.#ring(Date.now() + AGAIN);
    } finally {
      this.#draining = false;
    }
  }

  async #send({ kind, ref }: Row): Promise<void> {
    if (more.all) more.count("kv_writes");
    if (kind === "response") {
      const body: string | undefined = this.#one("SELECT body FROM response WHERE id = ?", ref)?.body;
      if (!body) return;
      const { site, id, widget, version, revision, complete, keys }: Stored = JSON.parse(body);
      const at = dayText(day(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)));
      const metadata = { v: 1, w: widget, n: version, r: revision, c: complete, k: keys.join(" ") };
      await this.env.KV.put(`r/${site}/${at}/${id}`, body, JSON.stringify(metadata).length <= 1024 ? { metadata } : undefined);
    } else if (kind === "views") {
      const body = this.#one("SELECT body FROM view WHERE day = ?", Number(ref))?.body;
      if (body) await this.env.KV.put(`n/${this.#config()?.id}/0/${dayText(Number(ref))}`, body);
    } else {
      const config = this.#config();
      if (config) await this.env.KV.put(`c/${config.id}`, JSON.stringify(config));
    }
  }

  // An alarm that fails six times is dropped for good, so the next one is set first, and nothing here throws.
  async alarm(): Promise<void> {
    const today = day(Date.now());
    try {
      this.#alarm = 0;
      await this.#ring(Date.now() + 60_000);
      this.ctx.storage.transactionSync(() => {
        for (const { day: over } of this.#all("SELECT day FROM view WHERE closed = 0 AND day < ?", today)) {
          this.#run("UPDATE view SET closed = 1 WHERE day = ?", over);
          this.#queue("views", String(over), Date.now());
        }
        this.#run("DELETE FROM salt WHERE day < ?", today);
        this.#run("DELETE FROM active WHERE day < ?", today - 400);
      });
      await this.#drain();
      for (let step = 0; more.all && step < 5; step += 1) {
        if (!this.ctx.storage.transactionSync(() => more.index(this.#sql))) break;
      }
      const due = this.#one("SELECT MIN(due) AS due FROM outbox")?.due;
      const next = more.all && more.waiting(this.#sql) > 0 ? Date.now() : due;
      const hold = this.#one("SELECT until FROM hold")?.until ?? 0;
      this.#alarm = 0;
      await this.#ring(next === null || next === undefined ? (today + 1) * DAY : Math.max(next, hold));
    } catch (error) {
      console.error("alarm", error);
    }
  }

  #config(): Config | null {
    const row = this.#one("SELECT body FROM config");
    return row ? JSON.parse(row.body) : null;
  }

  async config(): Promise<Config | null> {
    return this.#config();
  }

  async configure(config: Omit<Config, "revision">): Promise<number> {
    const revision = (this.#config()?.revision ?? 0) + 1;
    this.ctx.storage.transactionSync(() => {
      this.#run(
        "INSERT INTO config (one, revision, body) VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET revision = excluded.revision, body = excluded.body",
        revision, JSON.stringify({ ...config, revision }),
      );
      this.#queue("config", "", Date.now());
    });
    await this.#ring(Date.now() + SOON);
    this.ctx.waitUntil(this.#drain());
    return revision;
  }

  async refused(reason: string): Promise<void> {
    this.ctx.storage.transactionSync(() => this.#tally(day(Date.now()), `refused/${reason}`));
  }

  // What an overview shows of the days from `from` to `to`; twice as many are told, to compare with those before.
  async report(from: number, to: number): Promise<Report> {
    const first = from - (to - from + 1);
    const counts: Count[] = this.#all("SELECT widget, day, version, keys FROM count WHERE day BETWEEN ? AND ?", first, to).map(
      ({ keys, ...place }) => ({ ...place, keys: JSON.parse(keys) }) as Count,
    );
    for (const { day: of, body } of this.#all("SELECT day, body FROM view WHERE day BETWEEN ? AND ?", first, to)) {
      for (const [place, keys] of Object.entries<Record<string, number>>(JSON.parse(body))) {
        const [widget, version] = place.split("/");
        counts.push({ day: of, widget, version: Number(version), keys });
      }
    }
    const tally: Record<string, number> = {};
    for (const { outcome, n } of this.#all("SELECT outcome, SUM(n) AS n FROM tally WHERE day BETWEEN ? AND ? GROUP BY outcome", from, to)) tally[outcome] = n;
    const distinct = [1, 7, 28].map(
      (days) => this.#one("SELECT COUNT(DISTINCT visitor) AS n FROM active WHERE day > ? AND day <= ?", to - days, to)?.n,
    ) as [number, number, number];
    return {
      config: this.#config(), counts, tally, distinct,
      latest: this.#all("SELECT body FROM response ORDER BY id DESC LIMIT 8").map(({ body }) => JSON.parse(body)),
      days: this.#all("SELECT day, COUNT(*) AS visitors FROM active WHERE day BETWEEN ? AND ? GROUP BY day", first, to) as Report["days"],
      pending: this.#one("SELECT COUNT(*) AS n FROM outbox WHERE due IS NOT NULL")?.n,
      parked: this.#one("SELECT COUNT(*) AS n FROM outbox WHERE due IS NULL")?.n,
    };
  }

  // What waits, be it for KV or to be searched for; of the latter, whoever looks does not wait for the alarm.
  async status(): Promise<{ pending: number; rows_written: number }> {
    const unindexed = more.all ? more.waiting(this.#sql) : 0;
    if (unindexed > 0) await this.#ring(Date.now());
    return { pending: this.#one("SELECT COUNT(*) AS n FROM outbox")?.n + unindexed, rows_written: this.#rows };
  }

  // Of the object with the owner's sessions: only their hashes are kept, and a row makes one revocable at once.
  async signIn(hash: string): Promise<void> {
    this.#run("INSERT INTO session (hash, seen) VALUES (?, ?)", hash, Date.now());
  }

  async session(hash: string): Promise<boolean> {
    return this.#one("SELECT 1 AS one FROM session WHERE hash = ? AND seen > ?", hash, Date.now() - DAY / 2) !== undefined;
  }
}
