//! Fills a local Worker with the demo site and its history.

use crate::project::Project;
use anyhow::Result;

/// The demo site's id.
pub const SITE: &str = "larkfold";

/// Where it goes.
pub struct Target<'a> {
    pub project: &'a Project,
    /// The Worker's origin.
    pub worker: &'a str,
    /// The demo's origin, from which answers are allowed.
    pub demo: &'a str,
    pub owner_key: &'a str,
}

/// Loads it all through the owner's API.
pub async fn load(_target: &Target<'_>) -> Result<()> {
    Ok(())
}
