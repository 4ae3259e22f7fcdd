//! A site.

use super::Found;
use crate::json;
use crate::limits::{LABEL_CHARS, ORIGINS, RETENTION_DAYS};
use crate::model::appearance::Appearance;
use crate::model::site::Site;
use crate::origin::is_origin;
use crate::problem::{Fault, Problem};

impl Site {
    /// Reads and checks what an owner wrote.
    ///
    /// # Errors
    /// The one problem that stopped the reader, or everything that is wrong with what it read.
    pub fn parse(json: &str) -> Result<Self, Vec<Problem>> {
        let site: Self = json::strict(json.as_bytes()).map_err(|problem| vec![problem])?;
        let problems = site.check();
        if problems.is_empty() { Ok(site) } else { Err(problems) }
    }

    /// Everything that is wrong with it.
    pub fn check(&self) -> Vec<Problem> {
        let mut found = Found::default();
        found.line("name", &self.name, LABEL_CHARS);
        found.count("origins", self.origins.len(), 0, ORIGINS);
        for (index, origin) in self.origins.iter().enumerate().take(ORIGINS) {
            let field = format!("origins[{index}]");
            if !is_origin(origin) {
                const EXPECTED: &str =
                    "an origin such as https://example.com, or http://localhost:8080 while trying things out";
                found.0.push(Problem::malformed(field, EXPECTED));
            } else if self.origins.iter().take(index).any(|earlier| earlier == origin) {
                found.put(&field, Fault::Twice);
            }
        }
        found.within("appearance", self.appearance.check());
        found.range("attention.cooldown_days", self.attention.cooldown_days.into(), 0, 365);
        found.range("attention.per_visit", self.attention.per_visit.into(), 0, 20);
        if let Some(days) = self.retention_days {
            found.range("retention_days", days, RETENTION_DAYS.0, RETENTION_DAYS.1);
        }
        found.0
    }
}

impl Appearance {
    /// Everything that is wrong with it.
    pub(super) fn check(&self) -> Vec<Problem> {
        let mut found = Found::default();
        found.range("radius", self.radius.unwrap_or(0).into(), 0, 32);
        found.0
    }
}
