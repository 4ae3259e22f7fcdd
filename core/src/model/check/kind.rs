//! What each kind of widget asks first: its figure, badge and closing page depend on it.

use super::Found;
use crate::model::placement::Placement;
use crate::model::question::{Input, Look, Measure, Question};
use crate::model::widget::{Kind, Widget};

pub(super) fn check(widget: &Widget, found: &mut Found) {
    let first =
        widget.questions.iter().map(|question| &question.input).find(|input| !matches!(input, Input::Info { .. }));
    let measures = |wanted| matches!(first, Some(Input::Scale { measures, .. }) if *measures == Some(wanted));
    let why = match widget.kind {
        Kind::Nps if !measures(Measure::Nps) => "the first question of kind nps is a scale that measures nps",
        Kind::Csat if !measures(Measure::Csat) => "the first question of kind csat is a scale that measures csat",
        Kind::Ces if !measures(Measure::Ces) => "the first question of kind ces is a scale that measures ces",
        Kind::Rating if !matches!(first, Some(Input::Scale { look, .. }) if *look != Look::Numbers) => {
            "the first question of kind rating is a scale that looks like stars, smileys or thumbs"
        }
        Kind::Poll if !matches!(first, Some(Input::Choice { .. })) => "the first question of kind poll is a choice",
        Kind::Feedback if !widget.questions.iter().any(|question| matches!(question.input, Input::Text { .. })) => {
            "a widget of kind feedback has a question of type text"
        }
        Kind::News if first.is_some() => "entries of news are of type info: there is nothing to answer",
        Kind::News if widget.stop_after.is_some() => {
            return found.conflict("stop_after", "news has nothing to answer, so it cannot end after some answers");
        }
        Kind::News => return,
        Kind::Loyalty | Kind::Leaderboard => return badge(widget, found),
        Kind::Quiz if !widget.questions.iter().any(judged) => "a quiz has a choice with a right answer",
        kind if kind != Kind::Quiz && widget.questions.iter().any(judged) => {
            "only in a quiz are answers right or wrong"
        }
        _ if widget.questions.iter().any(|question| question.day().is_some()) => "only entries of news have a day",
        _ => return,
    };
    found.conflict("questions", why);
}

/// The badge, and the leaderboard likewise, is where customers look for it: it never comes up by itself, and its words are the programme's.
fn badge(widget: &Widget, found: &mut Found) {
    if matches!(widget.placement, Placement::Modal | Placement::Bar { .. }) {
        found.conflict("placement", "a badge is part of the page, a tab at the edge or a pill in a corner");
    }
    if !widget.variants.is_empty() {
        found.conflict("variants", "a badge has no wordings of its own to compare");
    }
    if widget.stop_after.is_some() {
        found.conflict("stop_after", "a badge has nothing to answer, so it cannot end after some answers");
    }
}

/// Whether an answer to it can be right or wrong.
fn judged(question: &Question) -> bool {
    matches!(&question.input, Input::Choice { correct, .. } if !correct.is_empty())
}
