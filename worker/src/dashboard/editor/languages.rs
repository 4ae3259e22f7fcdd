//! All texts side by side in their languages, with those flagged that are missing.

use maud::{Markup, html};
use rapport_core::editor::Spoken;
use rapport_core::i18n;
use rapport_core::model::text::Locale;

use super::sheet::{Attributes, Sheet, fold};
use crate::dashboard::strings::editor::fill;

/// The languages and their texts.
pub fn section(sheet: &Sheet<'_>) -> Markup {
    let s = sheet.words();
    let texts: Vec<(String, Spoken<'_>)> = sheet
        .draft
        .spoken()
        .into_iter()
        .filter(|(_, text)| sheet.locales.iter().any(|locale| !text.get(locale.as_str(), sheet.main()).is_empty()))
        .collect();
    let others: Vec<&Locale> = sheet.locales.iter().skip(1).collect();
    let missing =
        |locale: &Locale| texts.iter().filter(|(_, text)| text.get(locale.as_str(), sheet.main()).is_empty()).count();
    let state = |locale: &&Locale| match missing(locale) {
        0 => fill(s.complete_in, &[locale.as_str()]),
        number => fill(s.missing_in, &[locale.as_str(), &number.to_string()]),
    };
    let about = match others.is_empty() {
        true => fill(s.one_language, &[sheet.main()]),
        false => others.iter().map(state).collect::<Vec<_>>().join(" · "),
    };
    let body = html! {
        @if !others.is_empty() {
            div.translations {
                @for (path, text) in &texts { (row(sheet, path, text, &others)) }
            }
            div.actions {
                @for locale in &sheet.locales {
                    (sheet.button(&format!("unlanguage:{}", locale.as_str()), "button small quiet", &fill(s.drop_language, &[locale.as_str()]), ""))
                }
            }
        }
        div.with {
            (sheet.field("preview.add", s.add_language, s.tag_hint, |at| html! {
                input type="text" id=(at.id) name="preview.add" list="tags" maxlength="16" autocomplete="off" spellcheck="false" autocapitalize="none" aria-describedby={ (at.id) "-hint" };
                datalist #tags { @for strings in i18n::ALL { option value=(strings.tag) {} } }
            }))
            (sheet.button("language", "button", s.add_language, ""))
        }
    };
    let open = !others.is_empty() && others.iter().any(|locale| missing(locale) > 0);
    fold("languages", s.languages, &about, open, &body)
}

fn row(sheet: &Sheet<'_>, path: &str, text: &Spoken<'_>, others: &[&Locale]) -> Markup {
    let s = sheet.words();
    let main = text.get(sheet.main(), sheet.main());
    html! {
        div.translation {
            p lang=(sheet.main()) { (main) @if main.is_empty() { span.chip.bad { (fill(s.missing_in, &[sheet.main(), "1"])) } } }
            @for locale in others {
                @let (tag, name) = (locale.as_str(), format!("{path}.{}", locale.as_str()));
                @let value = text.get(tag, sheet.main());
                div.words {
                    span.tag.small.soft { (tag) }
                    (sheet.area(sheet.note(&name), value, tag, &fill(s.missing_text, &[sheet.main()]), &Attributes::named(sheet.id(&name), &format!("{tag}: {main}"))))
                    @if value.is_empty() { span.chip.mild { "!" } }
                    @for wrong in sheet.wrong(&name) { p.wrong { (wrong) } }
                }
            }
        }
    }
}
