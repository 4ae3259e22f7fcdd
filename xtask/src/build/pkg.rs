//! `www/pkg`: the files that are uploaded, named after their contents, and what the Worker includes.

use super::Profile;
use super::bundle::bundle;
use super::stamp::short_hash;
use super::widgets::Widgets;
use crate::project::Project;
use crate::say;
use crate::setup::Tools;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Writes `public/pkg/*`, `public/_headers`, `assets.json` and `loader.js`. Files are only touched
/// when their contents change, so that the Worker is not compiled again for nothing.
pub fn build(project: &Project, tools: &Tools, _profile: Profile, widgets: &Widgets, badge: &Widgets) -> Result<()> {
    let step = say::step("browser files");
    let mut assets = Assets::default();
    assets.add("widgets.wasm", &fs::read(&widgets.wasm)?);
    assets.add("widgets.js", &fs::read(&widgets.glue)?);
    assets.add("badge.wasm", &fs::read(&badge.wasm)?);
    assets.add("badge.js", &fs::read(&badge.glue)?);
    assets.add("board.js", &bundle(project, tools, &project.path("www/loader/board.js"), "esm", &[])?);
    assets.add("basic.js", &bundle(project, tools, &project.path("www/loader/basic.js"), "esm", &[])?);
    assets.add("me.js", &bundle(project, tools, &project.path("www/loader/me.js"), "esm", &[])?);
    for name in ["dashboard.js", "dashboard.css"] {
        let entry = project.path("www/dashboard").join(name);
        if entry.is_file() {
            assets.add(name, &bundle(project, tools, &entry, "esm", &[])?);
        }
    }
    let defines = [
        ("RAPPORT_WIDGETS_JS", assets.quoted("widgets.js")?),
        ("RAPPORT_WIDGETS_WASM", assets.quoted("widgets.wasm")?),
        ("RAPPORT_BASIC_JS", assets.quoted("basic.js")?),
        ("RAPPORT_ME_JS", assets.quoted("me.js")?),
    ];
    let loader = bundle(project, tools, &project.path("www/loader/loader.js"), "iife", &defines)?;
    // The loader of every site, with a manifest that the page brings along.
    let mut preview = bundle(project, tools, &project.path("www/preview/preview.js"), "iife", &[])?;
    preview.extend(String::from_utf8(loader.clone())?.replacen("\"__MANIFEST__\"", "rapportPreview", 1).into_bytes());
    assets.add("preview.js", &preview);
    assets.add("preview.css", &bundle(project, tools, &project.path("www/preview/preview.css"), "esm", &[])?);

    let pkg = project.pkg();
    assets.write(&pkg.join("public"))?;
    write_changed(&pkg.join("assets.json"), assets.json()?.as_bytes())?;
    write_changed(&pkg.join("public/_headers"), &fs::read(project.path("www/_headers"))?)?;
    write_changed(&pkg.join("loader.js"), &loader)?;
    step.done();
    Ok(())
}

/// Files by logical name, with their public path and contents.
#[derive(Default)]
struct Assets(BTreeMap<String, (String, Vec<u8>)>);

impl Assets {
    fn add(&mut self, name: &str, contents: &[u8]) {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let path = format!("/pkg/{stem}.{}.{extension}", short_hash(contents));
        self.0.insert(name.to_owned(), (path, contents.to_owned()));
    }

    /// The path of `name` as a JavaScript string.
    fn quoted(&self, name: &str) -> Result<String> {
        let (path, _) = self.0.get(name).with_context(|| format!("no file {name} was built"))?;
        Ok(serde_json::to_string(path)?)
    }

    fn json(&self) -> Result<String> {
        let paths: BTreeMap<_, _> = self.0.iter().map(|(name, (path, _))| (name, path)).collect();
        Ok(serde_json::to_string_pretty(&paths)?)
    }

    /// Writes the files below `public`, and removes those of earlier builds.
    fn write(&self, public: &Path) -> Result<()> {
        let folder = public.join("pkg");
        fs::create_dir_all(&folder)?;
        let current: Vec<_> = self.0.values().map(|(path, _)| public.join(path.trim_start_matches('/'))).collect();
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if !current.contains(&path) {
                fs::remove_file(path)?;
            }
        }
        for (path, contents) in self.0.values() {
            write_changed(&public.join(path.trim_start_matches('/')), contents)?;
        }
        Ok(())
    }
}

fn write_changed(path: &Path, contents: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == contents) {
        return Ok(());
    }
    fs::write(path, contents).with_context(|| format!("could not write {}", path.display()))
}
