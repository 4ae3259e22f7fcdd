//! Connecting the owner's shop: the secret that signs who is signed in, and how.

mod page;
mod snippets;

use rapport_core::name::SiteId;
use worker::{Env, Response};

use super::frame::{self, Section};
use crate::command::Session;
use crate::command::signer::{Checked, Signers};
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::owner::{self, signer};
use crate::problem::Fail;
use crate::reply;

/// What is shown beside the page itself.
#[derive(Default)]
struct Shown<'a> {
    /// A new secret, this once.
    secret: Option<&'a str>,
    ended: bool,
    /// A token that was tried, and what it is good for.
    tried: Option<(&'a str, Checked)>,
}

/// The page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let shown = Shown { ended: caller.query.find("ended").is_some(), ..Shown::default() };
    show(caller, session, env, site, signer::list(env, site).await?, shown).await
}

/// A new secret, the end of one, or a token to be tried.
pub async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    form: &Form,
) -> Result<Response, Fail> {
    match form.get("do") {
        "make" => {
            let made = signer::make(env, site).await?;
            let shown = Shown { secret: Some(&made.secret), ..Shown::default() };
            show(caller, session, env, site, made.signers, shown).await
        }
        "end" => {
            signer::end(env, site, form.get("id")).await?;
            let config = owner::config(env, site).await?;
            reply::see_other(&format!("{}?ended", frame::path(&config.site, Section::Connect)))
        }
        "check" => {
            let token = form.get("token").trim();
            let checked = signer::check(env, site, token).await?;
            let shown = Shown { tried: Some((token, checked)), ..Shown::default() };
            show(caller, session, env, site, signer::list(env, site).await?, shown).await
        }
        _ => Err(Fail::not_found()),
    }
}

async fn show(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    signers: Signers,
    shown: Shown<'_>,
) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let frame = caller.frame(Some(&session.csrf));
    caller.page(page::page(&frame, &config.site, &signers, &shown), 200)
}
