//! The module that the runtime loads: it presents the exports of wasm-bindgen's glue as the classes
//! that workerd expects.

use anyhow::{Result, bail};

/// Exports of the `worker` crate that are no handlers.
const SYSTEM: [&str; 2] = ["__wbg_reset_state", "__worker_init_state"];

const HANDLERS: [&str; 2] = ["fetch", "scheduled"];

/// Objects outlive the WASM instance when a trap (say, memory exhausted) makes the `worker` crate
/// replace it: an object of an older instance is then constructed anew before it is used. Panics
/// unwind and never get there. The entry point is made anew for each request and keeps nothing; a proxy around it would
/// only break `wrangler dev`, which extends it with private members.
const SHIM: &str = r#"import { WorkerEntrypoint } from "cloudflare:workers";
import * as glue from "./index.js";

const life = glue.__worker_init_state();

class Entrypoint extends WorkerEntrypoint {}

const revive = {
  construct(constructor, args, newTarget) {
    const build = () => Reflect.construct(constructor, args, newTarget);
    let instance = build();
    let born = life.instanceId;
    return new Proxy(instance, {
      get(_, name) {
        if (born !== life.instanceId) {
          instance = build();
          born = life.instanceId;
        }
        const value = Reflect.get(instance, name, instance);
        return typeof value === "function" ? value.bind(instance) : value;
      },
    });
  },
};

export default Entrypoint;
"#;

/// The shim for the given glue.
pub fn shim(glue: &str) -> Result<String> {
    let mut text = SHIM.to_owned();
    for line in glue.lines() {
        if let Some(name) = exported(line, "function ", '(') {
            if HANDLERS.contains(&name) {
                text += &format!(
                    "Entrypoint.prototype.{name} = function (event) {{ return glue.{name}.call(this, event, this.env, this.ctx); }};\n"
                );
            } else if !SYSTEM.contains(&name) {
                bail!(
                    "the Worker exports `{name}` with #[wasm_bindgen], which would make it a method that anybody bound to the Worker can call"
                );
            }
        } else if let Some(name) = exported(line, "class ", ' ') {
            text += &format!("export const {name} = new Proxy(glue.{name}, revive);\n");
        }
    }
    Ok(text)
}

/// The name in `export [async] KIND name…`, also in the form `export { a as name }`.
fn exported<'line>(line: &'line str, kind: &str, end: char) -> Option<&'line str> {
    let rest = line.strip_prefix("export ")?;
    let rest = rest.strip_prefix("async ").unwrap_or(rest).strip_prefix(kind)?;
    rest.split(end).next().map(|name| name.trim_end_matches([' ', '{']))
}

#[cfg(test)]
mod tests {
    use super::shim;

    #[test]
    fn handlers_and_objects_are_presented_and_nothing_else() {
        let text =
            shim("export class Site {\nexport function fetch(a) {\nexport function __wbg_reset_state() {").unwrap();
        assert!(text.contains("Entrypoint.prototype.fetch"));
        assert!(text.contains("export const Site ="));
        assert!(!text.contains("prototype.__wbg_reset_state"));
    }

    #[test]
    fn a_stray_export_is_refused() {
        let error = shim("export function backdoor() {").unwrap_err();
        assert!(error.to_string().contains("backdoor"));
    }
}
