//! Everything that the overview shows.

use crate::metrics::ces::AGREES_FROM;
use crate::metrics::duration;
use crate::metrics::nps::Groups;
use crate::model::question::{Input, Measure};
use crate::model::site::Privacy;
use crate::name::Name;
use crate::report::activity::Activity;
use crate::report::cut::{Asked, Cut, Series};
use crate::report::facts::{Facts, Intake};
use crate::report::figure::{Figure, Metric, Point};
use crate::report::group::Group;
use crate::report::hint::{self, Hint};
use crate::report::period::Period;
use crate::report::question::{self, Distribution};
use crate::report::sample::Sample;
use crate::report::score::{self, Scores};
use crate::report::table::{self, WidgetRow};

/// A site, or one of its widgets, over a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview<'a> {
    pub period: Period,
    /// Those of [`Metric::ALL`] that anything configured or counted can speak of, in that order.
    pub figures: Vec<Figure>,
    pub activity: Activity,
    /// How long it took those who finished.
    pub times: Option<Times>,
    /// Responses of the period in which something raised doubt.
    pub in_doubt: u64,
    pub questions: Vec<Distribution<'a>>,
    /// One for each quiz.
    pub scores: Vec<Scores<'a>>,
    pub widgets: Vec<WidgetRow<'a>>,
    pub intake: &'a Intake,
    pub hints: Vec<Hint<'a>>,
}

/// How long it takes, in milliseconds of active time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    /// Half are faster.
    pub median: f64,
    /// Nine in ten are faster.
    pub p90: f64,
}

impl<'a> Overview<'a> {
    /// The whole site.
    pub fn of_site(facts: Facts<'a>) -> Self {
        Self::new(facts, None)
    }

    /// One widget, by name.
    pub fn of_widget(facts: Facts<'a>, widget: &str) -> Self {
        Self::new(facts, Some(widget))
    }

    fn new(facts: Facts<'a>, only: Option<&str>) -> Self {
        let cut = Cut::new(facts.counts, facts.period, facts.doubted);
        let within = |widget: &str| only.is_none_or(|only| only == widget);
        let figures: Vec<Figure> =
            Metric::ALL.into_iter().filter_map(|metric| figure(metric, facts, &cut, &within)).collect();
        let questions = facts
            .config
            .widgets
            .iter()
            .filter(|record| record.name().is_some_and(within))
            .flat_map(|record| question::distributions(record, &cut))
            .collect::<Vec<_>>();
        let records = facts.config.widgets.iter().filter(|record| record.name().is_some_and(within));
        let scores = records.filter_map(|record| score::scores(record, &cut)).collect();
        let widgets: Vec<_> = table::widgets(facts.config, &cut).into_iter().filter(|row| within(row.name)).collect();
        let identified = facts.config.site.privacy == Privacy::Device;
        let spent = spent(&cut, |asked| within(asked.widget.as_str()));
        let activity = Activity::new(facts.visitors, facts.period, identified, duration::total(&spent));
        let hints = hint::hints(facts, &figures, &widgets, &questions);
        let of = |asked: Asked<'_>| within(asked.widget.as_str());
        Self {
            period: facts.period,
            figures,
            activity,
            times: times(&spent),
            in_doubt: cut.sum("~answered", of).now(),
            questions,
            scores,
            widgets,
            intake: facts.intake,
            hints,
        }
    }
}

/// The figure, where a question feeds it or any widget exists.
fn figure<'a>(metric: Metric, facts: Facts<'a>, cut: &Cut<'a>, within: &impl Fn(&str) -> bool) -> Option<Figure> {
    // News is not answered, so it counts where it stands alone, and then only how many opened it.
    let (news, rest): (Vec<_>, Vec<_>) = facts
        .config
        .widgets
        .iter()
        .filter(|record| record.name().is_some_and(within))
        .partition(|record| record.only_tells());
    let alone = rest.is_empty() && !news.is_empty();
    if alone && metric != Metric::Interaction {
        return None;
    }
    let told = |widget: &str| !alone && news.iter().any(|record| record.name() == Some(widget));
    let of = |asked: Asked<'_>| within(asked.widget.as_str()) && !told(asked.widget.as_str());
    let samples = match metric {
        Metric::Satisfaction | Metric::Nps | Metric::Effort => Samples::of_scores(metric, facts, cut, within)?,
        Metric::Interaction => Samples::Share { hits: cut.sum("started", of), of: cut.sum("seen", of) },
        Metric::Response => Samples::Share { hits: cut.sum("answered", of), of: cut.sum("seen", of) },
        Metric::Completion => Samples::Share { hits: cut.sum("completed", of), of: cut.sum("started", of) },
    };
    let (now, before) = (samples.take(Series::now), samples.take(Series::before));
    Some(Figure {
        metric,
        verdict: now.against(&before),
        trend: facts
            .period
            .buckets()
            .enumerate()
            .map(|(index, bucket)| Point { bucket, sample: samples.take(|series| series.point(index)) })
            .collect(),
        now,
        before,
    })
}

