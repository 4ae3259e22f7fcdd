//! What a poll has come to, a list of options with share and bar; and what a quiz has.

use maud::{Markup, html};

use crate::i18n::{Strings, strings};
use crate::model::question::{Choice, Input, Question};
use crate::model::text::Locale;
use crate::model::widget::Widget;

/// The result in words and bars. `votes` gives the votes of each option by its name, `voters` how many voted: with several
/// choices the shares add up to more than 100 %.
pub fn poll_result(widget: &Widget, locale: &Locale, votes: &[(String, u64)], voters: u64) -> Markup {
    let strings = strings(locale);
    let share = |count: u64| (count * 100 + voters / 2).checked_div(voters).unwrap_or(0).min(100);
    html! {
        div class="result" part="result" data-result {
            ul {
                @for (name, label) in offered(widget, locale, strings) {
                    @let count = votes.iter().find(|(option, _)| option == name).map_or(0, |(_, count)| *count);
                    (row(name, label, &strings.percent(share(count)), &format!("{}%", share(count))))
                }
            }
            p class="total" { (strings.count(&strings.status.votes, voters)) }
        }
    }
}

/// The same without numbers, for scripts to fill: the share of `li[data-option]` into its `output`, its bar's `width`, the
/// sum into `.total`.
pub(super) fn empty(widget: &Widget, locale: &Locale, strings: &'static Strings) -> Markup {
    html! {
        div class="result" part="result" data-result hidden {
            ul { @for (name, label) in offered(widget, locale, strings) { (row(name, label, "", "0")) } }
            p class="total" {}
        }
    }
}

/// What a quiz has come to: the score, and each question with what was right. `told` comes from [`quiz::told`](crate::quiz::told).
pub fn quiz_result(widget: &Widget, locale: &Locale, told: &[(String, String)]) -> Markup {
    let text = |name: &str| told.iter().find(|(of, _)| of == name).map_or("", |(_, text)| text.as_str());
    html! {
        div class="result" part="result" {
            p class="score" { (text("")) }
            ul {
                @for question in judged(widget).filter(|question| !text(question.name.as_str()).is_empty()) {
                    li { span { (question.title.get(locale)) } p class="told" { (text(question.name.as_str())) } }
                }
            }
        }
    }
}

/// The same without what is told, for scripts to fill: each `data-told` is a question, the empty one the score. What was not
/// asked stays empty and is not seen.
pub(super) fn untold(widget: &Widget, locale: &Locale) -> Markup {
    html! {
        div class="result" part="result" data-result hidden {
            p class="score" data-told="" {}
            ul { @for question in judged(widget) { li { span { (question.title.get(locale)) } p class="told" data-told=(question.name) {} } } }
        }
    }
}

/// Questions whose answers are right or wrong.
fn judged(widget: &Widget) -> impl Iterator<Item = &Question> {
    let judged = |question: &&Question| matches!(&question.input, Input::Choice { correct, .. } if !correct.is_empty());
    widget.questions.iter().filter(judged)
}

fn row(name: &str, label: &str, share: &str, width: &str) -> Markup {
    html! {
        li data-option=(name) {
            span { (label) } " " b { (share) }
            svg class="bar" part="bar" aria-hidden="true" { rect width=(width) height="100%" {} }
        }
    }
}

/// The options of the first choice, and the visitor's own words where they are taken.
fn offered<'a>(widget: &'a Widget, locale: &Locale, strings: &'static Strings) -> Vec<(&'a str, &'a str)> {
    let choice = widget.questions.iter().find_map(|question| match &question.input {
        Input::Choice { options, other, .. } => Some((options, *other)),
        _ => None,
    });
    let Some((options, other)) = choice else { return Vec::new() };
    let named = |option: &'a Choice| (option.name.as_str(), option.label.get(locale));
    options.iter().map(named).chain(other.then_some(("other", strings.choose.other))).collect()
}
