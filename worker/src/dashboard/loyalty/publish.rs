//! Before it is published: what will change for members, in the words in which the editor tells each part.

use maud::{Markup, html};
use rapport_core::loyalty::program::{Program, Record};
use rapport_core::model::config::Config;
use rapport_core::name::{Name, SiteId};
use worker::{Env, Response};

use super::frame::{self, Section, path};
use super::{advice, ending, say, simulation};
use crate::command::Session;
use crate::command::program::{Change, Ending};
use crate::dashboard::caller::Caller;
use crate::dashboard::change::{base, problems};
use crate::dashboard::form::Form;
use crate::dashboard::format;
use crate::dashboard::layout;
use crate::dashboard::page::{Frame, Speech};
use crate::edit::{BASED_ON, mark};
use crate::owner::program;
use crate::problem::Fail;
use crate::reply;

/// One part of the programme: what it is called, and how it reads before and after.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    pub about: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

type Names = fn(&Program) -> Vec<&Name>;
type Same = fn(&Program, &Program, &Name) -> bool;

/// The page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let (config, record) = program::read(env, site).await?;
    if record.draft.is_none() {
        return reply::see_other(&path(&config.site, Section::Programme));
    }
    let ending = program::ending(env, site).await?;
    caller.page(page(&caller.frame(Some(&session.csrf)), &config, &record, &ending, false), 200)
}

/// Puts the draft in force, if it is the one that was looked at.
pub async fn publish(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    form: &Form,
) -> Result<Response, Fail> {
    match program::change(env, site, Change::Publish { based_on: base(form) }).await {
        Ok(config) => reply::see_other(&format!("{}?published", path(&config.site, Section::Programme))),
        Err(fail) => {
            problems(fail)?;
            let (config, record) = program::read(env, site).await?;
            if record.draft.is_none() {
                return reply::see_other(&path(&config.site, Section::Programme));
            }
            let ending = program::ending(env, site).await?;
            caller.page(page(&caller.frame(Some(&session.csrf)), &config, &record, &ending, true), 409)
        }
    }
}

fn page(frame: &Frame<'_>, config: &Config, record: &Record, ending: &[Ending], overtaken: bool) -> Markup {
    let s = &frame.lang.strings().loyalty;
    let here = path(&config.site, Section::Programme);
    let speech = Speech::new(frame.lang, &config.site.locale);
    let live = record.live.as_ref().map(|live| &live.program);
    let lines = record.draft.as_ref().map(|draft| lines(live, draft, &speech)).unwrap_or_default();
    let body = html! {
        h1 { (s.publish_title) }
        @if overtaken { p.notice.bad role="alert" { (s.overtaken_publish) } }
        (ending::panel(live, ending, &speech))
        section.section aria-labelledby="changes" {
            h2 #changes { (s.publish_changes) }
            @if live.is_none() { p { (s.publish_first) } }
            @if lines.is_empty() { p.card { (s.publish_none) } }
            @else {
                ul.card.changes.stack {
                    @for line in &lines {
                        li {
                            b { (line.about) } " "
                            @match (&line.before, &line.after) {
                                (None, Some(after)) => { span.chip.good { (s.added) } p { ins { (after) } } },
                                (Some(before), None) => { span.chip.bad { (s.removed) } p { del { (before) } } },
                                (Some(before), Some(after)) if before != after => p { del { (before) } " → " ins { (after) } },
                                _ => p { (s.details) },
                            }
                        }
                    }
                }
            }
            @if live.is_some() { p.soft { (s.publish_kept) } }
        }
        (simulation::later(frame, config))
        @if let Some(draft) = &record.draft { (advice::panel(draft, frame.now.day(), &speech, &here)) }
        (layout::form(frame, &format!("{here}/publish"), "actions", &html! {
            input type="hidden" name=(BASED_ON) value=(mark(record.newest()));
            button.button.main type="submit" { (s.publish_yes) }
            a.button href=(here) { (s.publish_back) }
        }))
    };
    frame::page(frame, &config.site, Section::Programme, &body)
}

