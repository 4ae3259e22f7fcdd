//! From a figure to those who stand behind it: the inbox, with widget, group and days set.

use maud::{Markup, html};
use rapport_core::inbox::{Filter, Trust};
use rapport_core::model::config::{Config, Record};
use rapport_core::model::question::{Input, Measure};
use rapport_core::name::Name;
use rapport_core::report::{Figure, Metric, Period, Sample};
use rapport_core::response::measure_word;

use crate::dashboard::lang::Lang;
use crate::dashboard::layout::{Tab, site_path};

/// What the figures of a page are about.
#[derive(Clone, Copy, Debug)]
pub struct Behind<'a> {
    pub config: &'a Config,
    /// The widget whose page it is; otherwise all of them.
    pub widget: Option<&'a str>,
    pub period: Period,
    /// Whether responses in doubt are counted.
    pub doubted: bool,
}

impl Behind<'_> {
    /// The address of their responses.
    fn address(&self, widget: Option<Name>, group: &str) -> String {
        let filter = Filter {
            widget,
            group: group.to_owned(),
            from: Some(self.period.first()),
            to: Some(self.period.last()),
            trust: (!self.doubted).then_some(Trust::Clean),
            ..Filter::default()
        };
        to_inbox(self.config, &filter)
    }

    /// All that was said to one widget.
    pub fn all_of(&self, widget: &Name) -> String {
        self.address(Some(widget.clone()), "")
    }

    /// Those of one mood, where this question decides on the mood of its widget's responses.
    pub fn group(&self, widget: &Name, question: &Name, mood: &str) -> Option<String> {
        let (first, measure) = first_measuring(self.config.record(widget.as_str())?)?;
        (first == question).then(|| self.address(Some(widget.clone()), &format!("{}/{mood}", measure_word(measure))))
    }

    /// A way to those who pull the figure down, where there are any.
    pub fn unhappy(&self, figure: &Figure, lang: Lang) -> Markup {
        let s = &lang.strings().behind;
        let told = match figure.metric {
            Metric::Nps => Some((Measure::Nps, s.detractors)),
            Metric::Satisfaction => Some((Measure::Csat, s.unsatisfied)),
            Metric::Effort => Some((Measure::Ces, s.hard)),
            Metric::Interaction | Metric::Response | Metric::Completion => None,
        };
        let widget = self.widget.and_then(|widget| Name::parse(widget).ok());
        let records = self.config.widgets.iter();
        let mut own = records.filter(|record| self.widget.is_none_or(|only| record.name() == Some(only)));
        let any = match figure.now {
            Sample::Score(groups) => groups.detractors > 0,
            Sample::Share { hits, of } => of > hits,
        };
        let told = told.filter(|(measure, _)| any && own.any(|record| leads(record, *measure)));
        html! {
            @if let Some((measure, words)) = told {
                p.small { a href=(self.address(widget, &format!("{}/bad", measure_word(measure)))) { (words) } }
            }
        }
    }
}

/// The address of the inbox with a filter.
pub fn to_inbox(config: &Config, filter: &Filter) -> String {
    format!("{}?{}", site_path(&config.site, Tab::Responses), filter.to_query())
}

/// The group that pulls `metric` down.
pub const fn unhappy_of(metric: Metric) -> &'static str {
    match metric {
        Metric::Nps => "nps/bad",
        Metric::Satisfaction => "csat/bad",
        Metric::Effort => "ces/bad",
        Metric::Interaction | Metric::Response | Metric::Completion => "",
    }
}

fn leads(record: &Record, measure: Measure) -> bool {
    first_measuring(record).is_some_and(|(_, first)| first == measure)
}

/// The question that decides on the mood of a response, and what it measures: the first one that measures anything.
fn first_measuring(record: &Record) -> Option<(&Name, Measure)> {
    let newest = &record.versions.last()?.widget;
    newest.questions.iter().find_map(|question| match question.input {
        Input::Scale { measures: Some(measure), .. } => Some((&question.name, measure)),
        _ => None,
    })
}
