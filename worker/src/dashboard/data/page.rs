//! The page itself.

use maud::{Markup, html};
use rapport_core::model::config::Config;

use super::Said;
use crate::command::Status;
use crate::command::data::PENDING;
use crate::command::ledger::Compared;
use crate::dashboard::answers;
use crate::dashboard::faults;
use crate::dashboard::format;
use crate::dashboard::layout::{self, Section, section_path};
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::data::Data;

/// Responses of one person that are shown; a download has all.
const SHOWN: usize = 20;

/// All sections of it.
pub fn page(frame: &Frame<'_>, config: &Config, status: &Status, said: &Said) -> Markup {
    let s = frame.lang.strings();
    let body = html! {
        @if said.saved { p.notice.good role="status" { (s.saved) } }
        (faults::list(&said.problems, frame.lang))
        (export(frame, config))
        (import(frame, config))
        (person(frame, config, said))
        (retention(frame, config))
        (whole(frame, config, said))
        (health(frame, config, status, said))
    };
    layout::settings(frame, &config.site, Section::Data, &body)
}

/// The widgets, as options.
pub fn widgets(config: &Config, chosen: &str) -> Markup {
    html! {
        @for record in config.widgets.iter().filter(|record| !record.versions.is_empty()) {
            @if let (Some(name), Some(version)) = (record.name(), record.versions.last()) {
                option value=(name) selected[name == chosen] { (version.widget.label) }
            }
        }
    }
}

