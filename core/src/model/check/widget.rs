//! A widget as a whole.

use super::{Found, expression, kind, question};
use crate::expr::Expr;
use crate::json;
use crate::limits::{FIELDS, LABEL_CHARS, QUESTIONS, VARIANTS};
use crate::model::placement::Placement;
use crate::model::widget::{Kind, Widget};
use crate::problem::{Fault, Problem};
use crate::rule::Shape;

impl Widget {
    /// Reads and checks what an owner wrote.
    ///
    /// # Errors
    /// The one problem that stopped the reader, or everything that is wrong with what it read.
    pub fn parse(json: &str) -> Result<Self, Vec<Problem>> {
        let widget: Self = json::strict(json.as_bytes()).map_err(|problem| vec![problem])?;
        let problems = widget.check();
        if problems.is_empty() { Ok(widget) } else { Err(problems) }
    }

    /// Everything that is wrong with a condition on the answers to its questions, all of which are given.
    pub fn check_condition(&self, condition: &Expr) -> Vec<Problem> {
        expression::check(condition, self.questions.len(), &self.questions)
    }

    /// Everything that is wrong with it.
    pub fn check(&self) -> Vec<Problem> {
        let mut found = Found::default();
        found.line("label", &self.label, LABEL_CHARS);
        found.text("title", self.title.as_ref());
        found.text("thanks", self.thanks.as_ref());
        found.text("submit", self.submit.as_ref());
        let (least, most) = if self.kind.bare() { (0, 0) } else { (1, QUESTIONS) };
        found.count("questions", self.questions.len(), least, most);
        let questions = self.questions.get(..QUESTIONS).unwrap_or(&self.questions);
        found.unique(|index| format!("questions[{index}].name"), questions.iter().map(|question| &question.name));
        for (index, question) in questions.iter().enumerate() {
            found.within(&format!("questions[{index}]"), question::check(question, index, questions));
        }
        let fields: usize = questions.iter().map(|question| fields(&question.input.shape())).sum();
        if fields > FIELDS {
            found.conflict(
                "questions",
                format!("all options and rows together make {fields} form fields; {FIELDS} are allowed"),
            );
        }
        kind::check(self, &mut found);
        if let Placement::Tab { label, .. } = &self.placement {
            found.text("placement.label", Some(label));
        }
        found.within("targeting", self.targeting.check());
        found.within("appearance", self.appearance.check());
        self.check_variants(&mut found);
        if self.stop_after == Some(0) {
            found.put("stop_after", Fault::TooLow { min: 1.into() });
        }
        if let Some(percent) = self.pass_percent {
            found.range("pass_percent", percent, 1, 100);
            if self.kind != Kind::Quiz {
                found.conflict("pass_percent", "only a quiz can be passed");
            }
        }
        found.0
    }

    fn check_variants(&self, found: &mut Found) {
        if !self.variants.is_empty() {
            found.count("variants", self.variants.len(), 2, VARIANTS);
        }
        found.unique(|index| format!("variants[{index}].name"), self.variants.iter().map(|variant| &variant.name));
        for (index, variant) in self.variants.iter().enumerate().take(VARIANTS) {
            let field = |name: &str| format!("variants[{index}].{name}");
            found.range(&field("weight"), variant.weight, 1, 100);
            found.text(&field("title"), variant.title.as_ref());
            found.text(&field("question"), variant.question.as_ref());
        }
    }
}

/// The most form fields that a question may send.
fn fields(shape: &Shape) -> usize {
    match shape {
        Shape::Choice { options, other, max, .. } => options.len().min(*max as usize) + if *other { 2 } else { 0 },
        Shape::Ranking { options } => options.len(),
        Shape::Matrix { rows, .. } => rows.len(),
        Shape::Info => 0,
        _ => 1,
    }
}
