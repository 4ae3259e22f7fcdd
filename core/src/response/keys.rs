//! What a response adds to the counts.
//!
//! | key | once for |
//! |---|---|
//! | `seen`, `started`, `dismissed` | that moment of its impression |
//! | `answered` | any answer at all |
//! | `completed` | having been finished |
//! | `time/{bucket}` | having been finished in so much active time, see [`crate::metrics::duration`] |
//! | `score/{right}/{total}` | having finished a quiz with so many right, see [`crate::quiz`] |
//! | `q/{question}` | an answer to that question |
//! | `q/{question}/{value}` | a scale's point, each option chosen, `other`, `yes` or `no`, a number's first two digits, a day's month |
//! | `q/{question}/{row}/{column}` | each cell of a matrix |
//! | `q/{question}/{option}/{position}` | each place of a ranking |
//!
//! A response in doubt adds every key a second time behind `~`, so that the trusted figure is `key` less `~key`.

use crate::answer::{Answer, Answers};
use crate::delivery::Moment;
use crate::metrics::duration;

/// The keys of a response, each at most once.
pub fn keys(answers: &Answers, complete: bool, moments: &[Moment], active_ms: u32, doubtful: bool) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for moment in [Moment::Seen, Moment::Started, Moment::Dismissed] {
        if moments.contains(&moment) {
            keys.push(moment.as_str().to_owned());
        }
    }
    if answers.tell() {
        keys.push("answered".to_owned());
    }
    if complete {
        keys.push("completed".to_owned());
        if active_ms > 0 {
            keys.push(format!("time/{}", duration::bucket(active_ms)));
        }
    }
    for (question, answer) in answers.iter() {
        keys.push(format!("q/{question}"));
        match answer {
            Answer::Scale(point) => keys.push(format!("q/{question}/{point}")),
            Answer::Consent(agreed) => keys.push(format!("q/{question}/{}", if *agreed { "yes" } else { "no" })),
            Answer::Choice { chosen, other } => {
                keys.extend(chosen.iter().map(|option| format!("q/{question}/{option}")));
                keys.extend(other.iter().map(|_| format!("q/{question}/other")));
            }
            Answer::Matrix(cells) => {
                keys.extend(cells.iter().map(|(row, column)| format!("q/{question}/{row}/{column}")));
            }
            Answer::Ranking(order) => {
                let places = order.iter().zip(1_u32..);
                keys.extend(places.map(|(option, place)| format!("q/{question}/{option}/{place}")));
            }
            // Not the value itself: whoever answers must not be able to make keys without end.
            Answer::Number(number) => keys.push(format!("q/{question}/{}", number.two_digits())),
            Answer::Date(day) => {
                let (year, month, _) = day.civil();
                keys.push(format!("q/{question}/{year:04}-{month:02}"));
            }
            Answer::Text(_) => {}
        }
    }
    if doubtful {
        let again: Vec<String> = keys.iter().map(|key| format!("~{key}")).collect();
        keys.extend(again);
    }
    keys
}
