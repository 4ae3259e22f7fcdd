// Runs in the Worker's place, hands everything on to it, and counts what its objects ask of the runtime.
import Entrypoint, * as worker from "./index.js";

const counts = { calls: 0, statements: 0, set: 0, rang: 0 };

function counted(state) {
  const { storage } = state;
  const { sql, setAlarm } = storage;
  const { exec } = sql;
  sql.exec = (...given) => {
    counts.statements += 1;
    return exec.apply(sql, given);
  };
  storage.setAlarm = (...given) => {
    counts.set += 1;
    return setAlarm.apply(storage, given);
  };
  return state;
}

export class Site {
  constructor(state, env) {
    this.site = new worker.Site(counted(state), env);
  }

  async fetch(request) {
    counts.calls += 1;
    try {
      return await this.site.fetch(request);
    } finally {
      console.log(`COUNTED ${JSON.stringify(counts)}`);
    }
  }

  alarm(info) {
    counts.rang += 1;
    return this.site.alarm(info);
  }
}

export default Entrypoint;
