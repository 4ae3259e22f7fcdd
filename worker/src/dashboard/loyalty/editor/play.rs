//! Referral and prize draws, and what holds for the programme as a whole.

use maud::{Markup, html};

use super::part::{Part, card};
use super::spending::gate;
use crate::dashboard::editor::sheet::{Line, Sheet, fold};
use crate::dashboard::loyalty::say;

/// Name, money, and who may take part.
pub fn about(part: &Part<'_>) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let told = format!("{} · {}", sheet.reads("title"), sheet.get("currency"));
    let body = html! {
        (sheet.text("title", s.name, ""))
        div.pair {
            (sheet.line("currency", s.currency, s.currency_hint, Line::Code))
            (sheet.line("cost_of_100", s.cost_of_100, s.cost_hint, Line::Number))
        }
        (sheet.tick("anonymous", s.anonymous, false))
        (sheet.tick("leaderboard", s.leaderboard, false))
    };
    let troubled = ["title", "currency", "cost_of_100"].iter().any(|path| sheet.troubled(path));
    fold("about", s.about, &told, troubled, &body)
}

/// Members bring others.
pub fn referral(part: &Part<'_>) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let about = part.program.map(|program| say::referral(program.referral.as_ref(), sheet.lang)).unwrap_or_default();
    let ways = [("purchase", s.first_purchase), ("response", s.first_response), ("visits", s.visits)];
    let line = |path: &str, label: &str, hint: &str| sheet.line(path, label, hint, Line::Number);
    let body = html! {
        (sheet.tick("referral_on", s.referral_on, true))
        @if sheet.get("referral_on") == "yes" {
            p.hint { (s.referral_hint) }
            div.pair {
                (line("referral.welcome", s.welcome, ""))
                (line("referral.window", s.attribution, ""))
            }
            div.pair {
                (sheet.select("referral.qualifies.type", s.qualifies, &ways, true))
                @if sheet.get("referral.qualifies.type") == "visits" { (line("referral.qualifies.n", s.visits_n, "")) }
            }
            div.pair {
                (line("referral.hold", s.hold, s.hold_hint))
                (line("referral.velocity", s.velocity, s.velocity_hint))
            }
        }
        noscript { (sheet.button("redraw", "button", sheet.words().apply, "")) }
    };
    fold("referral", s.referral_title, &about, sheet.troubled("referral"), &body)
}

/// Prize draws.
pub fn draws(part: &Part<'_>) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let draws = sheet.draft.0.list("draws");
    html! {
        section.section aria-labelledby="draws" {
            h2 #draws { (sheet.lang.strings().loyalty.draws) }
            p.small.soft { (s.draw_hint) }
            @for wrong in sheet.wrong("draws") { p.wrong { (wrong) } }
            @if draws.is_empty() { p.soft { (s.no_draws) } }
            ol.cards data-list="draws" { @for index in 0..draws.len() { (draw(part, index, draws.len())) } }
            div.adding { (sheet.button("add:draws", "button small", &format!("+ {}", s.add_draw), "")) }
        }
    }
}

fn draw(part: &Part<'_>, index: usize, of: usize) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let at = format!("draws[{index}]");
    let path = |rest: &str| format!("{at}.{rest}");
    let said = part.program.and_then(|program| program.draws.get(index).map(|draw| say::draw(draw, sheet.lang)));
    let prizes = path("prizes");
    let body = html! {
        (sheet.text(&path("label"), s.draw_label, ""))
        div.pair {
            (sheet.line(&path("cost"), s.ticket, s.ticket_hint, Line::Number))
            (sheet.line(&path("per_member"), s.tickets, "", Line::Number))
        }
        (sheet.select(&path("how"), s.how, &[("at_once", s.how_at_once), ("at_the_end", s.how_at_the_end)], true))
        (gate(part, &path("tier")))
        div.pair {
            (sheet.line(&path("from"), s.from, "", Line::Day))
            (sheet.line(&path("until"), s.until, "", Line::Day))
        }
        fieldset.filters {
            legend { (s.prizes) }
            @for wrong in sheet.wrong(&prizes) { p.wrong { (wrong) } }
            @for index in 0..sheet.draft.0.list(&prizes).len() {
                (prize(sheet, part, &format!("{prizes}[{index}]"), sheet.get(&path("how")) == "at_once"))
            }
            (sheet.button(&format!("insert:{prizes}"), "button small quiet", &format!("+ {}", s.add_prize), ""))
        }
    };
    card(sheet, &at, (index, of), sheet.reads(&path("label")), &said.unwrap_or_default(), &body)
}

fn prize(sheet: &Sheet<'_>, part: &Part<'_>, at: &str, at_once: bool) -> Markup {
    let s = part.words();
    let path = |rest: &str| format!("{at}.{rest}");
    let rewards: Vec<(&str, &str)> = (0..sheet.draft.0.list("rewards").len())
        .map(|index| (sheet.get(&format!("rewards[{index}].name")), sheet.reads(&format!("rewards[{index}].label"))))
        .collect();
    let kinds = [("by_hand", s.wins_by_hand), ("points", s.wins_points), ("reward", s.wins_reward)];
    html! {
        div.filter {
            (sheet.text(&path("label"), s.prize, ""))
            div.pair {
                (sheet.line(&path("stock"), s.prize_stock, "", Line::Number))
                @if at_once { (sheet.line(&path("one_in"), s.one_in, "", Line::Number)) }
            }
            div.pair {
                (sheet.select(&path("wins.type"), s.wins, &kinds, true))
                @match sheet.get(&path("wins.type")) {
                    "points" => (sheet.line(&path("wins.points"), s.points, "", Line::Number)),
                    "reward" => (sheet.select(&path("wins.reward"), sheet.lang.strings().loyalty.rewards, &rewards, false)),
                    _ => {},
                }
            }
            (sheet.button(&format!("drop:{at}"), "button small quiet", sheet.words().drop, &format!("{}: {}", sheet.words().drop, sheet.reads(&path("label")))))
        }
    }
}
