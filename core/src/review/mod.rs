//! What an owner should know of a widget before it is published: wording that spoils answers, questions that cannot be
//! answered honestly, and branches that nobody ever takes. Nothing of it forbids anything: [`Widget::check`] does that.
//!
//! Alarms that are false teach people to look away, so a rule that is not sure says nothing.

mod condition;
mod domain;
mod paths;
mod branching;
mod lint;

use crate::expr::Expr;
use crate::model::text::Locale;
use crate::model::widget::Widget;
use crate::name::Name;

pub use branching::{Next, Reach, Step, Ways};
pub use condition::{Condition, Part, Subject, Term};

/// Everything found, and the way through the questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// In the order of the questions.
    pub findings: Vec<Finding>,
    /// Every question, in order.
    pub steps: Vec<Step>,
    /// What is known of all ways through; `None` where there are too many to look at.
    pub ways: Option<Ways>,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The question, where it is about one.
    pub question: Option<Name>,
    /// Where in the question, or in the widget: `title`, `input.options[2].label`.
    pub field: String,
    /// The language of the text, where it has several.
    pub locale: Option<Locale>,
    pub issue: Issue,
}

/// What is the matter.
#[derive(Clone, Debug, PartialEq)]
pub enum Issue {
    /// It suggests the answer, by these words.
    Leading { words: String },
    /// It asks two things at once, joined by these words.
    DoubleBarrelled { words: String },
    /// Two negatives.
    DoubleNegative,
    /// A word of the trade that those who are asked need not know.
    Jargon { words: String },
    /// More words, or Chinese characters, than are read.
    TooLong { count: u32, most: u32 },
    /// A required choice where nothing may apply.
    NoWayOut,
    /// A list of reasons or sources that cannot be complete, without room for others.
    NoOther,
    /// A scale of numbers whose ends have no words.
    EndsUnnamed,
    /// More options, rows or columns than can be weighed.
    TooManyOptions { count: u32, most: u32 },
    /// Two options of the same words.
    SameLabel { words: String },
    /// Two options that both hold for the same number.
    Overlap { words: String },
    /// More required questions than people put up with.
    TooManyRequired { count: u32, most: u32 },
    /// More questions on the longest way than people put up with at this place.
    TooManyQuestions { count: u32, most: u32 },
    /// Nobody is ever asked this: because of this part of the condition, or because what it needs is never answered by the
    /// same person.
    NeverAsked { because: Option<Part> },
    /// Everybody is asked this, whatever its condition says.
    AlwaysAsked,
    /// A part of the condition that never holds.
    NeverHolds { part: Part },
    /// A part of the condition that always holds.
    AlwaysHolds { part: Part },
    /// Too many ways to say whether anybody is asked this.
    CannotTell,
}

/// Looks at everything. `site` is the language of texts that are given in one.
pub fn review(widget: &Widget, site: &Locale) -> Review {
    let branching = branching::of(widget);
    let longest = branching.ways.map(|ways| ways.longest);
    let mut findings = lint::widget(widget, site, longest);
    let mut about_branches = branching.findings;
    for question in &widget.questions {
        findings.extend(lint::question(widget, question, site));
        let of_this = |finding: &Finding| finding.question.as_ref() == Some(&question.name);
        let (mine, others) = about_branches.into_iter().partition(of_this);
        let mine: Vec<Finding> = mine;
        findings.extend(mine);
        about_branches = others;
    }
    Review { findings, steps: branching.steps, ways: branching.ways }
}

/// A condition as a tree; none of what is no whole expression.
pub fn condition(expr: &Expr) -> Option<Part> {
    Part::of(expr)
}

#[cfg(test)]
mod tests;
