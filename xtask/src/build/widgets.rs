//! The WASM that brings widgets to life, and the JavaScript around it.

use super::Profile;
use super::bundle::{bundle, bundle_with};
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

/// A module for browsers: a crate, and the JavaScript that is its hands.
pub struct Module {
    package: &'static str,
    /// The name of its files.
    name: &'static str,
    /// The folder of its hands, in which `start.js` is the way in.
    hands: &'static str,
    /// A style sheet that it brings along, as the module `sheet`.
    sheet: Option<&'static str>,
}

/// What brings forms to life.
pub const WIDGETS: Module =
    Module { package: "rapport-widgets", name: "widgets", hands: "www/loader/module", sheet: None };

/// What brings the loyalty badge to life, where there is one.
pub const BADGE: Module = Module {
    package: "rapport-badge",
    name: "badge",
    hands: "www/loader/badge",
    sheet: Some("core/src/view/style/points.css"),
};

/// The two finished files.
pub struct Widgets {
    pub glue: PathBuf,
    pub wasm: PathBuf,
}

/// Builds a module if anything changed.
pub fn build(project: &Project, tools: &Tools, profile: Profile, of: &Module) -> Result<Widgets> {
    let name = of.name;
    let step = say::step(name);
    let compiled = Crate {
        package: of.package,
        profile: format!("widgets{}", profile.suffix()),
        // No panic messages or unwinding on strangers' pages; the stack of a form is shallow, and
        // its size is memory that the page pays for.
        flags: "-Zunstable-options -Cpanic=immediate-abort -Clink-arg=-zstack-size=65536",
        std: "std,panic_abort",
        std_features: "optimize_for_size",
    }
    .compile(project, tools)?;
    let folder = project.scratch().join(format!("{name}{}", profile.suffix()));
    let output = Widgets { glue: folder.join(format!("{name}.min.js")), wasm: folder.join(format!("{name}_bg.wasm")) };
    let mut stamp = Stamp::new(folder.join("stamp")).input(fs::read(&compiled)?);
    let module = project.path(of.hands);
    let mut sources = fs::read_dir(&module)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    sources.sort();
    for source in sources {
        stamp = stamp.input(fs::read(source)?);
    }
    if let Some(sheet) = of.sheet {
        stamp = stamp.input(fs::read(project.path(sheet))?);
    }
    if !stamp.fresh(&[output.glue.clone(), output.wasm.clone()]) {
        fs::create_dir_all(&folder)?;
        Bindgen::new()
            .input_path(&compiled)
            .out_name(name)
            // Without code to fetch and instantiate the WASM, which the loader does itself.
            .bundler(true)?
            .typescript(false)
            .remove_name_section(profile == Profile::Release)
            .remove_producers_section(true)
            .generate(&folder)
            .context("could not generate the glue of the widgets")?;
        let glue = folder.join(format!("{name}_bg.js"));
        shorten(&output.wasm, &glue)?;
        if profile == Profile::Release {
            optimise(tools, &output.wasm, "-Oz")?;
        }
        let hands = module.join("hands.js");
        let sheet = folder.join("sheet.js");
        if let Some(source) = of.sheet {
            let css = bundle(project, tools, &project.path(source), "esm", &[])?;
            let css = String::from_utf8(css).context("a style sheet that is no text")?;
            fs::write(&sheet, format!("export default {}", serde_json::to_string(css.trim())?))?;
        }
        let aliases = [("glue", glue.as_path()), ("hands", hands.as_path()), ("sheet", sheet.as_path())];
        fs::write(&output.glue, bundle_with(project, tools, &module.join("start.js"), "esm", &[], &aliases)?)?;
        stamp.keep()?;
    }
    step.done();
    Ok(output)
}
