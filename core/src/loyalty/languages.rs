//! The languages that a programme is written in.

use super::program::{Gives, Program};
use crate::model::text::{Locale, Text};

impl Program {
    /// Those of any of its texts, in order; none where each text has one language only, the site's.
    pub fn languages(&self) -> Vec<Locale> {
        let tiers = self.tiers.iter().flat_map(|tier| [Some(&tier.label), tier.perks.as_ref()]);
        let rewards = self.rewards.iter().flat_map(|reward| {
            let told = if let Gives::Text { text } = &reward.gives { Some(text) } else { None };
            [Some(&reward.label), reward.note.as_ref(), told]
        });
        let rules = self.rules.iter().map(|rule| rule.label.as_ref());
        let draws = self.draws.iter().map(|draw| Some(&draw.label));
        let texts = [Some(&self.name)].into_iter().chain(tiers).chain(rewards).chain(rules).chain(draws).flatten();
        let mut found: Vec<Locale> = texts
            .filter_map(|text| if let Text::Many(texts) = text { Some(texts.keys()) } else { None })
            .flatten()
            .cloned()
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::loyalty::template::ready;
    use crate::model::text::Text;

    #[test]
    fn they_are_those_of_any_text() {
        let mut program = ready("EUR").unwrap();
        let tags = |program: &super::Program| {
            program.languages().iter().map(|locale| locale.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(tags(&program), ["de", "en", "zh-CN"]);
        program.rewards.clear();
        program.tiers.clear();
        program.name = Text::One("Points".to_owned());
        assert_eq!(tags(&program), [""; 0]);
    }
}
