//! The owner's data as such: erasing it, and taking it in and out.

pub mod api;

use rapport_core::name::SiteId;
use worker::Env;

use crate::command::Command;
use crate::command::data::{self, Erased, Restored};
use crate::link;
use crate::problem::Fail;

/// Erases responses: out of figures and lists at once, out of KV once it can no longer be taken back, which is in ten minutes
/// or, with `at_once`, now.
///
/// # Errors
/// 404 without the site, 422 for too many ids.
pub async fn erase(env: &Env, site: &SiteId, ids: Vec<String>, at_once: bool) -> Result<Erased, Fail> {
    super::known(env, site).await?;
    let erased: Erased = link::site(env, site, &Command::Data(data::Command::Erase { ids, at_once })).await?;
    super::note(env, format!("{site}: {} responses erased", erased.ids.len())).await?;
    Ok(erased)
}

/// Takes an erasure back, within ten minutes.
///
/// # Errors
/// As [`erase`].
pub async fn restore(env: &Env, site: &SiteId, ids: Vec<String>) -> Result<Restored, Fail> {
    super::known(env, site).await?;
    let restored: Restored = link::site(env, site, &Command::Data(data::Command::Restore { ids })).await?;
    super::note(env, format!("{site}: {} responses restored", restored.ids.len())).await?;
    Ok(restored)
}
