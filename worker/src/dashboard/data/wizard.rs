//! The pages of an import: what the columns are, and what became of the rows.

use maud::{Markup, html};
use rapport_core::answer::Field;
use rapport_core::csv::{self, Record};
use rapport_core::import::{Head, Mapping, Role};
use rapport_core::model::config::Config;
use rapport_core::model::question::{Choice, Input};
use rapport_core::model::widget::Widget;
use rapport_core::problem::Problem;

use super::page::path;
use super::steps::tally;
use crate::dashboard::faults;
use crate::dashboard::form::Form;
use crate::dashboard::format;
use crate::dashboard::layout::{self, Section, Tab, site_path};
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::data::Wizard;
use crate::owner::data::csv::{Done, Piece, Refused, Verdict};

/// Refused rows that the page lists, and bytes of them that it carries for the report.
const LISTED: usize = 50;
const REPORT_BYTES: usize = 200_000;

/// What the mapping is made of.
pub struct Model<'a> {
    pub config: &'a Config,
    pub head: &'a Head,
    pub rows: &'a [Record],
    pub mapping: &'a Mapping,
    pub widget: Option<&'a Widget>,
    /// Whether the widget is there already.
    pub known: bool,
    /// The file, or its beginning.
    pub text: &'a str,
    pub whole: bool,
    pub verdicts: &'a [Verdict],
    pub problems: &'a [Problem],
}

/// What has become of the rows so far.
#[derive(Default)]
pub struct Counted {
    pub accepted: u64,
    pub duplicate: u64,
    pub erased: u64,
    pub refused: u64,
    pub end: bool,
    /// UTF-16 units of this request's piece that are done: what the script counts in.
    pub consumed: usize,
    /// The refused rows as CSV.
    report: String,
}

impl Counted {
    /// As the form carries it.
    pub fn read(form: &Form) -> Self {
        let number = |name: &str| form.get(name).parse().unwrap_or(0);
        Self {
            accepted: number("accepted"),
            duplicate: number("duplicate"),
            erased: number("erased"),
            refused: number("refused"),
            report: form.get("report").to_owned(),
            ..Self::default()
        }
    }

    /// Adds what became of a piece; `words` says why in the owner's language.
    pub fn add(&mut self, done: &Done, words: impl Fn(&Refused) -> String) {
        self.accepted += done.accepted;
        self.duplicate += done.duplicate;
        self.erased += done.erased;
        self.refused += done.refused.len() as u64;
        for refused in &done.refused {
            if self.report.len() > REPORT_BYTES {
                break;
            }
            let (line, words) = (refused.line.to_string(), words(refused));
            csv::write(&mut self.report, [line.as_str(), &refused.column, &words].into_iter());
        }
    }
}

/// A file that is none.
pub fn refused(frame: &Frame<'_>, config: &Config, problems: &[Problem]) -> Markup {
    let s = frame.lang.strings();
    let body = html! {
        h2 { (s.data.wizard.title) }
        (faults::list(problems, frame.lang))
        p { a.button href=(path(config, "#import")) { (s.back) } }
    };
    layout::settings(frame, &config.site, Section::Data, &body)
}

/// What the columns are.
pub fn map(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let w = &frame.lang.strings().data.wizard;
    let (clock, head) = (model.mapping.clock, model.head);
    let csrf = frame.csrf.unwrap_or_default();
    let brand = head.source.brand();
    let body = html! {
        h2 { (w.title) }
        p.soft { @match brand { Some(brand) => ((w.from_brand)(brand)), None => (w.from_table) } }
        (faults::list(model.problems, frame.lang))
        form.stack.loose.wide method="post" action=(path(model.config, "/import")) enctype="multipart/form-data" data-file="map" {
            input type="hidden" name="csrf" value=(csrf);
            input type="hidden" name="first" value="yes";
            input type="hidden" name="last" value=(if model.whole { "yes" } else { "no" });
            input type="hidden" name="widget" value=(if model.known { model.widget.map_or("", |widget| widget.name.as_str()) } else { "" });
            textarea name="text" hidden { "\n" (model.text) }
            div.section {
                h3 #columns { (w.columns) }
                p.small.soft { (w.columns_words) }
                (columns(frame, model))
            }
            div.card.pair {
                div.field {
                    label for="dates" { (w.dates) }
                    select #dates name="dates" {
                        option value="month" selected[!clock.day_first] { (w.month_first) }
                        option value="day" selected[clock.day_first] { (w.day_first) }
                    }
                }
                div.field {
                    label for="zone" { (w.zone) }
                    input #zone name="zone" inputmode="decimal" value=(f64::from(clock.ahead) / 60.0) size="6";
                }
                @if !model.known {
                    div.field {
                        label for="label" { (w.label) }
                        input #label name="label" maxlength="100" value=(model.widget.map_or("", |widget| widget.label.as_str())) aria-describedby="label-hint";
                        p.hint #label-hint { (w.label_hint) }
                    }
                }
            }
            (preview(frame, model))
            p.small.soft { (w.start_words) }
            div.actions {
                button.button.main type="submit" name="do" value="import" { (w.start) }
                button.button type="submit" name="do" value="preview" { (w.again) }
                a.button href=(path(model.config, "#import")) { (frame.lang.strings().back) }
            }
        }
    };
    layout::settings(frame, &model.config.site, Section::Data, &body)
}

