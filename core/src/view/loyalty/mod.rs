//! The badge of the loyalty programme: what a member has, what earns and what it buys. The Worker draws all of it; scripts only
//! put it in place, ask before they spend, and compute the history's hashes anew.

mod board;
mod draws;
mod earn;
mod example;
mod history;
mod messages;
mod rewards;
mod top;
mod why;
mod you;

use maud::{Markup, html};

use crate::chain::Head;
use crate::i18n::{self, Strings, fill};
use crate::loyalty::denied::Denied;
use crate::loyalty::draw;
use crate::loyalty::entry::Entry;
use crate::loyalty::profile::Profile;
use crate::loyalty::program::Program;
use crate::loyalty::referral::Brought;
use crate::loyalty::standing::Standing;
use crate::model::site::Site;
use crate::model::text::{Locale, Text};
use crate::name::Name;
use crate::time::Timestamp;

pub use board::board;
pub(super) use board::no_board;
pub use draws::told as ticket;
pub use example::Example;
pub use messages::Talk;
pub use why::{barred, denied, refused, wrong};
pub use you::came;

/// Everything that the panel is made of.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    pub site: &'a Site,
    pub program: &'a Program,
    pub locale: &'a Locale,
    /// Where the Worker is, for links to its pages.
    pub origin: &'a str,
    pub now: Timestamp,
    pub paused: bool,
    /// Prize draws that can be joined, for whoever does not take part.
    pub draws: &'a [draw::Offer],
    /// None for somebody who does not take part: what there is, and how to.
    pub account: Option<&'a Account>,
}

/// What a member has.
#[derive(Clone, Debug)]
pub struct Account {
    /// Whether the owner's server has said who they are: only then anything can be spent.
    pub signed: bool,
    pub standing: Standing,
    /// For each rule of the programme, in its order, what it gives next, or why nothing.
    pub chances: Vec<Result<i64, Denied>>,
    /// For each reward of the programme, in its order.
    pub offers: Vec<Offer>,
    /// Lines of the ledger, oldest first and without gaps.
    pub entries: Vec<Entry>,
    /// Where these lines begin: [`Head::default`] where all are there.
    pub from: Head,
    /// Lines about what was redeemed lately, oldest first: they may be older than the history that is shown.
    pub own: Vec<Entry>,
    /// Prize draws that can be joined, and those of one's own tickets.
    pub draws: Vec<draw::Offer>,
    /// Of each quiz that was taken: its name and title, and the best result in per cent.
    pub best: Vec<(Name, String, u32)>,
    /// What the owner said to the member about their answers, the newest first.
    pub talks: Vec<Talk>,
    /// The member's link for friends, where the programme has referrals.
    pub invite: Option<Invite>,
    /// What the member told of themselves, where whoever looks may know it: without it there is no form, or saving would empty it.
    pub profile: Option<Profile>,
}

/// One reward, for this member.
#[derive(Clone, Debug)]
pub struct Offer {
    /// How many are left, where that is limited.
    pub left: Option<u32>,
    /// Why the member cannot have it now.
    pub denied: Option<Denied>,
}

/// A link to share.
#[derive(Clone, Debug)]
pub struct Invite {
    pub code: String,
    /// How many came by it.
    pub friends: u32,
    /// How the member came, if somebody brought them.
    pub came: Option<Brought>,
}

/// What every part of the panel is drawn with.
struct Pen<'a> {
    shown: &'a Shown<'a>,
    s: &'static Strings,
}

impl Pen<'_> {
    fn points(&self, n: i64) -> String {
        self.s.count(&self.s.badge.points, n.unsigned_abs())
    }

    /// `+20` or `−500`.
    fn signed(&self, n: i64) -> String {
        let sign = if n < 0 { "\u{2212}" } else { "+" };
        format!("{sign}{}", self.s.integer(n.unsigned_abs()))
    }

    fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.shown.locale)
    }

    fn site(&self, words: &str) -> String {
        fill(words, &[("site", &isolated(&self.shown.site.name))])
    }

    /// The label of a tier; its name where the programme no longer has it.
    fn tier(&self, name: &str) -> String {
        let tier = self.shown.program.tiers.iter().find(|tier| tier.name.as_str() == name);
        tier.map_or_else(|| name.to_owned(), |tier| isolated(self.text(&tier.label)))
    }

    fn reward(&self, name: &str) -> String {
        let reward = self.shown.program.rewards.iter().find(|reward| reward.name.as_str() == name);
        reward.map_or_else(|| name.to_owned(), |reward| isolated(self.text(&reward.label)))
    }
}

