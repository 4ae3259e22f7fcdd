//! The project's own build tool: everything that is done to Rapport is a `cargo xtask` command.

mod project;
mod say;
mod run;
mod setup;
mod build;
mod key;
mod seed;
mod dev;
mod size;
mod bench;
mod torture;
mod fuzz;
mod tidy;
mod test;
mod deploy;
mod remote;
mod files;

use anyhow::{Result, bail};
use project::Project;
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  dev       run everything on this machine, rebuild on changes  [--fresh] [--empty] [--port N]
  test      every check and suite; arguments go to `cargo test` and leave the checks out;
            before them `--dev` takes the development build, for seconds instead of minutes, and
            `--browser firefox` (or webkit) another browser, by itself for all that happens on a visitor's device
  setup     install what is missing (pinned by the lock files); says what and why
  build     build the widgets, the browser files and the Worker  [--dev]
  size      bytes of every shipped file against the budgets
  bench     against the field's products: bytes, times in a browser, the Worker beside one in
            TypeScript; writes docs/BENCHMARKS.md; or one part, printed only:  [--dev]
            [widgets | lighthouse | worker | scale | busy | owner | RESPONSES | service [--quick] [manifest | ingest | …]];
            or `build`, how long builds take, put into the same file
  torture   the shipped Worker under power cuts, a failing KV and bad networks, from seeds
            [model] [seeds] [crash] [storms] [disks] [timing] [--seed N] [--seeds N] [--long] [--dev]
            [mixed --old COMMIT]: an older release and this one on one disk, and side by side
  fuzz      what strangers send, guided by coverage  [TARGET…] [--seconds N] [--keep]
  tidy      the conventions of ARCHITECTURE.md
  widgets   widgets as files: validate DIR; export or import DIR --site SITE --url URL [--toml] [--publish]
  site      a whole site as one file: export or import FILE --site SITE --url URL
  deploy    onto your Cloudflare account  [--dry-run] [--new-key]
";

fn main() -> ExitCode {
    match command() {
        Ok(code) => code,
        Err(error) => {
            say::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn command() -> Result<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let project = Project::here()?;
    match name.as_str() {
        "setup" => {
            setup::tools(&project)?;
            setup::browser(&project, setup::Browser::Chromium)?;
        }
        "build" => {
            let profile = build::Profile::from_arguments(&rest)?;
            let tools = setup::tools(&project)?;
            build::all(&project, &tools, profile)?;
        }
        "dev" => dev::run(project, &rest)?,
        "size" => {
            let verdicts = size::measure(&project)?;
            if !verdicts.iter().all(size::Verdict::kept) {
                bail!("a budget is exceeded");
            }
        }
        "bench" => bench::run_all(&project, &rest)?,
        "torture" => torture::run_all(&project, &rest)?,
        "fuzz" => fuzz::run_all(&project, &rest)?,
        "test" => return test::run_all(&project, &rest),
        "tidy" => tidy::check(&project)?,
        "deploy" => deploy::run(&project, &rest)?,
        "widgets" => return Ok(if files::widgets(&rest)? { ExitCode::SUCCESS } else { ExitCode::FAILURE }),
        "site" => files::site(&rest)?,
        "" | "help" | "--help" | "-h" => print!("{HELP}"),
        other => bail!("there is no command `{other}`; `cargo xtask help` lists them"),
    }
    Ok(ExitCode::SUCCESS)
}
