//! `cargo xtask torture`: what design and README promise, under everything that can go wrong.

use crate::build::{self, Profile};
use crate::project::Project;
use crate::run::run;
use crate::setup;
use anyhow::Result;
use std::process::Command;

/// Builds what is shipped, then tortures it. After `--dev`, the development build.
pub fn run_all(project: &Project, arguments: &[String]) -> Result<()> {
    let dev = arguments.iter().any(|argument| argument == "--dev");
    let rest = arguments.iter().filter(|argument| *argument != "--dev");
    let tools = setup::tools(project)?;
    build::all(project, &tools, if dev { Profile::Dev } else { Profile::Release })?;
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--locked", "--package", "rapport-tests", "--bin", "torture", "--"]).args(rest);
    run(command.current_dir(project.root()), "torture")
}
