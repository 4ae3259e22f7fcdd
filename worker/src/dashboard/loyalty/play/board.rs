//! The leaderboard: who is on it, and names that the owner does not want there.

use maud::{Markup, html};
use rapport_core::loyalty::board::{Board, Place};
use rapport_core::model::config::Config;
use rapport_core::name::SiteId;
use worker::{Env, Response};

use crate::command::Session;
use crate::command::play::Command;
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::dashboard::format;
use crate::dashboard::layout::{self, new_widget_path};
use crate::dashboard::loyalty::frame::{self, Section, path};
use crate::dashboard::page::Frame;
use crate::owner::{self, play, program};
use crate::problem::Fail;
use crate::reply;

/// The page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let (config, record) = program::read(env, site).await?;
    let on = record.live.as_ref().is_some_and(|live| live.program.leaderboard);
    let board: Board = if on { play::ask(env, site, Command::Places).await? } else { Board::default() };
    let done = caller.query.find("done").map(|word| word == "off");
    let frame = caller.frame(Some(&session.csrf));
    caller.page(page(&frame, &config, on.then_some(&board), done), 200)
}

/// Takes a name off, or puts it back.
pub async fn list(env: &Env, site: &SiteId, form: &Form) -> Result<Response, Fail> {
    let listed = form.get("do") == "back";
    play::list(env, site, form.get("member").to_owned(), listed).await?;
    let config = owner::config(env, site).await?;
    let done = if listed { "back" } else { "off" };
    reply::see_other(&format!("{}?done={done}", path(&config.site, Section::Board)))
}

fn page(frame: &Frame<'_>, config: &Config, board: Option<&Board>, done: Option<bool>) -> Markup {
    let s = &frame.lang.strings().play;
    let here = path(&config.site, Section::Board);
    let body = html! {
        div.stack { h1 { (s.board) } p.soft { (s.board_lead) } }
        @if let Some(off) = done { p.notice.good role="status" { (if off { s.taken_off } else { s.was_put_back }) } }
        @match board {
            None => div.card.stack.welcome {
                h2 { (s.board_off) }
                p { (s.board_how) }
                div.actions { a.button.main href=(path(&config.site, Section::Programme)) { (s.to_referrals) } }
            },
            Some(board) => {
                @if board.places.is_empty() { p.card { (s.board_none) } }
                @else { (table(frame, &here, &board.places, ("off", s.take_off), s.board)) }
                @if !board.removed.is_empty() {
                    section.section aria-labelledby="removed" {
                        h2 #removed { (s.board_removed) }
                        @let label = format!("{}{}{}", s.board, frame.lang.strings().colon, s.board_removed);
                        (table(frame, &here, &board.removed, ("back", s.put_back), &label))
                    }
                }
                p { a.button href={ (new_widget_path(&config.site)) "?goal=grow" } { (s.board_add) } }
            }
        }
    };
    frame::page(frame, &config.site, Section::Board, &body)
}

fn table(
    frame: &Frame<'_>,
    here: &str,
    places: &[Place],
    (act, words): (&'static str, &'static str),
    label: &str,
) -> Markup {
    let s = &frame.lang.strings().play;
    html! {
        div.card.flush {
            div.scroll tabindex="0" role="region" aria-label=(label) {
                table {
                    thead { tr {
                        th.num scope="col" { (s.place) } th scope="col" { (s.member) } th.num scope="col" { (s.points) }
                        th scope="col" { span.sr { (words) } }
                    } }
                    tbody {
                        @for (number, place) in (1_u64..).zip(places) {
                            tr {
                                td.num { (format::count(number)) }
                                th scope="row" { bdi { (place.name) } }
                                td.num { (format::count(place.points.unsigned_abs())) }
                                td { (layout::form(frame, here, "", &html! {
                                    input type="hidden" name="member" value=(place.member);
                                    button.button type="submit" name="do" value=(act) { (words) span.sr { " " (place.name) } }
                                })) }
                            }
                        }
                    }
                }
            }
        }
    }
}
