//! `cargo xtask bench`: what Rapport costs a visitor and the Worker, beside the field's products, as `docs/BENCHMARKS.md`.

use anyhow::{Context, Result, bail, ensure};
use rapport_tests::measure;
use rapport_tests::product::root;
use rapport_tests::stage::run;
use std::fs;
use std::process::{Command, ExitCode};

/// Where the section begins that another command writes (`xtask/src/bench/building.rs`): the last one.
const BUILDING: &str = "## Building\n";

/// Everything; or with a number of responses, only what the owner waits for with so many; or with the name of a part – `widgets`,
/// `lighthouse`, `worker`, `scale`, `busy`, `service`, which takes `--quick` and a
/// request such as `ingest`, or `owner` – only that. A part is printed and not kept.
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let quick = arguments.iter().any(|argument| argument == "--quick");
    let mut words = arguments.into_iter().filter(|argument| argument != "--quick");
    let (part, only) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let report = async {
        match (part.as_str(), part.parse()) {
            (_, Ok(responses)) => measure::many(responses).await,
            ("widgets", _) => measure::widgets().await,
            ("lighthouse", _) => measure::pages().await,
            ("worker", _) => measure::worker().await,
            ("service", _) => measure::service(quick, &only).await,
            ("busy", _) => measure::busy().await,
            ("scale", _) => measure::scale().await,
            ("owner", _) => measure::owner().await,
            ("", _) => {
                let (tables, failed) = measure::all().await?;
                let report = kept(&tables)?;
                ensure!(failed.is_empty(), "the other parts are in docs/BENCHMARKS.md, but\n{}", failed.join("\n"));
                Ok(report)
            }
            (other, _) => bail!("there is no part `{other}`"),
        }
    };
    match run(report) {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("could not measure: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The report with what it was measured with, written down; what `cargo xtask bench build` found stays in it.
fn kept(tables: &str) -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let changed = version("git", &["status", "--porcelain", "--untracked-files=no"]);
    let report = format!(
        "# Benchmarks\n\nWritten by `cargo xtask bench`, on {cores} cores, with {}, {} and {}, its parts one after the other on one machine, \
         of the release build of {}{}.\n\n{}\n",
        version("chromium", &["--version"]),
        version("node_modules/.bin/workerd", &["--version"]),
        version("rustc", &["--version"]),
        version("git", &["rev-parse", "--short", "HEAD"]),
        if changed.is_empty() { "" } else { " and what is not committed yet" },
        tables.trim_end(),
    );
    let folder = root().join("docs");
    fs::create_dir_all(&folder)?;
    let path = folder.join("BENCHMARKS.md");
    let before = fs::read_to_string(&path).unwrap_or_default();
    let building =
        before.split_once(BUILDING).map_or_else(String::new, |(_, building)| format!("\n{BUILDING}{building}"));
    fs::write(path, format!("{report}{building}")).context("docs/BENCHMARKS.md cannot be written")?;
    Ok(report)
}

fn version(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or_default().trim().to_owned()
}
