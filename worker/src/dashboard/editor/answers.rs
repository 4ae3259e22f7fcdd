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

/// Rewards that can be redeemed in a preview, and draws that can be taken part in, at most: each is a panel more.
const MOST: usize = 8;
/// Acts that are done over again.
const ACTS: usize = 30;

/// Panels by what leads to them: `points`, an act, `redeem` and a reward, `draw` and a draw; and by `told`, a space and one of
/// these, what is said of it. `done` is what was done before, in the same words.
pub fn of(
    site: &Site,
    program: &Program,
    locale: &Locale,
    (who, done): (&str, &str),
    now: Timestamp,
) -> BTreeMap<String, String> {
    let draws = Example::draws(program);
    let stranger = Shown { site, program, locale, origin: "", now, paused: false, draws: &draws, account: None };
    let panel = |account: Option<&Account>| view::panel(&Shown { account, ..stranger }).into_string();
    let mut joined = who != "stranger";
    let mut one = if joined { Example::new(program, now) } else { Example::newcomer(program) };
    for act in done.split('|').filter(|act| !act.is_empty()).take(ACTS) {
        joined = act != "leave";
        if joined {
            does(&mut one, act, now);
        } else {
            one = Example::newcomer(program);
        }
    }
    let mut answers = BTreeMap::new();
    answers.insert("points".to_owned(), panel(joined.then(|| one.shown(now)).as_ref()));
    if joined {
        answers.insert("leave".to_owned(), panel(None));
    }
    let mut after = |act: String, must: bool| {
        let mut one = one.clone();
        let before = one.lines().len();
        let done = does(&mut one, &act, now);
        if done || !must {
            let account = one.shown(now);
            let new = one.lines().get(before..).unwrap_or_default();
            if let Some(words) = view::ticket(new, &Shown { account: Some(&account), ..stranger }) {
                answers.insert(format!("told {act}"), words);
            }
            answers.insert(act, panel(Some(&account)));
        }
        done
    };
    // Whoever saves their details is a member, whether that earns anything or not.
    after("check-in".to_owned(), true);
    after("profile".to_owned(), false);
    let rewards = program.rewards.iter().map(|reward| format!("redeem {}", reward.name));
    rewards.filter(|reward| after(reward.clone(), true)).take(MOST).for_each(drop);
    let draws = program.draws.iter().map(|draw| format!("draw {}", draw.name));
    draws.filter(|draw| after(draw.clone(), true)).take(MOST).for_each(drop);
    answers
}

/// Whether it could be done.
fn does(one: &mut Example<'_>, act: &str, now: Timestamp) -> bool {
    match act.split_once(' ') {
        None if act == "check-in" => one.act(&Action::CheckIn, now),
        None if act == "profile" => one.act(&Action::Profile, now),
        Some(("redeem", reward)) => Name::of(reward).is_some_and(|reward| one.act(&Action::Redeem { reward }, now)),
        Some(("draw", draw)) => Name::of(draw).is_some_and(|draw| one.take(&draw, now)),
        _ => false,
    }
}
