//! The secrets by which the owner's server says who a visitor is.

use rapport_core::name::SiteId;
use serde::de::DeserializeOwned;
use worker::Env;

use crate::command::Command;
use crate::command::signer::{self, Checked, Made, Signers};
use crate::link;
use crate::problem::Fail;

/// Which there are, without the secrets themselves, and which tokens were refused lately.
pub async fn list(env: &Env, site: &SiteId) -> Result<Signers, Fail> {
    ask(env, site, signer::Command::List).await
}

/// A new secret; the one before signs too for a week.
pub async fn make(env: &Env, site: &SiteId) -> Result<Made, Fail> {
    let made = ask(env, site, signer::Command::Make).await?;
    super::note(env, format!("{site}: new secret for members' tokens")).await?;
    Ok(made)
}

/// Ends a secret at once: tokens that it signed are refused.
///
/// # Errors
/// 404 where there is none of this id.
pub async fn end(env: &Env, site: &SiteId, id: &str) -> Result<Signers, Fail> {
    let left = ask(env, site, signer::Command::End { id: id.to_owned() }).await?;
    super::note(env, format!("{site}: secret {id} for members' tokens ended")).await?;
    Ok(left)
}

/// Whether a token would be taken, and if not, why.
pub async fn check(env: &Env, site: &SiteId, token: &str) -> Result<Checked, Fail> {
    ask(env, site, signer::Command::Check { token: token.trim().to_owned() }).await
}

async fn ask<T: DeserializeOwned>(env: &Env, site: &SiteId, command: signer::Command) -> Result<T, Fail> {
    super::known(env, site).await?;
    link::site(env, site, &Command::Signer(command)).await
}
