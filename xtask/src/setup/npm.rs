//! The tools and browser libraries that come as npm packages.

use crate::project::Project;
use crate::run::{exists, run};
use crate::say;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The installed packages.
pub struct Npm {
    modules: PathBuf,
}

impl Npm {
    /// Installs exactly what package-lock.json says, unless that is what is installed.
    pub fn ensure(project: &Project) -> Result<Self> {
        let lock = fs::read(project.path("package-lock.json")).context("package-lock.json is missing")?;
        let modules = project.path("node_modules");
        // Inside the folder that it vouches for, so that both go together.
        let stamp = modules.join(".rapport-lock");
        if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
            return Ok(Self { modules });
        }
        if !exists("node") || !exists("npm") {
            bail!(
                "Node.js 20 or newer with npm is needed (for workerd, esbuild and wasm-opt): install it and run this again"
            );
        }
        let step = say::step("installing workerd, esbuild, wasm-opt and the browser libraries with npm");
        run(
            Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
                // What was fetched before is not asked for again, and without a network it says so soon.
                .args(["--prefer-offline", "--fetch-retry-maxtimeout=10000"])
                .current_dir(project.root()),
            "install the npm packages (is there a network?)",
        )?;
        fs::write(&stamp, lock)?;
        step.done();
        Ok(Self { modules })
    }

    /// The JavaScript and CSS bundler.
    pub fn esbuild(&self) -> Result<Command> {
        let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
            ("macos", "aarch64") => "darwin-arm64",
            ("macos", _) => "darwin-x64",
            (_, "aarch64") => "linux-arm64",
            _ => "linux-x64",
        };
        Ok(Command::new(self.existing(&format!("@esbuild/{platform}/bin/esbuild"))?))
    }

    /// The optimiser of WASM.
    pub fn wasm_opt(&self) -> Result<Command> {
        let mut command = Command::new("node");
        command.arg(self.existing("binaryen/bin/wasm-opt")?);
        Ok(command)
    }

    fn existing(&self, name: &str) -> Result<PathBuf> {
        let path = self.modules.join(name);
        if !path.is_file() {
            bail!("node_modules has no {name}: remove the folder node_modules and run this again");
        }
        Ok(path)
    }
}
