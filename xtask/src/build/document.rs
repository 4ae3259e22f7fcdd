//! The OpenAPI document and its readable pages, which a test of the Worker generates from the API's own types.

use super::Profile;
use crate::project::Project;
use crate::run::capture;
use crate::say;
use anyhow::Result;
use std::process::Command;

/// Writes them to `public/api/v1`. A development build keeps those that are there: the test takes its time.
pub fn build(project: &Project, profile: Profile) -> Result<()> {
    let folder = project.pkg().join("public/api/v1");
    if profile == Profile::Dev && folder.join("openapi.json").is_file() {
        return Ok(());
    }
    let step = say::step("API document");
    let mut cargo = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    cargo
        .current_dir(project.root())
        .args(["test", "--quiet", "--locked", "--package", "rapport-worker", "--lib", "owner::api::openapi"])
        .env("RAPPORT_API_FOLDER", &folder);
    capture(&mut cargo, "write the API document")?;
    step.done();
    Ok(())
}
