//! Every text of a widget, one by one.

use crate::model::placement::Placement;
use crate::model::question::{Choice, Input};
use crate::model::text::Text;
use crate::model::widget::Widget;

impl Widget {
    /// Lets `each` change every text that visitors may come to see.
    pub fn each_text(&mut self, each: &mut dyn FnMut(&mut Text)) {
        self.title.iter_mut().for_each(&mut *each);
        for question in &mut self.questions {
            each(&mut question.title);
            question.hint.iter_mut().for_each(&mut *each);
            let mut labels = |choices: &mut Vec<Choice>| choices.iter_mut().for_each(|choice| each(&mut choice.label));
            match &mut question.input {
                Input::Scale { low, high, .. } => low.iter_mut().chain(high).for_each(&mut *each),
                Input::Choice { options, explanation, .. } => {
                    labels(options);
                    explanation.iter_mut().for_each(&mut *each);
                }
                Input::Ranking { options } => labels(options),
                Input::Matrix { rows, columns } => {
                    labels(rows);
                    labels(columns);
                }
                Input::Text { placeholder, .. } => placeholder.iter_mut().for_each(&mut *each),
                Input::Consent { label } => each(label),
                Input::Email | Input::Number { .. } | Input::Date { .. } | Input::Info { .. } => {}
            }
        }
        self.thanks.iter_mut().chain(&mut self.submit).for_each(&mut *each);
        if let Placement::Tab { label, .. } = &mut self.placement {
            each(label);
        }
        for variant in &mut self.variants {
            variant.title.iter_mut().chain(&mut variant.question).for_each(&mut *each);
        }
    }
}
