//! What all sections of the programme's editor share.

use maud::{Markup, html};
use rapport_core::loyalty::program::Program;
use rapport_core::model::config::Config;

use crate::dashboard::editor::sheet::Sheet;
use crate::dashboard::editor::words::DROP;
use crate::dashboard::parts::signs;
use crate::dashboard::strings::program::Program as Words;

/// The form, and the programme that it makes where nothing is wrong.
pub struct Part<'a> {
    pub sheet: &'a Sheet<'a>,
    pub config: &'a Config,
    pub program: Option<&'a Program>,
}

impl Part<'_> {
    /// The words.
    pub const fn words(&self) -> &'static Words {
        &self.sheet.lang.strings().program
    }
}

/// Calendar periods.
pub const fn period(s: &'static Words) -> [(&'static str, &'static str); 5] {
    [("month", s.a_month), ("day", s.a_day), ("week", s.a_week), ("year", s.a_year), ("ever", s.ever)]
}

/// One item of a list, which folds, moves and can be removed.
pub fn card(
    sheet: &Sheet<'_>,
    at: &str,
    (index, of): (usize, usize),
    title: &str,
    said: &str,
    body: &Markup,
) -> Markup {
    let s = sheet.words();
    let name = sheet.get(&format!("{at}.name"));
    let spoken = |what: &str| format!("{what}: {title}");
    html! {
        li.question id={ "part-" (name) } data-item=(at) {
            div.handles {
                (sheet.sign(&format!("up:{at}"), signs::UP, &spoken(s.up), index == 0))
                (sheet.sign(&format!("down:{at}"), signs::DOWN, &spoken(s.down), index + 1 == of))
                (sheet.sign(&format!("drop:{at}"), DROP, &spoken(s.drop), false))
            }
            details id={ "fold-" (name) } open[sheet.troubled(at)] {
                summary {
                    span.number { (index + 1) }
                    span.title { (title) }
                    @if !said.is_empty() { span.chips.soft.small { (said) } }
                }
                div.stack.inside { (body) @for wrong in sheet.wrong(at) { p.wrong { (wrong) } } }
            }
        }
    }
}
