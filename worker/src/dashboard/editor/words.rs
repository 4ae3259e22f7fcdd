//! What new parts of a widget begin with, in the site's language, and signs of the editor's own.

use rapport_core::editor::Words;
use rapport_core::model::text::Locale;

/// Paths for `parts::sign`.
pub const GRIP: &str = "M6 3v.01M10 3v.01M6 8v.01M10 8v.01M6 13v.01M10 13v.01";
pub const COPY: &str = "M6 6h8v8H6ZM10 6V2H2v8h4";
pub const DROP: &str = "M3 4.5h10M6.5 4.5V2.5h3v2M4.5 4.5l.5 9h6l.5-9";

/// The words of a site whose language is `locale`.
pub fn words(locale: &Locale) -> Words<'static> {
    if locale.language() == "zh" {
        Words { question: "新问题", option: "选项", row: "行", column: "列", agree: "我同意", tab: "反馈" }
    } else {
        Words {
            question: "New question",
            option: "Option",
            row: "Row",
            column: "Column",
            agree: "I agree",
            tab: "Feedback",
        }
    }
}
