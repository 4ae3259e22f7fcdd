//! Binaryen's optimiser.

use crate::run::run;
use crate::setup::Tools;
use anyhow::Result;
use std::path::Path;

/// What rustc and wasm-bindgen emit and every target runs. Named one by one, so that a newer
/// optimiser does not start to emit what an older browser cannot read.
const FEATURES: [&str; 7] = [
    "mutable-globals",
    "sign-ext",
    "nontrapping-float-to-int",
    "bulk-memory",
    "multivalue",
    "reference-types",
    "exception-handling",
];

/// Optimises `file` in place at `level`, and drops names and tool marks.
pub fn optimise(tools: &Tools, file: &Path, level: &str) -> Result<()> {
    let mut command = tools.npm.wasm_opt()?;
    command.arg(file).arg("-o").arg(file).arg(level);
    command.args(FEATURES.map(|feature| format!("--enable-{feature}")));
    command.args(["--strip-debug", "--strip-producers", "--strip-target-features"]);
    run(&mut command, &format!("optimise {}", file.display()))
}
