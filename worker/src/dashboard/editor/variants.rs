//! Variants: what is said instead, and to how many.

use maud::{Markup, html};

use super::sheet::{Line, Sheet, fold};
use crate::dashboard::strings::editor::fill;

/// The alternatives of an experiment.
pub fn section(sheet: &Sheet<'_>) -> Markup {
    let s = sheet.words();
    let all = sheet.draft.0.list("variants");
    let weight =
        |index: usize| sheet.get(&format!("variants[{index}].weight")).trim().parse::<u32>().unwrap_or(1).min(100);
    let whole: u32 = (0..all.len()).map(weight).sum();
    let names: Vec<&str> = all.iter().map(|variant| variant.text("name")).collect();
    let about = if names.is_empty() { s.no_variants.to_owned() } else { names.join(" · ") };
    let body = html! {
        p.hint { (s.variants_hint) }
        @for wrong in sheet.wrong("variants") { p.wrong { (wrong) } }
        @for (index, name) in names.iter().enumerate() {
            @let at = format!("variants[{index}]");
            @let path = |rest: &str| format!("{at}.{rest}");
            fieldset.stack.variant {
                legend { (s.variant) " " (name) " " span.soft.small { (fill(s.share, &[&(weight(index) * 100 / whole.max(1)).to_string()])) } }
                div.pair {
                    (sheet.line(&path("name"), s.name, "", Line::Code))
                    (sheet.line(&path("weight"), s.weight, "", Line::Number))
                }
                (sheet.text(&path("title"), s.variant_title, ""))
                (sheet.text(&path("question"), s.variant_question, ""))
                (sheet.button(&format!("drop:{at}"), "button small quiet", s.drop, &format!("{}: {name}", s.drop)))
            }
        }
        (sheet.button("insert:variants", "button small", if names.is_empty() { s.add_variants } else { s.add_variant }, ""))
    };
    fold("variants", s.variants, &about, sheet.troubled("variants"), &body)
}
