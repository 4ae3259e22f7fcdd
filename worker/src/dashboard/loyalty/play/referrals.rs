//! Referrals: those that wait for the owner's word, and which rule has stopped them; the others by stage.

use maud::{Markup, html};
use rapport_core::limits::NOTE_CHARS;
use rapport_core::loyalty::program::Referral;
use rapport_core::loyalty::referral::{Doubt, Step};
use rapport_core::model::config::Config;
use rapport_core::name::SiteId;
use worker::{Env, Response};

use super::called;
use crate::command::Session;
use crate::command::play::{Command, Listed};
use crate::dashboard::caller::Caller;
use crate::dashboard::change::problems;
use crate::dashboard::faults;
use crate::dashboard::form::Form;
use crate::dashboard::format;
use crate::dashboard::layout;
use crate::dashboard::loyalty::frame::{self, Section, path};
use crate::dashboard::page::Frame;
use crate::dashboard::strings::editor::fill;
use crate::dashboard::strings::play::Play;
use crate::owner::{play, program};
use crate::problem::Fail;
use crate::reply;

/// Stages, in the order in which the page offers them.
const STEPS: [&str; 6] = ["look", "waits", "held", "credited", "refused", "lapsed"];
const SHOWN: u32 = 100;

/// What is looked at, and what was wrong with a verdict.
struct View<'a> {
    step: &'static str,
    done: Option<bool>,
    wrong: Option<(&'a str, Markup)>,
}

/// The page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let done = caller.query.find("done").map(|word| word == "approved");
    let asked = caller.query.find("step").unwrap_or("look");
    let step = STEPS.into_iter().find(|step| *step == asked).ok_or_else(Fail::not_found)?;
    show(caller, session, env, site, (View { step, done, wrong: None }, 200)).await
}

/// The owner's word. A reason that is missing is asked for, and nothing else is lost.
pub async fn judge(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    form: &Form,
) -> Result<Response, Fail> {
    let (member, approved) = (form.get("member").to_owned(), form.get("do") == "approve");
    let step = STEPS.into_iter().find(|step| *step == form.get("step")).unwrap_or("look");
    match play::judge(env, site, member.clone(), approved, form.get("why").to_owned()).await {
        Ok(()) => {
            let (config, _) = program::read(env, site).await?;
            let done = if approved { "approved" } else { "refused" };
            reply::see_other(&format!("{}?step={step}&done={done}", path(&config.site, Section::Referrals)))
        }
        Err(fail) => {
            let found = problems(fail)?;
            let s = &caller.lang.strings().play;
            let missing = form.get("why").trim().is_empty();
            let words = found.first().map_or_else(String::new, |problem| faults::words(&problem.fault, caller.lang));
            let wrong = if missing {
                html! { (s.why_missing) }
            } else {
                html! { (words) }
            };
            show(caller, session, env, site, (View { step, done: None, wrong: Some((&member, wrong)) }, 422)).await
        }
    }
}

