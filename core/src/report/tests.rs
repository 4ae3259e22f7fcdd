//! A small shop's site over two periods, and what its owner is told.

use std::collections::BTreeMap;

use super::*;
use crate::model::config::{Config, Record, State, Version};
use crate::model::question::Measure;
use crate::name::Name;
use crate::summary::{Slot, Summary};
use crate::time::{Day, Timestamp};

const TODAY: Day = Day(20_000);

/// Two widgets: an NPS in two variants, and a satisfaction question whose second version has other options and rules.
fn config() -> Config {
    serde_json::from_value(serde_json::json!({
        "revision": 1,
        "site": { "id": "shop", "name": "Shop", "origins": [], "locale": "en", "privacy": "device" },
        "widgets": [
            { "state": "live", "versions": [{ "number": 1, "published": 0, "widget": {
                "name": "nps", "kind": "nps", "label": "Recommend",
                "variants": [{ "name": "a" }, { "name": "b" }],
                "questions": [
                    { "name": "nps", "title": "Recommend?", "input": { "type": "scale", "min": 0, "max": 10, "measures": "nps" } },
                    { "name": "why", "title": "Why?", "input": { "type": "text" } }
                ] } }] },
            { "state": "live", "versions": [
                { "number": 1, "published": 0, "widget": {
                    "name": "csat", "kind": "csat", "label": "Satisfied",
                    "questions": [
                        { "name": "csat", "title": "Happy?", "input": { "type": "scale", "min": 1, "max": 3, "measures": "csat", "satisfied_from": 3 } },
                        { "name": "what", "title": "What?", "input": { "type": "choice", "options": [{ "name": "old", "label": "Old" }, { "name": "both", "label": "Both" }] } }
                    ] } },
                { "number": 2, "published": 0, "widget": {
                    "name": "csat", "kind": "csat", "label": "Satisfied",
                    "questions": [
                        { "name": "csat", "title": "How happy?", "input": { "type": "scale", "min": 1, "max": 5, "measures": "csat", "satisfied_from": 4 } },
                        { "name": "what", "title": "What?", "input": { "type": "choice", "max": 2, "other": true, "options": [{ "name": "both", "label": "Both" }, { "name": "new", "label": "New" }] } },
                        { "name": "order", "title": "Order", "input": { "type": "ranking", "options": [{ "name": "x", "label": "X" }, { "name": "y", "label": "Y" }] } },
                        { "name": "grid", "title": "Grid", "input": { "type": "matrix", "rows": [{ "name": "r", "label": "R" }], "columns": [{ "name": "c", "label": "C" }, { "name": "d", "label": "D" }] } },
                        { "name": "news", "title": "News?", "input": { "type": "consent", "label": "Yes, please" } }
                    ] } } ] }
        ]
    }))
    .unwrap()
}

#[derive(Default)]
struct Counts(Summary);

impl Counts {
    fn add(mut self, ago: i32, widget: &str, version: u32, variant: &str, counts: &[(&str, i64)]) -> Self {
        for (key, count) in counts {
            let slot = Slot {
                day: TODAY.plus(-ago),
                widget: Name::parse(widget).unwrap(),
                version,
                variant: Name::parse(variant).ok(),
                key: (*key).to_owned(),
            };
            self.0.add(slot, *count);
        }
        self
    }

