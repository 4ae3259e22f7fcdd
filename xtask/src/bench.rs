//! `cargo xtask bench`: bytes, times and processor time, beside those of the field's products, as `docs/BENCHMARKS.md`.

use crate::build::{self, Profile};
use crate::project::Project;
use crate::run::run;
use crate::setup;
use anyhow::Result;
use std::process::Command;

/// Builds what is shipped, then measures it in a browser; about ten minutes on an idle machine.
pub fn run_all(project: &Project) -> Result<()> {
    let tools = setup::tools(project)?;
    setup::browser(project, setup::Browser::Chromium)?;
    build::all(project, &tools, Profile::Release)?;
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--locked", "--package", "rapport-tests", "--bin", "bench"]);
    run(command.current_dir(project.root()), "measure")
}
