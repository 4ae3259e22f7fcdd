//! Options to put in order: a position to choose for each. Scripts add buttons to move them.

use maud::{Markup, html};

use super::question::Ask;
use crate::model::question::Choice;

/// A row for each option.
pub(super) fn rows(ask: &Ask<'_>, options: &[Choice]) -> Markup {
    html! {
        ol class="ranking" part="ranking" {
            @for option in options {
                @let field = format!("{}.{}", ask.name(), option.name);
                li class="rank" part="rank" data-option=(option.name) {
                    label for={ (ask.id) "-" (option.name) } { (option.label.get(ask.context.locale)) }
                    select id={ (ask.id) "-" (option.name) } name=(field) required[ask.question.required] aria-invalid=[ask.invalid()] {
                        option value="" { "–" }
                        @for position in 1..=options.len() {
                            option selected[ask.has(&field, &position.to_string())] { (position) }
                        }
                    }
                }
            }
        }
    }
}
