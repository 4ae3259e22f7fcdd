//! The Worker: `build/index.js` and `build/index_bg.wasm`.

use super::Profile;
use super::cargo::Crate;
use super::literals;
use super::shim::shim;
use super::stamp::Stamp;
use super::wasm_opt::optimise;
use crate::project::Project;
use crate::run::run;
use crate::say;
use crate::setup::Tools;
use anyhow::{Context, Result};
use std::fs;
use wasm_bindgen_cli_support::Bindgen;

/// Builds them if anything changed.
pub fn build(project: &Project, tools: &Tools, profile: Profile) -> Result<()> {
    let step = say::step("worker");
    let compiled = Crate {
        package: "rapport-worker",
        profile: format!("worker{}", profile.suffix()),
        // With abort, one panic would fail every request in flight and hang the callers of objects; destructors, though,
        // only give memory back. Nothing shipped prints by `{:?}`. The places of panics would name folders of the machine
        // that built it.
        flags: "-Cpanic=unwind -Zpanic-in-drop=abort -Zfmt-debug=none -Zlocation-detail=none",
        std: "std,panic_unwind",
        std_features: "optimize_for_size",
    }
    .compile(project, tools)?;

    let output = project.worker_output();
    let (index, wasm) = (output.join("index.js"), output.join("index_bg.wasm"));
    let stamp = Stamp::new(project.scratch().join("worker.stamp")).input(fs::read(&compiled)?);
    if !stamp.fresh(&[index.clone(), wasm.clone()]) {
        let staging = project.scratch().join("worker");
        if staging.exists() {
            fs::remove_dir_all(&staging)?;
        }
        Bindgen::new()
            .input_path(&compiled)
            .out_name("index")
            .module(true)?
            .typescript(false)
            .reset_state_function(true)
            .force_enable_abort_handler(true)
            .generate(&staging)
            .context("could not generate the glue of the Worker")?;
        let built = staging.join("index_bg.wasm");
        let glue = literals::keep(&built, &fs::read_to_string(staging.join("index.js"))?)?;
        fs::write(staging.join("index.js"), &glue)?;
        if profile == Profile::Release {
            optimise(tools, &built, "-Os")?;
        }
        fs::write(staging.join("shim.js"), shim(&glue)?)?;
        let bundled = staging.join("bundled.js");
        run(
            tools
                .npm
                .esbuild()?
                .current_dir(&staging)
                .args(["./shim.js", "--bundle", "--format=esm", "--minify", "--log-level=warning"])
                .args(["--external:./index_bg.wasm", "--external:cloudflare:*"])
                .arg(format!("--outfile={}", bundled.display())),
            "bundle the Worker",
        )?;
        fs::create_dir_all(&output)?;
        // workerd hands over a compiled module for a plain import and knows no source phase.
        let text = fs::read_to_string(&bundled)?.replace("import source ", "import ");
        fs::write(&index, text)?;
        fs::copy(&built, &wasm)?;
        stamp.keep()?;
    }
    step.done();
    Ok(())
}