/// Every part that differs. What reads the same and is not the same has texts or details that differ.
pub fn lines(before: Option<&Program>, after: &Program, speech: &Speech<'_>) -> Vec<Line> {
    let lang = speech.lang;
    let (s, p) = (&speech.strings().loyalty, &speech.strings().program);
    let mut found = Vec::new();
    let rule = |program: &Program, name: &Name| {
        let rule = program.rules.iter().find(|rule| rule.name == *name)?;
        Some((say::trigger(say::word(&rule.when), p).to_owned(), say::rule(rule, program, lang)))
    };
    let tier = |program: &Program, name: &Name| {
        let tier = program.tiers.iter().find(|tier| tier.name == *name)?;
        Some((speech.text(&tier.label).to_owned(), say::tier(tier, program, lang)))
    };
    let reward = |program: &Program, name: &Name| {
        let reward = program.rewards.iter().find(|reward| reward.name == *name)?;
        Some((speech.text(&reward.label).to_owned(), say::reward(reward, lang)))
    };
    let draw = |program: &Program, name: &Name| {
        let draw = program.draws.iter().find(|draw| draw.name == *name)?;
        Some((speech.text(&draw.label).to_owned(), say::draw(draw, lang)))
    };
    type Said<'p> = &'p dyn Fn(&Program, &Name) -> Option<(String, String)>;
    let parts: [(Names, Same, Said<'_>); 4] = [
        (
            |program| program.rules.iter().map(|rule| &rule.name).collect(),
            |one, other, name| {
                let rule = |program: &Program| program.rules.iter().find(|rule| rule.name == *name).cloned();
                rule(one) == rule(other)
            },
            &rule,
        ),
        (
            |program| program.tiers.iter().map(|tier| &tier.name).collect(),
            |one, other, name| {
                let tier = |program: &Program| program.tiers.iter().find(|tier| tier.name == *name).cloned();
                tier(one) == tier(other) && one.ladder.by == other.ladder.by
            },
            &tier,
        ),
        (
            |program| program.rewards.iter().map(|reward| &reward.name).collect(),
            |one, other, name| {
                let reward = |program: &Program| program.rewards.iter().find(|reward| reward.name == *name).cloned();
                reward(one) == reward(other)
            },
            &reward,
        ),
        (
            |program| program.draws.iter().map(|draw| &draw.name).collect(),
            |one, other, name| {
                let draw = |program: &Program| program.draws.iter().find(|draw| draw.name == *name).cloned();
                draw(one) == draw(other)
            },
            &draw,
        ),
    ];
    for (names, same, said) in parts {
        let known = before.map(names).unwrap_or_default();
        let fresh = names(after);
        let gone = known.iter().filter(|name| !fresh.contains(name));
        for name in fresh.iter().chain(gone).filter(|name| !before.is_some_and(|before| same(before, after, name))) {
            let (old, new) = (before.and_then(|before| said(before, name)), said(after, name));
            let about = new.as_ref().or(old.as_ref()).map(|(about, _)| about.clone()).unwrap_or_default();
            found.push(Line { about, before: old.map(|(_, said)| said), after: new.map(|(_, said)| said) });
        }
    }
    let cost = |program: &Program| match program.cost_of_100 {
        0 => "\u{2013}".to_owned(),
        cost => format::money(cost.into(), &program.currency),
    };
    let wholes = [
        (p.cost_of_100, before.map(cost), cost(after)),
        (p.expiry, before.map(|program| say::expiry(program.expiry, lang)), say::expiry(after.expiry, lang)),
        (
            p.referral_title,
            before.map(|program| say::referral(program.referral.as_ref(), lang)),
            say::referral(after.referral.as_ref(), lang),
        ),
    ];
    for (about, before, after) in wholes {
        if before.as_ref() != Some(&after) {
            found.push(Line { about: about.to_owned(), before, after: Some(after) });
        }
    }
    // What is told above is left out, so that all else is compared.
    let rest = |program: &Program| Program {
        rules: Vec::new(),
        tiers: Vec::new(),
        rewards: Vec::new(),
        draws: Vec::new(),
        expiry: after.expiry,
        cost_of_100: after.cost_of_100,
        ..program.clone()
    };
    if before.is_some_and(|before| rest(before) != rest(after)) {
        found.push(Line { about: s.settings.to_owned(), before: Some(String::new()), after: Some(String::new()) });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::lang::Lang;
    use rapport_core::loyalty::template::ready;
    use rapport_core::model::text::Locale;

    fn told(before: Option<&Program>, after: &Program, lang: Lang) -> Vec<(String, String, String)> {
        let site = Locale::parse("en").unwrap();
        let lines = lines(before, after, &Speech::new(lang, &site));
        let text = |said: Option<String>| said.unwrap_or_else(|| "-".to_owned());
        lines.into_iter().map(|line| (line.about, text(line.before), text(line.after))).collect()
    }

    #[test]
    fn every_difference_is_told_and_nothing_else() {
        let before = ready("EUR").unwrap();
        assert!(told(Some(&before), &before, Lang::En).is_empty());
        let mut after = before.clone();
        after.rules[2].points = 2;
        after.tiers[1].from = 600;
        after.rewards.remove(0);
        let line = |about: &str, before: &str, after: &str| (about.to_owned(), before.to_owned(), after.to_owned());
        let expected = [
            line(
                "Purchase",
                "1 point for every €1 spent, times the tier’s factor",
                "2 points for every €1 spent, times the tier’s factor",
            ),
            line("Silver", "from 500 points, points × 1.25", "from 600 points, points × 1.25"),
            line("A small surprise", "150 points", "-"),
        ];
        assert_eq!(told(Some(&before), &after, Lang::En), expected);
        assert_eq!(
            told(Some(&before), &after, Lang::ZhCn)[1],
            line("白银", "从 500 积分 起，积分 × 1.25", "从 600 积分 起，积分 × 1.25")
        );
        let mut after = before.clone();
        after.anonymous = false;
        after.rewards[0].note = None;
        let told = told(Some(&before), &after, Lang::En);
        assert_eq!(told.len(), 2, "what reads the same is told, too: {told:?}");
    }

    #[test]
    fn a_first_publication_tells_all_of_it() {
        assert_eq!(told(None, &ready("EUR").unwrap(), Lang::En).len(), 6 + 3 + 3 + 3);
    }
}
