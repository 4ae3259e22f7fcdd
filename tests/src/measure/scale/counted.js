// Runs in the Worker's place, hands everything on to it, and counts what it asks of the runtime. The clock stands still but where
// `/counted` moves it, alarms ring when they are rung, and an object that nobody called for IDLE milliseconds is made anew, as
// Cloudflare makes it. So a day is over in a second, and the same counts come out each time.
import Entrypoint, * as worker from "./index.js";

/** After which Cloudflare takes an object that nobody calls out of memory. */
const IDLE = 70_000;

const Real = Date;
let told = Real.now();
globalThis.Date = class Date extends Real {
  constructor(...given) {
    if (given.length) {
      super(...given);
    } else {
      super(told);
    }
  }
  static now() {
    return told;
  }
};

const counts = { requests: 0, calls: 0, rang: 0, woken: 0, statements: 0, written: 0, read: 0 };
/** What was begun and goes on after its answer. */
let pending = 0;
/** By object, when its alarm rings. */
const alarms = new Map();
/** Statements that may not have been read to their end. */
let cursors = [];

function settle() {
  for (const cursor of cursors) {
    counts.read += cursor.rowsRead;
    counts.written += cursor.rowsWritten;
  }
  cursors = [];
}

function watched(context) {
  const { waitUntil } = context;
  context.waitUntil = (promise) => {
    pending += 1;
    const over = () => {
      pending -= 1;
    };
    return waitUntil.call(context, Promise.resolve(promise).then(over, over));
  };
  return context;
}

function counted(state) {
  const { storage } = state;
  const { sql } = storage;
  const { exec } = sql;
  sql.exec = (...given) => {
    counts.statements += 1;
    const cursor = exec.apply(sql, given);
    cursors.push(cursor);
    return cursor;
  };
  // An alarm that is set is a row written.
  storage.setAlarm = async (moment) => {
    counts.written += 1;
    alarms.set(state.id.name, Number(moment));
  };
  storage.deleteAlarm = async () => {
    alarms.delete(state.id.name);
  };
  return watched(state);
}

export class Site {
  constructor(state, env) {
    this.state = counted(state);
    this.env = env;
    this.called = -Infinity;
  }

  /** The object as it is now. */
  site() {
    if (told >= this.called + IDLE) {
      this.own = new worker.Site(this.state, this.env);
      counts.woken += 1;
    }
    this.called = told;
    return this.own;
  }

  fetch(request) {
    if (request.headers.has("x-counted-ring")) {
      alarms.delete(this.state.id.name);
      counts.rang += 1;
      return this.site().alarm({});
    }
    counts.calls += 1;
    return this.site().fetch(request);
  }
}

export default class extends Entrypoint {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/counted") {
      watched(this.ctx);
      counts.requests += 1;
      return super.fetch(request);
    }
    told = Number(searchParams.get("at") ?? told);
    const ring = searchParams.get("ring");
    if (ring) {
      const headers = { "x-counted-ring": "1" };
      await this.env.SITE.getByName(ring).fetch("https://object/", { method: "POST", headers });
    }
    settle();
    return Response.json({ ...counts, pending, told, alarms: Object.fromEntries(alarms) });
  }
}
