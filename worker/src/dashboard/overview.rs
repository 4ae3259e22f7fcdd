//! The overview of a site: what customers say and do, what to do next, and whether everything arrived.

use maud::{Markup, html};
use rapport_core::inbox::Filter;
use rapport_core::loyalty::people::figures::Figures;
use rapport_core::metrics::funnel::Funnel;
use rapport_core::model::config::Config;
use rapport_core::name::Name;
use rapport_core::report::{Estimate, Hint, Intake, Metric, Overview, Unit, VariantRow, WidgetRow};
use rapport_core::response::Response;
use rapport_core::usage::Outlook;

use crate::command::data::PENDING;
use crate::dashboard::behind::{self, Behind};
use crate::dashboard::lang::Lang;
use crate::dashboard::layout::{self, Place, Tab, new_widget_path, site_path, widget_path};
use crate::dashboard::loyalty::people;
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::parts::{self, signs};
use crate::dashboard::period::{self, Choice};
use crate::dashboard::settings::usage;
use crate::dashboard::{answers, embed, figure, format, inbox, question, state};

/// What is shown.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    /// Responses of the period that are left out of the figures.
    pub left_out: u64,
    pub config: &'a Config,
    pub overview: &'a Overview<'a>,
    /// The newest responses, whatever the period.
    pub latest: &'a [Response],
    pub choice: Choice,
    /// Whether responses in doubt are counted.
    pub doubted: bool,
    /// Where the Worker answers: `https://feedback.example`.
    pub origin: &'a str,
    /// Of the loyalty programme, where one is in force.
    pub loyalty: Option<&'a Figures>,
    /// Members' ledgers with a line that does not follow.
    pub torn: u64,
    /// The quota that comes nearest to being used up, if any does.
    pub nearest: Option<&'a Outlook>,
    /// The state of today that this shows.
    pub pulse: &'a str,
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let site = &model.config.site;
    let body = html! {
        div.head {
            div.stack {
                h1 { (site.name) }
                p.soft { (period::words(model.overview.period, frame.lang)) }
            }
            (period::form(&site_path(site, Tab::Overview), model.choice, model.overview.period, model.doubted, frame.lang))
        }
        (usage::warning(frame, site, model.nearest))
        @if model.torn > 0 {
            p.notice.bad #torn role="alert" {
                ((s.ledgers.torn)(&format::count(model.torn)))
                " " a href={ (layout::section_path(site, layout::Section::Data)) } { (s.ledgers.ledgers) }
            }
        }
        (live(frame, model))
        (embed_section(model, frame.lang))
    };
    layout::page(frame, Place::Site(site, Tab::Overview), s.tabs.overview, &body)
}

/// The part that is brought up to date while the page is open.
fn live(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = frame.lang.strings();
    let speech = Speech::new(frame.lang, &model.config.site.locale);
    let overview = model.overview;
    let behind = Behind { config: model.config, widget: None, period: overview.period, doubted: model.doubted };
    html! {
        @let (pulse, tag) = layout::pulse(&model.config.site, model.pulse);
        div #live data-pulse=(pulse) data-tag=(tag) {
            @if !overview.hints.is_empty() { (hints(overview, model.config, frame.lang)) }
            section.section aria-labelledby="figures" {
                h2.sr #figures { (s.figures) }
                div.grid {
                    (figure::cards(overview, &behind, frame.lang))
                    (figure::activity(&overview.activity, frame.lang))
                }
                (doubt(model, frame.lang))
                (inbox::ways(model.config, model.choice.period(frame.now.day()), model.left_out, frame.lang))
            }
            @if let Some(figures) = model.loyalty { (people::cards::section(frame, model.config, figures)) }
            @if overview.questions.iter().any(|question| question.answered > 0) {
                section.section aria-labelledby="questions" {
                    h2 #questions { (s.questions) }
                    @for (index, row) in overview.widgets.iter().enumerate() {
                        @let own: Vec<_> = overview.questions.iter().filter(|own| own.widget.as_str() == row.name).collect();
                        @if own.iter().any(|question| question.answered > 0) {
                            // A long page is folded, all but its beginning.
                            details.fold open[index < 2] {
                                summary { h3 { (state::label(row.record)) } }
                                (question::cards(&own, question::Level::Fourth, &behind, &speech))
                            }
                        }
                    }
                }
            }
            @if !overview.widgets.is_empty() {
                section.section aria-labelledby="widgets" {
                    h2 #widgets { (s.widgets.title) }
                    (widgets(&overview.widgets, model.config, frame.lang))
                }
            }
            section.section aria-labelledby="latest" {
                header {
                    h2 #latest { (s.latest) }
                    @if !model.latest.is_empty() {
                        a href=(site_path(&model.config.site, Tab::Responses)) { (s.all_responses) }
                    }
                }
                div.card {
                    @if model.latest.is_empty() {
                        div.empty { (parts::sign(signs::INBOX)) p { (s.responses.none_hint) } }
                    } @else {
                        (answers::list(model.latest, model.config, &speech, frame.now))
                    }
                }
            }
            section.section aria-labelledby="intake" {
                h2 #intake { (s.intake.title) }
                (intake(overview.intake, frame.lang))
            }
        }
    }
}

