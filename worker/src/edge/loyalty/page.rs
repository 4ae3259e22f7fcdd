//! What a member reads at the door: the panel, what became of an act, and which rule stood in the way.

use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::draw::Offer;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::program::Program;
use rapport_core::loyalty::referral::{Bar, Step};
use rapport_core::model::config::Config;
use rapport_core::model::text::Locale;
use rapport_core::problem::Problem;
use rapport_core::view::loyalty as view;

use crate::clock::now;
use crate::command::member::{Look, Offered};
use crate::command::talk::Told;
use crate::edge::me;
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
    /// A quiz whose result is not enough.
    Short(Denied),
}

impl Page<'_> {
    /// The badge's panel for a member.
    pub fn panel(&self, look: &Look) -> String {
        view::panel(&self.shown(Some(&self.account(look)), &[])).into_string()
    }

    /// The panel for somebody who does not take part yet.
    pub fn strangers(&self, draws: &[Offer]) -> String {
        view::panel(&self.shown(None, draws)).into_string()
    }

    /// What became of a ticket, or which rule has stopped an invitation.
    pub fn told(&self, look: Option<&Look>, played: &Played) -> Option<String> {
        let account = look.map(|look| self.account(look));
        let shown = self.shown(account.as_ref(), &[]);
        match played {
            Played::Nothing => None,
            Played::Ticket(entries) => view::ticket(entries, &shown),
            Played::Came(Step::Look { .. } | Step::Refused) => {
                let came = look?.shown.member.play.brought.as_ref()?;
                Some(view::came(came, &shown))
            }
            Played::Came(_) => None,
            Played::Short(denied) => Some(view::denied(denied, &shown)),
        }
    }

    /// 409: a rule of the programme.
    pub fn denied(&self, denied: &Denied) -> Fail {
        Fail::rule(denied.code(), &view::denied(denied, &self.shown(None, &[])))
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

    fn shown<'s>(&'s self, account: Option<&'s view::Account>, draws: &'s [Offer]) -> view::Shown<'s> {
        view::Shown {
            site: &self.config.site,
            program: self.program,
            locale: self.locale,
            origin: self.origin,
            now: now(),
            paused: self.config.loyalty.as_ref().is_some_and(|record| record.paused),
            draws,
            account,
        }
    }

    /// What words of the site's are in it: of quizzes that were taken, and of conversations.
    fn account(&self, look: &Look) -> view::Account {
        let mut account = account(look);
        let best = look.shown.member.play.best.iter();
        account.best = best
            .filter_map(|(name, share)| {
                let widget = &self.config.record(name.as_str())?.versions.last()?.widget;
                let title = widget
                    .title
                    .as_ref()
                    .map_or_else(|| widget.label.clone(), |title| title.get(self.locale).to_owned());
                Some((name.clone(), title, *share))
            })
            .collect();
        let talk =
            |(told, new): &(Told, bool)| view::Talk { thread: me::thread(self.config, told, self.locale), new: *new };
        account.talks = look.talks.iter().map(talk).collect();
        account
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