fn columns(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let w = &frame.lang.strings().data.wizard;
    let sample = |at: usize| {
        let cells = model.rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.trim());
        cells.filter(|cell| !cell.is_empty()).map(|cell| cell.chars().take(80).collect::<String>()).next()
    };
    html! {
        div.card.flush.sideways tabindex="0" role="region" aria-labelledby="columns" {
            table {
                thead { tr { th scope="col" { (w.heading) } th scope="col" { (w.becomes) } } }
                tbody {
                    @for (at, (column, role)) in model.head.columns.iter().zip(&model.mapping.roles).enumerate() {
                        tr {
                            th scope="row" {
                                p id={ "h" (at) } { (column.full()) }
                                @if let Some(sample) = sample(at) { p.small.soft { (w.sample) " " (sample) } }
                            }
                            td { select name={ "c" (at) } aria-labelledby={ "h" (at) } { (roles(frame, model, role)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Everything that a column may become.
fn roles(frame: &Frame<'_>, model: &Model<'_>, chosen: &Role) -> Markup {
    let w = &frame.lang.strings().data.wizard;
    let answers: Vec<Field> = model.widget.map(|widget| parts(widget, frame, model.config)).unwrap_or_default();
    let own = match chosen {
        Role::Trait(name) => Some(name.to_string()),
        _ => None,
    };
    let now = chosen.to_string();
    html! {
        option value="skip" selected[*chosen == Role::Skip] { (w.skip) }
        optgroup label=(w.answers) {
            @for (role, title) in &answers { option value=(role) selected[*role == now] { (title) } }
        }
        optgroup label=(w.facts) {
            @for (word, role) in &Role::PLAIN {
                @if let Some(label) = plain(role, w) { option value=(word) selected[role == chosen] { (label) } }
            }
            @for name in own.iter().map(String::as_str).chain(["email", "plan", "segment"].into_iter().filter(|name| own.as_deref() != Some(*name))) {
                option value={ "trait:" (name) } selected[own.as_deref() == Some(name)] { ((w.is_trait)(name)) }
            }
        }
    }
}

const fn plain(role: &Role, w: &Wizard) -> Option<&'static str> {
    Some(match role {
        Role::Moment => w.moment,
        Role::Begun => w.begun,
        Role::Key => w.key,
        Role::Status => w.status,
        Role::Visitor => w.visitor,
        Role::Page => w.page,
        Role::Country => w.country,
        Role::Locale => w.locale,
        Role::Device => w.device,
        Role::Skip | Role::Trait(_) | Role::Answer(..) => return None,
    })
}

/// Roles and words of a widget's questions, and of their options and rows where a column can be for one of these.
fn parts(widget: &Widget, frame: &Frame<'_>, config: &Config) -> Vec<Field> {
    let speech = Speech::new(frame.lang, &config.site.locale);
    let mut all = Vec::new();
    for question in &widget.questions {
        let (name, title) = (&question.name, speech.title(question));
        let mut each = |choices: &[Choice]| {
            for choice in choices {
                all.push((
                    format!("answer:{name}.{}", choice.name),
                    format!("{title} – {}", speech.text(&choice.label)),
                ));
            }
        };
        match &question.input {
            Input::Info { .. } => continue,
            Input::Matrix { rows, .. } => each(rows),
            Input::Ranking { options } => each(options),
            Input::Choice { options, max, .. } if *max > 1 => each(options),
            _ => {}
        }
        if !matches!(question.input, Input::Matrix { .. } | Input::Ranking { .. }) {
            all.push((format!("answer:{name}"), title.clone()));
        }
        if matches!(question.input, Input::Choice { other: true, .. }) {
            all.push((format!("answer:{name}.other"), format!("{title} – …")));
        }
    }
    all
}

fn preview(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let w = &frame.lang.strings().data.wizard;
    let [fine, duplicate, refused] = tally(model.verdicts).map(format::count);
    html! {
        div.section {
            h3 #preview { (w.preview) }
            p { ((w.preview_words)(&fine, &duplicate, &refused)) }
            div.card.flush.sideways tabindex="0" role="region" aria-labelledby="preview" {
                table {
                    thead { tr { th scope="col" { (w.line) } th scope="col" { (w.verdict) } @for column in &model.head.columns { th scope="col" { (column.full()) } } } }
                    tbody {
                        @for (row, verdict) in model.rows.iter().zip(model.verdicts) {
                            tr {
                                th scope="row" { (row.line) }
                                td { (told(verdict, frame)) }
                                @for cell in &row.cells { td { (cell.chars().take(60).collect::<String>()) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn told(verdict: &Verdict, frame: &Frame<'_>) -> Markup {
    let w = &frame.lang.strings().data.wizard;
    html! {
        @match verdict {
            Verdict::Fine => span.chip.good { (w.fine) },
            Verdict::Duplicate => span.chip { (w.duplicate) },
            Verdict::Refused(refused) => {
                span.chip.bad { @if !refused.column.is_empty() { (refused.column) ": " } @if let Some(fault) = &refused.fault { (faults::words(fault, frame.lang)) } }
            }
        }
    }
}

/// What became of the rows, and the way on where there are more.
pub fn result(frame: &Frame<'_>, config: &Config, piece: &Piece, counted: &Counted) -> Markup {
    let s = frame.lang.strings();
    let w = &s.data.wizard;
    let hidden = |name: &str, value: &str| html! { input type="hidden" name=(name) value=(value); };
    let totals = [
        ("accepted", counted.accepted),
        ("duplicate", counted.duplicate),
        ("erased", counted.erased),
        ("refused", counted.refused),
    ];
    let heading = [w.line, w.column, w.reason];
    let listed: Vec<Record> = csv::Reader::new(&counted.report, ',', 1, true).take(LISTED).collect();
    let body = html! {
        h2 { (if counted.end { w.done } else { w.progress }) }
        div.notice.good role="status" #imported {
            p { ((w.result)(&format::count(counted.accepted), &format::count(counted.duplicate), &format::count(counted.refused))) }
            @if counted.erased > 0 { p { ((w.erased)(&format::count(counted.erased))) } }
        }
        @if !counted.end {
            form.card.stack method="post" action=(path(config, "/import")) enctype="multipart/form-data" data-file="next" data-consumed=(counted.consumed) {
                (hidden("csrf", frame.csrf.unwrap_or_default()))
                (hidden("widget", &piece.widget)) (hidden("source", &piece.source))
                (hidden("separator", &piece.separator.to_string())) (hidden("line", &piece.line.to_string()))
                (hidden("dates", if piece.day_first { "day" } else { "month" })) (hidden("ahead", &piece.ahead.to_string()))
                (hidden("last", "yes"))
                @for (at, role) in piece.roles.iter().enumerate() { (hidden(&format!("c{at}"), role)) }
                @for (at, title) in piece.columns.iter().enumerate() { (hidden(&format!("t{at}"), title)) }
                @for (name, n) in totals { (hidden(name, &n.to_string())) }
                textarea name="report" hidden { "\n" (counted.report) }
                textarea name="text" hidden { "\n" (piece.text) }
                p { (w.go_on_words) }
                div.actions { button.button.main type="submit" name="do" value="import" { (w.go_on) } }
            }
        }
        @if !listed.is_empty() {
            div.section {
                h3 #refused { (w.refused) }
                div.card.flush.sideways tabindex="0" role="region" aria-labelledby="refused" {
                    table {
                        thead { tr { @for title in heading { th scope="col" { (title) } } } }
                        tbody { @for row in &listed { tr { @for cell in &row.cells { td { (cell) } } } } }
                    }
                }
                form method="post" action=(path(config, "/import")) enctype="multipart/form-data" {
                    (hidden("csrf", frame.csrf.unwrap_or_default()))
                    textarea name="report" hidden { "\n" (with_heading(&heading, &counted.report)) }
                    button.button type="submit" name="do" value="report" { (w.report) }
                }
            }
        }
        @if counted.end {
            div.actions { a.button.main href=(site_path(&config.site, Tab::Responses)) { (w.to_responses) } a.button href=(path(config, "#import")) { (s.back) } }
        }
    };
    layout::settings(frame, &config.site, Section::Data, &body)
}

fn with_heading(heading: &[&str], report: &str) -> String {
    let mut text = String::new();
    csv::write(&mut text, heading.iter().copied());
    text.push_str(report);
    text
}
