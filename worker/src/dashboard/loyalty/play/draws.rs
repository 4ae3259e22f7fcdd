//! Draws: where each stands, what is left, who has won, and what anybody needs in order to check it.

use futures_util::future::try_join_all;
use maud::{Markup, html};
use rapport_core::loyalty::draw::{State, state};
use rapport_core::loyalty::program::{How, Program};
use rapport_core::model::config::Config;
use rapport_core::name::{Name, SiteId};
use worker::{Env, Response};

use super::winners;
use crate::command::Session;
use crate::command::play::{Command, Summary, Winner};
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::dashboard::format;
use crate::dashboard::layout;
use crate::dashboard::loyalty::frame::{self, Section, path};
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::editor::fill;
use crate::owner::{self, play, program};
use crate::problem::Fail;
use crate::reply;

/// Draws whose winners are shown, the newest.
const SHOWN: usize = 10;

/// The page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let (config, record) = program::read(env, site).await?;
    let mut draws: Vec<Summary> = play::ask(env, site, Command::Draws).await?;
    draws.truncate(SHOWN);
    let open = caller.query.find("to_hand_over").is_some();
    let winners = draws.iter().map(|summary| {
        let draw = summary.draw.name.clone();
        play::ask::<Vec<Winner>>(env, site, Command::Winners { draw, after: 0, to_hand_over: open })
    });
    let winners = try_join_all(winners).await?;
    let live = record.live.as_ref().map(|live| &live.program);
    let frame = caller.frame(Some(&session.csrf));
    let all: Vec<_> = draws.iter().zip(winners.iter().map(Vec::as_slice)).collect();
    let said = Said {
        done: caller.query.get("done"),
        draw: caller.query.get("draw"),
        ticket: caller.query.get("ticket"),
        open,
    };
    caller.page(page(&frame, &config, live, &all, said), 200)
}

/// Ends one, or ticks a prize off.
pub async fn change(env: &Env, site: &SiteId, form: &Form) -> Result<Response, Fail> {
    let draw = Name::parse(form.get("draw")).map_err(|_| Fail::not_found())?;
    let (ticket, word) = (form.get("ticket"), form.get("do"));
    let anchor = format!("draw-{draw}");
    match word {
        "handed" | "unhanded" => {
            let ticket = ticket.parse().map_err(|_| Fail::not_found())?;
            play::hand(env, site, draw.clone(), ticket, word == "handed").await?;
        }
        "ended" => play::end(env, site, draw.clone()).await?,
        _ => return Err(Fail::method()),
    }
    let config = owner::config(env, site).await?;
    let open = if form.find("to_hand_over").is_some() { "&to_hand_over" } else { "" };
    let here = path(&config.site, Section::Draws);
    reply::see_other(&format!("{here}?done={word}&draw={draw}&ticket={ticket}{open}#{anchor}"))
}

/// What was just done, to what; and whether only what is to be handed over is shown.
#[derive(Clone, Copy)]
struct Said<'a> {
    done: &'a str,
    draw: &'a str,
    ticket: &'a str,
    open: bool,
}

fn page(
    frame: &Frame<'_>,
    config: &Config,
    live: Option<&Program>,
    all: &[(&Summary, &[Winner])],
    said: Said<'_>,
) -> Markup {
    let s = &frame.lang.strings().play;
    let waits: u32 = all.iter().map(|(summary, _)| summary.to_hand_over).sum();
    let here = path(&config.site, Section::Draws);
    let body = html! {
        div.stack { h1 { (s.draws) } p.soft { (s.draws_lead) } }
        @match said.done {
            "ended" => p.notice.good role="status" { (s.end_done) },
            "unhanded" => p.notice.good role="status" { (s.done_unhanded) },
            "handed" => div.notice.good.row role="status" {
                p { (s.done_handed) }
                (winners::step(frame, &here, said.open, (said.draw, said.ticket), "unhanded", s.untick))
            },
            _ => {},
        }
        @if waits > 0 || said.open {
            p.actions {
                b { (fill(s.waits, &[&format::count(waits.into())])) }
                @if said.open { a.button href=(here) { (s.show_all) } }
                @else { a.button href={ (here) "?to_hand_over" } { (s.show_waiting) } }
            }
        }
        @if all.is_empty() {
            div.card.stack.welcome {
                h2 { (s.draws_none) }
                p { (s.draws_how) }
                div.actions { a.button.main href=(path(&config.site, Section::Programme)) { (s.to_programme) } }
            }
        }
        @for (summary, winners) in all { (one(frame, config, live, summary, (winners, said.open))) }
        @if !all.is_empty() {
            section.section aria-labelledby="check" {
                h2 #check { (s.check) }
                div.card.stack { p { (s.check_words) } p.soft { (s.by_hand) } }
            }
        }
    };
    frame::page(frame, &config.site, Section::Draws, &body)
}

