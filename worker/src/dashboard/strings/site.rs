//! The words around a site: its settings, and what is wrong with what was entered or asked for.

/// Sites and their settings.
#[derive(Debug)]
pub struct Sites {
    pub title: &'static str,
    pub new: &'static str,
    pub create: &'static str,
    pub none: &'static str,
    pub none_hint: &'static str,
    pub about: &'static str,
    pub id: &'static str,
    pub id_hint: &'static str,
    pub taken: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub locale: &'static str,
    pub public_badge: &'static str,
}

/// What can be wrong with an input.
#[derive(Debug)]
pub struct Faults {
    pub title: fn(&str) -> String,
    pub required: &'static str,
    pub too_long: fn(&str) -> String,
    pub too_many: fn(&str) -> String,
    pub too_few: fn(&str) -> String,
    pub too_low: fn(&str) -> String,
    pub too_high: fn(&str) -> String,
    pub too_early: fn(&str) -> String,
    pub too_late: fn(&str) -> String,
    pub too_old: &'static str,
    pub too_new: &'static str,
    pub not_an_option: &'static str,
    pub malformed: fn(&str) -> String,
    pub unknown: &'static str,
    pub twice: &'static str,
}

/// Pages that could not be shown.
#[derive(Debug)]
pub struct Fail {
    pub not_found: &'static str,
    pub not_found_words: &'static str,
    pub forged: &'static str,
    pub forged_words: &'static str,
    pub unreachable: &'static str,
    pub unreachable_words: &'static str,
    pub refused: &'static str,
    pub broken: &'static str,
    pub broken_words: &'static str,
    pub home: &'static str,
}
