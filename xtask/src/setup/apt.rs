//! Debian packages, where there are any.

use crate::run::{capture, exists, run};
use anyhow::{Result, bail};
use std::process::Command;

/// Whether packages can be installed here without asking anybody.
pub fn usable() -> bool {
    exists("apt-get") && capture(Command::new("id").arg("-u"), "ask who is running this").is_ok_and(|id| id == "0")
}

/// Installs `packages` and nothing they merely recommend.
pub fn install(packages: &[&str]) -> Result<()> {
    if !usable() {
        bail!(
            "installing needs root and apt-get; run: sudo apt-get install --no-install-recommends {}",
            packages.join(" ")
        );
    }
    // The list of packages may never have been fetched, or be too old to be true.
    run(Command::new("apt-get").args(["update", "-qq"]), "refresh the list of Debian packages (is there a network?)")?;
    run(
        Command::new("apt-get")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive"),
        &format!("install {}", packages.join(", ")),
    )
}

/// The highest-numbered package named `prefix` + number, for packages that carry a version in
/// their name.
pub fn newest(prefix: &str) -> Option<String> {
    let listed = capture(
        Command::new("apt-cache").args(["search", "--names-only", &format!("^{prefix}[0-9]+$")]),
        "search the Debian packages",
    )
    .ok()?;
    listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter_map(|name| Some((name.strip_prefix(prefix)?.parse::<u32>().ok()?, name)))
        .max()
        .map(|(_, name)| name.to_owned())
}
