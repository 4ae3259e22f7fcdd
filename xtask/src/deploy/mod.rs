//! `cargo xtask deploy`: onto your own Cloudflare account.

mod config;
mod wrangler;

use crate::build::{self, Profile};
use crate::project::Project;
use crate::{key, say, setup};
use anyhow::{Context, Result, bail};
use std::fs;
use wrangler::Wrangler;

const NAMESPACE: &str = "rapport-kv";
const SECRET: &str = "OWNER_KEY_SHA256";

/// Builds, creates what is missing, uploads, and says where everything is. With `--dry-run` only
/// says what it would do; `--new-key` replaces the owner's key.
pub fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let (mut dry, mut new_key) = (false, false);
    for argument in arguments {
        match argument.as_str() {
            "--dry-run" => dry = true,
            "--new-key" => new_key = true,
            other => bail!("`cargo xtask deploy` knows --dry-run and --new-key, and not {other}"),
        }
    }
    let wrangler = Wrangler::new(project, dry)?;
    // Everything that can be refused comes before anything that changes the account.
    wrangler.signed_in()?;
    if dry {
        println!("would run: cargo xtask build");
    } else {
        build::all(project, &setup::tools(project)?, Profile::Release)?;
    }
    let namespace = wrangler.namespace(NAMESPACE)?;
    let text = fs::read_to_string(project.path("wrangler.toml")).context("wrangler.toml is missing")?;
    let config = config::with_namespace(&text, &namespace)?;
    if dry {
        println!("would write: {}", config::FILE);
    } else {
        fs::write(project.path(config::FILE), config)?;
    }

    let step = say::step("uploading");
    let url = wrangler.deploy(config::FILE)?;
    step.done();
    let key = match new_key || !wrangler.has_secret(config::FILE, SECRET)? {
        true => {
            let key = if dry { "YOUR-KEY".to_owned() } else { key::generate()? };
            // The account only ever learns the digest.
            wrangler.set_secret(config::FILE, SECRET, &rapport_local::digest(&key))?;
            Some(key)
        }
        false => None,
    };
    welcome(&url, key.as_deref());
    Ok(())
}

fn welcome(url: &str, key: Option<&str>) {
    println!();
    match key {
        Some(key) => {
            println!("  Dashboard  {url}/dashboard/#{key}");
            println!("  Keep this address: it holds the key, which is shown this once and stored nowhere.");
        }
        None => println!("  Dashboard  {url}/dashboard/ (the key is the one you have; --new-key makes another)"),
    }
    println!("  Add a site on the dashboard, then paste its tag into your pages:");
    println!("  <script async src=\"{url}/s/YOUR-SITE.js\"></script>");
}
