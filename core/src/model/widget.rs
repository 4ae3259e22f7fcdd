//! One widget as the owner writes it.

use serde::{Deserialize, Serialize};

use crate::model::appearance::Appearance;
use crate::model::placement::Placement;
use crate::model::question::Question;
use crate::model::text::Text;
use crate::name::Name;
use crate::rule::Rule;
use crate::targeting::Targeting;

/// One version of a widget. Immutable once published: answers stay with the version that asked for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Widget {
    /// Its name on the page, in links and in counts.
    pub name: Name,
    pub kind: Kind,
    /// What the owner calls it.
    pub label: String,
    /// A heading above the questions, where one is wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// None for what has none of its own: a badge.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// Words after the answer has arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thanks: Option<Text>,
    /// Words on the button that sends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submit: Option<Text>,
    #[serde(default = "inline")]
    pub placement: Placement,
    #[serde(default, skip_serializing_if = "Targeting::is_open")]
    pub targeting: Targeting,
    #[serde(default)]
    pub appearance: Appearance,
    /// Alternatives that are shown by lot; none means that all see the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// No longer shown once this many have completed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_after: Option<u32>,
    /// Of a quiz: from how many percent of right answers on it is passed; 60 where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_percent: Option<u32>,
}

/// What sort of widget it is: decides its looks, its closing page and the checks on its questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// "How likely are you to recommend us?", 0–10.
    Nps,
    /// "How satisfied were you?", 1–5.
    Csat,
    /// "They made it easy", 1–7.
    Ces,
    /// Stars, smileys or thumbs.
    Rating,
    /// Any questions.
    Survey,
    /// One choice, with the result shown after the vote.
    Poll,
    /// Choices that are right or wrong, with the score and the reasons shown after answering.
    Quiz,
    /// A box that is always there.
    Feedback,
    /// What the owner has to tell: entries to read, nothing to answer.
    News,
    /// The badge of the loyalty programme: points, rewards and what earns them. What it shows is the site's programme.
    Loyalty,
    /// Members who want to be on it, by what they earned. What it shows is the site's programme.
    Leaderboard,
}

/// One alternative of an experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Variant {
    pub name: Name,
    /// Its share among the sum of all weights, 1 to 100.
    #[serde(default = "weight")]
    pub weight: u32,
    /// What it says instead: the widget's heading …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// … or the first question's wording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Text>,
}

impl Widget {
    /// Its questions in the order in which they are shown: of news the latest day first, and what has no day as it is
    /// written, after those that have one.
    pub fn shown(&self) -> Vec<&Question> {
        let mut questions: Vec<&Question> = self.questions.iter().collect();
        if self.kind == Kind::News {
            questions.sort_by_key(|question| core::cmp::Reverse(question.day()));
        }
        questions
    }

    /// The rules of its questions, in their order.
    pub fn rules(&self) -> Vec<Rule> {
        self.questions.iter().map(Question::rule).collect()
    }
}

impl Kind {
    /// All kinds, in the order in which they are offered.
    pub const ALL: [Self; 11] = [
        Self::Nps,
        Self::Csat,
        Self::Ces,
        Self::Rating,
        Self::Survey,
        Self::Poll,
        Self::Quiz,
        Self::Feedback,
        Self::News,
        Self::Loyalty,
        Self::Leaderboard,
    ];

    /// Its word in JSON and markup.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::Ces => "ces",
            Self::Rating => "rating",
            Self::Survey => "survey",
            Self::Poll => "poll",
            Self::Quiz => "quiz",
            Self::Feedback => "feedback",
            Self::News => "news",
            Self::Loyalty => "loyalty",
            Self::Leaderboard => "leaderboard",
        }
    }

    /// Whether it asks anything: what only tells has no answers, and no rate of answers is about it.
    pub const fn asks(self) -> bool {
        !matches!(self, Self::News | Self::Loyalty | Self::Leaderboard)
    }

    /// Whether it has no questions at all, not even entries to read.
    pub const fn bare(self) -> bool {
        matches!(self, Self::Loyalty | Self::Leaderboard)
    }
}

const fn inline() -> Placement {
    Placement::Inline
}

const fn weight() -> u32 {
    1
}
