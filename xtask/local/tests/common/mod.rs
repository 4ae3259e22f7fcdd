//! A repository in miniature with a Worker written by hand, so that these tests are about the parts
//! around the Worker and need no build of the real one.

#![allow(clippy::unwrap_used, clippy::expect_used)] // A test may fail.

use rapport_local::Plan;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use tempfile::TempDir;

const WORKER: &str = r#"
import { DurableObject } from "cloudflare:workers";
import wasm from "./index_bg.wasm";

export class Site extends DurableObject {
  async fetch(request) {
    const sql = this.ctx.storage.sql;
    sql.exec("CREATE TABLE IF NOT EXISTS visits (id INTEGER PRIMARY KEY)");
    sql.exec("INSERT INTO visits DEFAULT VALUES");
    return new Response(sql.exec("SELECT count(*) AS n FROM visits").one().n);
  }
}

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    switch (url.pathname) {
      case "/healthz":
        return new Response("ok");
      case "/count":
        return env.SITE.get(env.SITE.idFromName("x")).fetch(request);
      case "/put":
        await env.KV.put("a/b", "1", { metadata: { n: 1 } });
        return Response.json(await env.KV.list({ prefix: "a/" }));
      case "/bulk":
        return Response.json([...(await env.KV.get(["a/b", "none"]))]);
      case "/page":
        return new Response("<p>hello", { headers: { "content-type": "text/html", "cache-control": "max-age=60" } });
      case "/limit":
        return Response.json(await env.RATE_SITE.limit({ key: "k" }));
      case "/me":
        return Response.json({
          origin: url.origin,
          address: request.headers.get("cf-connecting-ip"),
          country: request.cf.country,
          wasm: wasm instanceof WebAssembly.Module,
          secret: env.OWNER_KEY_SHA256,
        });
    }
    return new Response("none", { status: 404 });
  },
  async scheduled(event, env) {
    await env.KV.put("cron", "ran");
  },
};
"#;

/// A folder laid out like the repository.
pub fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, contents: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    };
    write("build/index.js", WORKER.as_bytes());
    write("build/index_bg.wasm", b"\0asm\x01\0\0\0");
    write("wrangler.toml", b"compatibility_date = \"2026-10-01\"\n");
    write("www/pkg/public/pkg/a.wasm", &[7; 4096]);
    write("www/pkg/assets.json", b"{}");
    let rules = b"/pkg/*\n  Cache-Control: immutable\n  Access-Control-Allow-Origin: *\n";
    write("www/pkg/public/_headers", rules);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let modules = fs::canonicalize(root.join("node_modules")).expect("run `cargo xtask setup` first");
    symlink(modules, folder.path().join("node_modules")).unwrap();
    folder
}

/// All of it, on a free port.
pub fn plan(repository: &TempDir) -> Plan {
    Plan::temporary(repository.path(), "key")
}

/// The body of a reply.
pub async fn text(url: &str) -> String {
    reqwest::get(url).await.unwrap().text().await.unwrap()
}
