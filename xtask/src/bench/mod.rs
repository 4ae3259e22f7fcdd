//! `cargo xtask bench`: bytes, times and processor time, beside those of the field's products, as `docs/BENCHMARKS.md`.

mod building;

use crate::build::{self, Profile};
use crate::project::Project;
use crate::run::run;
use crate::setup;
use anyhow::{Result, bail};
use std::process::Command;

/// Builds what is shipped, then measures it; at most fifteen minutes on an idle machine. After `--dev`, a part of the development build.
/// `build` measures builds themselves; the other arguments are those of `tests/src/bin/bench.rs`.
pub fn run_all(project: &Project, arguments: &[String]) -> Result<()> {
    let dev = arguments.iter().any(|argument| argument == "--dev");
    let rest: Vec<&String> = arguments.iter().filter(|argument| *argument != "--dev").collect();
    let tools = setup::tools(project)?;
    match rest.first().map(|part| part.as_str()) {
        Some("build") => return building::table(project, dev),
        None if dev => bail!("--dev is for a part: what is written down is what is shipped"),
        _ => {}
    }
    setup::browser(project, setup::Browser::Chromium)?;
    build::all(project, &tools, if dev { Profile::Dev } else { Profile::Release })?;
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--locked", "--bin", "bench", "--"]).args(rest);
    run(command.current_dir(project.root()), "measure")
}
