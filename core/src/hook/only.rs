//! Whether a response is one that a hook wants to hear of.

use serde::{Deserialize, Serialize};

use super::Only;
use crate::answer::Answers;
use crate::metrics::ces::AGREES_FROM;
use crate::model::config::Config;
use crate::model::question::{Input, Measure, Question};
use crate::model::widget::Widget;
use crate::problem::{Fault, Problem};
use crate::response::Response;
use crate::validate::read;

/// What a score says, whichever the scale: NPS 0–6, 7–8, 9–10; satisfied or not; easy or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Unhappy,
    Neutral,
    Happy,
}

impl Group {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Unhappy, Self::Neutral, Self::Happy];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unhappy => "unhappy",
            Self::Neutral => "neutral",
            Self::Happy => "happy",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.as_str() == word)
    }

    /// What the scores of a response say; of several, the least happy one.
    pub fn of(response: &Response, widget: &Widget) -> Option<Self> {
        let value = |question: &Question| {
            let field = response.answers.iter().find(|(field, _)| *field == question.name.as_str());
            field.and_then(|(_, value)| value.parse::<i32>().ok())
        };
        let scores = widget.questions.iter().filter_map(|question| standing(question, value(question)?));
        scores.min()
    }
}

fn standing(question: &Question, point: i32) -> Option<Group> {
    let Input::Scale { measures, satisfied_from, .. } = &question.input else { return None };
    let from = match measures.as_ref()? {
        Measure::Nps => {
            return Some(match point {
                ..=6 => Group::Unhappy,
                7..=8 => Group::Neutral,
                _ => Group::Happy,
            });
        }
        Measure::Ces => AGREES_FROM,
        Measure::Csat => (*satisfied_from)?,
    };
    Some(if point >= from { Group::Happy } else { Group::Unhappy })
}

impl Only {
    /// Whether all conditions hold. Of a version whose definition is forgotten only the widget is known.
    pub fn holds(&self, response: &Response, config: &Config) -> bool {
        if !self.widgets.is_empty() && !self.widgets.contains(&response.widget) {
            return false;
        }
        if self.group.is_none() && self.when.is_none() {
            return true;
        }
        let Some(widget) = config.version(response.widget.as_str(), response.version) else { return false };
        let group = self.group.is_none_or(|wanted| Group::of(response, widget) == Some(wanted));
        group && self.when.as_ref().is_none_or(|when| when.holds(&answers(response, widget)))
    }

    /// Whether so many points, earned at once, are enough to be told of.
    pub fn points(&self, earned: i64) -> bool {
        self.points.is_none_or(|least| earned >= i64::from(least))
    }

    /// Everything that is wrong with them.
    pub(super) fn check(&self, config: &Config) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.widgets.iter().any(|name| config.record(name.as_str()).is_none()) {
            problems.push(Problem::new("widgets", Fault::Unknown));
        }
        if let Some(when) = &self.when {
            let named = |widget: &Widget| self.widgets.is_empty() || self.widgets.contains(&widget.name);
            let newest = config
                .widgets
                .iter()
                .filter_map(|record| record.versions.last().map(|version| &version.widget).or(record.draft.as_ref()));
            // It is enough that it makes sense in one of them: for the others it never holds.
            let verdicts: Vec<Vec<Problem>> =
                newest.filter(|widget| named(widget)).map(|widget| widget.check_condition(when)).collect();
            if let (Some(first), false) = (verdicts.first(), verdicts.iter().any(Vec::is_empty)) {
                problems.extend(first.iter().cloned().map(|problem| problem.within("when")));
            }
        }
        problems
    }
}

/// The answers of a stored response, as the form read them.
fn answers(response: &Response, widget: &Widget) -> Answers {
    read(&widget.rules(), &response.answers, false).unwrap_or_default()
}