fn one(
    frame: &Frame<'_>,
    config: &Config,
    live: Option<&Program>,
    summary: &Summary,
    (winners, open): (&[Winner], bool),
) -> Markup {
    let s = &frame.lang.strings().play;
    let speech = Speech::new(frame.lang, &config.site.locale);
    let Summary { draw, tickets, .. } = summary;
    let n = |n: u32| format::count(n.into());
    let id = format!("draw-{}", draw.name);
    let kept = live.and_then(|program| program.draw(&draw.name)).is_some_and(|written| written != draw);
    let public = format!("/draw/{}/{}?lang={}", config.site.id, draw.name, frame.lang.tag());
    html! {
        section.section aria-labelledby=(id) {
            h2 id=(id) { (speech.text(&draw.label)) " " (chip(frame, summary)) }
            div.card.stack {
                p {
                    (s.tickets) (frame.lang.strings().colon) b { (n(*tickets)) }
                    @if let Some(until) = draw.until { span.soft { " · " (fill(s.until, &[&format::full_day(until, frame.lang)])) } }
                }
                @if kept { p.notice { (s.terms) } }
                div.scroll tabindex="0" role="region" aria-label=(s.prizes) {
                    table {
                        thead { tr { th scope="col" { (s.prize) } th scope="col" { (s.chance) } th.num scope="col" { (s.left) } } }
                        tbody {
                            @for (place, prize) in draw.prizes.iter().enumerate() {
                                tr {
                                    th scope="row" { (speech.text(&prize.label)) }
                                    td { @match (draw.how, prize.one_in) {
                                        (How::AtOnce, Some(one_in)) => (fill(s.one_in, &[&n(one_in)])),
                                        _ => (s.by_lot),
                                    } }
                                    td.num { (fill(s.of, &[&n(summary.left.get(place).copied().unwrap_or(0)), &n(prize.stock)])) }
                                }
                            }
                        }
                    }
                }
                dl.facts {
                    div { dt { (s.hash) } dd { code dir="ltr" { (summary.commitment) } } }
                    div { dt { (s.seed) } dd { @if let Some(seed) = &summary.seed { code dir="ltr" { (seed) } } @else { (s.secret) } } }
                }
                p { a href=(public) target="_blank" rel="noopener" { (s.page) } }
                (winners::list(frame, &path(&config.site, Section::Draws), summary, (winners, open), &speech))
                @if !summary.over {
                    details {
                        summary { (s.end) "…" }
                        (layout::form(frame, &path(&config.site, Section::Draws), "stack", &html! {
                            input type="hidden" name="do" value="ended";
                            input type="hidden" name="draw" value=(draw.name);
                            p.small { (s.end_words) }
                            div.actions { button.button.risk type="submit" { (s.end_yes) } }
                        }))
                    }
                }
            }
        }
    }
}

fn chip(frame: &Frame<'_>, summary: &Summary) -> Markup {
    let s = &frame.lang.strings().play;
    match state(&summary.draw, summary.left.iter().sum(), frame.now) {
        _ if summary.ended => html! { span.chip { (s.ended) } },
        _ if summary.over => html! { span.chip { (s.over) } },
        State::Awaited(day) => html! { span.chip.mild { (fill(s.awaited, &[&format::full_day(day, frame.lang)])) } },
        State::Open | State::Over => html! { span.chip.good { (s.open) } },
    }
}
