//! `cargo xtask bench build`: how long builds take, from nothing and after a change of one line. In a copy of the repository, so that
//! nothing of this one is touched or has to be built again.

use crate::project::Project;
use crate::run::{capture, run};
use anyhow::{Context, Result, bail, ensure};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Where the section begins in docs/BENCHMARKS.md: the last one, which the other parts leave alone (`tests/src/bin/bench.rs`).
const HEADING: &str = "## Building\n";

/// One line, in what visitors load, in what the Worker alone has, and in what both have.
const CHANGES: [(&str, &str, &str, &str); 3] = [
    ("one line of `widgets`", "widgets/src/outbox.rs", "\"lease\"", "\"leases\""),
    ("one line of `worker`", "worker/src/usage.rs", "\"x-rapport-usage\"", "\"x-rapport-used\""),
    ("one line of `core`", "core/src/outbox.rs", "LONGEST_MS: u32 = 600_000", "LONGEST_MS: u32 = 601_000"),
];

/// Measures both profiles, or after `--dev` only that, and puts the table into docs/BENCHMARKS.md.
pub fn table(project: &Project, dev: bool) -> Result<()> {
    let copy = project.scratch().join("copy");
    let profiles: &[&[&str]] = if dev { &[&["--dev"]] } else { &[&["--dev"], &[]] };
    let mut columns = Vec::new();
    for flags in profiles {
        // With nothing but the packages that were fetched before.
        copied(project, &copy)?;
        let mut times = vec![seconds(&copy, flags)?, seconds(&copy, flags)?];
        for (_, file, from, to) in CHANGES {
            let path = copy.join(file);
            let text = fs::read_to_string(&path)?;
            ensure!(text.contains(from), "{file} has no {from} any more");
            fs::write(&path, text.replace(from, to))?;
            times.push(seconds(&copy, flags)?);
        }
        columns.push(times);
    }
    fs::remove_dir_all(&copy)?;
    let mut text = format!("{HEADING}\n`cargo xtask bench build`, on {} cores", std::thread::available_parallelism()?);
    let commit =
        capture(Command::new("git").args(["rev-parse", "--short", "HEAD"]).current_dir(project.root()), "ask git")?;
    let heads = if dev { "`--dev`, s | " } else { "`--dev`, s | release, s | " };
    writeln!(
        text,
        ", of {commit}: seconds that `cargo xtask build` takes, once crates and npm packages are fetched.\n"
    )?;
    writeln!(text, "| after | {}\n|---|{}", heads.trim_end(), "---|".repeat(profiles.len()))?;
    let names =
        ["from nothing, this tool included", "nothing changed"].into_iter().chain(CHANGES.map(|(what, ..)| what));
    for (at, what) in names.enumerate() {
        let times: String =
            columns.iter().filter_map(|times| times.get(at)).map(|time| format!(" {time:.0} |")).collect();
        writeln!(text, "| {what} |{times}")?;
    }
    print!("{text}");
    let path = project.path("docs/BENCHMARKS.md");
    let before = fs::read_to_string(&path).context("docs/BENCHMARKS.md: `cargo xtask bench` writes it first")?;
    let others = before.split_once(HEADING).map_or(before.as_str(), |(others, _)| others);
    Ok(fs::write(path, format!("{}\n\n{text}", others.trim_end()))?)
}

/// The repository as it is, without what is built.
fn copied(project: &Project, copy: &Path) -> Result<()> {
    if copy.exists() {
        fs::remove_dir_all(copy)?;
    }
    let files = capture(Command::new("git").arg("ls-files").current_dir(project.root()), "list the files")?;
    for file in files.lines() {
        let to = copy.join(file);
        fs::create_dir_all(to.parent().unwrap_or(copy))?;
        fs::copy(project.path(file), to).with_context(|| format!("{file} is in git, but cannot be copied"))?;
    }
    std::os::unix::fs::symlink(project.path("node_modules"), copy.join("node_modules"))?;
    Ok(())
}

/// How long a build takes.
fn seconds(copy: &Path, flags: &[&str]) -> Result<f64> {
    let began = Instant::now();
    let mut command = Command::new("cargo");
    command.args(["xtask", "build"]).args(flags).current_dir(copy).env_remove("CARGO_TARGET_DIR");
    run(&mut command, "build the copy")?;
    let seconds = began.elapsed().as_secs_f64();
    if !copy.join("build/index_bg.wasm").exists() {
        bail!("the copy was built somewhere else");
    }
    Ok(seconds)
}