/// Words of another script inside a sentence, so that neither turns the other around.
fn isolated(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}

impl Account {
    /// An account of what the site's object tells of it: lines newest first, the hash that the oldest builds on, and the balance
    /// after the newest. What is not told of single rules and rewards is left to the balance.
    pub fn told(standing: Standing, signed: bool, newest_first: &[Entry], from: &str, balance: i64) -> Self {
        let entries: Vec<Entry> = newest_first.iter().rev().cloned().collect();
        let sum = entries.iter().fold(0_i64, |sum, entry| sum.saturating_add(entry.delta));
        let seq = entries.first().map_or(0, |entry| entry.seq.saturating_sub(1));
        let head = || Head { seq, balance: balance.saturating_sub(sum), hash: from.to_owned() };
        let from = if entries.is_empty() { Head::default() } else { head() };
        let own = entries.clone();
        Self {
            signed,
            standing,
            chances: Vec::new(),
            offers: Vec::new(),
            entries,
            from,
            own,
            draws: Vec::new(),
            best: Vec::new(),
            talks: Vec::new(),
            invite: None,
            profile: None,
        }
    }
}

/// What stands in the form until the panel has come.
pub(super) fn empty(s: &'static Strings) -> Markup {
    html! {
        div class="panel" data-panel {
            p class="hint" role="status" data-status data-say-failed=(s.badge.failed) { (s.badge.loading) }
            noscript { p class="hint" { (s.badge.script) } }
        }
    }
}

/// The panel where it stands in the form, for a picture of it.
pub fn still(shown: &Shown<'_>) -> Markup {
    html! { div class="panel" data-panel { (panel(shown)) } }
}

/// The panel. Scripts find in its attributes who it is about, and words to say on its behalf.
pub fn panel(shown: &Shown<'_>) -> Markup {
    let s = i18n::strings(shown.locale);
    let pen = Pen { shown, s };
    let b = &s.badge;
    let standing = shown.account.map(|account| &account.standing);
    let tier = standing.and_then(|standing| standing.tier.as_ref()).map(Name::as_str);
    let talks = shown.account.map(|account| account.talks.as_slice()).unwrap_or_default();
    let unread = messages::unread(talks, &pen);
    html! {
        div class="points" lang=(s.tag) dir=(s.dir())
            data-balance=[standing.map(|standing| standing.balance)]
            data-shown=[standing.map(|standing| s.integer(standing.balance.unsigned_abs()))]
            data-tier=[tier] data-seq=[standing.map(|standing| standing.seq)] data-hash=[standing.map(|standing| &standing.hash)]
            data-unread=[unread.as_ref()]
            data-say-sending=(s.status.sending) data-say-waiting=(b.waiting) data-say-offline=(b.offline)
            data-say-limited=(b.limited) data-say-failed=(b.failed) data-say-copied=(b.copied) data-say-saved=(b.saved)
            data-say-left=(b.left_done) data-say-redeemed=(b.redeemed)
        {
            @if shown.paused { p class="told" { (b.paused) } }
            (top::draw(&pen))
            @if !talks.is_empty() { (marked(("messages", b.messages, false), &messages::mark(unread.as_deref()), &messages::draw(talks, &pen))) }
            @if let Some(draws) = draws::draw(&pen) { (section("draws", b.draws, true, &draws)) }
            @if shown.account.is_some() { (rewards::own(&pen)) }
            (section("rewards", b.rewards, true, &rewards::draw(&pen)))
            (section("earn", b.earn, true, &earn::draw(&pen)))
            @if let Some(account) = shown.account {
                @if let Some(invite) = &account.invite { (section("invite", b.invite, false, &you::invite(invite, &pen))) }
                (marked(("history", b.history, false), &history::mark(&pen), &history::draw(account, &pen)))
                (section("you", b.you, false, &you::draw(account, &pen)))
            } @else if shown.program.anonymous { (section("you", b.phrase_enter, false, &you::arrive(&pen))) }
        }
    }
}

/// A part that folds. Its name lets scripts keep it open when the panel is drawn anew.
fn section(name: &str, title: &str, open: bool, body: &Markup) -> Markup {
    marked((name, title, open), &html! {}, body)
}

fn marked((name, title, open): (&str, &str, bool), mark: &Markup, body: &Markup) -> Markup {
    html! {
        details data-part=(name) open[open] {
            summary { h4 { (title) } (mark) }
            (body)
        }
    }
}

#[cfg(test)]
mod tests;
