//! One question as the owner writes it.

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;
use crate::expr::Expr;
use crate::model::nothing_else;
use crate::model::text::Text;
use crate::name::Name;
use crate::rule::{Rule, Shape};
use crate::time::Day;

/// One question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its form field, key in counts and name in expressions; unique within the widget.
    pub name: Name,
    /// The wording. `{other_question}` pipes an earlier answer in.
    pub title: Text,
    /// A line below the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// Whether the survey may be finished without an answer.
    #[serde(default)]
    pub required: bool,
    /// Asked only where this holds: `nps <= 6 and answered(reason)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Expr>,
    /// What is asked for.
    pub input: Input,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Input {
    /// Points from `min` to `max`, at most eleven.
    Scale {
        min: i32,
        max: i32,
        /// Words at the low end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        low: Option<Text>,
        /// Words at the high end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<Text>,
        #[serde(default)]
        look: Look,
        /// Which figure of the dashboard its answers feed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        measures: Option<Measure>,
        /// The least point that counts as satisfied, where it measures satisfaction: 4 of 5, thumbs up.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        satisfied_from: Option<i32>,
    },
    /// Options to choose from.
    Choice {
        options: Vec<Choice>,
        /// Offer a field for the visitor's own words.
        #[serde(default)]
        other: bool,
        /// Offer the options in an order drawn anew for each visitor.
        #[serde(default)]
        shuffle: bool,
        /// Fewest to choose, where any.
        #[serde(default = "one")]
        min: u32,
        /// Most to choose: 1 makes it a single choice.
        #[serde(default = "one")]
        max: u32,
        /// In a quiz: the right options, all of which and none else must be chosen.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        correct: Vec<Name>,
        /// In a quiz: why they are right, told after answering.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        explanation: Option<Text>,
    },
    /// Free text.
    Text {
        #[serde(default)]
        long: bool,
        /// Most characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u32>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        placeholder: Option<Text>,
    },
    /// An e-mail address.
    #[serde(deserialize_with = "nothing_else")]
    Email,
    /// A number.
    Number {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Decimal>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Decimal>,
    },
    /// A day.
    Date {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        min: Option<Day>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<Day>,
    },
    /// Options to put in order.
    Ranking { options: Vec<Choice> },
    /// Rows, each answered by one of the columns.
    Matrix { rows: Vec<Choice>, columns: Vec<Choice> },
    /// A box to tick.
    Consent { label: Text },
    /// Words only.
    Info {
        /// Of an entry of news: since when it is true.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        day: Option<Day>,
    },
}

/// An option, row or column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its value on the wire and its key in counts.
    pub name: Name,
    /// Its wording.
    pub label: Text,
}

/// How a scale is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// The numbers themselves.
    #[default]
    Numbers,
    /// Stars that fill up.
    Stars,
    /// Five faces.
    Smileys,
    /// Thumb down, thumb up.
    Thumbs,
}

/// Which figure of the dashboard a scale feeds. Questions of several widgets may feed the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Net Promoter Score; the scale is 0–10.
    Nps,
    /// Satisfaction rate; `satisfied_from` says what counts.
    Csat,
    /// Customer Effort Score 2.0; the scale is 1–7.
    Ces,
}

impl Question {
    /// The part that logic needs.
    pub fn rule(&self) -> Rule {
        Rule {
            name: self.name.clone(),
            shape: self.input.shape(),
            required: self.required,
            show_if: self.show_if.clone(),
        }
    }

    /// The day of an entry of news, where it has one.
    pub const fn day(&self) -> Option<Day> {
        if let Input::Info { day } = &self.input { *day } else { None }
    }
}

impl Input {
    /// What counts as an answer.
    pub fn shape(&self) -> Shape {
        let names = |choices: &[Choice]| choices.iter().map(|choice| choice.name.clone()).collect();
        match self {
            Self::Scale { min, max, .. } => Shape::Scale { min: *min, max: *max },
            Self::Choice { options, other, min, max, .. } => {
                Shape::Choice { options: names(options), other: *other, min: *min, max: *max }
            }
            Self::Text { long, max, .. } => Shape::Text { max: max.unwrap_or(if *long { 5_000 } else { 200 }) },
            Self::Email => Shape::Email,
            Self::Number { min, max } => Shape::Number { min: *min, max: *max },
            Self::Date { min, max } => Shape::Date { min: *min, max: *max },
            Self::Ranking { options } => Shape::Ranking { options: names(options) },
            Self::Matrix { rows, columns } => Shape::Matrix { rows: names(rows), columns: names(columns) },
            Self::Consent { .. } => Shape::Consent,
            Self::Info { .. } => Shape::Info,
        }
    }
}

const fn one() -> u32 {
    1
}
