//! What a member reads at the door: the panel, what became of an act, and which rule stood in the way.

use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::program::Program;
use rapport_core::loyalty::referral::{Bar, Step};
use rapport_core::model::config::Config;
use rapport_core::model::text::Locale;
use rapport_core::problem::Problem;
use rapport_core::view::loyalty as view;

use crate::clock::now;
use crate::command::member::{Look, Offered};
use crate::problem::Fail;

/// In whose name, in which language.
pub struct Page<'a> {
    pub config: &'a Config,
    pub program: &'a Program,
    pub locale: &'a Locale,
    pub origin: &'a str,
}

/// What was done that is worth a sentence.
pub enum Played {
    Nothing,
    Ticket(Vec<Entry>),
    Came(Step),
}

impl Page<'_> {
    /// The badge's panel for a member, or for somebody who is none yet.
    pub fn panel(&self, look: Option<&Look>) -> String {
        let account = look.map(account);
        view::panel(&self.shown(account.as_ref())).into_string()
    }

    /// What became of a ticket, or which rule has stopped an invitation.
    pub fn told(&self, look: Option<&Look>, played: &Played) -> Option<String> {
        let account = look.map(account);
        let shown = self.shown(account.as_ref());
        match played {
            Played::Nothing => None,
            Played::Ticket(entries) => view::ticket(entries, &shown),
            Played::Came(Step::Look { .. } | Step::Refused) => {
                let came = look?.shown.member.play.brought.as_ref()?;
                Some(view::came(came, &shown))
            }
            Played::Came(_) => None,
        }
    }

    /// 409: a rule of the programme.
    pub fn denied(&self, denied: &Denied) -> Fail {
        Fail::rule(denied.code(), &view::denied(denied, &self.shown(None)))
    }

    /// 409: a rule that stops an invitation.
    pub fn barred(&self, bar: Bar) -> Fail {
        Fail::rule(bar.as_str(), view::barred(bar, self.locale))
    }

    /// 422: something that was typed.
    pub fn wrong(&self, problem: Problem) -> Fail {
        let words = view::wrong(&problem, self.locale);
        Fail::from(problem).said(words)
    }

    fn shown<'s>(&'s self, account: Option<&'s view::Account>) -> view::Shown<'s> {
        view::Shown {
            site: &self.config.site,
            program: self.program,
            locale: self.locale,
            origin: self.origin,
            now: now(),
            paused: self.config.loyalty.as_ref().is_some_and(|record| record.paused),
            account,
        }
    }
}

fn account(look: &Look) -> view::Account {
    let told = look.history.as_ref();
    let (entries, from, balance) =
        told.map_or((Default::default(), "", 0), |told| (told.entries.as_slice(), told.from.as_str(), told.balance));
    let mut account = view::Account::told(look.shown.standing.clone(), look.signed, entries, from, balance);
    // Who may read the history may read the profile, and nobody else.
    account.profile = told.map(|_| look.shown.member.profile.clone());
    account.own.clone_from(&look.own);
    account.chances.clone_from(&look.chances);
    let offer = |offered: &Offered| view::Offer { left: offered.left, denied: offered.denied.clone() };
    account.offers = look.offers.iter().map(offer).collect();
    account.draws.clone_from(&look.draws);
    let came = &look.shown.member.play.brought;
    account.invite = look.invite.clone().map(|(code, friends)| view::Invite { code, friends, came: came.clone() });
    account
}
