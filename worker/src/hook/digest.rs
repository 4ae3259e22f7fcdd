//! A digest: the figures of a day or a week with their intervals and verdicts, the newest comments, and what to do next.

use rapport_core::hook::message::{Line, Message};
use rapport_core::report::Overview;
use rapport_core::response::Response;
use rapport_core::time::Day;
use serde_json::{Value, json};

use super::event::Told;
use crate::dashboard::{figure, format, overview};

/// Comments of one digest.
const COMMENTS: usize = 5;

/// A digest, in the words of its language.
pub struct Digest {
    from: Day,
    to: Day,
    /// Whether anybody answered.
    pub happened: bool,
    seen: u64,
    completed: u64,
    figures: Vec<Reading>,
    /// What was asked, and what was said to it.
    comments: Vec<(String, String)>,
    next: Vec<String>,
}

struct Reading {
    metric: &'static str,
    name: &'static str,
    value: f64,
    low: f64,
    high: f64,
    of: u64,
    words: String,
    verdict: String,
}

impl Digest {
    /// From what the dashboard would show of these days.
    pub fn new(told: &Told<'_>, shown: &Overview<'_>, (from, to): (Day, Day), latest: &[Response]) -> Self {
        let s = told.lang.strings();
        let figures = shown.figures.iter().filter_map(|one| {
            let now = one.now.estimate()?;
            let unit = one.metric.unit();
            let (low, high) = format::ends(&now, unit);
            Some(Reading {
                metric: one.metric.as_str(),
                name: s.metric(one.metric).name,
                value: now.value,
                low: now.low,
                high: now.high,
                of: one.now.of(),
                words: format!("{} ({})", format::value(&now, unit), (s.between)(&low, &high)),
                verdict: one.verdict.as_ref().map(|v| figure::verdict_words(v, one, told.lang)).unwrap_or_default(),
            })
        });
        let comments = latest.iter().flat_map(|response| told.said(response)).filter(|said| said.words);
        let hints = shown.hints.iter().map(|hint| overview::hint_words(hint, told.config, told.lang).0);
        Self {
            from,
            to,
            happened: shown.widgets.iter().any(|row| row.funnel.answered > 0 || row.funnel.completed > 0),
            seen: shown.widgets.iter().map(|row| row.funnel.seen).sum(),
            completed: shown.widgets.iter().map(|row| row.funnel.completed).sum(),
            figures: figures.collect(),
            comments: comments.take(COMMENTS).map(|said| (said.question, said.answer)).collect(),
            next: hints.collect(),
        }
    }

    /// For programs.
    pub fn data(&self, told: &Told<'_>) -> Value {
        let figures: Vec<Value> = self
            .figures
            .iter()
            .map(|one| {
                json!({
                    "metric": one.metric, "name": one.name, "value": one.value, "low": one.low, "high": one.high,
                    "of": one.of, "verdict": one.verdict,
                })
            })
            .collect();
        let comments: Vec<Value> =
            self.comments.iter().map(|(asked, said)| json!({ "question": asked, "answer": said })).collect();
        json!({
            "site": told.site(),
            "from": self.from,
            "to": self.to,
            "seen": self.seen,
            "completed": self.completed,
            "figures": figures,
            "comments": comments,
            "next": self.next,
            "url": told.page(&format!("?from={}&to={}", self.from, self.to)),
        })
    }

    /// For people.
    pub fn message(&self, told: &Told<'_>, weekly: bool) -> Message {
        let c = &told.lang.strings().connect;
        let days = format::days(self.from, self.to, told.lang);
        let title = if weekly { c.weekly } else { c.daily };
        let mut lines = Vec::new();
        if self.happened {
            lines.push(Line::Text((c.totals)(&format::count(self.completed), &format::count(self.seen))));
        } else {
            lines.push(Line::Text(c.nothing.to_owned()));
        }
        for one in &self.figures {
            let verdict = if one.verdict.is_empty() { String::new() } else { format!(" – {}", one.verdict) };
            lines.push(Line::Fact(one.name.to_owned(), format!("{}{verdict}", one.words)));
        }
        lines.extend(self.comments.iter().map(|(asked, said)| Line::Quote(asked.clone(), said.clone())));
        lines.extend(self.next.iter().map(|hint| Line::Fact(c.next.to_owned(), hint.clone())));
        let link = (c.open_it.to_owned(), told.page(&format!("?from={}&to={}", self.from, self.to)));
        Message { title: title(&told.config.site.name, &days), lines, link: Some(link) }
    }
}
