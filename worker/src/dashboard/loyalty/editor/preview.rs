//! The badge beside the form: the real one, with somebody who does not exist, by the rules as they stand in the form.

use maud::{Markup, html};
use rapport_core::loyalty::form as fields;
use rapport_core::name::SiteId;
use worker::{Env, Response};

use crate::dashboard::caller::Caller;
use crate::dashboard::editor::page::{Preview, seen_by, switches};
use crate::dashboard::editor::preview;
use crate::dashboard::editor::sheet::Sheet;
use crate::dashboard::faults;
use crate::dashboard::form::Form;
use crate::dashboard::loyalty::badge;
use crate::dashboard::page::Frame;
use crate::owner::{log, program};
use crate::problem::Fail;

/// The page in the frame.
pub async fn of(caller: &Caller, env: &Env, site: &SiteId, form: &Form) -> Result<Response, Fail> {
    log::quietly(env);
    let (config, _) = program::read(env, site).await?;
    let shown = Preview {
        scheme: form.get("preview.scheme"),
        width: form.get("preview.width"),
        locale: form.get("preview.locale"),
        who: form.get("preview.who"),
        acts: form.get("preview.acts"),
        variant: "",
    };
    match fields::checked(&super::draft(form)) {
        Ok(program) => {
            let widget = badge::inline(&config).ok_or_else(Fail::not_found)?;
            preview::of(caller, &config.site, widget, Some(program), &shown)
        }
        Err(problems) => {
            let first = problems.first();
            let first =
                first.map(|problem| format!("{} {}", problem.field, faults::words(&problem.fault, caller.lang)));
            let words = format!("{} {}", caller.lang.strings().badge.preview_wrong, first.unwrap_or_default());
            let locale = caller.lang.locale().unwrap_or_else(|| config.site.locale.clone());
            preview::wrong(caller, &locale, shown.scheme == "dark", &words)
        }
    }
}

/// Its controls, and the place where it appears.
pub fn section(frame: &Frame<'_>, here: &str, sheet: &Sheet<'_>) -> Markup {
    let (e, b) = (&frame.lang.strings().editor, &frame.lang.strings().badge);
    html! {
        section #preview aria-labelledby="preview-title" {
            h2 #preview-title { (e.preview) }
            p.small.soft { (b.preview_hint) }
            div.tools {
                (switches(frame, Preview::default()))
                (seen_by(frame, Preview::default()))
                @if sheet.locales.len() > 1 {
                    select form="editor" name="preview.locale" aria-label=(e.language) { @for locale in &sheet.locales { option value=(locale.as_str()) { (locale.as_str()) } } }
                }
                button.button.small type="submit" form="editor" formaction={ (here) "/preview" } formtarget="preview" formnovalidate data-show { (e.preview_show) }
            }
            div.stage data-title=(e.preview) {
                iframe name="preview" title=(e.preview) sandbox="allow-scripts" {}
            }
        }
    }
}
