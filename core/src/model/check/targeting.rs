//! A targeting.

use super::Found;
use crate::limits::{GATES, TRAIT_CHARS};
use crate::model::text::Locale;
use crate::problem::{Fault, Problem};
use crate::targeting::{Filter, Frequency, Targeting, Visitors};

/// Characters of a path pattern or a selector.
const PATTERN_CHARS: u32 = 200;

impl Targeting {
    /// Everything that is wrong with it.
    pub fn check(&self) -> Vec<Problem> {
        let mut found = Found::default();
        patterns("pages", &self.pages, &mut found);
        patterns("not_pages", &self.not_pages, &mut found);
        if let Some(seconds) = self.delay_seconds {
            found.range("delay_seconds", seconds, 0, 3_600);
        }
        if let Some(percent) = self.scroll_percent {
            found.range("scroll_percent", percent.into(), 1, 100);
        }
        if let Some(selector) = &self.click {
            found.line("click", selector, PATTERN_CHARS);
        }
        if let Some(event) = &self.event {
            filters("event.filters", &event.filters, &mut found);
        }
        found.count("languages", self.languages.len(), 0, GATES);
        for (index, language) in self.languages.iter().enumerate().take(GATES) {
            found.within(&format!("languages[{index}]"), Locale::parse(language).err());
        }
        found.count("devices", self.devices.len(), 0, 3);
        if let Some(visits) = self.min_visits {
            found.range("min_visits", visits, 1, 1_000);
            if self.visitors == Some(Visitors::New) && visits > 1 {
                found.conflict("min_visits", "new visitors are on their first visit, so nobody would ever see it");
            }
        }
        filters("traits", &self.traits, &mut found);
        if let Some(percent) = self.sample_percent {
            found.range("sample_percent", percent.into(), 1, 100);
        }
        if let Some(Frequency::EveryDays(days)) = self.frequency {
            found.range("frequency.every_days", days.into(), 1, 3_650);
        }
        if self.from.zip(self.until).is_some_and(|(from, until)| from > until) {
            found.conflict("until", "is before from");
        }
        found.0
    }
}

fn patterns(field: &str, patterns: &[String], found: &mut Found) {
    found.count(field, patterns.len(), 0, GATES);
    for (index, pattern) in patterns.iter().enumerate().take(GATES) {
        let field = format!("{field}[{index}]");
        found.line(&field, pattern, PATTERN_CHARS);
        if !pattern.trim().is_empty() && !pattern.starts_with(['/', '*']) {
            found.0.push(Problem::malformed(field, "a path that begins with / or *, such as /shop/**"));
        } else if pattern.contains('?') {
            found.conflict(&field, "pages are told apart by path; the query does not count");
        }
    }
}

fn filters(field: &str, filters: &[Filter], found: &mut Found) {
    found.count(field, filters.len(), 0, GATES);
    for (index, filter) in filters.iter().enumerate().take(GATES) {
        let field = |name: &str| format!("{field}[{index}].{name}");
        for (name, values) in [("is", &filter.is), ("is_not", &filter.is_not)] {
            found.count(&field(name), values.len(), 0, GATES);
            for (index, value) in values.iter().enumerate().take(GATES) {
                if value.chars().count() > TRAIT_CHARS {
                    found.put(&format!("{}[{index}]", field(name)), Fault::TooLong { max: TRAIT_CHARS as u32 });
                }
            }
        }
        if filter.at_least.zip(filter.at_most).is_some_and(|(least, most)| least > most) {
            found.conflict(&field("at_least"), "is greater than at_most");
        }
        let valued =
            !filter.is.is_empty() || !filter.is_not.is_empty() || filter.at_least.is_some() || filter.at_most.is_some();
        if filter.missing && valued {
            found.conflict(&field("missing"), "what is missing has no value to compare");
        }
    }
}
