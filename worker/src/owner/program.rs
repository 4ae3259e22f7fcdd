//! The loyalty programme: what the owner does to it. The dashboard's pages and the API call these.

use rapport_core::loyalty::program::{Program, Record};
use rapport_core::model::config::Config;
use rapport_core::name::SiteId;
use worker::Env;

use crate::command::Edit;
use crate::command::program::Change;
use crate::problem::Fail;

/// The site with its programme; a programme that was never begun is an empty record.
pub async fn read(env: &Env, site: &SiteId) -> Result<(Config, Record), Fail> {
    let config = super::config(env, site).await?;
    let record = config.loyalty.clone().unwrap_or_default();
    Ok((config, record))
}

/// Changes it.
///
/// # Errors
/// 404 without site or programme, 409 where the step does not fit its state, 422 for breaches of its rules.
pub async fn change(env: &Env, site: &SiteId, change: Change) -> Result<Config, Fail> {
    super::edit(env, site, Edit::Loyalty(change)).await
}

/// Saves a draft; `based_on` is the mark of what it was made from.
pub async fn draft(env: &Env, site: &SiteId, program: Program, based_on: Option<String>) -> Result<Config, Fail> {
    change(env, site, Change::Draft { program: Box::new(program), based_on }).await
}

/// A line for the log.
pub(super) const fn described(change: &Change) -> &'static str {
    match change {
        Change::Draft { .. } => "draft of the loyalty programme saved",
        Change::Publish { .. } => "loyalty programme published",
        Change::Discard => "draft of the loyalty programme discarded",
        Change::Pause => "loyalty programme paused",
        Change::Resume => "loyalty programme resumed",
    }
}
