//! What the badge is told in a preview: the panels that come of what somebody does who does not exist. `www/preview/preview.js`
//! hands them out, so that nothing has to leave the page; what was done so far comes back with the form, so that acts add up.

use std::collections::BTreeMap;

use rapport_core::loyalty::action::Action;
use rapport_core::loyalty::program::Program;
use rapport_core::model::site::Site;
use rapport_core::model::text::Locale;
use rapport_core::name::Name;
use rapport_core::time::Timestamp;
use rapport_core::view::loyalty::{self as view, Account, Example, Shown};

/// Rewards that can be redeemed in a preview, at most: each is a panel more.
const MOST: usize = 8;
/// Acts that are done over again.
const ACTS: usize = 30;

/// Panels by what leads to them: `points`, an act, `redeem` and a reward. `done` is what was done before, in the same words.
pub fn of(
    site: &Site,
    program: &Program,
    locale: &Locale,
    (who, done): (&str, &str),
    now: Timestamp,
) -> BTreeMap<String, String> {
    let draws = Example::draws(program);
    let panel = |account: Option<&Account>| {
        view::panel(&Shown { site, program, locale, origin: "", now, paused: false, draws: &draws, account })
            .into_string()
    };
    let mut joined = who != "stranger";
    let mut one = if joined { Example::new(program, now) } else { Example::newcomer(program) };
    for act in done.split('|').filter(|act| !act.is_empty()).take(ACTS) {
        joined = act != "leave";
        match action(act) {
            Some(action) => drop(one.act(&action, now)),
            None => one = Example::newcomer(program),
        }
    }
    let mut answers = BTreeMap::new();
    answers.insert("points".to_owned(), panel(joined.then(|| one.shown(now)).as_ref()));
    if joined {
        answers.insert("leave".to_owned(), panel(None));
    }
    let mut after = |act: String, must: bool| {
        let mut one = one.clone();
        let done = action(&act).is_some_and(|action| one.act(&action, now));
        if done || !must {
            answers.insert(act, panel(Some(&one.shown(now))));
        }
        done
    };
    // Whoever saves their details is a member, whether that earns anything or not.
    after("check-in".to_owned(), true);
    after("profile".to_owned(), false);
    let rewards = program.rewards.iter().map(|reward| format!("redeem {}", reward.name));
    rewards.filter(|reward| after(reward.clone(), true)).take(MOST).for_each(drop);
    answers
}

/// Nothing for whoever leaves, and for words that mean nothing.
fn action(act: &str) -> Option<Action> {
    match act.split_once(' ') {
        None if act == "check-in" => Some(Action::CheckIn),
        None if act == "profile" => Some(Action::Profile),
        Some(("redeem", reward)) => Name::of(reward).map(|reward| Action::Redeem { reward }),
        _ => None,
    }
}
