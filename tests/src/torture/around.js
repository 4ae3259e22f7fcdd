// Runs in the Worker's place and hands everything on to it, so that what is tortured is what is shipped: the clock is the test's,
// and so are the points at which the power is cut.
import Entrypoint, * as worker from "./index.js";

/** Real and told milliseconds at one moment, and how fast the told ones pass. */
const clock = CLOCK;
/** Where the power is cut, and after how many times there: `{ point, after, sign }`, or null. */
const cut = CUT;
/** Whose object panics, in how many of a thousand statements: `{ site, often }`, or null. */
const storm = STORM;

const Real = Date;
const told = () => clock.told + (Real.now() - clock.real) * clock.rate;
const real = (moment) => clock.real + (moment - clock.told) / clock.rate;

globalThis.Date = class Date extends Real {
  constructor(...given) {
    if (given.length) {
      super(...given);
    } else {
      super(told());
    }
  }
  static now() {
    return told();
  }
};

/** The line is read by whoever cuts the power; nothing else happens here any more. */
function reach(point) {
  if (cut === null || cut.point !== point || cut.after-- > 0) return;
  console.log(`CUT ${point} ${cut.sign}`);
  for (;;);
}

/** The storage, with its commits and alarms in between. */
function watched(state) {
  const { storage } = state;
  const { transactionSync, setAlarm } = storage;
  storage.transactionSync = (body) => {
    const outcome = transactionSync.call(storage, () => {
      const outcome = body();
      reach("before-commit");
      return outcome;
    });
    reach("after-commit");
    return outcome;
  };
  storage.setAlarm = async (moment, ...rest) => {
    await setAlarm.call(storage, Math.ceil(real(Number(moment))), ...rest);
    if (state.ringing) {
      if (cut?.point === "alarm-armed") await storage.sync();
      reach("alarm-armed");
    }
  };
  if (storm?.site === state.id.name) rage(storage.sql);
  return state;
}

/** Rust does not expect a getter to throw, so this unwinds its stack as a panic does, in the midst of a transaction. */
function rage(sql) {
  const { exec } = sql;
  sql.exec = (...given) => {
    const cursor = exec.apply(sql, given);
    if (Math.random() * 1000 < storm.often) {
      Object.defineProperty(cursor, "rowsRead", {
        get() {
          throw new Error("a panic of the storm");
        },
      });
    }
    return cursor;
  };
}

export class Site {
  constructor(state, env) {
    this.state = watched(state);
    this.site = new worker.Site(state, env);
  }

  async fetch(request) {
    const answer = await this.site.fetch(request);
    if (cut?.point === "before-receipt") {
      // Durable, and nobody has been told.
      await this.state.storage.sync();
      reach("before-receipt");
    }
    return answer;
  }

  async alarm(info) {
    reach("alarm-begins");
    this.state.ringing = true;
    try {
      return await this.site.alarm(info);
    } finally {
      this.state.ringing = false;
      reach("alarm-ends");
    }
  }
}

export default Entrypoint;
