//! From sources to what is uploaded.

mod bundle;
mod cargo;
mod document;
mod literals;
mod pkg;
mod shim;
mod shorten;
mod stamp;
mod wasm_opt;
mod widgets;
mod worker;

use crate::project::Project;
use crate::setup::Tools;
use anyhow::{Result, bail};
use std::fs;
use std::panic::resume_unwind;
use std::thread;

/// How much to optimise.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// What is shipped and tested.
    Release,
    /// What `cargo xtask dev` rebuilds while somebody waits.
    Dev,
}

impl Profile {
    /// Release unless `--dev` is among the arguments.
    pub fn from_arguments(arguments: &[String]) -> Result<Self> {
        match arguments {
            [] => Ok(Self::Release),
            [flag] if flag == "--dev" => Ok(Self::Dev),
            other => bail!("`cargo xtask build` knows --dev and not {}", other.join(" ")),
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Release => "",
            Self::Dev => "-dev",
        }
    }
}

/// Builds everything that changed: the widgets, then the files that name them, then the Worker that
/// carries those names.
pub fn all(project: &Project, tools: &Tools, profile: Profile) -> Result<()> {
    all_beside(project, tools, profile, || {})
}

/// The same with something to do beside the Worker, whose optimiser keeps one core busy for minutes: `meanwhile` meets everything
/// that native code is compiled with. The API document, which is native code's too, comes after it.
pub fn all_beside(project: &Project, tools: &Tools, profile: Profile, meanwhile: impl FnOnce() + Send) -> Result<()> {
    fs::create_dir_all(project.scratch())?;
    // Two builds at once would write the same files.
    let lock = fs::File::create(project.scratch().join("lock"))?;
    lock.lock()?;
    let widgets = widgets::build(project, tools, profile, &widgets::WIDGETS)?;
    let badge = widgets::build(project, tools, profile, &widgets::BADGE)?;
    pkg::build(project, tools, profile, &widgets, &badge)?;
    thread::scope(|scope| {
        let native = scope.spawn(|| {
            meanwhile();
            document::build(project, profile)
        });
        let worker = worker::build(project, tools, profile);
        let document = native.join().unwrap_or_else(|panic| resume_unwind(panic));
        worker.and(document)
    })
}
