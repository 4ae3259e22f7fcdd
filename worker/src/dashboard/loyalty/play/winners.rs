//! Who has won in a draw, and which prizes were handed over.

use maud::{Markup, html};
use rapport_core::loyalty::program::{Prize, Wins};

use super::called;
use crate::command::play::{Summary, WINNERS, Winner};
use crate::dashboard::format;
use crate::dashboard::layout;
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::editor::fill;

/// The winners of one draw; folded away, unless something is to be handed over.
pub fn list(
    frame: &Frame<'_>,
    here: &str,
    summary: &Summary,
    (winners, open): (&[Winner], bool),
    speech: &Speech<'_>,
) -> Markup {
    let s = &frame.lang.strings().play;
    let name = summary.draw.name.as_str();
    html! {
        details open[open || summary.to_hand_over > 0] {
            summary {
                (s.winners) " " span.soft { (format::count(winners.len() as u64)) }
                @if summary.to_hand_over > 0 { " " span.chip.mild { (fill(s.waits, &[&format::count(summary.to_hand_over.into())])) } }
            }
            @if winners.is_empty() { p.soft { (if open { s.nothing_waits } else { s.winners_none }) } }
            @else {
                div.scroll tabindex="0" role="region" aria-label=(s.winners) {
                    table.winners {
                        thead { tr {
                            th.num scope="col" { (s.ticket) }
                            th scope="col" { (s.prize) }
                            th scope="col" { (s.member) }
                            th scope="col" { (s.handed_over) }
                        } }
                        tbody {
                            @for winner in winners {
                                tr id={ "t-" (name) "-" (winner.number) } {
                                    td.num { (format::count(winner.number.into())) }
                                    td { (prize(summary, &winner.prize).map_or(winner.prize.as_str(), |prize| speech.text(&prize.label))) }
                                    td { @match &winner.member {
                                        Some(member) => a href={ (here.trim_end_matches("draws")) "members/" (member.id) } { bdi { (called(member, s)) } },
                                        None => span.soft { (s.gone) },
                                    } }
                                    td { (handed(frame, here, summary, (winner, open))) }
                                }
                            }
                        }
                    }
                }
                @if winners.len() == WINNERS { p.small.soft { (fill(s.winners_more, &[&format::count(WINNERS as u64)])) } }
                @if !open { p { a href={ (here) "/" (name) "/winners.csv" } download { (s.download) } } }
            }
        }
    }
}

fn handed(frame: &Frame<'_>, here: &str, summary: &Summary, (winner, open): (&Winner, bool)) -> Markup {
    let s = &frame.lang.strings().play;
    let number = winner.number.to_string();
    let about = (summary.draw.name.as_str(), number.as_str());
    html! {
        @if winner.to_hand_over {
            (step(frame, here, open, about, "handed", s.tick))
        } @else if let Some(handed) = &winner.handed {
            span.small { (fill(s.handed, &[&format::moment(handed.at), &(frame.lang.strings().account.actor)(&handed.by)])) }
            (step(frame, here, open, about, "unhanded", s.untick))
        } @else if prize(summary, &winner.prize).is_some_and(|prize| matches!(prize.wins, Wins::Reward { .. })) {
            a href={ (here.trim_end_matches("draws")) "redemptions" } { (s.among_redemptions) }
        } @else { span.soft { (s.by_itself) } }
    }
}

/// A button that ticks one prize off, or takes that back.
pub fn step(
    frame: &Frame<'_>,
    here: &str,
    open: bool,
    (draw, ticket): (&str, &str),
    what: &str,
    words: &str,
) -> Markup {
    layout::form(
        frame,
        here,
        "",
        &html! {
            input type="hidden" name="draw" value=(draw);
            input type="hidden" name="ticket" value=(ticket);
            @if open { input type="hidden" name="to_hand_over" value="1"; }
            button.button.quiet type="submit" name="do" value=(what) { (words) }
        },
    )
}

fn prize<'a>(summary: &'a Summary, name: &str) -> Option<&'a Prize> {
    summary.draw.prizes.iter().find(|prize| prize.name.as_str() == name)
}
