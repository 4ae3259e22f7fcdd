//! Questions that are the same question, through the versions of their widget.

use core::mem::discriminant;

use crate::model::config::Record;
use crate::model::question::{Input, Question};
use crate::name::Name;
use crate::report::cut::Asked;

/// One question through the versions that ask for the same kind of thing under the same name.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    pub widget: &'a Name,
    /// The newest first.
    pub asked: Vec<(u32, &'a Question)>,
}

impl<'a> Group<'a> {
    /// The questions of a widget, in the order of its newest version, those no longer asked last.
    pub fn all(record: &'a Record) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for version in record.versions.iter().rev() {
            for question in &version.widget.questions {
                match groups.iter_mut().find(|group| group.takes(question)) {
                    Some(group) => group.asked.push((version.number, question)),
                    None => groups.push(Self { widget: &version.widget.name, asked: vec![(version.number, question)] }),
                }
            }
        }
        groups
    }

    /// As its newest version asks it.
    pub fn newest(&self) -> Option<(u32, &'a Question)> {
        self.asked.first().copied()
    }

    /// Whether it was this question that was asked there.
    pub fn was(&self, asked: Asked<'_>) -> bool {
        asked.widget == self.widget && self.asked.iter().any(|(version, _)| *version == asked.version)
    }

    fn takes(&self, question: &Question) -> bool {
        self.newest().is_some_and(|(_, newest)| newest.name == question.name && alike(&newest.input, &question.input))
    }
}

/// Whether answers to both can be counted together. Points of different scales cannot; options come and go.
fn alike(one: &Input, other: &Input) -> bool {
    match (one, other) {
        (Input::Scale { min, max, .. }, Input::Scale { min: other_min, max: other_max, .. }) => {
            (min, max) == (other_min, other_max)
        }
        _ => discriminant(one) == discriminant(other),
    }
}
