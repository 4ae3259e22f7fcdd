//! How those who finished a quiz have fared.

use std::collections::BTreeMap;

use crate::metrics::mean::mean;
use crate::model::config::Record;
use crate::model::widget::Kind;
use crate::name::Name;
use crate::quiz::{PASS_PERCENT, Score};
use crate::report::cut::Cut;
use crate::report::question::{Bar, Label};
use crate::report::sample::{Estimate, Sample};

/// Where branching or versions ask different numbers of questions, scores are told in groups of so many percent.
const GROUP: u32 = 20;

/// The scores of one quiz.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores<'a> {
    pub widget: &'a Name,
    /// How many questions everybody was asked; nothing where that differs, and then all is in percent.
    pub total: Option<u32>,
    /// Lowest first.
    pub bars: Vec<Bar<'a>>,
    /// In right answers, or in percent; with an interval from the second attempt on.
    pub mean: Option<Estimate>,
    /// By what each version says is needed.
    pub passed: Sample,
    /// What the newest version says is needed.
    pub pass_percent: u32,
}

/// The scores of a widget, if its newest version is a quiz.
pub fn scores<'a>(record: &'a Record, cut: &Cut<'a>) -> Option<Scores<'a>> {
    let newest = &record.versions.last().filter(|version| version.widget.kind == Kind::Quiz)?.widget;
    let (mut counts, mut passed) = (Vec::<(Score, u64)>::new(), 0);
    for version in &record.versions {
        let here = cut.below("score/", |asked| asked.widget == &newest.name && asked.version == version.number);
        for (rest, series) in here {
            let Some(score) = Score::parse(rest).filter(|_| series.now() > 0) else { continue };
            if score.passes(version.widget.pass_percent.unwrap_or(PASS_PERCENT)) {
                passed += series.now();
            }
            counts.push((score, series.now()));
        }
    }
    let of = counts.iter().map(|(_, count)| count).sum();
    let first = counts.first().map(|(score, _)| score.total);
    let total = first.filter(|total| counts.iter().all(|(score, _)| score.total == *total));
    let mut points: BTreeMap<u32, u64> = BTreeMap::new();
    for (score, count) in &counts {
        *points.entry(if total.is_some() { score.right } else { score.percent() }).or_default() += count;
    }
    let hits = |from: u32, to: u32| Sample::share(points.range(from..=to).map(|(_, count)| count).sum(), of);
    let bars = match total {
        Some(total) => {
            (0..=total).map(|right| Bar { label: Label::Point(right as i32), share: hits(right, right) }).collect()
        }
        None if counts.is_empty() => Vec::new(),
        None => (0..100 / GROUP)
            .map(|group| {
                let from = group * GROUP;
                let to = if from + GROUP == 100 { 100 } else { from + GROUP - 1 };
                Bar { label: Label::Numbers { from: Some(from.into()), to: Some(to.into()) }, share: hits(from, to) }
            })
            .collect(),
    };
    let points: Vec<(i32, u64)> = points.into_iter().map(|(point, count)| (point as i32, count)).collect();
    Some(Scores {
        widget: &newest.name,
        total,
        bars,
        mean: mean(&points),
        passed: Sample::share(passed, of),
        pass_percent: newest.pass_percent.unwrap_or(PASS_PERCENT),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::config::{State, Version};
    use crate::model::widget::Widget;
    use crate::report::period::Period;
    use crate::summary::{Slot, Summary};
    use crate::time::{Day, Timestamp};

    const QUIZ: &str = r#"{"name":"quiz","kind":"quiz","label":"Quiz","questions":[{"name":"one","title":"1 + 1?",
        "input":{"type":"choice","options":[{"name":"two","label":"2"},{"name":"three","label":"3"}],"correct":["two"]}}]}"#;

    fn told(counts: &[(u32, &str, i64)]) -> String {
        let mut summary = Summary::empty();
        for (version, key, count) in counts {
            let widget = Name::parse("quiz").unwrap();
            summary.add(
                Slot { day: Day(9), widget, version: *version, variant: None, key: format!("score/{key}") },
                *count,
            );
        }
        let version = |number, pass_percent| Version {
            number,
            published: Timestamp(0),
            widget: Widget { pass_percent, ..Widget::parse(QUIZ).unwrap() },
        };
        let record =
            Record { state: State::Live, draft: None, versions: vec![version(1, None), version(2, Some(100))] };
        let cut = Cut::new(&summary, Period::ending(Day(9), 7), true);
        let scores = scores(&record, &cut).unwrap();
        let bars: Vec<u64> = scores.bars.iter().map(|bar| bar.share.hits()).collect();
        let mean = scores.mean.map(|mean| mean.value);
        format!("{:?} {bars:?} {mean:?} {}/{}", scores.total, scores.passed.hits(), scores.passed.of())
    }

    #[test]
    fn each_version_has_its_own_bar_to_pass() {
        assert_eq!(told(&[(1, "2/3", 4), (2, "2/3", 2), (2, "3/3", 2)]), "Some(3) [0, 0, 6, 2] Some(2.25) 6/8");
    }

    #[test]
    fn different_numbers_of_questions_are_told_in_percent() {
        assert_eq!(told(&[(1, "1/2", 1), (1, "3/3", 1), (1, "0/3", 2)]), "None [2, 0, 1, 0, 1] Some(37.5) 1/4");
    }

    #[test]
    fn without_attempts_there_is_nothing_to_draw() {
        assert_eq!(told(&[(1, "2/3", 0), (1, "9/3", 4)]), "None [] None 0/0");
    }
}
