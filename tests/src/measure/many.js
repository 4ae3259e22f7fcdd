// Runs in the Worker's place, hands everything on to it, and besides lets whoever measures write into an object's storage.
import Entrypoint, * as worker from "./index.js";

export class Site {
  constructor(state, env) {
    this.storage = state.storage;
    this.own = new worker.Site(state, env);
  }

  async fetch(request) {
    if (!request.headers.has("x-fill")) return this.own.fetch(request);
    const statements = await request.json();
    this.storage.transactionSync(() => {
      for (const [text, ...values] of statements) this.storage.sql.exec(text, ...values).toArray();
    });
    return new Response();
  }

  alarm(info) {
    return this.own.alarm(info);
  }
}

export default class extends Entrypoint {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/fill") return super.fetch(request);
    const object = this.env.SITE.getByName(searchParams.get("site"));
    return object.fetch("https://object/", { method: "POST", headers: { "x-fill": "1" }, body: await request.text() });
  }
}
