//! The WASM that brings widgets to life, and the JavaScript around it.

use super::Profile;
use super::bundle::bundle_with;
use super::cargo::Crate;
use super::shorten::shorten;
use super::stamp::Stamp;
use super::wasm_opt::optimise;
use crate::project::Project;
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
    let mut stamp = Stamp::new(folder.join("stamp")).input(fs::read(&compiled)?);
    let module = project.path("www/loader/module");
    let mut sources = fs::read_dir(&module)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    sources.sort();
    for source in sources {
        stamp = stamp.input(fs::read(source)?);
    }
    if !stamp.fresh(&[output.glue.clone(), output.wasm.clone()]) {
        fs::create_dir_all(&folder)?;
        Bindgen::new()
            .input_path(&compiled)
            .out_name("widgets")
            // Without code to fetch and instantiate the WASM, which the loader does itself.
            .bundler(true)?
            .typescript(false)
            .remove_name_section(profile == Profile::Release)
            .remove_producers_section(true)
            .generate(&folder)
            .context("could not generate the glue of the widgets")?;
        let glue = folder.join("widgets_bg.js");
        shorten(&output.wasm, &glue)?;
        if profile == Profile::Release {
            optimise(tools, &output.wasm, "-Oz")?;
        }
        let hands = module.join("hands.js");
        let aliases = [("glue", glue.as_path()), ("hands", hands.as_path())];
        fs::write(&output.glue, bundle_with(project, tools, &module.join("start.js"), "esm", &[], &aliases)?)?;
        stamp.keep()?;
    }
    step.done();
    Ok(output)
}
