//! Above everything: how many points, how far to the next tier, and today's check-in.

use maud::{Markup, html};

use super::{Account, Pen};
use crate::i18n::fill;
use crate::loyalty::money;
use crate::loyalty::program::{Measure, Trigger};

/// What expires later than this is not worth a line yet.
const SOON_MS: i64 = 90 * 86_400_000;

pub(super) fn draw(pen: &Pen<'_>) -> Markup {
    match pen.shown.account {
        Some(account) => member(account, pen),
        None => stranger(pen),
    }
}

fn member(account: &Account, pen: &Pen<'_>) -> Markup {
    let (b, standing) = (&pen.s.badge, &account.standing);
    html! {
        div class="sum" {
            h3 tabindex="-1" { (pen.points(standing.balance)) }
            @if let Some(tier) = &standing.tier { (medal(tier.as_str(), pen)) }
        }
        @if let Some(next) = &standing.next {
            @let lacks = amount(next.lacks, next.by, pen);
            @let label = fill(b.tier_next, &[("n", &lacks), ("tier", &pen.tier(next.tier.as_str()))]);
            progress max=(standing.measured.saturating_add(next.lacks)) value=(standing.measured) aria-label=(label) {}
            p class="hint" { (label) }
        } @else if !pen.shown.program.tiers.is_empty() { p class="hint" { (b.tier_top) } }
        @if let Some(expiring) = standing.expiring.as_ref().filter(|expiring| expiring.at < pen.shown.now.plus_ms(SOON_MS)) {
            p class="hint" { (dated(b.expiring, &pen.points(expiring.points), expiring.at.day().to_string())) }
        }
        @if let Some(row) = &standing.streak {
            div class="streak" {
                p {
                    span class="dots" aria-hidden="true" { @for day in 0..7 { i class=[(day < lit(row.days)).then_some("on")] {} } }
                    (fill(b.streak, &[("n", &pen.s.integer(row.days.into()))]))
                }
                @if row.today { p class="hint" { (b.checked_in) } }
                @else if !pen.shown.paused { button class="act" type="button" data-act="check-in" { (b.check_in) } }
            }
        }
        p class="status" data-status role="status" {}
    }
}

fn stranger(pen: &Pen<'_>) -> Markup {
    let (b, program) = (&pen.s.badge, pen.shown.program);
    let daily = program.rules.iter().any(|rule| matches!(rule.when, Trigger::CheckIn { .. }));
    html! {
        div class="sum" { h3 tabindex="-1" { (b.join_title) } }
        @if !program.anonymous { p { (pen.site(b.sign_in)) } }
        @else if !pen.shown.paused {
            p class="hint" { (b.join_note) }
            button class="act main" type="button" data-act=(if daily { "check-in" } else { "profile" }) { (b.join) }
        }
        p class="status" data-status role="status" {}
    }
}

/// The tier, in its colour. An attribute of SVG needs no `style`, which the host's policy may forbid.
fn medal(name: &str, pen: &Pen<'_>) -> Markup {
    let color = pen.shown.program.tiers.iter().find(|tier| tier.name.as_str() == name).map(|tier| tier.color.as_str());
    html! {
        span class="tier" {
            svg viewBox="0 0 24 24" aria-hidden="true" {
                circle cx="12" cy="12" r="10" fill=[color] {}
                path d="m12 6 1.8 3.7 4 .6-2.9 2.8.7 4-3.6-1.9-3.6 1.9.7-4L6.2 10.3l4-.6z" fill="#fff" {}
            }
            (pen.tier(name))
        }
    }
}

/// What counts towards tiers, in words.
pub(super) fn amount(n: u64, by: Measure, pen: &Pen<'_>) -> String {
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    match by {
        Measure::Points => pen.points(n),
        Measure::Spend => money::shown(n, &pen.shown.program.currency, |whole| pen.s.integer(whole)),
    }
}

/// A sentence with a day in it, which scripts write as the page's language does.
fn dated(words: &str, n: &str, day: String) -> Markup {
    let filled = fill(words, &[("n", n)]);
    let (before, after) = filled.split_once("{day}").unwrap_or((&filled, ""));
    html! { (before) time datetime=(day) { (day) } (after) }
}

/// Dots of a week: full once it is.
fn lit(days: u32) -> u32 {
    if days == 0 { 0 } else { (days - 1) % 7 + 1 }
}
