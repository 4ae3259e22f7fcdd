//! Tokens: keys with less than all power, for programs.

use worker::Env;

use crate::command::Command;
use crate::command::token::{self, Made, New, Token};
use crate::link;
use crate::problem::Fail;

/// Every token, the newest first.
pub async fn list(env: &Env) -> Result<Vec<Token>, Fail> {
    link::registry(env, &Command::Token(token::Command::List)).await
}

/// A new one, with its secret, which is never told again.
///
/// # Errors
/// 422 for a breach of the rules of [`New`].
pub async fn make(env: &Env, new: New) -> Result<Made, Fail> {
    let made: Made = link::registry(env, &Command::Token(token::Command::Make(new))).await?;
    let scopes: Vec<&str> = made.token.scopes.iter().map(|scope| scope.as_str()).collect();
    super::note(env, format!("token {} made: {}", made.token.name, scopes.join(", "))).await?;
    Ok(made)
}

/// Ends one at once.
///
/// # Errors
/// 404 where there is none of this id.
pub async fn revoke(env: &Env, id: &str) -> Result<(), Fail> {
    let gone: Option<Token> =
        link::registry(env, &Command::Token(token::Command::Revoke { id: id.to_owned() })).await?;
    let gone = gone.ok_or_else(Fail::not_found)?;
    super::note(env, format!("token {} revoked", gone.name)).await
}
