//! Problems with what the owner typed: where, and which rule.

use std::borrow::Cow;

use maud::{Markup, html};
use rapport_core::problem::{Fault, Problem};

use crate::dashboard::format;
use crate::dashboard::lang::Lang;
use crate::dashboard::strings::rules;

/// All problems at once, each at its path; nothing where there are none.
pub fn list(problems: &[Problem], lang: Lang) -> Markup {
    let s = &lang.strings().faults;
    html! {
        @if !problems.is_empty() {
            div.notice.bad #problems role="alert" tabindex="-1" {
                p { b { ((s.title)(&format::count(problems.len() as u64))) } }
                ul {
                    @for problem in problems {
                        li { @if !problem.field.is_empty() { code { (problem.field) } " " } (words(&problem.fault, lang)) }
                    }
                }
            }
        }
    }
}

/// What is wrong, in the reader's words, as the rest of a sentence.
pub fn words(fault: &Fault, lang: Lang) -> String {
    let s = &lang.strings().faults;
    match fault {
        Fault::Required => s.required.to_owned(),
        Fault::TooLong { max } => (s.too_long)(&format::count(u64::from(*max))),
        Fault::TooMany { max } => (s.too_many)(&format::count(u64::from(*max))),
        Fault::TooFew { min } => (s.too_few)(&format::count(u64::from(*min))),
        Fault::TooLow { min } => (s.too_low)(&min.to_string()),
        Fault::TooHigh { max } => (s.too_high)(&max.to_string()),
        Fault::TooEarly { min } => (s.too_early)(&min.to_string()),
        Fault::TooLate { max } => (s.too_late)(&max.to_string()),
        Fault::TooOld => s.too_old.to_owned(),
        Fault::TooNew => s.too_new.to_owned(),
        Fault::NotAnOption => s.not_an_option.to_owned(),
        Fault::Malformed { expected } => (s.malformed)(&rule(expected, lang)),
        Fault::Unknown => s.unknown.to_owned(),
        Fault::Twice => s.twice.to_owned(),
        Fault::Conflict { why } => rule(why, lang).into_owned(),
    }
}

fn rule(english: &str, lang: Lang) -> Cow<'_, str> {
    match lang {
        Lang::En => english.into(),
        Lang::ZhCn => rules::chinese(english).into(),
    }
}
