use super::{DAYS, History, WIDGETS, history};
use crate::model::config::Config;
use crate::model::question::{Input, Measure};
use crate::model::widget::Kind;
use crate::response::Response;
use crate::time::{Day, Timestamp};
use crate::validate;
use std::collections::{BTreeMap, BTreeSet};

/// 2026-11-22, 18:00 UTC.
const NOW: Timestamp = Timestamp(1_795_370_400_000);

/// The files as they are in the repository.
fn shop() -> Config {
    let file = |name: String| {
        std::fs::read_to_string(format!("{}/../www/demo/config/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap()
    };
    super::shop(NOW, &file("site".to_owned()), &WIDGETS.map(|name| file(format!("widgets/{name}")))).unwrap()
}

fn told() -> History {
    history(&shop(), 1, NOW).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let bytes = |seed| serde_json::to_string(&history(&shop(), seed, NOW).unwrap().responses).unwrap();
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
    // Later on the same day there is more of it, and the rest is the same.
    let earlier = history(&shop(), 1, Timestamp(NOW.0 - 6 * 3_600_000)).unwrap().responses;
    let later: BTreeSet<String> = told().responses.into_iter().map(|response| response.id).collect();
    assert!(earlier.len() < later.len() && earlier.iter().all(|response| later.contains(&response.id)));
}

#[test]
fn every_answer_would_have_been_accepted() {
    let config = shop();
    for response in told().responses {
        let widget = config.version(response.widget.as_str(), response.version).unwrap();
        let read = validate::read(&widget.rules(), &response.answers, response.complete);
        let read = read.unwrap_or_else(|problems| panic!("{problems:?} in {response:?}"));
        assert_eq!(read.fields(), response.answers, "nothing is off the path or out of order");
        assert!(read.tell() || !response.complete, "{response:?}");
    }
}

#[test]
fn it_covers_ninety_days_and_none_ahead() {
    let responses = told().responses;
    let days: BTreeSet<Day> = responses.iter().map(|response| response.day().unwrap()).collect();
    assert_eq!(days.len(), usize::try_from(DAYS).unwrap());
    assert_eq!(days.last(), Some(&NOW.day()));
    assert!((1_700..2_600).contains(&responses.len()), "{}", responses.len());
    let ids: BTreeSet<&str> = responses.iter().map(|response| response.id.as_str()).collect();
    assert_eq!(ids.len(), responses.len());
    assert!(responses.iter().all(|response| crate::id::moment(&response.id) <= Some(NOW)));
}

#[test]
fn it_reads_like_a_business() {
    let history = told();
    // It grows.
    let (early, late): (Vec<_>, Vec<_>) = history.responses.iter().partition(|r| age(r) > 60);
    assert!(late.len() > early.len() * 2, "{} then {}", early.len(), late.len());
    // The release that lost designs shows, and is over.
    let nps = |days: std::ops::Range<i32>| {
        let points: Vec<i32> = points(&history.responses, "nps", days);
        let of =
            |range: std::ops::RangeInclusive<i32>| points.iter().filter(|point| range.contains(point)).count() as i64;
        100 * (of(9..=10) - of(0..=6)) / points.len() as i64
    };
    assert!(nps(31..41) + 20 < nps(45..90), "{} after {}", nps(31..41), nps(45..90));
    assert!(nps(31..41) + 20 < nps(0..30), "{} before {}", nps(31..41), nps(0..30));
    // Some stop in the middle, a few only.
    let partial = history.responses.iter().filter(|response| !response.complete).count();
    assert!((5..100).contains(&partial), "{partial}");
    // A few are in doubt.
    let doubtful = history.responses.iter().filter(|response| !response.doubts.is_empty()).count();
    assert!((5..60).contains(&doubtful), "{doubtful}");
    // Some come back.
    let mut visitors = BTreeMap::<&str, u32>::new();
    history.responses.iter().for_each(|response| *visitors.entry(&response.visitor).or_default() += 1);
    assert!(visitors.values().filter(|times| **times > 1).count() > 200);
}

#[test]
fn people_write_in_their_own_words() {
    let responses = told().responses;
    let config = shop();
    let mut texts = Vec::new();
    for response in &responses {
        let widget = config.version(response.widget.as_str(), response.version).unwrap();
        for question in widget.questions.iter().filter(|q| matches!(q.input, Input::Text { long: true, .. })) {
            texts.extend(
                response.answers.iter().filter(|(name, _)| name == question.name.as_str()).map(|(_, text)| text),
            );
        }
    }
    let distinct: BTreeSet<_> = texts.iter().collect();
    assert!(texts.len() > 400, "{}", texts.len());
    assert!(distinct.len() * 2 > texts.len(), "{} of {} differ", distinct.len(), texts.len());
    let has = |sample: char| texts.iter().any(|text| text.contains(sample));
    assert!(has('的') && has('ß') && has('é') && has('す') && has('ل'), "several languages");
}

#[test]
fn every_widget_is_seen_and_answered() {
    let history = told();
    for record in shop().widgets {
        let name = record.name().unwrap();
        let answers = history.responses.iter().filter(|response| response.widget.as_str() == name).count();
        let views: i64 = history
            .views
            .iter()
            .filter(|(slot, _)| slot.widget.as_str() == name && slot.key == "seen")
            .map(|(_, n)| n)
            .sum();
        if !record.versions[0].widget.kind.asks() {
            assert!(answers == 0 && views > 50, "{name}: {views} views");
            continue;
        }
        assert!(answers > 50, "{name}: {answers}");
        assert!(views > answers as i64, "{name}: {views} views, {answers} answers");
    }
}

#[test]
fn the_shop_shows_everything() {
    let config = shop();
    for kind in Kind::ALL.into_iter().filter(|kind| !kind.bare()) {
        assert!(config.live().any(|version| version.widget.kind == kind), "{kind:?}");
    }
    for measure in [Measure::Nps, Measure::Csat, Measure::Ces] {
        let asks = |input: &Input| matches!(input, Input::Scale { measures, .. } if *measures == Some(measure));
        assert!(config.live().any(|version| version.widget.questions.iter().any(|q| asks(&q.input))), "{measure:?}");
    }
}

fn age(response: &Response) -> i32 {
    NOW.day().0 - response.day().unwrap().0
}

fn points(responses: &[Response], question: &str, days: std::ops::Range<i32>) -> Vec<i32> {
    let recent = responses.iter().filter(|response| days.contains(&age(response)));
    recent
        .flat_map(|r| &r.answers)
        .filter(|(name, _)| name == question)
        .map(|(_, point)| point.parse().unwrap())
        .collect()
}