async fn show(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    (view, status): (View<'_>, u16),
) -> Result<Response, Fail> {
    let (config, record) = program::read(env, site).await?;
    let rules = record.live.as_ref().and_then(|live| live.program.referral);
    let frame = caller.frame(Some(&session.csrf));
    let Some(rules) = rules else { return caller.page(off(&frame, &config), 200) };
    let step = view.step.to_owned();
    let listed: Vec<Listed> = play::ask(env, site, Command::Referrals { step, limit: SHOWN }).await?;
    let stages: Vec<(String, u32)> = play::ask(env, site, Command::Stages).await?;
    caller.page(page(&frame, &config, &rules, (&view, &listed, &stages)), status)
}

fn off(frame: &Frame<'_>, config: &Config) -> Markup {
    let s = &frame.lang.strings().play;
    let body = html! {
        div.stack { h1 { (s.referrals) } }
        div.card.stack.welcome {
            h2 { (s.referrals_off) }
            p { (s.referrals_how) }
            div.actions { a.button.main href=(path(&config.site, Section::Programme)) { (s.to_referrals) } }
        }
    };
    frame::page(frame, &config.site, Section::Referrals, &body)
}

fn page(
    frame: &Frame<'_>,
    config: &Config,
    rules: &Referral,
    (view, listed, stages): (&View<'_>, &[Listed], &[(String, u32)]),
) -> Markup {
    let s = &frame.lang.strings().play;
    let here = path(&config.site, Section::Referrals);
    // Of those that wait only time says which have lapsed, so neither is counted.
    let count = |step: &str| stages.iter().find(|(known, _)| known == step && step != "waits").map(|(_, n)| *n);
    let body = html! {
        div.stack { h1 { (s.referrals) } p.soft { (s.referrals_lead) } }
        @if let Some(approved) = view.done { p.notice.good role="status" { (if approved { s.done_approved } else { s.done_refused }) } }
        nav.sections aria-label=(s.referrals) {
            ul {
                @for step in STEPS {
                    li {
                        a href={ (here) "?step=" (step) } aria-current=[(step == view.step).then_some("true")] {
                            (stage(step, s)) @if let Some(n) = count(step) { " " span.soft { (format::count(n.into())) } }
                        }
                    }
                }
            }
        }
        @if listed.is_empty() { p.card { (if view.step == "look" { s.none_look } else { s.none }) } }
        @else {
            ul.card.flush.rows.referrals { @for one in listed { li { (row(frame, &here, rules, view, one)) } } }
            @if listed.len() == SHOWN as usize { p.small.soft { (fill(s.newest, &[&format::count(SHOWN.into())])) } }
        }
    };
    frame::page(frame, &config.site, Section::Referrals, &body)
}

fn row(frame: &Frame<'_>, here: &str, rules: &Referral, view: &View<'_>, one: &Listed) -> Markup {
    let s = &frame.lang.strings().play;
    let by = one.by.as_ref().map_or_else(|| s.nobody.to_owned(), |by| called(by, s));
    let wrong = view.wrong.as_ref().filter(|(member, _)| *member == one.member.id).map(|(_, words)| words);
    html! {
        div.stack.tight {
            p { b { bdi { (called(&one.member, s)) } } " " (fill(s.brought_by, &[&format!("\u{2068}{by}\u{2069}")])) }
            p.small.soft {
                (fill(s.since, &[&format::ago(one.at, frame.now, frame.lang)]))
                @match one.step {
                    Step::Held { until } => { " · " (fill(s.held_until, &[&format::full_day(until.day(), frame.lang)])) }
                    Step::Look { .. } => { " · " (if one.qualified { s.qualified } else { s.not_qualified }) }
                    _ => {}
                }
            }
            @if let Some(doubt) = one.doubt { p { span.chip.mild { (s.rule) } " " (doubted(doubt, rules, s)) } }
            @if !one.why.is_empty() { p.small { (fill(s.your_word, &[&format!("\u{2068}{}\u{2069}", one.why)])) } }
            @match one.step {
                Step::Look { .. } => (decide(frame, here, view.step, one, wrong)),
                Step::Refused => details {
                    summary { (s.approve_after_all) "…" }
                    (layout::form(frame, here, "stack", &html! {
                        (hidden(one, view.step))
                        p.small { (s.approve_words) }
                        div.actions { button.button type="submit" name="do" value="approve" { (s.approve) } }
                    }))
                },
                _ => {}
            }
        }
    }
}

fn decide(frame: &Frame<'_>, here: &str, step: &str, one: &Listed, wrong: Option<&Markup>) -> Markup {
    let s = &frame.lang.strings().play;
    let id = format!("why-{}", one.member.id);
    let notes = format!("{id}-hint");
    layout::form(
        frame,
        here,
        "stack tight",
        &html! {
            (hidden(one, step))
            div.field {
                label for=(id) { (s.why) }
                input id=(id) name="why" maxlength=(NOTE_CHARS) aria-describedby=(notes) aria-invalid=[wrong.map(|_| "true")];
                p.small.soft id=(notes) { @if let Some(wrong) = wrong { strong.wrong role="alert" { (wrong) " " } } (s.why_hint) }
            }
            div.actions {
                button.button.main type="submit" name="do" value="approve" { (s.approve) }
                button.button type="submit" name="do" value="refuse" { (s.refuse) }
            }
            p.small.soft { (s.approve_words) }
        },
    )
}

fn hidden(one: &Listed, step: &str) -> Markup {
    html! { input type="hidden" name="member" value=(one.member.id); input type="hidden" name="step" value=(step); }
}

fn stage(step: &str, s: &Play) -> &'static str {
    match step {
        "look" => s.step_look,
        "waits" => s.step_waits,
        "held" => s.step_held,
        "credited" => s.step_credited,
        "refused" => s.step_refused,
        _ => s.step_lapsed,
    }
}

fn doubted(doubt: Doubt, rules: &Referral, s: &Play) -> String {
    match doubt {
        Doubt::Address => s.doubt_address.to_owned(),
        Doubt::Device => s.doubt_device.to_owned(),
        Doubt::Email => s.doubt_email.to_owned(),
        Doubt::Circle => s.doubt_circle.to_owned(),
        Doubt::Velocity => format!("{} ({})", s.doubt_velocity, format::count(rules.velocity.into())),
    }
}
