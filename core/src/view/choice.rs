//! Options to tick, and the box of a consent.

use maud::{Markup, html};

use super::question::Ask;
use crate::i18n::{Strings, fill};
use crate::model::question::Choice;
use crate::model::text::Text;

/// Radio buttons or checkboxes; where allowed, one more with a field for the visitor's own words. Scripts shuffle what is
/// marked `data-shuffle`; the option for own words stays last.
pub(super) fn options(ask: &Ask<'_>, options: &[Choice], other: bool, shuffle: bool, multiple: bool) -> Markup {
    let kind = if multiple { "checkbox" } else { "radio" };
    let name = ask.name();
    let own = format!("{name}.other");
    html! {
        div class="options" part="options" data-shuffle[shuffle] {
            @for (index, option) in options.iter().enumerate() {
                label class="option" part="option" {
                    input type=(kind) name=(name) value=(option.name) required[ask.question.required && !multiple && index == 0]
                        checked[ask.has(name, option.name.as_str())];
                    span { (option.label.get(ask.context.locale)) }
                }
            }
            @if other {
                div class="option other" part="option" {
                    label { input type=(kind) name=(name) value="other" checked[ask.has(name, "other") || ask.value(&own).is_some_and(|text| !text.is_empty())]; span { (ask.strings.choose.other) } }
                    input type="text" name=(own) value=[ask.value(&own)] aria-label=(ask.strings.choose.other_text) placeholder=(ask.strings.choose.other_text);
                }
            }
        }
    }
}

/// The box to tick.
pub(super) fn consent(ask: &Ask<'_>, label: &Text) -> Markup {
    html! {
        label class="option" part="option" {
            input type="checkbox" name=(ask.name()) value="yes" required[ask.question.required] checked[ask.has(ask.name(), "yes")]
                aria-invalid=[ask.invalid()];
            span { (label.get(ask.context.locale)) }
        }
    }
}

/// "Choose up to 3".
pub(super) fn how_many(strings: &Strings, min: u32, max: u32, offered: usize) -> String {
    let words = &strings.choose;
    let all = usize::try_from(max).unwrap_or(usize::MAX) >= offered;
    let wording = match (min, max) {
        (0 | 1, _) if all => words.any,
        (min, max) if min == max => words.exactly,
        (0 | 1, _) => words.up_to,
        _ if all => words.at_least,
        _ => words.between,
    };
    fill(wording, &[("min", &min.to_string()), ("max", &max.to_string())])
}
