//! The words around responses.

/// Responses.
#[derive(Debug)]
pub struct Responses {
    pub title: &'static str,
    pub none: &'static str,
    pub none_hint: &'static str,
    pub pages: &'static str,
    pub newest: &'static str,
    pub older: &'static str,
    pub partial: &'static str,
    pub not_agreed: &'static str,
    /// Score, and the most.
    pub score: fn(&str, &str) -> String,
    pub variant: fn(&str) -> String,
    pub doubt_trap: &'static str,
    pub doubt_fast: &'static str,
    pub doubt_burst: &'static str,
    pub phone: &'static str,
    pub tablet: &'static str,
    pub desktop: &'static str,
}

/// What became of what arrived.
#[derive(Debug)]
pub struct Intake {
    pub title: &'static str,
    pub received: &'static str,
    pub accepted: &'static str,
    pub duplicate: &'static str,
    pub refused: &'static str,
    pub all_in_kv: &'static str,
    pub pending: fn(&str) -> String,
    pub parked: fn(&str) -> String,
    pub reasons: &'static [(&'static str, &'static str)],
}

impl Intake {
    /// A refusal's code in words; a code that has none is its own word.
    pub fn reason<'a>(&self, code: &'a str) -> &'a str {
        self.reasons.iter().find(|(known, _)| *known == code).map_or(code, |(_, words)| words)
    }
}