/// Whether what looks wrong is counted, and the other way to look at it.
fn doubt(model: &Model<'_>, lang: Lang) -> Markup {
    let s = lang.strings();
    let path = site_path(&model.config.site, Tab::Overview);
    html! {
        @if !model.doubted {
            p.small.soft { (s.without_doubt) " " a href=(model.choice.link(&path, true)) { (s.doubt_in) } }
        } @else if model.overview.in_doubt > 0 {
            p.small.soft { ((s.in_doubt)(&format::count(model.overview.in_doubt))) " " a href=(model.choice.link(&path, false)) { (s.doubt_out) } }
        }
    }
}

fn hints(overview: &Overview<'_>, config: &Config, lang: Lang) -> Markup {
    let s = lang.strings();
    html! {
        section.card aria-labelledby="next" {
            h2 #next { (s.hints.title) }
            ul.hints {
                @for hint in &overview.hints {
                    @let (words, link) = hint_words(hint, config, lang);
                    li {
                        (parts::sign(signs::NEXT))
                        p { (words) }
                        @if let Some((href, text)) = link { a href=(href) { (text) } }
                    }
                }
            }
        }
    }
}

/// A hint in words, and where to go.
pub fn hint_words(hint: &Hint<'_>, config: &Config, lang: Lang) -> (String, Option<(String, &'static str)>) {
    let s = lang.strings();
    let h = &s.hints;
    let site = &config.site;
    let label = |name: &str| {
        let newest =
            config.record(name).and_then(|record| record.versions.last().map(|v| &v.widget).or(record.draft.as_ref()));
        newest.map_or_else(|| name.to_owned(), |widget| widget.label.clone())
    };
    let percent = |share: &Estimate| format::value(share, Unit::Share);
    let unhappy = |metric: Metric, widget: Option<&str>| {
        let widget = widget.and_then(|name| Name::parse(name).ok());
        let filter = Filter { widget, group: behind::unhappy_of(metric).to_owned(), ..Filter::default() };
        behind::to_inbox(config, &filter)
    };
    match hint {
        Hint::AddWidget => (h.add.to_owned(), Some((new_widget_path(site), h.add_link))),
        Hint::Publish { widget } => ((h.publish)(&label(widget)), Some((widget_path(site, widget), h.publish_link))),
        Hint::Embed => (h.embed.to_owned(), Some(("#embed".to_owned(), h.embed_link))),
        Hint::Refused { count, received, code } => (
            (h.refused)(&format::count(*count), &format::count(*received), s.intake.reason(code)),
            Some(("#intake".to_owned(), h.refused_link)),
        ),
        Hint::Fell { metric } => ((h.fell)(s.metric(*metric).name), Some((unhappy(*metric, None), h.read_link))),
        Hint::ReadDetractors { widget, detractors, comments } => (
            (h.detractors)(&format::count(*detractors), &format::count(*comments), &label(widget)),
            Some((unhappy(Metric::Nps, Some(widget)), h.read_link)),
        ),
        Hint::Dismissed { widget, share } => {
            ((h.dismissed)(&label(widget), &percent(share)), Some((widget_path(site, widget), h.open_link)))
        }
        Hint::Abandoned { widget, share } => {
            ((h.abandoned)(&label(widget), &percent(share)), Some((widget_path(site, widget), h.open_link)))
        }
        Hint::TooEarly { metric, more } => (
            (h.too_early)(s.metric(*metric).name, &format::count(*more)),
            Some((site_path(site, Tab::Widgets), h.widgets_link)),
        ),
        Hint::Rose { metric } => ((h.rose)(s.metric(*metric).name), None),
    }
}

