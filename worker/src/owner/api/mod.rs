//! `/api/v1/…`: the owner's functions for programs. By `Authorization: Bearer` with a token or the access key, or from a page
//! of ours by the session's cookie.
//!
//! All operations stand in one table, [`AREAS`]. An area adds its own in a file `owner/api/AREA.rs` (or beside its functions):
//! a `pub const OPERATIONS: &[Operation]`, each with [`Operation::new`], which asks for method and path, scope, id, words in
//! both languages, the reply's type and the handler; and one line in [`AREAS`]. A handler takes a [`Call`], which has the parts
//! of the path, query, body, `If-Match` and `ETag`, and calls the same function of `owner` as the dashboard does. Types that
//! travel derive `schemars::JsonSchema` in tests (`cfg_attr(test, …)`; in `core` under the feature `schema`).

mod call;
mod operation;
mod sites;
mod responses;
mod hooks;
mod ledger;
mod play;
mod keeping;
mod program;
mod tokens;
mod signer;
mod members;
mod people;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod page;

pub use call::Call;
pub use operation::{Area, Operation, Parameter, json, media, query, words};
pub use people::cursor;

use worker::{Env, Method, Request, Response};

use super::access::{self, Owner};
use super::log;
use crate::command::token::Token;
use crate::edit::BASED_ON;
use crate::problem::Fail;

/// Every operation.
pub const AREAS: &[Area] = &[
    Area { name: "Sites", words: words("Sites and widgets", "站点与组件"), operations: sites::OPERATIONS },
    Area {
        name: "Responses", words: words("Figures and responses", "指标与回复"), operations: responses::OPERATIONS
    },
    Area { name: "Inbox", words: words("Inbox", "收件箱"), operations: super::inbox::api::OPERATIONS },
    Area {
        name: "Data",
        words: words("Export, import and erasing", "导出、导入与清除"),
        operations: super::data::api::OPERATIONS,
    },
    Area {
        name: "Connections",
        words: words("Webhooks, chats and digests", "Webhook、群聊与摘要"),
        operations: hooks::OPERATIONS,
    },
    Area { name: "Loyalty", words: words("Loyalty programme", "忠诚度计划"), operations: program::OPERATIONS },
    Area {
        name: "Ledger",
        words: words("Members' ledgers, redemptions and codes", "会员账本、兑换与兑换码"),
        operations: ledger::OPERATIONS,
    },
    Area { name: "Play", words: words("Prize draws and referrals", "抽奖与推荐"), operations: play::OPERATIONS },
    Area {
        name: "Members",
        words: words("Members of the loyalty programme", "会员计划的会员"),
        operations: members::OPERATIONS,
    },
    Area {
        name: "People",
        words: words("Members as you look at them, and the programme's figures", "会员分析与会员计划指标"),
        operations: people::OPERATIONS,
    },
    Area { name: "Signing", words: words("Who a member is", "会员身份"), operations: signer::OPERATIONS },
    Area { name: "Keeping", words: words("Status and repair", "状态与修复"), operations: keeping::OPERATIONS },
    Area { name: "Tokens", words: words("Tokens", "令牌"), operations: tokens::OPERATIONS },
];

/// 1. Find the operation.
/// 2. Know the owner.
/// 3. Know that a token may do it.
/// 4. For a change by cookie, know the page.
/// 5. Do it.
pub async fn handle(request: Request, env: &Env) -> Result<Response, Fail> {
    let path = request.path();
    let (operation, parts) = find(&request.method(), &path)?;
    let owner = access::owner(env, &request).await?;
    if let Owner::Token(token) = &owner {
        permit(token, operation, &parts)?;
    }
    if operation.method != Method::Get {
        access::own_page(&request, &owner, None)?;
    }
    let conditional = request.headers().has("if-match")?;
    let env = &log::acting(env, &owner);
    let mut outcome = (operation.run)(Call::new(env, &owner, request, operation, parts)).await;
    if operation.method != Method::Get && outcome.is_ok() {
        let line = || format!("{} by the API", path.strip_prefix("/api/v1/").unwrap_or(&path));
        outcome = log::note_unless_done(env, line).await.and(outcome);
    }
    outcome.map_err(|fail| if conditional { precondition(fail) } else { fail })
}

type Found = (&'static Operation, Vec<(&'static str, String)>);

/// The operation for a method and a whole path.
fn find(method: &Method, path: &str) -> Result<Found, Fail> {
    let rest = path.strip_prefix("/api/v1/").ok_or_else(Fail::not_found)?;
    let parts: Vec<&str> = rest.split('/').collect();
    let method = if *method == Method::Head { &Method::Get } else { method };
    let mut known = false;
    for operation in AREAS.iter().flat_map(|area| area.operations) {
        if let Some(parts) = operation.matches(&parts) {
            if operation.method == *method {
                return Ok((operation, parts));
            }
            known = true;
        }
    }
    Err(if known { Fail::method() } else { Fail::not_found() })
}

/// Whether there is an operation for a method and a whole path.
pub fn takes(method: &Method, path: &str) -> bool {
    find(method, path).is_ok()
}

/// A token needs the operation's scope and, where it is for some sites only, one of those.
fn permit(token: &Token, operation: &Operation, parts: &[(&'static str, String)]) -> Result<(), Fail> {
    let site = parts.iter().find(|(name, _)| *name == "site").map(|(_, site)| site);
    if let Some(site) = site
        && !token.sites.is_empty()
        && !token.sites.iter().any(|known| known.as_str() == site)
    {
        return Err(Fail::not_found());
    }
    if !token.has(operation.scope) {
        return Err(Fail::scope(operation.scope.as_str()));
    }
    if site.is_none() && !token.sites.is_empty() && !operation.filtered {
        return Err(Fail::limited());
    }
    Ok(())
}

/// What was changed meanwhile is a failed precondition for whoever named one (RFC 9110, 13.1.1).
fn precondition(fail: Fail) -> Fail {
    match fail {
        Fail::Refused(document) if document.field == BASED_ON => Fail::precondition(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let found = |method: Method, path: &str| {
            find(&method, path)
                .map(|(operation, parts)| (operation.name, parts.len()))
                .map_err(|fail| fail.into_document().status)
        };
        assert_eq!(found(Method::Get, "/api/v1/sites"), Ok(("listSites", 0)));
        assert_eq!(found(Method::Head, "/api/v1/sites"), Ok(("listSites", 0)));
        assert_eq!(found(Method::Get, "/api/v1/sites/acme/widgets/nps"), Ok(("getWidget", 2)));
        assert_eq!(found(Method::Post, "/api/v1/sites/acme/widgets/nps/publish"), Ok(("stepWidget", 3)));
        assert_eq!(found(Method::Delete, "/api/v1/sites"), Err(405));
        for path in ["/api/v1/", "/api/v1/site", "/api/v1/sites/", "/api/v1/sites/a/b/c/d/e/f/g", "/api/v2/sites"] {
            assert_eq!(found(Method::Get, path), Err(404), "{path}");
        }
    }
}
