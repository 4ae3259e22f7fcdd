//! Fields to type in.

use maud::{Markup, html};

use super::question::Ask;
use crate::decimal::Decimal;
use crate::model::text::Text;
use crate::time::Day;

/// Several lines.
pub(super) fn area(ask: &Ask<'_>, placeholder: Option<&Text>) -> Markup {
    html! {
        // A newline right after the tag is not part of the value, so a text that begins with one needs it doubled.
        textarea class="field" part="field" id=(ask.id) name=(ask.name()) rows="3" required[ask.question.required] aria-describedby=(ask.described())
            aria-invalid=[ask.invalid()] placeholder=[placeholder.map(|text| text.get(ask.context.locale))]
        { @if let Some(value) = ask.value(ask.name()) { "\n" (value) } }
    }
}

/// One line.
pub(super) fn line(ask: &Ask<'_>, placeholder: Option<&Text>) -> Markup {
    input(ask, "text", Extra { placeholder: placeholder.map(|text| text.get(ask.context.locale)), ..Extra::default() })
}

/// An e-mail address.
pub(super) fn email(ask: &Ask<'_>) -> Markup {
    input(ask, "email", Extra { autocomplete: Some("email"), ..Extra::default() })
}

/// A number.
pub(super) fn number(ask: &Ask<'_>, min: Option<Decimal>, max: Option<Decimal>) -> Markup {
    let bound = |bound: Option<Decimal>| bound.map(|bound| bound.to_string());
    input(ask, "number", Extra { min: bound(min), max: bound(max), step: Some("any"), ..Extra::default() })
}

/// A day.
pub(super) fn date(ask: &Ask<'_>, min: Option<Day>, max: Option<Day>) -> Markup {
    let bound = |bound: Option<Day>| bound.map(|bound| bound.to_string());
    input(ask, "date", Extra { min: bound(min), max: bound(max), ..Extra::default() })
}

#[derive(Default)]
struct Extra<'a> {
    placeholder: Option<&'a str>,
    autocomplete: Option<&'a str>,
    min: Option<String>,
    max: Option<String>,
    step: Option<&'a str>,
}

fn input(ask: &Ask<'_>, kind: &str, extra: Extra<'_>) -> Markup {
    html! {
        input class="field" part="field" id=(ask.id) type=(kind) name=(ask.name()) required[ask.question.required] aria-describedby=(ask.described())
            aria-invalid=[ask.invalid()] value=[ask.value(ask.name())] placeholder=[extra.placeholder] autocomplete=[extra.autocomplete]
            min=[extra.min] max=[extra.max] step=[extra.step];
    }
}
