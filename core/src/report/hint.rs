//! What to do next, derived from the figures. A hint is given only where the counts carry it: a rate is called low when
//! its whole interval is, not when a handful of people made it look so.

use crate::model::config::State;
use crate::model::question::{Input, Measure};
use crate::report::facts::Facts;
use crate::report::figure::{Figure, Metric};
use crate::report::question::{Distribution, Shape};
use crate::report::sample::{Estimate, Verdict};
use crate::report::table::WidgetRow;

/// Something worth doing, and why. The most urgent come first.
#[derive(Clone, Debug, PartialEq)]
pub enum Hint<'a> {
    /// The site has no widget.
    AddWidget,
    /// There are widgets, none of them live.
    Publish { widget: &'a str },
    /// Widgets are live, and nobody saw any in the period: the tag is probably not on the page.
    Embed,
    /// More was refused than a stray robot explains: `count` of everything that arrived, mostly because of `code`.
    Refused { count: u64, received: u64, code: &'a str },
    /// A score fell.
    Fell { metric: Metric },
    /// Detractors, in a widget that asks for words as well.
    ReadDetractors { widget: &'a str, detractors: u64, comments: u64 },
    /// Many close the widget without answering: surely more than half of those who see it.
    Dismissed { widget: &'a str, share: Estimate },
    /// Surely more than half of those who start it do not finish.
    Abandoned { widget: &'a str, share: Estimate },
    /// Few see it: there are not enough answers to tell whether the score changed.
    TooEarly { metric: Metric, more: u64 },
    /// A score rose.
    Rose { metric: Metric },
}

/// Most hints shown at once: more would not be a next step but a list.
const MOST: usize = 4;

/// What to do next.
pub fn hints<'a>(
    facts: Facts<'a>,
    figures: &[Figure],
    widgets: &[WidgetRow<'a>],
    questions: &[Distribution<'a>],
) -> Vec<Hint<'a>> {
    let mut hints = Vec::new();
    hints.extend(setup(widgets));
    hints.extend(refusals(facts));
    hints.extend(moves(figures, false));
    hints.extend(widgets.iter().filter_map(|row| detractors(row, questions)));
    // Whoever closes news has read it.
    let asks = || widgets.iter().filter(|row| !row.record.only_tells());
    hints.extend(asks().filter_map(|row| {
        let share = row.funnel.dismiss_rate().filter(|share| share.low > 0.5)?;
        Some(Hint::Dismissed { widget: row.name, share })
    }));
    hints.extend(asks().filter_map(|row| {
        let share = row.funnel.completion_rate().filter(|share| share.high < 0.5)?;
        Some(Hint::Abandoned { widget: row.name, share })
    }));
    hints.extend(too_early(figures));
    hints.extend(moves(figures, true));
    hints.truncate(MOST);
    hints
}

fn setup<'a>(widgets: &[WidgetRow<'a>]) -> Option<Hint<'a>> {
    let Some(first) = widgets.first() else { return Some(Hint::AddWidget) };
    let mut live = widgets.iter().filter(|row| row.record.state == State::Live).peekable();
    if live.peek().is_none() {
        let unpublished = widgets.iter().find(|row| row.record.state == State::Draft).unwrap_or(first);
        return Some(Hint::Publish { widget: unpublished.name });
    }
    live.all(|row| row.funnel.seen == 0 && row.funnel.answered == 0).then_some(Hint::Embed)
}

/// At least ten, and more than one in twenty.
fn refusals(facts: Facts<'_>) -> Option<Hint<'_>> {
    let (count, received) = (facts.intake.refused_total(), facts.intake.received());
    let (code, _) = facts.intake.refused.iter().max_by_key(|(_, count)| **count)?;
    (count >= 10 && count * 20 > received).then_some(Hint::Refused { count, received, code })
}

fn moves<'a>(figures: &[Figure], up: bool) -> Vec<Hint<'a>> {
    let scores = figures.iter().filter(|figure| figure.metric.of_those_who_answered());
    scores
        .filter_map(|figure| match figure.verdict {
            Some(Verdict::Changed { by, .. }) if up && by > 0.0 => Some(Hint::Rose { metric: figure.metric }),
            Some(Verdict::Changed { by, .. }) if !up && by < 0.0 => Some(Hint::Fell { metric: figure.metric }),
            _ => None,
        })
        .collect()
}

/// Once: the remedy is the same for every figure that waits for answers.
fn too_early<'a>(figures: &[Figure]) -> Option<Hint<'a>> {
    figures.iter().filter(|figure| figure.metric.of_those_who_answered()).find_map(|figure| match figure.verdict {
        Some(Verdict::TooEarly { more }) => Some(Hint::TooEarly { metric: figure.metric, more }),
        _ => None,
    })
}

fn detractors<'a>(row: &WidgetRow<'a>, questions: &[Distribution<'a>]) -> Option<Hint<'a>> {
    let mut own = questions.iter().filter(|question| question.widget.as_str() == row.name);
    let comments = own
        .clone()
        .filter(|question| matches!(question.question.input, Input::Text { .. }))
        .map(|question| question.answered)
        .sum();
    let detractors = own.find_map(|question| match &question.shape {
        Shape::Scale { points, measures: Some(Measure::Nps), .. } => {
            Some(points.iter().take(7).map(|point| point.share.hits()).sum())
        }
        _ => None,
    })?;
    (detractors > 0 && comments > 0).then_some(Hint::ReadDetractors { widget: row.name, detractors, comments })
}
