//! Options to tick, and the box of a consent.

use maud::{Markup, html};

use super::question::Ask;
use crate::i18n::{Strings, fill};
use crate::model::question::Choice;
use crate::model::text::Text;

/// Radio buttons or checkboxes; where allowed, one more with a field for the visitor's own words. Where the order is to be
/// drawn for each visitor, the hosted page draws it from the response's id, so that it stays when the form comes back with
/// problems; everybody gets the same manifest, so there scripts shuffle what is marked `data-shuffle`. The option for own
/// words stays last.
pub(super) fn options(ask: &Ask<'_>, options: &[Choice], other: bool, shuffle: bool, multiple: bool) -> Markup {
    let kind = if multiple { "checkbox" } else { "radio" };
    let name = ask.name();
    let own = format!("{name}.other");
    html! {
        div class="options" part="options" data-shuffle[shuffle && ask.context.sheet.is_none()] {
            @for (index, option) in ordered(ask, options, shuffle).into_iter().enumerate() {
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

/// The options in their order, or in one drawn from the response's id (Fisher and Yates, by a 64-bit xorshift).
fn ordered<'a>(ask: &Ask<'_>, options: &'a [Choice], shuffle: bool) -> Vec<&'a Choice> {
    let mut order: Vec<&Choice> = options.iter().collect();
    let Some(sheet) = ask.context.sheet.filter(|_| shuffle) else { return order };
    let hash = |seed: u64, byte: u8| (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut state = sheet.id.bytes().chain(ask.name().bytes()).fold(0xcbf2_9ce4_8422_2325, hash) | 1;
    for last in (1..order.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Of at most 30 options: the remainder is as good as even.
        order.swap(last, usize::try_from(state % (last as u64 + 1)).unwrap_or(last));
    }
    order
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