    fn overview<T>(&self, config: &Config, look: impl FnOnce(Overview<'_>) -> T) -> T {
        let (visitors, intake) = (Visitors::default(), Intake::default());
        let period = Period::ending(TODAY, 7);
        look(Overview::of_site(Facts {
            config,
            counts: &self.0,
            visitors: &visitors,
            intake: &intake,
            period,
            doubted: true,
        }))
    }
}

fn figure<'a>(overview: &'a Overview<'_>, metric: Metric) -> &'a Figure {
    overview.figures.iter().find(|figure| figure.metric == metric).unwrap()
}

#[test]
fn each_version_counts_under_its_own_rule() {
    let counts = Counts::default().add(0, "csat", 1, "", &[("q/csat/3", 4), ("q/csat/2", 1)]).add(
        1,
        "csat",
        2,
        "",
        &[("q/csat/3", 2), ("q/csat/4", 1), ("q/csat/5", 2), ("q/csat/77", 9)],
    );
    counts.overview(&config(), |overview| {
        let satisfaction = figure(&overview, Metric::Satisfaction);
        assert_eq!(satisfaction.now, Sample::Share { hits: 4 + 3, of: 5 + 5 });
        assert_eq!(satisfaction.verdict, Some(Verdict::NothingBefore));
        let trend: Vec<u64> = satisfaction.trend.iter().map(|point| point.sample.of()).collect();
        assert_eq!(trend, [0, 0, 0, 0, 0, 5, 5]);
    });
}

#[test]
fn nobody_asked_is_no_data_and_not_zero() {
    Counts::default().overview(&config(), |overview| {
        // No question measures effort, so there is no such figure; the others wait for data.
        let metrics: Vec<Metric> = overview.figures.iter().map(|figure| figure.metric).collect();
        assert_eq!(
            metrics,
            [Metric::Satisfaction, Metric::Nps, Metric::Interaction, Metric::Response, Metric::Completion]
        );
        for figure in &overview.figures {
            assert_eq!((figure.now.estimate(), figure.verdict), (None, None), "{:?}", figure.metric);
        }
        assert_eq!(overview.hints, [Hint::Embed]);
        assert_eq!((overview.times, overview.activity.people), (None, None));
    });
}

#[test]
fn the_score_is_that_of_all_nps_questions_with_its_change() {
    let counts = Counts::default().add(2, "nps", 1, "a", &[("q/nps/10", 300), ("q/nps/7", 50), ("q/nps/0", 50)]).add(
        8,
        "nps",
        1,
        "b",
        &[("q/nps/9", 100), ("q/nps/8", 100), ("q/nps/6", 200)],
    );
    counts.overview(&config(), |overview| {
        let nps = figure(&overview, Metric::Nps);
        assert!((nps.now.estimate().unwrap().value - 62.5).abs() < 1e-9);
        assert!((nps.before.estimate().unwrap().value + 25.0).abs() < 1e-9);
        assert!(matches!(nps.verdict, Some(Verdict::Changed { by, .. }) if (by - 87.5).abs() < 1e-9));
        assert!(overview.hints.contains(&Hint::Rose { metric: Metric::Nps }), "{:?}", overview.hints);
    });
}

#[test]
fn rates_are_of_impressions_and_a_lost_beacon_does_not_make_more_than_all() {
    let counts = Counts::default()
        .add(0, "nps", 1, "a", &[("seen", 90), ("started", 30), ("answered", 20), ("completed", 15)])
        .add(0, "csat", 2, "", &[("started", 20), ("answered", 20), ("completed", 20)]);
    counts.overview(&config(), |overview| {
        assert_eq!(figure(&overview, Metric::Interaction).now, Sample::Share { hits: 50, of: 90 });
        assert_eq!(figure(&overview, Metric::Response).now, Sample::Share { hits: 40, of: 90 });
        assert_eq!(figure(&overview, Metric::Completion).now, Sample::Share { hits: 35, of: 50 });
        let csat = overview.widgets.iter().find(|row| row.name == "csat").unwrap();
        assert_eq!(csat.funnel.response_rate().map(|rate| rate.value), Some(1.0));
    });
}

#[test]
fn variants_stand_below_their_widget_and_against_the_first() {
    let counts = Counts::default().add(0, "nps", 1, "a", &[("seen", 1_000), ("answered", 100)]).add(
        0,
        "nps",
        1,
        "b",
        &[("seen", 1_000), ("answered", 300)],
    );
    counts.overview(&config(), |overview| {
        let nps = overview.widgets.first().unwrap();
        assert_eq!((nps.name, nps.funnel.seen, nps.funnel.answered), ("nps", 2_000, 400));
        let variants: Vec<(&str, u64)> = nps.variants.iter().map(|v| (v.name.as_str(), v.funnel.answered)).collect();
        assert_eq!(variants, [("a", 100), ("b", 300)]);
        assert_eq!(nps.variants[0].against_first, None);
        assert!(matches!(nps.variants[1].against_first, Some(Verdict::Changed { by, .. }) if by > 0.19));
    });
}

#[test]
fn a_question_keeps_its_identity_while_it_asks_the_same_kind_of_thing() {
    let counts = Counts::default()
        .add(0, "csat", 1, "", &[("q/csat", 5), ("q/csat/3", 5), ("q/what", 9), ("q/what/old", 6), ("q/what/both", 3)])
        .add(
            0,
            "csat",
            2,
            "",
            &[("q/csat", 2), ("q/csat/5", 2), ("q/what", 4), ("q/what/both", 2), ("q/what/other", 3)],
        );
    counts.overview(&config(), |overview| {
        let asked: Vec<(&str, u32, u64)> = overview
            .questions
            .iter()
            .filter(|question| question.widget.as_str() == "csat")
            .map(|question| (question.question.name.as_str(), question.version, question.answered))
            .collect();
        // The scale of three points is another question than that of five; the choice is one through both versions.
        assert_eq!(
            asked,
            [("csat", 2, 2), ("what", 2, 13), ("order", 2, 0), ("grid", 2, 0), ("news", 2, 0), ("csat", 1, 5)]
        );
        let what = overview.questions.iter().find(|question| question.question.name.as_str() == "what").unwrap();
        let Shape::Choice { options, multiple: true } = &what.shape else { panic!("{:?}", what.shape) };
        let bars: Vec<(String, u64)> = options
            .iter()
            .map(|bar| match bar.label {
                Label::Option { name, retired, .. } => {
                    (format!("{name}{}", if retired { " retired" } else { "" }), bar.share.hits())
                }
                Label::Other => ("other".to_owned(), bar.share.hits()),
                other => panic!("{other:?}"),
            })
            .collect();
        let expected = [("both", 5), ("new", 0), ("old retired", 6), ("other", 3)];
        assert_eq!(bars, expected.map(|(name, count)| (name.to_owned(), count)));
        assert!(options.iter().all(|bar| bar.share.of() == 13));
    });
}

#[test]
fn scales_rankings_matrices_and_consent_are_drawn() {
    let counts = Counts::default().add(0, "nps", 1, "a", &[("q/nps", 4), ("q/nps/10", 3), ("q/nps/2", 1)]).add(
        0,
        "csat",
        2,
        "",
        &[
            ("q/order", 4),
            ("q/order/x/1", 1),
            ("q/order/x/2", 3),
            ("q/order/y/1", 3),
            ("q/order/y/2", 1),
            ("q/grid", 4),
            ("q/grid/r/c", 1),
            ("q/grid/r/d", 2),
            ("q/news", 4),
            ("q/news/yes", 3),
            ("q/news/no", 1),
        ],
    );
    counts.overview(&config(), |overview| {
        let shape = |name: &str| &overview.questions.iter().find(|q| q.question.name.as_str() == name).unwrap().shape;
        let Shape::Scale { points, mean, measures: Some(Measure::Nps) } = shape("nps") else { panic!() };
        assert_eq!((points.len(), points[10].share.hits(), mean.unwrap().value), (11, 3, 8.0));
        let Shape::Ranking(ranked) = shape("order") else { panic!() };
        let ranked: Vec<(f64, u64)> = ranked.iter().map(|option| (option.mean_position, option.first.hits())).collect();
        assert_eq!(ranked, [(1.25, 3), (1.75, 1)]);
        let Shape::Matrix { rows, .. } = shape("grid") else { panic!() };
        let cells: Vec<(u64, u64)> = rows[0].1.iter().map(|bar| (bar.share.hits(), bar.share.of())).collect();
        assert_eq!(cells, [(1, 3), (2, 3)]);
        assert_eq!(*shape("news"), Shape::Consent { agreed: Sample::Share { hits: 3, of: 4 } });
        assert_eq!(*shape("why"), Shape::Open);
    });
}

#[test]
fn one_widget_is_reported_by_itself() {
    let counts =
        Counts::default().add(0, "nps", 1, "a", &[("seen", 7), ("q/nps/9", 3)]).add(0, "csat", 2, "", &[("seen", 5)]);
    let config = config();
    let (visitors, intake) = (Visitors::default(), Intake::default());
    let period = Period::ending(TODAY, 7);
    let facts =
        Facts { config: &config, counts: &counts.0, visitors: &visitors, intake: &intake, period, doubted: true };
    let overview = Overview::of_widget(facts, "nps");
    assert!(overview.figures.iter().all(|figure| figure.metric != Metric::Satisfaction));
    assert_eq!(figure(&overview, Metric::Interaction).now.of(), 7);
    assert_eq!(overview.widgets.len(), 1);
    assert!(overview.questions.iter().all(|question| question.widget.as_str() == "nps"));
}

#[test]
fn hints_are_given_only_where_the_counts_carry_them() {
    let hints = |counts: Counts, intake: Intake| {
        let config = config();
        let visitors = Visitors::default();
        let period = Period::ending(TODAY, 7);
        let facts =
            Facts { config: &config, counts: &counts.0, visitors: &visitors, intake: &intake, period, doubted: true };
        Overview::of_site(facts).hints.iter().map(|hint| format!("{hint:?}")).collect::<Vec<_>>().join("\n")
    };
    let seen = |n| Counts::default().add(0, "nps", 1, "a", &[("seen", n)]);
    // Three of four closed it: too few to call it most. Three hundred of four hundred: surely most.
    assert_eq!(hints(seen(4).add(0, "nps", 1, "a", &[("dismissed", 3)]), Intake::default()), "");
    assert!(hints(seen(400).add(0, "nps", 1, "a", &[("dismissed", 300)]), Intake::default()).starts_with("Dismissed"));
    let told = hints(seen(9).add(0, "nps", 1, "a", &[("q/nps", 2), ("q/nps/3", 2), ("q/why", 1)]), Intake::default());
    assert!(told.contains("ReadDetractors { widget: \"nps\", detractors: 2, comments: 1 }"), "{told}");
    let refused =
        |n| Intake { accepted: 100, refused: BTreeMap::from([("origin".to_owned(), n)]), ..Intake::default() };
    assert_eq!(hints(seen(9), refused(5)), "");
    assert_eq!(hints(seen(9), refused(20)), "Refused { count: 20, received: 120, code: \"origin\" }");
}

#[test]
fn a_new_site_is_led_to_its_first_widget() {
    let mut config = config();
    config.widgets.truncate(1);
    config.widgets[0].state = crate::model::config::State::Draft;
    Counts::default().overview(&config, |overview| assert_eq!(overview.hints, [Hint::Publish { widget: "nps" }]));
    config.widgets.clear();
    Counts::default().overview(&config, |overview| assert_eq!(overview.hints, [Hint::AddWidget]));
}

#[test]
fn doubt_and_duration_are_told() {
    let slow = format!("time/{}", crate::metrics::duration::bucket(60_000));
    let counts = Counts::default().add(0, "nps", 1, "a", &[("~answered", 3), ("answered", 9), (&slow, 4)]);
    counts.overview(&config(), |overview| {
        assert_eq!(overview.in_doubt, 3);
        let times = overview.times.unwrap();
        assert!(times.median > 50_000.0 && times.median < 70_000.0 && times.p90 >= times.median);
    });
}

#[test]
fn news_does_not_thin_out_the_rates_of_what_is_asked() {
    let mut config = config();
    let widget = serde_json::json!({ "name": "told", "kind": "news", "label": "News",
        "questions": [{ "name": "a", "title": "A", "input": { "type": "info" } }] });
    let version = Version { number: 1, published: Timestamp(0), widget: serde_json::from_value(widget).unwrap() };
    config.widgets.push(Record { state: State::Live, draft: None, versions: vec![version] });
    let counts = Counts::default().add(0, "told", 1, "", &[("seen", 900), ("started", 400), ("dismissed", 890)]).add(
        0,
        "csat",
        2,
        "",
        &[("seen", 10), ("started", 5), ("answered", 5), ("completed", 5)],
    );
    counts.overview(&config, |overview| {
        assert_eq!(figure(&overview, Metric::Response).now, Sample::Share { hits: 5, of: 10 });
        assert_eq!(figure(&overview, Metric::Interaction).now, Sample::Share { hits: 5, of: 10 });
        let about_news = |hint: &Hint<'_>| {
            matches!(hint, Hint::Dismissed { widget: "told", .. } | Hint::Abandoned { widget: "told", .. })
        };
        assert!(!overview.hints.iter().any(about_news), "{:?}", overview.hints);
    });
    let (visitors, intake) = (Visitors::default(), Intake::default());
    let period = Period::ending(TODAY, 7);
    let facts =
        Facts { config: &config, counts: &counts.0, visitors: &visitors, intake: &intake, period, doubted: true };
    let metrics: Vec<Metric> = Overview::of_widget(facts, "told").figures.iter().map(|figure| figure.metric).collect();
    assert_eq!(metrics, [Metric::Interaction]);
}
