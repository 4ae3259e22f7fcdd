//! The configuration that workerd reads.

use super::Settings;
use anyhow::{Context, Result};
use std::path::Path;

/// The header in which the edge passes what the runtime shows as `request.cf`.
pub(crate) const CF_HEADER: &str = "x-local-cf";

/// The folder of the Worker that runs at the further places, where that is another one.
pub(super) const ELSEWHERE: &str = "elsewhere";

/// A stand-in for the rate-limit binding, counting in fixed windows. The class has the name that the
/// `worker` crate looks for.
const RATE_LIMIT: &str = r#"
class Ratelimit {
  #windows = new Map();
  constructor({ limit, period }) {
    this.limitPerWindow = limit;
    this.period = period * 1000;
  }
  async limit({ key }) {
    const now = Date.now();
    let window = this.#windows.get(key);
    if (!window || now - window.since >= this.period) {
      if (this.#windows.size > 10000) this.#windows.clear();
      window = { since: now, count: 0 };
      this.#windows.set(key, window);
    }
    window.count += 1;
    return { success: window.count <= this.limitPerWindow };
  }
}
export default (env) => new Ratelimit(env);
"#;

/// The runtime has no clock for crons: asking this Worker is what triggers them.
const CRON: &str = "export default { async fetch(_, env) {
  const { outcome } = await env.RAPPORT.scheduled({ scheduledTime: new Date() });
  return new Response(outcome);
} };";

/// The text of the configuration. `index.js` and `index_bg.wasm` lie beside it.
pub(super) fn text(settings: &Settings, wrangler: &str, objects: &Path) -> Result<String> {
    let date = value(wrangler, "compatibility_date").context("wrangler.toml names no compatibility_date")?;
    // A list of strings reads the same in both languages.
    let flags = value(wrangler, "compatibility_flags").unwrap_or("[]");
    let texts: String = settings
        .texts
        .iter()
        .map(|(name, text)| format!("    (name = {}, text = {}),\n", quote(name), quote(text)))
        .collect();
    let limits: String = settings
        .limits
        .iter()
        .map(|limit| {
            format!(
                "    (name = {}, wrapped = (moduleName = \"rapport:rate-limit\", innerBindings = \
                 [(name = \"limit\", json = \"{}\"), (name = \"period\", json = \"{}\")])),\n",
                quote(limit.binding),
                limit.requests,
                limit.seconds
            )
        })
        .collect();
    let (kv, objects) = (settings.kv, quote(&objects.to_string_lossy()));
    let modules = |folder: &str| {
        // The first one is what runs.
        let around = settings.around.as_ref().map(|_| "    (name = \"around.js\", esModule = embed \"around.js\"),\n");
        format!(
            "{}    (name = \"index.js\", esModule = embed \"{folder}index.js\"),\n    (name = \"index_bg.wasm\", wasm = embed \"{folder}index_bg.wasm\"),\n",
            around.unwrap_or_default()
        )
    };
    let there = settings.elsewhere.as_ref().map_or_else(String::new, |_| format!("{ELSEWHERE}/"));
    let (modules, elsewhere) = (modules(""), modules(&there));
    // The other places run the same Worker on caches of their own, and find the objects at the first one.
    let (mut services, mut sockets, mut workers) = (String::new(), String::new(), String::new());
    for (index, address) in settings.places.iter().enumerate() {
        services += &format!(
            "    (name = \"place-{index}\", worker = .place{index}),\n    (name = \"kv-{index}\", external = (address = \"{address}\", http = ())),\n"
        );
        sockets += &format!(
            "    (name = \"place-{index}\", http = (cfBlobHeader = \"{CF_HEADER}\"), service = \"place-{index}\"),\n"
        );
    }
    // Without a proxy it is what the runtime calls the internet: public addresses only.
    let (proxy, outbound) = match settings.outside {
        Some(address) => (
            format!("    (name = \"outside\", external = (address = \"{address}\", http = (style = proxy))),\n"),
            "  globalOutbound = \"outside\",\n",
        ),
        None => (String::new(), ""),
    };
    for index in 0..settings.places.len() {
        workers += &format!(
            r#"
const place{index} :Workerd.Worker = (
  modules = [
{elsewhere}  ],
  compatibilityDate = {date},
  compatibilityFlags = {flags},
  bindings = [
    (name = "KV", kvNamespace = "kv-{index}"),
    (name = "SITE", durableObjectNamespace = (className = "Site", serviceName = "rapport")),
{texts}{limits}  ],
{outbound});
"#
        );
    }
    let (rate_limit, cron) = (quote(RATE_LIMIT), quote(CRON));
    Ok(format!(
        r#"using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "rapport", worker = .worker),
    (name = "cron", worker = .cron),
    (name = "kv", external = (address = "{kv}", http = ())),
    (name = "objects", disk = (path = {objects}, writable = true)),
{proxy}{services}  ],
  sockets = [
    (name = "http", http = (cfBlobHeader = "{CF_HEADER}"), service = "rapport"),
    (name = "cron", http = (), service = "cron"),
{sockets}  ],
  extensions = [(modules = [(name = "rapport:rate-limit", internal = true, esModule = {rate_limit})])],
);

const worker :Workerd.Worker = (
  modules = [
{modules}  ],
  compatibilityDate = {date},
  compatibilityFlags = {flags},
  bindings = [
    (name = "KV", kvNamespace = "kv"),
    (name = "SITE", durableObjectNamespace = "Site"),
{texts}{limits}  ],
  durableObjectNamespaces = [(className = "Site", uniqueKey = "rapport-site", enableSql = true)],
  durableObjectStorage = (localDisk = "objects"),
{outbound});
{workers}
const cron :Workerd.Worker = (
  modules = [(name = "cron.js", esModule = {cron})],
  compatibilityDate = {date},
  compatibilityFlags = ["service_binding_extra_handlers"],
  bindings = [(name = "RAPPORT", service = "rapport")],
);
"#
    ))
}

/// What follows `name =` in the top-level table of a TOML file written one setting a line.
fn value<'text>(toml: &'text str, name: &str) -> Option<&'text str> {
    toml.lines()
        .take_while(|line| !line.starts_with('['))
        .find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix('='))
        .map(str::trim)
}

/// A text literal of the configuration language.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
