//! `cargo xtask bench`: bytes, times and processor time, beside those of the field's products, as `docs/BENCHMARKS.md`.

use crate::build::{self, Profile};
use crate::project::Project;
use crate::run::run;
use crate::setup;
use anyhow::Result;
use std::process::Command;

/// Builds what is shipped, then measures it; at most fifteen minutes on an idle machine. After `--dev`, the development build. The other
/// arguments are those of `tests/src/bin/bench.rs`.
pub fn run_all(project: &Project, arguments: &[String]) -> Result<()> {
    let dev = arguments.iter().any(|argument| argument == "--dev");
    let rest = arguments.iter().filter(|argument| *argument != "--dev");
    let tools = setup::tools(project)?;
    setup::browser(project, setup::Browser::Chromium)?;
    build::all(project, &tools, if dev { Profile::Dev } else { Profile::Release })?;
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--locked", "--bin", "bench", "--"]).args(rest);
    run(command.current_dir(project.root()), "measure")
}
