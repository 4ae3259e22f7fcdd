//! Ways from the overview into the inbox: who stands behind the figures, and what is left out of them.

use maud::{Markup, html};
use rapport_core::case::Status;
use rapport_core::inbox::Filter;
use rapport_core::model::config::Config;
use rapport_core::model::question::{Input, Measure};
use rapport_core::report::Period;
use rapport_core::response::measure_word;

use super::asked::address;
use crate::dashboard::format;
use crate::dashboard::lang::Lang;

/// Links to the responses of the period, by how people fared.
pub fn ways(config: &Config, period: Period, left_out: u64, lang: Lang) -> Markup {
    let s = &lang.strings().inbox;
    let mut measures: Vec<Measure> = Vec::new();
    let questions = config.widgets.iter().flat_map(|record| record.versions.last()).flat_map(|v| &v.widget.questions);
    for question in questions {
        if let Input::Scale { measures: Some(measure), .. } = &question.input
            && !measures.contains(measure)
        {
            measures.push(*measure);
        }
    }
    let during = || Filter { from: Some(period.first()), to: Some(period.last()), ..Filter::default() };
    html! {
        @if !measures.is_empty() {
            p.chips {
                span.soft.small { (s.who) }
                @for (group, words) in s.groups.iter().filter(|(group, _)| measures.iter().any(|m| group.split_once('/').is_some_and(|(known, _)| known == measure_word(*m)))) {
                    a.chip href=(address(&config.site.id, &Filter { group: (*group).to_owned(), ..during() })) { (words) }
                }
            }
        }
        @if left_out > 0 {
            p.small.soft {
                ((s.left_out)(&format::count(left_out))) " "
                a href=(address(&config.site.id, &Filter { status: Some(Status::Spam), ..during() })) { (s.show_them) }
            }
        }
    }
}
