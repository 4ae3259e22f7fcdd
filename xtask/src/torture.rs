//! `cargo xtask torture`: what design and README promise, under everything that can go wrong.

use crate::build::{self, Profile};
use crate::project::Project;
use crate::run::{capture, run};
use crate::setup;
use anyhow::{Context, Result};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;

/// Builds what is shipped, then tortures it. After `--dev`, the development build. After `--old`, an older commit is built, too.
pub fn run_all(project: &Project, arguments: &[String]) -> Result<()> {
    let (mut dev, mut old, mut rest) = (false, None, Vec::new());
    let mut given = arguments.iter();
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--dev" => dev = true,
            "--old" => old = Some(given.next().context("--old takes a commit")?),
            _ => rest.push(argument.clone()),
        }
    }
    let tools = setup::tools(project)?;
    build::all(project, &tools, if dev { Profile::Dev } else { Profile::Release })?;
    if let Some(commit) = old {
        let folder = older(project, commit, dev)?;
        rest.extend(["--old-build".to_owned(), folder.to_string_lossy().into_owned()]);
    }
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--locked", "--bin", "torture", "--"]).args(rest);
    run(command.current_dir(project.root()), "torture")
}

/// Builds an older commit by its own build tool, in a worktree below `target/`, where it stays for the next time.
fn older(project: &Project, commit: &str, dev: bool) -> Result<PathBuf> {
    let git = |arguments: &[&str]| {
        capture(Command::new("git").args(arguments).current_dir(project.root()), "look up the older commit")
    };
    let commit = git(&["rev-parse", "--short=12", &format!("{commit}^{{commit}}")])?;
    let folder = project.path("target/old").join(&commit);
    if !folder.exists() {
        git(&["worktree", "prune"])?;
        git(&["worktree", "add", "--detach", &folder.to_string_lossy(), &commit])?;
    }
    // What comes from elsewhere is there already, and what was compiled of it can be used again.
    fs::create_dir_all(folder.join("target"))?;
    for shared in ["node_modules", "target/wasm"] {
        let link = folder.join(shared);
        if !link.exists() {
            symlink(project.path(shared), &link).with_context(|| format!("no link {}", link.display()))?;
        }
    }
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--locked", "--bin", "xtask", "--", "build"]).args(dev.then_some("--dev"));
    command.env("CARGO_TARGET_DIR", project.path("target")).current_dir(&folder);
    run(&mut command, "build the older commit")?;
    Ok(folder)
}
