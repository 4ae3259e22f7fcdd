//! From question to question: which are shown, what holds the visitor back, where it goes on, and how it ends. The path
//! and the verdicts are the core's; the Worker comes to the same ones.

use rapport_core::answer::{Answers, Field};
use rapport_core::problem::Fault;
use rapport_core::rule::Shape;
use rapport_core::scan::cut;
use rapport_core::time::Timestamp;
use rapport_core::{validate, walk};

use crate::call::Call;
use crate::impression::Moment;
use crate::page::Page;
use crate::response::Response;
use crate::widget::{Flow, Phase, Widget};
use crate::{draft, hands};

/// How long a choice is shown before the next question comes, in milliseconds.
const ADVANCE_MS: i64 = 300;
/// How long after the form went on by itself a press of the button is still meant for the question before, in milliseconds.
const LATE_MS: i64 = 700;

/// What is answered so far, and what follows from it.
struct Standing {
    /// For each question whether it is answered, and well enough to decide by.
    answered: Vec<bool>,
    /// For each question whether it is asked.
    path: Vec<bool>,
}

impl Standing {
    fn next(&self, step: usize) -> Option<usize> {
        let mut index = step + 1;
        while index < self.path.len() {
            if self.asked(index) {
                return Some(index);
            }
            index += 1;
        }
        None
    }

    fn asked(&self, index: usize) -> bool {
        self.path.get(index) == Some(&true)
    }

    fn answered(&self, index: usize) -> bool {
        self.answered.get(index) == Some(&true)
    }

    fn length(&self) -> usize {
        self.path.iter().filter(|asked| **asked).count()
    }
}

impl Widget {
    fn standing(&self, fields: &[Field]) -> Standing {
        let mut answers = Answers::default();
        let mut answered = Vec::new();
        for rule in &self.rules {
            let answer = validate::read_one(rule, fields, false);
            answered.push(matches!(answer, Ok(Some(_))));
            if let Ok(Some(answer)) = answer {
                answers.set(rule.name.clone(), answer);
            }
        }
        Standing { path: walk::path(&self.rules, &answers), answered }
    }

    /// Goes to the first question, or, with `resumed`, to the last that was answered: where the visitor was.
    pub fn find_place(&mut self, resumed: bool) {
        let standing = self.standing(&self.fields());
        self.trail.clear();
        self.step = if standing.asked(0) { 0 } else { standing.next(0).unwrap_or(0) };
        if resumed {
            let (mut at, mut passed) = (self.step, Vec::new());
            while let (true, Some(next)) = (self.flow == Flow::Paged, standing.next(at)) {
                passed.push(at);
                at = next;
                if standing.answered(at) {
                    self.trail.append(&mut passed);
                    self.step = at;
                }
            }
            hands::say(self.index, "resumed", 0, 0);
        }
        self.refresh(&standing);
    }

    /// Something was chosen or typed.
    pub fn changed(&mut self) {
        if self.phase != Phase::Asking {
            return;
        }
        self.had(Moment::Started);
        self.advanced = Timestamp(0);
        hands::never(Call::Advance, self.index);
        self.refresh(&self.standing(&self.fields()));
        self.save_soon();
    }

    /// A click chose something: where that answers all there is to answer here, it goes on in a moment, so that the
    /// visitor sees what was chosen. Where one click is the whole answer, that sends it; where questions are shown
    /// together, the visitor says when.
    pub fn pick(&mut self) {
        let single = match self.rules.get(self.step).map(|rule| &rule.shape) {
            Some(Shape::Scale { .. }) => true,
            Some(Shape::Choice { max: 1, other: false, .. }) => self.flow == Flow::Paged,
            _ => false,
        };
        let goes_on = match self.flow {
            Flow::Paged => self.standing(&self.fields()).next(self.step).is_some(),
            Flow::Growing => self.rules.len() == 1,
            Flow::Open => false,
        };
        if self.phase == Phase::Asking && single && goes_on {
            hands::after(ADVANCE_MS, Call::Advance, self.index);
        }
    }

    /// The button, or Enter. Where the form has just gone on by itself to a question that wants an answer, the visitor
    /// meant the one before, and a complaint would be unjust.
    pub fn submit(&mut self, page: &mut Page) {
        let wanted = self.rules.get(self.step).is_some_and(|rule| rule.required);
        if !wanted || hands::now().0 - self.advanced.0 > LATE_MS {
            self.next(page);
        }
    }

