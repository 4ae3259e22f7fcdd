//! Rows, each answered by one of the columns. A group of radio buttons for each row, not a table: it reads the same on a
//! narrow screen and to a screen reader, and needs no second rendering.

use maud::{Markup, html};

use super::question::Ask;
use crate::model::question::Choice;

/// A group for each row.
pub(super) fn rows(ask: &Ask<'_>, rows: &[Choice], columns: &[Choice]) -> Markup {
    html! {
        div class="matrix" part="matrix" {
            @for row in rows {
                @let field = format!("{}.{}", ask.name(), row.name);
                @let id = format!("{}-{}", ask.id, row.name);
                div class="row" part="row" role="radiogroup" aria-labelledby=(id) aria-required=[ask.question.required.then_some("true")] {
                    span class="axis" id=(id) { (row.label.get(ask.context.locale)) }
                    div class="cells" {
                        @for column in columns {
                            label class="point" part="point" {
                                input type="radio" name=(field) value=(column.name) checked[ask.has(&field, column.name.as_str())];
                                span { (column.label.get(ask.context.locale)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