fn export(frame: &Frame<'_>, config: &Config) -> Markup {
    let s = words(frame);
    let check =
        |name: &str, label: &str| html! { label.check { input type="checkbox" name=(name) value="yes"; (label) } };
    html! {
        section.section aria-labelledby="export" {
            h2 #export { (s.export) }
            p.soft { (s.export_words) }
            form.card.stack.loose method="get" action=(path(config, "/export")) {
                div.pair {
                    div.field {
                        label for="export-widget" { (s.widget) }
                        select #export-widget name="widget" { option value="" { (s.all_widgets) } (widgets(config, "")) }
                    }
                    div.field { label for="from" { (s.from) } input #from type="date" name="from"; }
                    div.field { label for="to" { (s.to) } input #to type="date" name="to"; }
                }
                fieldset.choices {
                    legend { b { (s.leave_out) } }
                    (check("text", s.without_text)) (check("contact", s.without_contact)) (check("identity", s.without_identity))
                }
                fieldset.choices {
                    legend { b { (s.how_written) } }
                    (check("labels", s.labels)) (check("excel", s.excel)) (check("partial", s.partial))
                }
                div.actions {
                    button.button.main type="submit" name="form" value="table" { (s.as_csv) }
                    button.button type="submit" name="form" value="lines" { (s.as_lines) }
                }
            }
        }
    }
}

fn import(frame: &Frame<'_>, config: &Config) -> Markup {
    let s = words(frame);
    let w = &s.wizard;
    let csrf = frame.csrf.unwrap_or_default();
    html! {
        section.section aria-labelledby="import" {
            h2 #import { (s.import) }
            p.soft { (s.import_words) }
            form.card.stack.loose method="post" enctype="multipart/form-data" action=(path(config, "/import"))
                data-file="read" data-too-large=(w.too_large) data-not-utf8=(w.not_utf8) data-broken=(w.broken_off) {
                input type="hidden" name="csrf" value=(csrf);
                div.field {
                    label for="file" { (s.file) }
                    input #file type="file" name="file" accept=".csv,.tsv,.txt,text/csv" required aria-describedby="file-hint";
                    p.hint #file-hint { (s.file_hint) }
                }
                div.field {
                    label for="into" { (s.into) }
                    select #into name="widget" { option value="" { (s.new_widget) } (widgets(config, "")) }
                }
                div.actions { button.button.main type="submit" name="do" value="read" { (s.read_file) } }
            }
        }
    }
}

fn person(frame: &Frame<'_>, config: &Config, said: &Said) -> Markup {
    let s = words(frame);
    let text = said.person.as_ref().map_or("", |person| person.text.as_str());
    html! {
        section.section aria-labelledby="person" {
            h2 #person { (s.person) }
            p.soft { (s.person_words) }
            @if let Some(ids) = &said.erased {
                div.notice.good role="status" {
                    p { ((s.erased)(&count(ids.len()))) }
                    @if !ids.is_empty() {
                        (layout::form(frame, &path(config, ""), "", &html! {
                            input type="hidden" name="do" value="restore";
                            input type="hidden" name="ids" value=(ids.join(" "));
                            button.button type="submit" { (s.undo) }
                        }))
                    }
                }
            }
            @if let Some(n) = said.restored { p.notice.good role="status" { ((s.restored)(&count(n))) } }
            form.card.stack.loose method="get" action={ (path(config, "")) "#person" } {
                div.field {
                    label for="text" { (s.person_text) }
                    input #text name="text" value=(text) required minlength="3" maxlength="300" autocapitalize="none" spellcheck="false" autocomplete="off";
                }
                div.actions { button.button type="submit" { (s.search) } }
            }
            @if let Some(person) = &said.person {
                @if person.found.is_empty() && person.members == 0 {
                    p.notice role="status" { (s.found_none) }
                } @else {
                    @let n = count(person.found.len());
                    div.card.stack {
                        p role="status" { b { ((s.found)(&n)) } }
                        @if person.members > 0 { p #members { ((frame.lang.strings().ledgers.found_members)(&count(person.members))) } }
                        @if person.more { p { (s.found_more) } }
                        form.actions method="get" action=(path(config, "/person")) {
                            input type="hidden" name="text" value=(person.text);
                            button.button type="submit" name="form" value="json" { (s.person_json) }
                            button.button type="submit" name="form" value="table" { (s.person_csv) }
                        }
                        (layout::form(frame, &path(config, ""), "stack", &html! {
                            input type="hidden" name="do" value="erase";
                            input type="hidden" name="text" value=(person.text);
                            p.small.soft { (s.erase_words) @if person.members > 0 { " " (frame.lang.strings().ledgers.erase_members) } }
                            div.actions { button.button.bad type="submit" { ((s.erase_person)(&n)) } }
                        }))
                        @let shown = person.found.get(..SHOWN.min(person.found.len())).unwrap_or_default();
                        (answers::list(shown, config, &Speech::new(frame.lang, &config.site.locale), frame.now))
                    }
                }
            }
        }
    }
}

fn retention(frame: &Frame<'_>, config: &Config) -> Markup {
    let (s, all) = (words(frame), frame.lang.strings());
    let days = config.site.retention_days.map(|days| days.to_string()).unwrap_or_default();
    html! {
        section.section aria-labelledby="retention" {
            h2 #retention { (s.retention) }
            p.soft { (s.retention_words) @if config.loyalty.is_some() { " " (frame.lang.strings().ledgers.retention_ledger) } }
            (layout::form(frame, &path(config, ""), "card stack loose", &html! {
                    input type="hidden" name="do" value="retain";
                    div.field {
                        label for="days" { (s.retention_days) }
                        input #days type="number" inputmode="numeric" name="days" min="14" max="3650" value=(days) aria-describedby="days-hint";
                        p.hint #days-hint { (s.retention_hint) }
                    }
                    div.actions { button.button type="submit" { (all.save) } }
            }))
        }
    }
}

fn whole(frame: &Frame<'_>, config: &Config, said: &Said) -> Markup {
    let s = words(frame);
    let csrf = frame.csrf.unwrap_or_default();
    html! {
        section.section aria-labelledby="whole" {
            h2 #whole { (s.whole) }
            p.soft { (s.whole_words) }
            @if let Some(taken) = &said.taken {
                div.notice.good #taken role="status" data-accepted=(taken.accepted) data-duplicate=(taken.duplicate) data-lines=(taken.lines) {
                    p { ((s.taken)(&format::count(taken.accepted), &format::count(taken.duplicate), &format::count(taken.lines.into()))) }
                    p { @match taken.end { Some(n) => ((s.taken_end)(&format::count(n))), None => (s.taken_short) } }
                }
            }
            div.card.stack.loose {
                div.actions { a.button href={ (path(config, "/export")) "?form=site" } download { (s.whole_export) } }
                form.stack method="post" enctype="multipart/form-data" action=(path(config, "/take")) data-file="take"
                    data-broken=(s.wizard.broken_off) data-progress=(s.wizard.progress) data-taken=((s.taken)("{0}", "{1}", "{2}")) {
                    input type="hidden" name="csrf" value=(csrf);
                    div.field {
                        label for="site-file" { (s.whole_file) }
                        input #site-file type="file" name="file" accept=".ndjson,.json" required aria-describedby="site-file-hint";
                        p.hint #site-file-hint { (s.whole_hint) }
                    }
                    div.actions { button.button type="submit" { (s.whole_import) } }
                }
            }
        }
    }
}

fn health(frame: &Frame<'_>, config: &Config, status: &Status, said: &Said) -> Markup {
    let s = words(frame);
    let yesterday = frame.now.day().plus(-1);
    html! {
        section.section aria-labelledby="health" {
            h2 #health { (s.health) }
            p.soft { (s.health_words) }
            @if let Some((day, audit)) = &said.audited {
                @let day = day.to_string();
                p.notice.good role="status" {
                    @if audit.agrees {
                        ((s.audit_agrees)(&day, &format::count(audit.index.0)))
                    } @else {
                        ((s.audit_repaired)(&day, &format::count(audit.into_index), &format::count(audit.into_kv)))
                    }
                }
            }
            @if let Some(compared) = &said.compared { (ledgers(frame, compared)) }
            @if status.torn > 0 { p.notice.bad #torn role="alert" { ((frame.lang.strings().ledgers.torn)(&format::count(status.torn))) } }
            div.card.stack.loose {
                @if let Some(replayed) = status.rebuilding {
                    div.notice role="status" data-rebuilding="" {
                        p { ((s.rebuilding)(&format::count(replayed))) }
                        a.button href=(path(config, "#health")) { (s.reload) }
                    }
                }
                ul.plain {
                    li { ((s.in_index)(&format::count(status.responses.unwrap_or(0)))) }
                    li { ((s.on_the_way)(&format::up_to(status.pending, PENDING))) }
                    @if status.erasing > 0 { li { ((s.to_delete)(&format::count(status.erasing))) } }
                }
                (layout::form(frame, &path(config, "#health"), "inline", &html! {
                    input type="hidden" name="do" value="audit";
                    div.field { label for="day" { (s.audit_day) } input #day type="date" name="day" value=(yesterday) required; }
                    button.button type="submit" { (s.audit) }
                }))
                @if config.loyalty.is_some() {
                    (layout::form(frame, &path(config, "#health"), "stack", &html! {
                        input type="hidden" name="do" value="ledgers";
                        p.small.soft { (frame.lang.strings().ledgers.ledgers_words) }
                        div.actions { button.button type="submit" { (frame.lang.strings().ledgers.ledgers) } }
                    }))
                }
                (layout::form(frame, &path(config, "#health"), "stack", &html! {
                    input type="hidden" name="do" value="rebuild";
                    p.small.soft { (s.rebuild_words) }
                    div.actions { button.button type="submit" { (s.rebuild) } }
                }))
            }
        }
    }
}

/// What a comparison of ledgers with KV found.
fn ledgers(frame: &Frame<'_>, compared: &Compared) -> Markup {
    let n = format::count;
    html! {
        div #compared class={ "notice " (if compared.torn.is_empty() { "good" } else { "bad" }) } role="status" {
            p {
                @if compared.agrees() { ((frame.lang.strings().ledgers.ledgers_agree)(&n(compared.looked))) }
                @else { ((frame.lang.strings().ledgers.ledgers_repaired)(&n(compared.into_index), &n(compared.into_kv))) }
            }
            @if compared.next.is_some() { p { (frame.lang.strings().ledgers.ledgers_more) } }
            @if !compared.torn.is_empty() {
                p { ((frame.lang.strings().ledgers.torn)(&n(compared.torn.len() as u64))) }
                ul { @for torn in &compared.torn { li { code { (torn.member) } " " ((frame.lang.strings().ledgers.torn_line)(&n(torn.line.into()))) } } }
            }
        }
    }
}

fn words(frame: &Frame<'_>) -> &'static Data {
    &frame.lang.strings().data
}

fn count(n: usize) -> String {
    format::count(n as u64)
}

/// The address of the page, or of something below it.
pub fn path(config: &Config, below: &str) -> String {
    format!("{}{below}", section_path(&config.site, Section::Data))
}