/// How long finished responses took, by bucket.
fn spent<'a>(cut: &Cut<'a>, of: impl Fn(Asked<'a>) -> bool) -> Vec<(u32, u64)> {
    let buckets = cut.below("time/", of).into_iter();
    buckets.filter_map(|(bucket, series)| Some((bucket.parse().ok()?, series.now()))).collect()
}

fn times(spent: &[(u32, u64)]) -> Option<Times> {
    Some(Times { median: duration::quantile(spent, 0.5)?, p90: duration::quantile(spent, 0.9)? })
}

/// What a figure is computed from, before it is known for which days.
enum Samples {
    Share { hits: Series, of: Series },
    Score { promoters: Series, passives: Series, detractors: Series },
}

impl Samples {
    /// The counts of every question that feeds `metric`, each version under its own rule of what counts.
    fn of_scores<'a>(metric: Metric, facts: Facts<'a>, cut: &Cut<'a>, within: &impl Fn(&str) -> bool) -> Option<Self> {
        let (mut promoters, mut passives, mut detractors) = Default::default();
        let mut asked_at_all = false;
        let records = facts.config.widgets.iter().filter(|record| record.name().is_some_and(within));
        for (widget, version, question, scale) in records.flat_map(Group::all).flat_map(scales) {
            if !scale.feeds(metric) {
                continue;
            }
            asked_at_all = true;
            let here = |asked: Asked<'_>| asked.widget == widget && asked.version == version;
            for (value, series) in cut.below(&format!("q/{question}/"), here) {
                let group: &mut Series = match value.parse().ok().and_then(|point| scale.standing(point)) {
                    Some(Standing::For) => &mut promoters,
                    Some(Standing::Between) => &mut passives,
                    Some(Standing::Against) => &mut detractors,
                    None => continue,
                };
                *group += &series;
            }
        }
        asked_at_all.then(|| match metric {
            Metric::Nps => Self::Score { promoters, passives, detractors },
            _ => {
                let mut of = promoters.clone();
                of += &passives;
                of += &detractors;
                Self::Share { hits: promoters, of }
            }
        })
    }

    fn take(&self, which: impl Fn(&Series) -> u64) -> Sample {
        match self {
            Self::Share { hits, of } => Sample::share(which(hits), which(of)),
            Self::Score { promoters, passives, detractors } => Sample::Score(Groups {
                promoters: which(promoters),
                passives: which(passives),
                detractors: which(detractors),
            }),
        }
    }
}

/// What a point says.
enum Standing {
    Against,
    Between,
    For,
}

/// A scale that feeds a figure.
struct Scale {
    min: i32,
    max: i32,
    measures: Measure,
    satisfied_from: Option<i32>,
}

impl Scale {
    const fn feeds(&self, metric: Metric) -> bool {
        matches!(
            (metric, self.measures),
            (Metric::Nps, Measure::Nps) | (Metric::Effort, Measure::Ces) | (Metric::Satisfaction, Measure::Csat)
        )
    }

    /// Nothing for what is off the scale, or where the question does not say what counts.
    fn standing(&self, point: i32) -> Option<Standing> {
        if point < self.min || point > self.max {
            return None;
        }
        let counts_from = match self.measures {
            Measure::Nps => return nps_standing(point),
            Measure::Ces => AGREES_FROM,
            Measure::Csat => self.satisfied_from?,
        };
        Some(if point >= counts_from { Standing::For } else { Standing::Against })
    }
}

/// The groups as the metric draws them.
fn nps_standing(point: i32) -> Option<Standing> {
    let mut groups = Groups::default();
    groups.add(point, 1);
    match groups {
        Groups { promoters: 1, .. } => Some(Standing::For),
        Groups { passives: 1, .. } => Some(Standing::Between),
        Groups { detractors: 1, .. } => Some(Standing::Against),
        _ => None,
    }
}

fn scales<'a>(group: Group<'a>) -> impl Iterator<Item = (&'a Name, u32, &'a Name, Scale)> {
    let widget = group.widget;
    group.asked.into_iter().filter_map(move |(version, question)| match question.input {
        Input::Scale { min, max, measures: Some(measures), satisfied_from, .. } => {
            Some((widget, version, &question.name, Scale { min, max, measures, satisfied_from }))
        }
        _ => None,
    })
}
