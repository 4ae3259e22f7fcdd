//! What the badge is told in a preview: the panels that come of what somebody does who does not exist. `www/preview/preview.js`
//! hands them out, so that nothing has to leave the page.

use std::collections::BTreeMap;

use rapport_core::loyalty::action::Action;
use rapport_core::loyalty::program::Program;
use rapport_core::model::site::Site;
use rapport_core::model::text::Locale;
use rapport_core::time::Timestamp;
use rapport_core::view::loyalty::{self as view, Account, Example, Shown};

/// Rewards that can be redeemed in a preview, at most: each is a panel more.
const MOST: usize = 8;

/// Panels by what led to them: `points`, an act, `redeem` and a reward.
pub fn of(site: &Site, program: &Program, locale: &Locale, who: &str, now: Timestamp) -> BTreeMap<String, String> {
    let panel = |account: Option<&Account>| {
        view::panel(&Shown { site, program, locale, origin: "", now, paused: false, account }).into_string()
    };
    let mut answers = BTreeMap::new();
    let stranger = panel(None);
    let mut one = if who == "stranger" { Example::newcomer(program) } else { Example::new(program, now) };
    let first = if who == "stranger" { stranger.clone() } else { panel(Some(&one.shown(now))) };
    if who != "stranger" {
        answers.insert("leave".to_owned(), stranger);
    }
    answers.insert("points".to_owned(), first);
    one.act(&Action::CheckIn, now);
    let after = panel(Some(&one.shown(now)));
    answers.insert("profile".to_owned(), after.clone());
    answers.insert("check-in".to_owned(), after);
    let redeemed = program.rewards.iter().filter_map(|reward| {
        let mut one = one.clone();
        let done = one.act(&Action::Redeem { reward: reward.name.clone() }, now);
        done.then(|| (format!("redeem {}", reward.name), panel(Some(&one.shown(now)))))
    });
    answers.extend(redeemed.take(MOST));
    answers
}
