//! What the parts of a programme are called: by the names that the ledger has, which may be of an older programme.

use rapport_core::loyalty::program::Program;

use super::say;
use crate::dashboard::page::Speech;

/// The programmes that may know a name, the newer one first.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub programs: [Option<&'a Program>; 2],
    pub speech: &'a Speech<'a>,
}

impl Names<'_> {
    fn programs(&self) -> impl Iterator<Item = &Program> {
        self.programs.iter().copied().flatten()
    }

    /// A rule's own words, or what it is for; the name itself where nobody knows it any more.
    pub fn rule(&self, name: &str) -> String {
        let rules = self.programs().flat_map(|program| &program.rules);
        rules
            .filter(|rule| rule.name.as_str() == name)
            .map(|rule| self.called(rule))
            .next()
            .unwrap_or_else(|| name.to_owned())
    }

    fn called(&self, rule: &rapport_core::loyalty::program::Rule) -> String {
        match &rule.label {
            Some(label) => self.speech.text(label).to_owned(),
            None => say::trigger(say::word(&rule.when), &self.speech.strings().program).to_owned(),
        }
    }

    pub fn tier(&self, name: &str) -> String {
        let tiers = self.programs().flat_map(|program| &program.tiers);
        let label = tiers.filter(|tier| tier.name.as_str() == name).map(|tier| self.speech.text(&tier.label)).next();
        label.unwrap_or(name).to_owned()
    }

    pub fn reward(&self, name: &str) -> String {
        let rewards = self.programs().flat_map(|program| &program.rewards);
        let label =
            rewards.filter(|reward| reward.name.as_str() == name).map(|reward| self.speech.text(&reward.label)).next();
        label.unwrap_or(name).to_owned()
    }

    /// The part that a problem's or advice's field is about: its name and what it is called.
    pub fn part(&self, field: &str) -> Option<(String, String)> {
        let (list, rest) = field.split_once('[')?;
        let index: usize = rest.split_once(']')?.0.parse().ok()?;
        let program = self.programs().next()?;
        let text = |text| self.speech.text(text).to_owned();
        Some(match list {
            "rules" => program.rules.get(index).map(|rule| (rule.name.to_string(), self.called(rule)))?,
            "tiers" => program.tiers.get(index).map(|tier| (tier.name.to_string(), text(&tier.label)))?,
            "rewards" => program.rewards.get(index).map(|reward| (reward.name.to_string(), text(&reward.label)))?,
            "draws" => program.draws.get(index).map(|draw| (draw.name.to_string(), text(&draw.label)))?,
            _ => return None,
        })
    }
}
