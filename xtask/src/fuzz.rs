//! `cargo xtask fuzz`: readers and writers of strangers' bytes, guided by coverage.

use crate::project::Project;
use crate::run::run;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What lets the engine see which places are reached. It is LLVM's, so the ordinary compiler has it.
const INSTRUMENTED: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 -Cdebug-assertions";
/// What a corpus may grow by: it is in the repository.
const KEPT_BYTES: u64 = 2_048;
const LONGEST: usize = 4_096;

/// Each target, or those that are named, for a minute; `--seconds N` for so long; `--keep` adds small finds to the corpus.
pub fn run_all(project: &Project, arguments: &[String]) -> Result<()> {
    let (mut seconds, mut keep, mut only) = (60_u32, false, Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--seconds" => {
                seconds = rest.next().and_then(|word| word.parse().ok()).context("--seconds takes a number")?
            }
            "--keep" => keep = true,
            name => only.push(name),
        }
    }
    let mut names = folders(&project.path("tests/fuzz/corpus"))?;
    for name in &only {
        ensure!(names.iter().any(|known| known == name), "there is no target `{name}`: {}", names.join(", "));
    }
    names.retain(|name| only.is_empty() || only.contains(&name.as_str()));
    let host = host()?;
    let folder = project.path("target/fuzz");
    let mut build = Command::new("cargo");
    build
        .args(["build", "--quiet", "--release", "--locked", "--package", "rapport-fuzz", "--bin", "fuzz"])
        .args(["--features", "guided", "--target", &host])
        .arg("--target-dir")
        .arg(&folder)
        .env("RUSTFLAGS", INSTRUMENTED)
        .current_dir(project.root());
    run(&mut build, "build the fuzzer")?;
    let binary = folder.join(&host).join("release/fuzz");
    for name in names {
        let (seeds, found) = (project.path(format!("tests/fuzz/corpus/{name}")), folder.join("found").join(&name));
        fs::create_dir_all(&found)?;
        let mut fuzz = Command::new(&binary);
        fuzz.arg(format!("-max_total_time={seconds}"))
            .arg(format!("-max_len={LONGEST}"))
            .arg(format!("-artifact_prefix={}/{name}-", folder.display()))
            .args(["-timeout=5", "-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=0"])
            .args([&found, &seeds])
            .env("FUZZ_TARGET", &name)
            .current_dir(project.root());
        println!("{name}: {seconds} s");
        run(&mut fuzz, &name)?;
        if keep {
            shrink(&binary, &name, &found, &seeds)?;
        }
    }
    Ok(())
}

/// Takes into the corpus, of what was found, as little as reaches the same places.
fn shrink(binary: &Path, name: &str, found: &Path, seeds: &Path) -> Result<()> {
    let mut merge = Command::new(binary);
    merge
        .args(["-merge=1", "-verbosity=0", &format!("-max_len={KEPT_BYTES}")])
        .args([seeds, found])
        .env("FUZZ_TARGET", name);
    run(&mut merge, "add to the corpus")
}

fn folders(root: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root).context("there is no corpus")? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// What the compiler calls this machine: only with a target named do build scripts stay as they are.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("rustc does not start")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    match text.lines().find_map(|line| line.strip_prefix("host: ")) {
        Some(host) => Ok(host.to_owned()),
        None => bail!("rustc does not tell its host"),
    }
}
