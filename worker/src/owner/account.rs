//! The owner's own access: sessions and the key.

use worker::Env;

use super::{access, log};
use crate::clock::random;
use crate::command::account::{Command as Asked, Open, Replaced};
use crate::command::{Command, Session};
use crate::digest::{hex, sha256};
use crate::link;
use crate::problem::Fail;

/// Open sessions, the one used last first.
pub async fn sessions(env: &Env) -> Result<Vec<Open>, Fail> {
    link::registry(env, &Command::Account(Asked::Sessions)).await
}

/// The key that was made on the dashboard and counts now, where there is one.
pub async fn replaced(env: &Env) -> Result<Option<Replaced>, Fail> {
    let secret = access::secret(env)?;
    let replaced: Option<Replaced> = link::registry(env, &Command::Account(Asked::Key)).await?;
    Ok(replaced.filter(|replaced| replaced.over == secret))
}

/// Ends one session at once.
pub async fn end(env: &Env, id: &str) -> Result<(), Fail> {
    let id: String = id.chars().filter(char::is_ascii_hexdigit).take(12).collect();
    link::registry::<()>(env, &Command::Account(Asked::End { id: id.clone() })).await?;
    log::note(env, format!("session {id} ended")).await
}

/// Ends all sessions but this one.
pub async fn end_others(env: &Env, session: &Session) -> Result<(), Fail> {
    link::registry::<()>(env, &Command::Account(Asked::EndOthers { token: session.token.clone() })).await?;
    log::note(env, "all other sessions ended".to_owned()).await
}

/// Makes a new key, which is told this once. It takes the place of the present one, which has to be given, so that whoever
/// finds an open dashboard cannot lock its owner out. A newer secret of the deployment counts again.
///
/// # Errors
/// 401 for a wrong key, 429 after several of them.
pub async fn replace_key(env: &Env, session: &Session, present: &str, address: &str) -> Result<String, Fail> {
    let right = access::is_key(env, present).await?;
    let key = hex(&random::<20>()?);
    let replace = Asked::Replace {
        right,
        source: sha256(address),
        digest: sha256(&key),
        over: access::secret(env)?,
        token: session.token.clone(),
    };
    link::registry::<()>(env, &Command::Account(replace)).await?;
    log::note(env, "new access key made, all other sessions ended".to_owned()).await?;
    Ok(key)
}
