//! The visitor that the form describes. What is left open is an ordinary one, on a first visit.

use rapport_core::answer::Field;
use rapport_core::limits::{PAGE_CHARS, TRAIT_CHARS, TRAITS};
use rapport_core::name::Name;
use rapport_core::problem::{Fault, Problem};
use rapport_core::targeting::{Device, Event, Situation, lot};
use rapport_core::time::{Day, Timestamp};

use crate::dashboard::form::Form;

const DAY_MS: i64 = 86_400_000;

/// The fields as they were typed.
#[derive(Debug, Default)]
pub struct Typed {
    pub page: String,
    pub day: String,
    pub visits: String,
    pub traits: String,
    pub lot: String,
    pub seconds: String,
    pub scrolled: String,
    pub events: String,
    pub shown: String,
    pub answered: String,
    pub invited: String,
    pub invitations: String,
}

/// What was asked.
#[derive(Debug)]
pub struct Asked {
    pub typed: Typed,
    pub problems: Vec<Problem>,
    /// The draft rather than what is published.
    pub draft: bool,
    pub path: String,
    pub device: Device,
    pub language: String,
    pub now: Timestamp,
    pub visits: u32,
    pub traits: Vec<Field>,
    pub lot: u32,
    pub seconds: u32,
    pub scrolled: u8,
    pub leaving: bool,
    pub clicked: bool,
    pub events: Vec<Event>,
    /// Days ago.
    pub shown: Option<u32>,
    pub answered: Option<u32>,
    pub invited: Option<u32>,
    pub invitations: u8,
}

impl Asked {
    /// Reads the query.
    pub fn read(query: &Form, now: Timestamp, language: &str) -> Self {
        let text = |name: &str, usual: &str, most: usize| -> String {
            query.find(name).unwrap_or(usual).trim().chars().take(most).collect()
        };
        let long = 4_000;
        let typed = Typed {
            page: text("page", "/", PAGE_CHARS),
            day: text("day", "", 10),
            visits: text("visits", "1", 10),
            traits: text("traits", "", long),
            lot: text("lot", "0", 10),
            seconds: text("seconds", "0", 10),
            scrolled: text("scrolled", "0", 10),
            events: text("events", "", long),
            shown: text("shown", "", 10),
            answered: text("answered", "", 10),
            invited: text("invited", "", 10),
            invitations: text("invitations", "0", 10),
        };
        let mut problems = Vec::new();
        let mut number = |name: &str, text: &str, most: u32| match number(text, most) {
            Ok(number) => number,
            Err(fault) => {
                problems.push(Problem::new(name, fault));
                None
            }
        };
        let visits = number("visits", &typed.visits, 10_000).unwrap_or(1).max(1);
        let lot = number("lot", &typed.lot, 99).unwrap_or(0);
        let seconds = number("seconds", &typed.seconds, 86_400).unwrap_or(0);
        let scrolled = number("scrolled", &typed.scrolled, 100).unwrap_or(0);
        let shown = number("shown", &typed.shown, 10_000);
        let answered = number("answered", &typed.answered, 10_000);
        let invited = number("invited", &typed.invited, 10_000);
        let invitations = number("invitations", &typed.invitations, 200).unwrap_or(0);
        let now = match typed.day.as_str() {
            "" => now,
            day => match Day::parse(day) {
                // At noon, so that days ago are whole days.
                Some(day) => Timestamp(i64::from(day.0) * DAY_MS + DAY_MS / 2),
                None => {
                    problems.push(Problem::malformed("day", "a day such as 2026-11-22"));
                    now
                }
            },
        };
        let traits = pairs(typed.traits.lines(), "traits", &mut problems);
        let mut events = Vec::new();
        for line in typed.events.lines().map(str::trim).filter(|line| !line.is_empty()).take(TRAITS) {
            let mut words = line.split_whitespace();
            let name = words.next().unwrap_or_default().to_owned();
            if Name::parse(&name).is_err() {
                problems.push(Problem::malformed("events", "an event’s name, then property=value, on each line"));
            }
            let properties = pairs(words, "events", &mut problems);
            events.push(Event { name, properties });
        }
        Self {
            path: path(&typed.page),
            device: Device::parse(query.get("device")).unwrap_or(Device::Desktop),
            language: text("language", language, 35),
            draft: query.get("of") == "draft",
            leaving: query.get("leaving") == "yes",
            clicked: query.get("clicked") == "yes",
            scrolled: u8::try_from(scrolled).unwrap_or(100),
            invitations: u8::try_from(invitations).unwrap_or(u8::MAX),
            typed,
            problems,
            now,
            visits,
            traits,
            lot,
            seconds,
            events,
            shown,
            answered,
            invited,
        }
    }

