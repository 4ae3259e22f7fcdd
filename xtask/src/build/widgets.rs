//! The WASM that brings widgets to life, and its JavaScript glue.

use super::Profile;
use super::cargo::Crate;
use super::stamp::Stamp;
use super::wasm_opt::optimise;
use crate::project::Project;
use crate::run::run;
use crate::say;
use crate::setup::Tools;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

/// The two finished files.
pub struct Widgets {
    pub glue: PathBuf,
    pub wasm: PathBuf,
}

/// Builds them if anything changed.
pub fn build(project: &Project, tools: &Tools, profile: Profile) -> Result<Widgets> {
    let step = say::step("widgets");
    let compiled = Crate {
        package: "rapport-widgets",
        profile: format!("widgets{}", profile.suffix()),
        // No panic messages or unwinding on strangers' pages; the stack of a form is shallow, and
        // its size is memory that the page pays for.
        flags: "-Zunstable-options -Cpanic=immediate-abort -Clink-arg=-zstack-size=65536",
        std: "std,panic_abort",
        std_features: "optimize_for_size",
    }
    .compile(project, tools)?;
    let folder = project.scratch().join(format!("widgets{}", profile.suffix()));
    let output = Widgets { glue: folder.join("widgets.min.js"), wasm: folder.join("widgets_bg.wasm") };
    let stamp = Stamp::new(folder.join("stamp")).input(fs::read(&compiled)?);
    if !stamp.fresh(&[output.glue.clone(), output.wasm.clone()]) {
        fs::create_dir_all(&folder)?;
        Bindgen::new()
            .input_path(&compiled)
            .out_name("widgets")
            .web(true)?
            .typescript(false)
            // The loader knows the hashed name; the default one would be dead weight.
            .omit_default_module_path(true)
            .remove_name_section(profile == Profile::Release)
            .remove_producers_section(true)
            .generate(&folder)
            .context("could not generate the glue of the widgets")?;
        if profile == Profile::Release {
            optimise(tools, &output.wasm, "-Oz")?;
        }
        run(
            tools
                .npm
                .esbuild()?
                .arg(folder.join("widgets.js"))
                .args(["--minify", "--format=esm", "--target=es2022", "--log-level=warning"])
                .arg(format!("--outfile={}", output.glue.display())),
            "minify the glue of the widgets",
        )?;
        stamp.keep()?;
    }
    step.done();
    Ok(output)
}
