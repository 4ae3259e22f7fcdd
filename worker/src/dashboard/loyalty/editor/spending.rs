//! Tiers and rewards.

use maud::{Markup, html};

use super::part::{Part, card};
use crate::dashboard::editor::sheet::{Line, Sheet, fold};
use crate::dashboard::loyalty::say;

/// The tiers, and how members climb and fall.
pub fn tiers(part: &Part<'_>) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let tiers = sheet.draft.0.list("tiers");
    html! {
        section.section aria-labelledby="tiers" {
            h2 #tiers { (s.tiers) }
            @for wrong in sheet.wrong("tiers") { p.wrong { (wrong) } }
            @if tiers.is_empty() { p.soft { (s.no_tiers) } }
            ol.cards data-list="tiers" { @for index in 0..tiers.len() { (tier(part, index, tiers.len())) } }
            div.adding { (sheet.button("add:tiers", "button small", &format!("+ {}", s.add_tier), "")) }
            @if !tiers.is_empty() { (ladder(sheet, part)) }
        }
    }
}

fn tier(part: &Part<'_>, index: usize, of: usize) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let at = format!("tiers[{index}]");
    let path = |rest: &str| format!("{at}.{rest}");
    let said =
        part.program.and_then(|program| program.tiers.get(index).map(|tier| say::tier(tier, program, sheet.lang)));
    let from = if sheet.get("ladder.by") == "spend" { s.tier_spend } else { s.tier_from };
    let body = html! {
        div.pair {
            (sheet.text(&path("label"), s.tier_label, ""))
            div.colour {
                (sheet.line(&path("color"), s.color, s.color_hint, Line::Code))
                input.well type="color" data-for=(sheet.id(&path("color"))) value=(sheet.get(&path("color"))) hidden aria-label=(s.color);
            }
        }
        div.pair {
            (sheet.line(&path("from"), from, "", Line::Number))
            (sheet.line(&path("multiplier"), s.multiplier, "", Line::Number))
        }
        (sheet.text(&path("perks"), s.perks, ""))
    };
    card(sheet, &at, (index, of), sheet.reads(&path("label")), &said.unwrap_or_default(), &body)
}

fn ladder(sheet: &Sheet<'_>, part: &Part<'_>) -> Markup {
    let s = part.words();
    let falls = [("at_once", s.at_once), ("after", s.after), ("one_step", s.one_step), ("never", s.never)];
    html! {
        div.card.stack {
            div.pair {
                (sheet.select("ladder.by", s.by, &[("points", s.by_points), ("spend", s.by_spend)], true))
                (sheet.line("ladder.days", s.window, s.window_hint, Line::Number))
            }
            div.pair {
                (sheet.select("ladder.fall.type", s.fall, &falls, true))
                @if matches!(sheet.get("ladder.fall.type"), "after" | "one_step") {
                    (sheet.line("ladder.fall.days", s.fall_days, "", Line::Number))
                }
            }
        }
    }
}

/// What points buy.
pub fn rewards(part: &Part<'_>) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let rewards = sheet.draft.0.list("rewards");
    let kinds = [("amount", s.amount), ("percent", s.percent), ("text", s.text), ("link", s.link)];
    html! {
        section.section aria-labelledby="rewards" {
            h2 #rewards { (sheet.lang.strings().loyalty.rewards) }
            @for wrong in sheet.wrong("rewards") { p.wrong { (wrong) } }
            @if rewards.is_empty() { p.soft { (s.no_rewards) } }
            ol.cards data-list="rewards" {
                @for index in 0..rewards.len() { (reward(part, index, rewards.len(), &kinds)) }
            }
            div.adding role="group" aria-label=(s.add_reward) {
                @for (word, name) in kinds {
                    (sheet.button(&format!("add:rewards:{word}"), "button small", &format!("+ {name}"), &format!("{}: {name}", s.add_reward)))
                }
            }
        }
    }
}

fn reward(part: &Part<'_>, index: usize, of: usize, kinds: &[(&str, &str)]) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let at = format!("rewards[{index}]");
    let path = |rest: &str| format!("{at}.{rest}");
    let said =
        part.program.and_then(|program| program.rewards.get(index).map(|reward| say::reward(reward, sheet.lang)));
    let body = html! {
        (sheet.text(&path("label"), s.reward_label, ""))
        (sheet.text(&path("note"), s.reward_note, ""))
        div.pair {
            (sheet.select(&path("gives.type"), s.wins, kinds, true))
            @match sheet.get(&path("gives.type")) {
                "amount" => (sheet.line(&path("gives.amount"), s.worth, "", Line::Number)),
                "percent" => (sheet.line(&path("gives.percent"), s.off, "", Line::Number)),
                "link" => (sheet.line(&path("gives.url"), s.url, s.url_hint, Line::Code)),
                _ => {},
            }
        }
        @if sheet.get(&path("gives.type")) == "text" { (sheet.text(&path("gives.text"), s.told, "")) }
        div.pair {
            (sheet.line(&path("cost"), s.cost, "", Line::Number))
            (sheet.line(&path("stock"), s.stock, s.stock_hint, Line::Number))
            (sheet.line(&path("per_member"), s.per_member, s.times_hint, Line::Number))
        }
        (gate(part, &path("tier")))
        div.pair {
            (sheet.line(&path("from"), s.from, "", Line::Day))
            (sheet.line(&path("until"), s.until, "", Line::Day))
        }
        (sheet.tick(&path("by_hand"), s.by_hand, false))
    };
    card(sheet, &at, (index, of), sheet.reads(&path("label")), &said.unwrap_or_default(), &body)
}

/// From which tier on.
pub fn gate(part: &Part<'_>, path: &str) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let tiers: Vec<(&str, &str)> = (0..sheet.draft.0.list("tiers").len())
        .map(|index| (sheet.get(&format!("tiers[{index}].name")), sheet.reads(&format!("tiers[{index}].label"))))
        .collect();
    let all: Vec<(&str, &str)> = core::iter::once(("", s.any_tier)).chain(tiers).collect();
    sheet.select(path, s.gate, &all, false)
}

/// When points are gone.
pub fn expiry(part: &Part<'_>) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let kinds = [("never", s.expiry_never), ("after", s.expiry_after), ("inactive", s.expiry_inactive)];
    let about = part.program.map(|program| say::expiry(program.expiry, sheet.lang)).unwrap_or_default();
    let body = html! {
        div.pair {
            (sheet.select("expiry.type", s.expiry, &kinds, true))
            @if sheet.get("expiry.type") != "never" { (sheet.line("expiry.days", s.expiry_days, "", Line::Number)) }
        }
    };
    fold("expiry", s.expiry, &about, sheet.troubled("expiry"), &body)
}