/// Widget by widget, variants below their widget.
pub fn widgets(rows: &[WidgetRow<'_>], config: &Config, lang: Lang) -> Markup {
    let s = lang.strings();
    html! {
        div.card.flush {
            div.scroll tabindex="0" role="group" aria-label=((s.table_of)(s.widgets.title)) {
                table {
                    thead { tr {
                        th scope="col" { (s.widgets.widget) }
                        th.num scope="col" { (s.widgets.seen) }
                        th.num scope="col" { (s.metric(Metric::Interaction).name) }
                        th.num scope="col" { (s.metric(Metric::Response).name) }
                        th.num scope="col" { (s.metric(Metric::Completion).name) }
                        th.num scope="col" { (s.widgets.dismissed) }
                        th.num scope="col" { (s.widgets.completed) }
                    } }
                    tbody {
                        @for row in rows {
                            tr {
                                th scope="row" {
                                    a href=(widget_path(&config.site, row.name)) { (state::label(row.record)) }
                                    " " (state::chip(row.record, lang))
                                    small { (kind(row, lang)) code { (row.name) } }
                                }
                                (funnel(row.funnel, closable(row), row.record.only_tells(), lang))
                            }
                            @for variant in &row.variants { (variant_row(variant, closable(row), row.record.only_tells(), lang)) }
                        }
                    }
                }
            }
        }
    }
}

/// What sort of widget it is.
fn kind(row: &WidgetRow<'_>, lang: Lang) -> Markup {
    let newest = row.record.versions.last().map(|version| &version.widget).or(row.record.draft.as_ref());
    html! { @if let Some(widget) = newest { (lang.strings().kind(widget.kind)) " · " } }
}

/// Whether a visitor could close it: what the page placed stays.
fn closable(row: &WidgetRow<'_>) -> bool {
    row.funnel.dismissed > 0 || row.record.versions.iter().any(|version| !embed::needs_place(&version.widget.placement))
}

fn variant_row(variant: &VariantRow<'_>, closable: bool, news: bool, lang: Lang) -> Markup {
    html! {
        tr.sub {
            th scope="row" {
                ((lang.strings().responses.variant)(variant.name.as_str()))
                @if let Some(verdict) = &variant.against_first { " " (figure::comparison(verdict, lang)) }
            }
            (funnel(variant.funnel, closable, news, lang))
        }
    }
}

/// Of news nobody asks how many answered it.
fn funnel(funnel: Funnel, closable: bool, news: bool, lang: Lang) -> Markup {
    html! {
        td.num { (format::count(funnel.seen)) }
        @let answered = |rate: Option<Estimate>| rate.filter(|_| !news);
        @for rate in [funnel.interaction_rate(), answered(funnel.response_rate()), answered(funnel.completion_rate()), funnel.dismiss_rate().filter(|_| closable)] {
            td.num {
                @match rate {
                    Some(estimate) => {
                        @let (low, high) = format::ends(&estimate, Unit::Share);
                        (format::value(&estimate, Unit::Share)) small { ((lang.strings().distribution.range)(&low, &high)) }
                    }
                    None => span.soft { "–" },
                }
            }
        }
        td.num { @if news { span.soft { "–" } } @else { (format::count(funnel.completed)) } }
    }
}

/// Received = accepted + duplicate + refused, and what is still on its way to KV.
fn intake(intake: &Intake, lang: Lang) -> Markup {
    let s = lang.strings();
    let part = |count: u64, word: &str| html! { span { b { (format::count(count)) } " " (word) } };
    html! {
        div.card.stack {
            p.sum {
                (part(intake.received(), s.intake.received))
                span.op { "=" } (part(intake.accepted, s.intake.accepted))
                span.op { "+" } (part(intake.duplicate, s.intake.duplicate))
                span.op { "+" } (part(intake.refused_total(), s.intake.refused))
            }
            @if !intake.refused.is_empty() {
                ul.key {
                    @for (code, count) in &intake.refused { li { b { (format::count(*count)) } " " (s.intake.reason(code)) } }
                }
            }
            p.small.soft {
                @if intake.pending == 0 { (s.intake.all_in_kv) }
                @else { ((s.intake.pending)(&format::up_to(intake.pending, PENDING))) }
                @if intake.parked > 0 { " " ((s.intake.parked)(&format::count(intake.parked))) }
            }
        }
    }
}

fn embed_section(model: &Model<'_>, lang: Lang) -> Markup {
    let s = lang.strings();
    html! {
        section.section aria-labelledby="embed" {
            h2 #embed { (s.embed.title) }
            div.card.stack {
                p { (s.embed.tag_words) }
                (embed::line(&embed::tag(model.origin, &model.config.site), "embed-tag", lang))
            }
        }
    }
}
