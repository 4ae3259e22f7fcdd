//! `GET /badge/{site}/{widget}.svg|json`: the satisfaction rate for everybody to see, with its interval and the number of
//! answers, where the owner made it public.

use maud::{PreEscaped, html};
use rapport_core::metrics::Figure;
use rapport_core::metrics::csat;
use rapport_core::model::question::{Input, Measure};
use rapport_core::model::widget::Widget;
use rapport_core::name::{Name, SiteId};
use rapport_core::time::Day;
use serde::Serialize;
use worker::{Env, Request, Response};

use crate::clock::now;
use crate::command::{Command, Counts};
use crate::limits::brake;
use crate::link;
use crate::owner::access::address;
use crate::problem::Fail;
use crate::reply;
use crate::route::Picture;
use crate::sites;

/// Days that the badge looks back.
const DAYS: i32 = 90;
/// Fewer answers than this say nothing, and would let people be recognised.
const FEWEST: u64 = 10;
const CACHE: &str = "public, max-age=300, stale-while-revalidate=86400";

#[derive(Serialize)]
struct Badge {
    site: SiteId,
    widget: Name,
    /// The days that were looked at, both included.
    from: Day,
    to: Day,
    /// Answers.
    n: u64,
    /// Satisfied of them, from 0 to 1; nothing as long as there are few.
    rate: Option<f64>,
    /// Where the rate lies with 95 % confidence (Wilson).
    low: Option<f64>,
    high: Option<f64>,
}

/// 1. A brake, as every look asks the site's object; a public badge, and a question that measures satisfaction.
/// 2. Counts of the last 90 days.
/// 3. The picture.
pub async fn get(site: &SiteId, name: &Name, picture: Picture, request: &Request, env: &Env) -> Result<Response, Fail> {
    let config = sites::config(env, site).await?;
    brake::check(env, site, &address(request.headers())?).await?;
    let widget = config.record(name.as_str()).and_then(|record| record.versions.last()).map(|version| &version.widget);
    let measured = widget.filter(|_| config.site.public_badge).and_then(measured);
    let (question, satisfied_from) = measured.ok_or_else(Fail::not_found)?;
    let to = now().day();
    let from = to.plus(1 - DAYS);
    let counts: Vec<Counts> = link::site(env, site, &Command::Counts { from, to, widget: Some(name.clone()) }).await?;
    let points = points(&counts, &question);
    let figure = csat::satisfaction(&points, satisfied_from).filter(|_| answers(&points) >= FEWEST);
    let badge = Badge {
        site: site.clone(),
        widget: name.clone(),
        from,
        to,
        n: answers(&points),
        rate: figure.as_ref().map(|figure| figure.value),
        low: figure.as_ref().map(|figure| figure.low),
        high: figure.as_ref().map(|figure| figure.high),
    };
    match picture {
        Picture::Json => reply::typed(serde_json::to_string(&badge)?, "application/json", CACHE),
        Picture::Svg => reply::typed(svg(figure.as_ref(), badge.n), "image/svg+xml", CACHE),
    }
}

/// The first question that measures satisfaction, and from which point on somebody is satisfied.
fn measured(widget: &Widget) -> Option<(Name, i32)> {
    widget.questions.iter().find_map(|question| match &question.input {
        Input::Scale { max, measures: Some(Measure::Csat), satisfied_from, .. } => {
            Some((question.name.clone(), satisfied_from.unwrap_or(max - 1)))
        }
        _ => None,
    })
}

fn points(counts: &[Counts], question: &Name) -> Vec<(i32, u64)> {
    let prefix = format!("q/{question}/");
    let keys = counts.iter().flat_map(|counts| &counts.keys);
    keys.filter_map(|(key, n)| Some((key.strip_prefix(&prefix)?.parse().ok()?, u64::try_from(*n).ok()?))).collect()
}

fn answers(points: &[(i32, u64)]) -> u64 {
    points.iter().map(|(_, n)| n).sum()
}

fn svg(figure: Option<&Figure>, n: u64) -> String {
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let words = match figure {
        Some(figure) => {
            format!(
                "{} % satisfied ({}–{} %, n = {n})",
                percent(figure.value),
                percent(figure.low),
                percent(figure.high)
            )
        }
        None => "not enough answers yet".to_owned(),
    };
    // Wide enough for the words in any system font, about seven units a letter.
    let width = words.chars().count() * 7 + 20;
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height="28" role="img" aria-label=(words) {
            (PreEscaped("<style>rect{fill:#fff;stroke:#767676}text{fill:#1a1a1a;font:13px system-ui,sans-serif}@media(prefers-color-scheme:dark){rect{fill:#1e1e1e}text{fill:#f2f2f2}}</style>"))
            rect x="0.5" y="0.5" width=(width - 1) height="27" rx="6" {}
            text x=(width / 2) y="18" text-anchor="middle" { (words) }
        }
    }
    .into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_answers_are_not_a_rate() {
        assert!(svg(None, 3).contains("not enough answers yet"));
    }

    #[test]
    fn points_of_the_question_only() {
        let counts = Counts {
            day: Day(0),
            widget: Name::parse("csat").unwrap(),
            version: 1,
            variant: None,
            keys: [("q/csat/5", 3), ("q/csat", 3), ("q/other/5", 9), ("seen", 8)]
                .map(|(key, n)| (key.to_owned(), n))
                .into(),
        };
        assert_eq!(points(&[counts], &Name::parse("csat").unwrap()), [(5, 3)]);
    }
}
