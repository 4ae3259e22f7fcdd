//! Cloudflare's own tool, in one version.

use crate::project::Project;
use crate::run::{capture, exists};
use crate::say;
use anyhow::{Context, Result, bail};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Fetched when it is needed and not with everything else: it is larger than all of that.
const VERSION: &str = "4.86.0";

/// What a dry run pretends the account answered.
const DRY_NAMESPACE: &str = "00000000000000000000000000000000";
const DRY_URL: &str = "https://rapport.YOUR-ACCOUNT.workers.dev";

pub(super) struct Wrangler {
    root: PathBuf,
    dry: bool,
}

impl Wrangler {
    pub(super) fn new(project: &Project, dry: bool) -> Result<Self> {
        if !dry && !exists("npx") {
            bail!("deploying needs Node.js 20 or newer with npx: install it and run this again");
        }
        Ok(Self { root: project.root().to_owned(), dry })
    }

    /// Fails unless an account is at hand.
    pub(super) fn signed_in(&self) -> Result<()> {
        self.ask(&["whoami"], "reach your Cloudflare account")
            .map(drop)
            .with_context(|| format!("sign in first: run `npx wrangler@{VERSION} login`, or set CLOUDFLARE_API_TOKEN"))
    }

    /// The id of the namespace, which is created if the account has none of that title.
    pub(super) fn namespace(&self, title: &str) -> Result<String> {
        let list = || -> Result<Option<String>> {
            let listed = self.ask(&["kv", "namespace", "list"], "list the KV namespaces")?;
            namespace_id(&listed, title)
        };
        if self.dry {
            list()?;
            self.ask(&["kv", "namespace", "create", title], "create the KV namespace")?;
            return Ok(DRY_NAMESPACE.to_owned());
        }
        if let Some(id) = list()? {
            return Ok(id);
        }
        say::note(&format!("creating the KV namespace {title}"));
        self.ask(&["kv", "namespace", "create", title], "create the KV namespace")?;
        list()?.with_context(|| format!("the namespace {title} was created but is not listed: run this again"))
    }

    /// Uploads the Worker and its assets; returns the public origin.
    pub(super) fn deploy(&self, config: &str) -> Result<String> {
        let printed = self.ask(&["deploy", "--config", config], "upload the Worker")?;
        if self.dry {
            return Ok(DRY_URL.to_owned());
        }
        println!("{printed}");
        origin(&printed)
            .context("the Worker is uploaded, but wrangler did not say where: see your Cloudflare dashboard")
    }

    pub(super) fn has_secret(&self, config: &str, name: &str) -> Result<bool> {
        let listed = self.ask(&["secret", "list", "--config", config], "list the secrets")?;
        Ok(listed.contains(&format!("\"{name}\"")))
    }

    /// The value goes through a pipe, since arguments are visible to other programs.
    pub(super) fn set_secret(&self, config: &str, name: &str, value: &str) -> Result<()> {
        let arguments = ["secret", "put", name, "--config", config];
        if self.dry {
            self.announce(&arguments);
            return Ok(());
        }
        let mut child = self.command(&arguments).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(value.as_bytes())?;
        }
        if !child.wait()?.success() {
            bail!("could not set the secret {name}: run `cargo xtask deploy --new-key` to try again");
        }
        Ok(())
    }

    fn ask(&self, arguments: &[&str], purpose: &str) -> Result<String> {
        if self.dry {
            self.announce(arguments);
            return Ok("[]".to_owned());
        }
        capture(&mut self.command(arguments), purpose)
    }

    fn announce(&self, arguments: &[&str]) {
        println!("would run: npx wrangler@{VERSION} {}", arguments.join(" "));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("npx");
        command
            .args(["--yes", &format!("wrangler@{VERSION}")])
            .args(arguments)
            .env("WRANGLER_SEND_METRICS", "false")
            .current_dir(&self.root);
        command
    }
}

/// The id in `[{"id": "…", "title": "…"}]`, around which wrangler may print more.
fn namespace_id(printed: &str, title: &str) -> Result<Option<String>> {
    let start = printed.find('[').context("wrangler listed no namespaces")?;
    let end = printed.rfind(']').context("wrangler listed no namespaces")?;
    let json = printed.get(start..=end).context("wrangler listed no namespaces")?;
    let listed: serde_json::Value = serde_json::from_str(json).context("wrangler's list is not JSON")?;
    let found = listed.as_array().into_iter().flatten().find(|namespace| namespace["title"] == title);
    Ok(found.and_then(|namespace| namespace["id"].as_str()).map(str::to_owned))
}

/// The first `https://….workers.dev`, or any other origin that wrangler names.
fn origin(printed: &str) -> Option<String> {
    let mut words = printed.split_whitespace().filter(|word| word.starts_with("https://"));
    let first = words.next()?;
    Some(first.trim_end_matches(['/', '.']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{namespace_id, origin};

    #[test]
    fn the_namespace_is_found_by_its_title() {
        let printed = "note\n[\n {\"id\":\"1a\",\"title\":\"other\"},\n {\"id\":\"2b\",\"title\":\"rapport-kv\"}\n]\n";
        assert_eq!(namespace_id(printed, "rapport-kv").unwrap().as_deref(), Some("2b"));
        assert_eq!(namespace_id("[]", "rapport-kv").unwrap(), None);
        assert!(namespace_id("error", "rapport-kv").is_err());
    }

    #[test]
    fn the_origin_is_read_off() {
        let printed = "Uploaded rapport (3.2 sec)\nDeployed rapport triggers\n  https://rapport.me.workers.dev\n";
        assert_eq!(origin(printed).as_deref(), Some("https://rapport.me.workers.dev"));
        assert_eq!(origin("Uploaded"), None);
    }
}