    /// The situation of that visitor before the widget called `name`.
    pub fn situation<'a>(&'a self, name: &'a str, interrupts: bool) -> Situation<'a> {
        let ago = |days: Option<u32>| days.map(|days| Timestamp(self.now.0 - i64::from(days) * DAY_MS));
        Situation {
            widget: name,
            interrupts,
            now: self.now,
            path: &self.path,
            device: self.device,
            language: &self.language,
            visits: self.visits,
            traits: &self.traits,
            // A device whose lot for this widget is the one asked for: one in a hundred is.
            draw: (0..100_000).find(|draw| lot(*draw, name, 100) == self.lot).unwrap_or(0),
            seconds: self.seconds,
            scrolled: self.scrolled,
            leaving: self.leaving,
            clicked: self.clicked,
            events: &self.events,
            shown: ago(self.shown),
            answered: ago(self.answered),
            invited: ago(self.invited),
            invitations: self.invitations,
        }
    }
}

/// A number from 0 to `most`; nothing where nothing is given.
fn number(text: &str, most: u32) -> Result<Option<u32>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u32>() {
        Ok(number) if number <= most => Ok(Some(number)),
        Ok(_) => Err(Fault::TooHigh { max: most.into() }),
        Err(_) => Err(Fault::Malformed { expected: "a whole number".into() }),
    }
}

/// `name=value`, each a trait or a property.
fn pairs<'t>(items: impl Iterator<Item = &'t str>, field: &str, problems: &mut Vec<Problem>) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    for item in items.map(str::trim).filter(|item| !item.is_empty()) {
        let (name, value) = item.split_once('=').unwrap_or((item, ""));
        let (name, value) = (name.trim(), value.trim());
        if Name::parse(name).is_err() {
            problems.push(Problem::malformed(field, "name=value, the name of a-z, 0-9 and _"));
        } else if value.chars().count() > TRAIT_CHARS {
            problems.push(Problem::new(field, Fault::TooLong { max: TRAIT_CHARS as u32 }));
        } else if found.len() >= TRAITS {
            problems.push(Problem::new(field, Fault::TooMany { max: TRAITS as u32 }));
            break;
        } else {
            found.push((name.to_owned(), value.to_owned()));
        }
    }
    found
}

/// Path and fragment of an address, as the widget sees them.
fn path(page: &str) -> String {
    let after_scheme =
        page.split_once("://").map(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"));
    let local = after_scheme.unwrap_or(page);
    let (address, fragment) =
        local.split_once('#').map_or((local, None), |(address, fragment)| (address, Some(fragment)));
    let address = address.split('?').next().unwrap_or_default();
    let slash = if address.starts_with('/') { "" } else { "/" };
    match fragment {
        Some(fragment) => format!("{slash}{address}#{fragment}"),
        None => format!("{slash}{address}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Asked {
        Asked::read(&Form::parse(query), Timestamp(1_800_000_000_000), "en")
    }

    #[test]
    fn an_ordinary_visitor_unless_told_otherwise() {
        let asked = asked("");
        assert!(asked.problems.is_empty());
        assert_eq!((asked.path.as_str(), asked.visits, asked.shown, asked.device), ("/", 1, None, Device::Desktop));
    }

    #[test]
    fn addresses_become_paths() {
        for (page, expected) in [
            ("https://shop.example/cart/?a=1", "/cart/"),
            ("https://shop.example", "/"),
            ("/app?x#/settings", "/app#/settings"),
            ("pricing", "/pricing"),
        ] {
            assert_eq!(path(page), expected, "{page}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let fields = |query: &str| -> Vec<String> { asked(query).problems.into_iter().map(|p| p.field).collect() };
        assert_eq!(fields("visits=many"), ["visits"]);
        assert_eq!(fields("lot=100"), ["lot"]);
        assert_eq!(fields("day=tomorrow"), ["day"]);
        assert_eq!(fields("traits=Plan=pro"), ["traits"]);
        assert_eq!(fields("traits=plan%3Dpro%0Aseats%3D3&events=checkout%20total%3D20"), Vec::<String>::new());
    }

    #[test]
    fn the_lot_is_the_one_asked_for() {
        for wanted in [0, 37, 99] {
            let asked = asked(&format!("lot={wanted}"));
            assert_eq!(lot(asked.situation("nps", true).draw, "nps", 100), wanted);
        }
    }
}
