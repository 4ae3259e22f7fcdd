//! Who is the owner: the one with the access key, or with a session that was opened by it.

use rapport_core::name::SiteId;
use worker::{Env, Headers, Request};

use super::{account, agent, log};
use crate::command::token::{self, Token};
use crate::command::{Command, Session};
use crate::digest::{TOKEN, is_token, same, sha256};
use crate::limits::brake;
use crate::link;
use crate::problem::Fail;
use crate::url;

/// The cookie's name. Browsers take `__Host-` only with Secure, for `/`, and without a domain.
const COOKIE: &str = "__Host-rapport";

/// The signed-in owner.
#[derive(Clone, Debug)]
pub enum Owner {
    /// By cookie, in a browser.
    Session(Session),
    /// By the key itself, in a program.
    Key,
    /// By a token, in a program.
    Token(Token),
}

impl Owner {
    /// Whether it may know of `site`.
    pub fn knows(&self, site: &SiteId) -> bool {
        if let Self::Token(token) = self { token.knows(site) } else { true }
    }
}

/// Opens a session for the access key. `address` tells sources of wrong keys apart; its hash is kept for a while.
///
/// # Errors
/// 401 for a wrong key, 429 after several of them, 503 where the deployment has no key.
pub async fn sign_in(env: &Env, key: &str, address: &str, agent: &str) -> Result<Session, Fail> {
    brake::door(env, address).await?;
    let right = is_key(env, key).await?;
    let sign_in = Command::SignIn { right, source: sha256(address), browser: agent::name(agent) };
    let session: Session = link::registry(env, &sign_in).await?;
    let env = log::acting(env, &Owner::Session(session.clone()));
    log::note(&env, "signed in".to_owned()).await?;
    Ok(session)
}

/// Who sent `request`.
///
/// # Errors
/// 401 where it is not the owner, 429 where this address asks for too much.
pub async fn owner(env: &Env, request: &Request) -> Result<Owner, Fail> {
    let headers = request.headers();
    if let Some(bearer) = headers.get("authorization")?.as_deref().and_then(|value| value.strip_prefix("Bearer ")) {
        brake::door(env, &address(headers)?).await?;
        if bearer.starts_with(TOKEN) {
            return by_token(env, headers, bearer).await;
        }
        return if is_key(env, bearer).await? { Ok(Owner::Key) } else { Err(Fail::signed_out()) };
    }
    let token = token(headers)?.ok_or_else(Fail::signed_out)?;
    brake::door(env, &address(headers)?).await?;
    let session: Option<Session> = link::registry(env, &Command::Session { token }).await?;
    session.map(Owner::Session).ok_or_else(Fail::signed_out)
}

async fn by_token(env: &Env, headers: &Headers, token: &str) -> Result<Owner, Fail> {
    if !is_token(token) {
        return Err(Fail::signed_out());
    }
    let find = token::Command::Use { hash: sha256(token), source: sha256(&address(headers)?) };
    let found: Option<Token> = link::registry(env, &Command::Token(find)).await?;
    found.map(Owner::Token).ok_or_else(Fail::signed_out)
}

/// Makes sure that a change asked for by cookie comes from a page of ours: the browser says so itself, and the page
/// knows the session's token against forgery, given in the header `x-csrf` or as the form field that the caller read.
///
/// # Errors
/// 403 otherwise.
pub fn own_page(request: &Request, owner: &Owner, field: Option<&str>) -> Result<(), Fail> {
    let Owner::Session(session) = owner else { return Ok(()) };
    same_origin(request)?;
    let header = request.headers().get("x-csrf")?;
    let given = field.or(header.as_deref()).unwrap_or_default();
    if same(given, &session.csrf) { Ok(()) } else { Err(Fail::forged()) }
}

/// Makes sure that the browser sent `request` from a page of this origin. Programs send neither header, and carry
/// nobody's cookie.
///
/// # Errors
/// 403 otherwise.
pub fn same_origin(request: &Request) -> Result<(), Fail> {
    let headers = request.headers();
    let site = headers.get("sec-fetch-site")?;
    let origin = headers.get("origin")?;
    let own = url::origin(request);
    let fine = site.is_none_or(|site| site == "same-origin") && origin.is_none_or(|origin| origin == own);
    if fine { Ok(()) } else { Err(Fail::forged()) }
}

/// Ends the session, or with `everywhere` all sessions.
pub async fn sign_out(env: &Env, session: &Session, everywhere: bool) -> Result<(), Fail> {
    link::registry(env, &Command::SignOut { token: session.token.clone(), everywhere }).await
}

/// The header `set-cookie` that keeps the session in the browser.
pub fn cookie(session: &Session) -> String {
    let token = &session.token;
    format!("{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=604800")
}

/// The header `set-cookie` that forgets it.
pub fn no_cookie() -> String {
    format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0")
}

/// The visitor's address as Cloudflare sees it; empty where it does not say.
pub fn address(headers: &Headers) -> Result<String, Fail> {
    Ok(headers.get("cf-connecting-ip")?.unwrap_or_default())
}

/// Whether it is the access key: the one made last on the dashboard, else the deployment's.
///
/// # Errors
/// 503 where the deployment has no key.
pub async fn is_key(env: &Env, key: &str) -> Result<bool, Fail> {
    let digest = match account::replaced(env).await? {
        Some(replaced) => replaced.digest,
        None => secret(env)?,
    };
    Ok(same(&sha256(key), &digest))
}

/// The digest of the deployment's own key.
///
/// # Errors
/// 503 where it has none.
pub fn secret(env: &Env) -> Result<String, Fail> {
    let hash = env.secret("OWNER_KEY_SHA256").map(|secret| secret.to_string()).unwrap_or_default();
    if hash.len() != 64 {
        return Err(Fail::unfinished(
            "This deployment has no owner key yet",
            "set the secret OWNER_KEY_SHA256 to the SHA-256 of a long random key, in hex; `cargo xtask deploy` does it",
        ));
    }
    Ok(hash.to_ascii_lowercase())
}

fn token(headers: &Headers) -> Result<Option<String>, Fail> {
    let cookies = headers.get("cookie")?.unwrap_or_default();
    Ok(cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, token)| token.to_owned())
        .filter(|token| token.len() == 64))
}