    /// On, after a choice that answers all there is to answer here.
    pub fn advance(&mut self, page: &mut Page) {
        self.next(page);
        self.advanced = hands::now();
    }

    /// On to the next question, or to the end.
    fn next(&mut self, page: &mut Page) {
        hands::never(Call::Advance, self.index);
        if self.phase != Phase::Asking {
            return;
        }
        self.had(Moment::Started);
        let fields = self.fields();
        let standing = self.standing(&fields);
        let mut wrong = None;
        for index in (0..self.rules.len()).rev() {
            let shown = if self.flow == Flow::Paged { index == self.step } else { standing.asked(index) };
            if shown && !self.holds(index, &fields) {
                wrong = Some(index);
            }
        }
        if let Some(index) = wrong {
            return hands::focus(self.index, index);
        }
        match standing.next(self.step) {
            Some(next) if self.flow == Flow::Paged => {
                self.save_soon();
                self.trail.push(self.step);
                self.go_to(next, &standing);
            }
            _ => {
                self.phase = Phase::Sending;
                hands::say(self.index, "sending", 0, 0);
                self.send(page, self.reportable(false), true);
                draft::keep(self, &fields);
            }
        }
    }

    /// One step back.
    pub fn back(&mut self) {
        if let Some(step) = self.trail.pop() {
            let standing = self.standing(&self.fields());
            self.go_to(step, &standing);
        }
    }

    /// Forgets what was answered and kept.
    pub fn start_over(&mut self, active_ms: i64) {
        draft::forget(self);
        hands::restore(self.index, "");
        hands::say(self.index, "", 0, 0);
        self.response = Response::new(active_ms);
        self.phase = Phase::Asking;
        self.find_place(false);
    }

    /// The fields of questions on the path; with `settled` only those that may be reported before they are sent: what was
    /// chosen, and words that were left behind by going on. Words that are still being typed are nobody's business yet.
    pub fn reportable(&self, settled: bool) -> Vec<Field> {
        let mut fields = self.fields();
        let standing = self.standing(&fields);
        for (index, rule) in self.rules.iter().enumerate() {
            let words = matches!(rule.shape, Shape::Text { .. } | Shape::Email) && !self.trail.contains(&index);
            if !standing.asked(index) || (settled && words) {
                fields.retain(|(field, _)| cut(field, b'.').0 != rule.name.as_str());
            }
        }
        fields
    }

    fn go_to(&mut self, step: usize, standing: &Standing) {
        self.step = step;
        self.refresh(standing);
        hands::say(self.index, "step", self.trail.len() + 1, standing.length());
        hands::focus(self.index, step);
    }

    /// Shows the questions that belong on the screen now.
    fn refresh(&self, standing: &Standing) {
        let more = self.flow == Flow::Open || (self.flow == Flow::Growing && standing.answered(self.step));
        let mut marks = String::new();
        for index in 0..self.rules.len() {
            marks.push(if index == self.step || (more && standing.asked(index)) { '1' } else { '0' });
        }
        hands::show(self.index, &marks);
        if self.flow == Flow::Paged {
            let optional =
                self.rules.get(self.step).is_some_and(|rule| !rule.required && !matches!(rule.shape, Shape::Info));
            let word = match standing.next(self.step) {
                None => "",
                Some(_) if optional && !standing.answered(self.step) => "skip",
                Some(_) => "next",
            };
            hands::foot(self.index, !self.trail.is_empty(), self.trail.len(), standing.length(), word);
        }
    }

    /// Whether a question may be left as it is; if not, it says why.
    fn holds(&self, index: usize, fields: &[Field]) -> bool {
        let Some(rule) = self.rules.get(index) else { return true };
        let problems = validate::read_one(rule, fields, true).err().unwrap_or_default();
        let fault = problems.first().map(|problem| &problem.fault);
        let key = match (fault, &rule.shape) {
            (None, _) => "",
            (Some(Fault::Required), Shape::Consent) => "consent",
            (Some(Fault::Malformed { .. }), Shape::Email) => "malformed_email",
            (Some(Fault::Malformed { .. }), Shape::Number { .. }) => "malformed_number",
            (Some(Fault::Malformed { .. }), Shape::Date { .. }) => "malformed_date",
            (Some(fault), _) => fault.code(),
        };
        hands::complain(self.index, index, key, &fault.and_then(Fault::limit).unwrap_or_default());
        fault.is_none()
    }
}
