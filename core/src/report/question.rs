//! The answers to each question, as distributions. A question keeps its identity through the versions of its widget
//! for as long as it asks for the same kind of thing; where that changed, the report has one entry for each.

use crate::decimal::Decimal;
use crate::metrics::mean::mean;
use crate::model::config::Record;
use crate::model::question::{Choice, Input, Measure, Question};
use crate::model::text::Text;
use crate::name::Name;
use crate::report::cut::Cut;
use crate::report::group::Group;
use crate::report::sample::{Estimate, Sample};
use crate::report::spread::{self, Month};

/// The answers to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution<'a> {
    pub widget: &'a Name,
    /// As its newest version asks it.
    pub question: &'a Question,
    /// The newest version that asks it.
    pub version: u32,
    /// How many answered it in the period.
    pub answered: u64,
    pub shape: Shape<'a>,
}

/// How the answers spread.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape<'a> {
    /// Point by point, lowest first; the mean has an interval from the second answer on.
    Scale { points: Vec<Bar<'a>>, mean: Option<Estimate>, measures: Option<Measure> },
    /// Option by option; more than one may have been chosen where `multiple`.
    Choice { options: Vec<Bar<'a>>, multiple: bool },
    /// Best first, by mean position.
    Ranking(Vec<Ranked<'a>>),
    /// Row by row, each with a bar for every column.
    Matrix { columns: Vec<&'a Text>, rows: Vec<(&'a Text, Vec<Bar<'a>>)> },
    /// Yes and no.
    Consent { agreed: Sample },
    /// In groups of equal width, lowest first; half of the numbers lie within `half`. Exact to two digits.
    Numbers { bars: Vec<Bar<'a>>, median: Decimal, half: (Decimal, Decimal) },
    /// In months, quarters or years, earliest first.
    Days(Vec<Bar<'a>>),
    /// Words: nothing to draw, everything to read.
    Open,
}

/// One point or option.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar<'a> {
    pub label: Label<'a>,
    /// How many chose it, of how many answered.
    pub share: Sample,
}

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Label<'a> {
    /// A point of a scale.
    Point(i32),
    /// An option, in the owner's words; `retired` where the newest version no longer offers it.
    Option { name: &'a Name, text: &'a Text, retired: bool },
    /// The visitor's own words.
    Other,
    /// Numbers from one to another; a tail has one end only.
    Numbers { from: Option<Decimal>, to: Option<Decimal> },
    /// Months, both ends included; a tail has one end only.
    Months { from: Option<Month>, to: Option<Month> },
}

/// One option of a ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked<'a> {
    pub text: &'a Text,
    /// 1 is best.
    pub mean_position: f64,
    /// How many put it first.
    pub first: Sample,
}

/// The answers to every question of a widget that has been asked, or is asked now.
pub fn distributions<'a>(record: &'a Record, cut: &Cut<'a>) -> Vec<Distribution<'a>> {
    let latest = record.versions.last().map(|version| version.number);
    Group::all(record)
        .into_iter()
        .filter_map(|group| {
            let (version, question) = group.newest()?;
            let answered = cut.sum(&format!("q/{}", question.name), |asked| group.was(asked)).now();
            let shape = shape(&group, question, answered, cut)?;
            // What nobody is asked any more is of interest only where somebody answered it.
            (answered > 0 || latest == Some(version)).then_some(Distribution {
                widget: group.widget,
                question,
                version,
                answered,
                shape,
            })
        })
        .collect()
}

/// The key of the visitor's own words; no option may have that name.
const OTHER: &str = "other";

fn shape<'a>(group: &Group<'a>, question: &'a Question, answered: u64, cut: &Cut<'a>) -> Option<Shape<'a>> {
    let values = cut.below(&format!("q/{}/", question.name), |asked| group.was(asked));
    let count = |value: &str| values.get(value).map_or(0, |series| series.now());
    let share = |value: &str| Sample::share(count(value), answered);
    Some(match &question.input {
        Input::Scale { min, max, measures, .. } => {
            let points: Vec<(i32, u64)> = (*min..=*max).map(|point| (point, count(&point.to_string()))).collect();
            Shape::Scale {
                mean: mean(&points),
                points: points
                    .into_iter()
                    .map(|(point, hits)| Bar { label: Label::Point(point), share: Sample::share(hits, answered) })
                    .collect(),
                measures: *measures,
            }
        }
        Input::Choice { options, other, max, .. } => {
            let offered = options.iter().map(|choice| (choice, false));
            let retired = retired(group, |input| match input {
                Input::Choice { options, .. } => options,
                _ => &[],
            });
            let mut bars: Vec<Bar<'a>> = offered
                .chain(retired.into_iter().map(|choice| (choice, true)))
                .map(|(choice, retired)| Bar {
                    label: Label::Option { name: &choice.name, text: &choice.label, retired },
                    share: share(choice.name.as_str()),
                })
                .filter(|bar| !matches!(bar.label, Label::Option { retired: true, .. }) || bar.share.hits() > 0)
                .collect();
            if *other || count(OTHER) > 0 {
                bars.push(Bar { label: Label::Other, share: share(OTHER) });
            }
            Shape::Choice { options: bars, multiple: *max > 1 }
        }
        Input::Ranking { options } => {
            let mut ranked: Vec<Ranked<'a>> = options
                .iter()
                .filter_map(|choice| {
                    Some(Ranked {
                        text: &choice.label,
                        mean_position: mean_position(choice, options.len(), &count)?,
                        first: share(&format!("{}/1", choice.name)),
                    })
                })
                .collect();
            ranked.sort_by(|one, other| one.mean_position.total_cmp(&other.mean_position));
            Shape::Ranking(ranked)
        }
        Input::Matrix { rows, columns } => Shape::Matrix {
            columns: columns.iter().map(|column| &column.label).collect(),
            rows: rows
                .iter()
                .map(|row| {
                    let hits: Vec<u64> =
                        columns.iter().map(|column| count(&format!("{}/{}", row.name, column.name))).collect();
                    let of = hits.iter().sum();
                    let bars = columns.iter().zip(hits).map(|(column, hits)| Bar {
                        label: Label::Option { name: &column.name, text: &column.label, retired: false },
                        share: Sample::share(hits, of),
                    });
                    (&row.label, bars.collect())
                })
                .collect(),
        },
        Input::Consent { .. } => Shape::Consent { agreed: share("yes") },
        Input::Number { .. } => spread::numbers(&values),
        Input::Date { .. } => spread::days(&values),
        Input::Text { .. } | Input::Email => Shape::Open,
        Input::Info { .. } => return None,
    })
}

/// Options that earlier versions offered and the newest does not.
fn retired<'a>(group: &Group<'a>, options: impl Fn(&'a Input) -> &'a [Choice]) -> Vec<&'a Choice> {
    let mut seen: Vec<&Choice> = Vec::new();
    let mut versions = group.asked.iter();
    let offered = versions.next().map_or(&[][..], |(_, question)| options(&question.input));
    for choice in versions.flat_map(|(_, question)| options(&question.input)) {
        if !offered.iter().chain(seen.iter().copied()).any(|known| known.name == choice.name) {
            seen.push(choice);
        }
    }
    seen
}

fn mean_position(choice: &Choice, positions: usize, count: &impl Fn(&str) -> u64) -> Option<f64> {
    let (sum, of) = (1..=positions as u64).fold((0, 0), |(sum, of), position| {
        let hits = count(&format!("{}/{position}", choice.name));
        (sum + position * hits, of + hits)
    });
    (of > 0).then(|| sum as f64 / of as f64)
}
