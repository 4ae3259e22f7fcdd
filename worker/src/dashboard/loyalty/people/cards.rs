//! Loyalty, redemption and referral as cards: on the page of figures, and on the site's overview.

use maud::{Markup, html};
use rapport_core::loyalty::people::figures::Figures;
use rapport_core::loyalty::people::rfm::Basis;
use rapport_core::model::config::Config;
use rapport_core::report::{Estimate, Unit};

use super::super::frame::{Section, path};
use crate::dashboard::format;
use crate::dashboard::page::Frame;
use crate::dashboard::parts;
use crate::dashboard::strings::editor::fill;
use crate::owner::people;

/// What a card says.
struct Said<'a> {
    id: &'a str,
    name: &'a str,
    figure: Option<Estimate>,
    /// With hits and whole.
    words: &'a str,
    early: &'a str,
    about: &'a str,
}

/// The three cards; that of referrals where the programme has them.
pub fn cards(frame: &Frame<'_>, figures: &Figures, referrals: bool) -> Markup {
    let s = &frame.lang.strings().people;
    let by_orders = figures.basis == Basis::Orders;
    let all = [
        Some(Said {
            id: "loyalty-rate",
            name: s.loyalty,
            figure: figures.loyalty,
            words: if by_orders { s.loyalty_orders } else { s.loyalty_days },
            early: s.loyalty_early,
            about: s.loyalty_about,
        }),
        Some(Said {
            id: "redemption-rate",
            name: s.redemption,
            figure: figures.redemption,
            words: s.redemption_words,
            early: s.redemption_early,
            about: s.redemption_about,
        }),
        referrals.then_some(Said {
            id: "referral-rate",
            name: s.referral,
            figure: figures.referral,
            words: s.referral_words,
            early: s.referral_early,
            about: s.referral_about,
        }),
    ];
    html! { @for said in all.into_iter().flatten() { (card(frame, figures.window_days, &said)) } }
}

/// The section of the overview.
pub fn section(frame: &Frame<'_>, config: &Config, figures: &Figures) -> Markup {
    let s = frame.lang.strings();
    let referrals = people::program(config).is_some_and(|program| program.referral.is_some());
    html! {
        section.section aria-labelledby="loyalty" {
            header {
                h2 #loyalty { (s.loyalty.title) }
                a href=(path(&config.site, Section::Figures)) { (s.people.more_figures) }
            }
            div.grid { (cards(frame, figures, referrals)) }
        }
    }
}

fn card(frame: &Frame<'_>, window: i32, said: &Said<'_>) -> Markup {
    let s = frame.lang.strings();
    html! {
        article.card.figure aria-labelledby=(said.id) {
            header { h3 id=(said.id) { (said.name) } }
            @match &said.figure {
                None => {
                    p.value.none { (s.no_data) }
                    p.words { (said.early) }
                },
                Some(figure) => {
                    @let (low, high) = format::ends(figure, Unit::Share);
                    @let hits = (figure.value * figure.of as f64).round() as u64;
                    p.value { (format::value(figure, Unit::Share)) }
                    (parts::whisker(Unit::Share, figure, None))
                    p.words { ((s.between)(&low, &high)) }
                    p.words { (fill(said.words, &[&format::count(hits), &format::count(figure.of), &window.to_string()])) }
                },
            }
            div.more { (super::one::about(frame, said.about)) }
        }
    }
}
