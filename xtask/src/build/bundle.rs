//! JavaScript and CSS through esbuild.

use crate::project::Project;
use crate::run::run;
use crate::setup::Tools;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Bundles and minifies `entry` with everything that it imports. `defines` are constants by name,
/// each a JavaScript expression.
pub fn bundle(
    project: &Project,
    tools: &Tools,
    entry: &Path,
    format: &str,
    defines: &[(&str, String)],
) -> Result<Vec<u8>> {
    bundle_with(project, tools, entry, format, defines, &[])
}

/// The same, with files that sources import under other names.
pub fn bundle_with(
    project: &Project,
    tools: &Tools,
    entry: &Path,
    format: &str,
    defines: &[(&str, String)],
    aliases: &[(&str, &Path)],
) -> Result<Vec<u8>> {
    let extension = entry.extension().unwrap_or_default();
    let output = project.scratch().join("bundle").with_extension(extension);
    let mut command = tools.npm.esbuild()?;
    command
        .current_dir(project.root())
        .arg(entry)
        .args(["--bundle", "--minify", "--target=es2022", "--legal-comments=none", "--log-level=warning"])
        .arg(format!("--format={format}"))
        .arg(format!("--outfile={}", output.display()));
    command.args(defines.iter().map(|(name, value)| format!("--define:{name}={value}")));
    command.args(aliases.iter().map(|(name, path)| format!("--alias:{name}={}", path.display())));
    run(&mut command, &format!("bundle {}", entry.display()))?;
    fs::read(&output).with_context(|| format!("esbuild left no {}", output.display()))
}
