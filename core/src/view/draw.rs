//! The page of a prize draw: what was promised before it, what came of it, and how to check that. It needs no script.

use maud::{Markup, html};

use super::Hosted;
use super::page::shell;
use crate::i18n::{Play, fill, play, strings};
use crate::loyalty::draw::{CHECK_JS, CHECK_PY, Public, State};
use crate::loyalty::program::{How, Prize};

/// Tickets that the page shows; the data has all.
const SHOWN: usize = 500;

/// The page.
pub fn draw_page(public: &Public, hosted: &Hosted<'_>, state: State) -> Markup {
    let context = &hosted.context;
    let (s, words, locale) = (strings(context.locale), play(context.locale), context.locale);
    let Public { draw, commitment, seed, tickets, winners } = public;
    let data = format!("/draw/{}/{}.json", context.site.id, draw.name);
    let won = |number: u32| {
        winners.iter().find(|(ticket, _)| *ticket == number).and_then(|(_, place)| draw.prizes.get(*place))
    };
    shell(
        hosted,
        s,
        html! {
            div class="rapport draw" {
                h2 { (fill(words.title, &[("draw", draw.label.get(locale))])) }
                p class="hint" { (words.fair) }
                p { (standing(public, words, state)) }
                h3 { (words.prizes) }
                ul class="prizes" {
                    @for (place, prize) in draw.prizes.iter().enumerate() {
                        li {
                            b dir="auto" { (prize.label.get(locale)) }
                            p class="hint" { (terms(public, place, prize, words, s)) }
                        }
                    }
                }
                @if draw.cost > 0 { p class="hint" { (fill(words.cost, &[("n", &s.integer(u64::from(draw.cost)))])) } }
                @else { p class="hint" { (words.free) } }
                dl {
                    dt { (words.before) }
                    dd { code dir="ltr" { (commitment) } }
                    dt { (words.after) }
                    @if let Some(seed) = seed { dd { code dir="ltr" { (seed) } } } @else { dd { (words.secret) } }
                }
                h3 { (words.tickets) " " span class="hint" { (s.integer(tickets.len() as u64)) } }
                @if tickets.is_empty() { p class="hint" { (words.none) } }
                // Winners first, as that is what most want to see.
                @if !winners.is_empty() {
                    ul class="tickets" {
                        @for (number, _) in winners.iter().take(SHOWN) {
                            @let name = tickets.get(*number as usize - 1).map_or("", String::as_str);
                            (ticket(*number, name, won(*number), words, hosted))
                        }
                    }
                }
                ol class="tickets" {
                    @for (number, name) in (1..).zip(tickets).take(SHOWN) { (ticket(number, name, won(number), words, hosted)) }
                }
                @if tickets.len() > SHOWN { p class="hint" { "…" } }
                h3 { (words.how) }
                p { (words.steps) }
                p { a href=(data) { (words.data) } }
                details { summary { "Python" } pre dir="ltr" tabindex="0" { code { (CHECK_PY) } } }
                details { summary { "JavaScript" } pre dir="ltr" tabindex="0" { code { (CHECK_JS) } } }
                p class="hint" { (fill(words.limit, &[("site", &context.site.name)])) }
            }
        },
    )
}

/// The page where there is no such draw.
pub fn no_draw(hosted: &Hosted<'_>) -> Markup {
    let context = &hosted.context;
    shell(
        hosted,
        strings(context.locale),
        html! { div class="rapport" { p class="title" { (play(context.locale).missing) } } },
    )
}

fn ticket(number: u32, name: &str, prize: Option<&Prize>, words: &Play, hosted: &Hosted<'_>) -> Markup {
    html! {
        li {
            (fill(words.number, &[("n", &number.to_string())])) " " code dir="ltr" { (name) }
            @if let Some(prize) = prize { " " b { (fill(words.won, &[("prize", prize.label.get(hosted.context.locale))])) } }
        }
    }
}

/// Where it stands, in words.
fn standing(public: &Public, words: &Play, state: State) -> String {
    match state {
        State::Over => words.over.to_owned(),
        State::Awaited(day) => fill(words.begins, &[("date", &day.to_text())]),
        State::Open => match (public.draw.how, public.draw.until) {
            (How::AtTheEnd, Some(until)) => fill(words.at_the_end, &[("date", &until.to_text())]),
            _ => words.at_once.to_owned(),
        },
    }
}

/// Chance and stock of a prize.
fn terms(public: &Public, place: usize, prize: &Prize, words: &Play, s: &crate::i18n::Strings) -> String {
    let odds = prize.one_in.map(|n| fill(words.odds, &[("n", &s.integer(u64::from(n)))]));
    let taken = public.winners.iter().filter(|(_, won)| *won == place).count() as u64;
    let left = u64::from(prize.stock).saturating_sub(taken);
    let stock = fill(words.stock, &[("left", &s.integer(left)), ("stock", &s.integer(u64::from(prize.stock)))]);
    odds.into_iter().chain([stock]).collect::<Vec<_>>().join(" · ")
}
