//! What the loyalty programme knows of one person, for whoever asks what is known of them.

use rapport_core::loyalty::entry::{Entry, Kind};
use rapport_core::loyalty::member::Member;
use rapport_core::name::SiteId;
use serde::Serialize;
use worker::Env;

use crate::command::loyalty::{PAGE, Who};
use crate::owner::ledger;
use crate::problem::Fail;

/// Pages of one ledger: 10,000 lines.
const PAGES: usize = 50;

/// A member with their ledger, the oldest line first.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Known {
    pub member: Member,
    pub ledger: Vec<Entry>,
}

/// Every member who is called so: by our id, the owner's own, or e-mail address.
///
/// # Errors
/// 404 without the site.
pub async fn members(env: &Env, site: &SiteId, text: &str) -> Result<Vec<Known>, Fail> {
    let mut known = Vec::new();
    for id in ledger::named(env, site, text).await? {
        let (mut lines, mut before, mut member) = (Vec::new(), None, None);
        if let Ok(shown) = ledger::standing(env, site, Who::Member(id.clone())).await {
            member = Some(shown.member);
        }
        for _ in 0..PAGES {
            let page = ledger::history(env, site, Who::Member(id.clone()), before, PAGE).await?;
            before = page.entries.last().map(|entry| entry.seq);
            lines.extend(page.entries);
            if !page.more {
                break;
            }
        }
        lines.reverse();
        // What devices and phrases are known by opens the account, and what a merge carries is for the machine.
        lines.iter_mut().filter(|line| line.kind == Kind::MergedFrom).for_each(|line| line.note.clear());
        if let Some(mut member) = member {
            member.devices.clear();
            member.phrase.clear();
            known.push(Known { member, ledger: lines });
        }
    }
    Ok(known)
}
