//! Installs what the build needs and the machine lacks, and says what and why.

mod apt;
mod browser;
mod npm;
mod toolchain;

pub use browser::{Browser, browser};
pub use npm::Npm;
pub use toolchain::Toolchain;

use crate::project::Project;
use anyhow::Result;

/// What every build needs.
pub struct Tools {
    pub npm: Npm,
    pub toolchain: Toolchain,
}

/// Finds the tools, installing what is missing. Costs a fraction of a second when nothing is.
pub fn tools(project: &Project) -> Result<Tools> {
    Ok(Tools { npm: Npm::ensure(project)?, toolchain: Toolchain::ensure()? })
}
