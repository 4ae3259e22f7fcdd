//! Compiling a crate to WASM together with the standard library.

use crate::project::Project;
use crate::run::run;
use crate::setup::Tools;
use anyhow::Result;
use std::path::PathBuf;

/// One crate and how it is compiled.
pub struct Crate {
    pub package: &'static str,
    /// A profile of the workspace's Cargo.toml.
    pub profile: String,
    /// Flags for rustc.
    pub flags: &'static str,
    /// The parts of the standard library, comma separated.
    pub std: &'static str,
    pub std_features: &'static str,
}

impl Crate {
    /// Compiles it (cargo decides whether anything has to be done) and returns the WASM file.
    pub fn compile(&self, project: &Project, tools: &Tools) -> Result<PathBuf> {
        // A folder of their own: the flags differ, and a native build can go on meanwhile.
        let target = project.path("target/wasm");
        let mut command = tools.toolchain.cargo(self.flags);
        command
            .current_dir(project.root())
            .args(["build", "--quiet", "--locked", "--target", "wasm32-unknown-unknown"])
            .args(["--package", self.package, "--profile", &self.profile])
            .arg(format!("-Zbuild-std={}", self.std))
            .arg("--target-dir")
            .arg(&target);
        if !self.std_features.is_empty() {
            command.arg(format!("-Zbuild-std-features={}", self.std_features));
        }
        // wasm-bindgen's macro then expands to js_sys::futures, as the `worker` crate expects.
        command.env("WASM_BINDGEN_USE_JS_SYS", "1");
        run(&mut command, &format!("compile {}", self.package))?;
        let name = format!("{}.wasm", self.package.replace('-', "_"));
        Ok(target.join("wasm32-unknown-unknown").join(&self.profile).join(name))
    }
}
