//! What members tell of themselves. All of it is optional, and nothing is asked that no rule needs: of a birthday, the day and
//! the month.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::limits::EMAIL_CHARS;
use crate::problem::{Fault, Problem};
use crate::time::Day;
use crate::validate::{clean, is_email};

/// Characters of a member's name.
pub const NAME_CHARS: u32 = 60;

/// What a member has told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Profile {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// `05-17`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub birthday: Option<Birthday>,
    /// Whether they want to be on the leaderboard.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub board: bool,
}

/// What a member changes; absent parts stay as they are, empty ones are forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Change {
    pub name: Option<String>,
    pub email: Option<String>,
    /// `05-17`, or a whole date, of which the year is forgotten.
    pub birthday: Option<String>,
    pub board: Option<bool>,
}

/// A day of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Birthday {
    pub month: u32,
    pub day: u32,
}

impl Profile {
    /// Whether everything is filled in that there is.
    pub const fn is_complete(&self) -> bool {
        !self.name.is_empty() && !self.email.is_empty() && self.birthday.is_some()
    }

    /// Takes from `other` what is missing here.
    pub fn fill(&mut self, other: Self) {
        if self.name.is_empty() {
            self.name = other.name;
        }
        if self.email.is_empty() {
            self.email = other.email;
        }
        self.birthday = self.birthday.or(other.birthday);
        self.board |= other.board;
    }

    /// Takes a change that was checked; true where it made a difference. A birthday is told once: points depend on it.
    pub fn change(&mut self, change: Change) -> bool {
        let before = self.clone();
        if let Some(name) = change.name {
            self.name = name;
        }
        if let Some(email) = change.email {
            self.email = email;
        }
        if self.birthday.is_none() {
            self.birthday = change.birthday.as_deref().and_then(Birthday::parse);
        }
        if let Some(board) = change.board {
            self.board = board;
        }
        *self != before
    }
}

impl Change {
    /// With texts that can be kept.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn checked(mut self) -> Result<Self, Problem> {
        if let Some(name) = &mut self.name {
            *name = one_line(name);
            if name.chars().count() > NAME_CHARS as usize {
                return Err(Problem::new("name", Fault::TooLong { max: NAME_CHARS }));
            }
        }
        if let Some(email) = &mut self.email {
            *email = email.trim().to_owned();
            if email.chars().count() > EMAIL_CHARS as usize {
                return Err(Problem::new("email", Fault::TooLong { max: EMAIL_CHARS }));
            }
            if !email.is_empty() && !is_email(email) {
                return Err(Problem::malformed("email", "an e-mail address"));
            }
        }
        match self.birthday.as_deref().map(str::trim) {
            Some("") => self.birthday = None,
            Some(text) if Birthday::parse(text).is_none() => {
                return Err(Problem::malformed("birthday", "a day of the year such as 05-17"));
            }
            _ => {}
        }
        Ok(self)
    }
}

impl Birthday {
    /// Reads `05-17` or `1990-05-17`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // A leap year has every day that there is.
        let whole = if text.len() == 5 { format!("2000-{text}") } else { text.to_owned() };
        let (_, month, day) = Day::parse(&whole)?.civil();
        Some(Self { month, day })
    }

    /// Whether it is today. Who was born on 29 February has the day before March in the other years.
    pub fn is_on(self, today: Day) -> bool {
        let (year, month, day) = today.civil();
        let leap = Day::parse(&format!("{year:04}-02-29")).is_some();
        if (self.month, self.day) == (2, 29) && !leap {
            (month, day) == (2, 28)
        } else {
            (self.month, self.day) == (month, day)
        }
    }
}

impl fmt::Display for Birthday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl Serialize for Birthday {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Birthday {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a day of the year such as 05-17"))
    }
}

/// In one line: others may read it.
fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn birthdays() {
        for (text, expected) in [
            ("05-17", Some("05-17")),
            ("1990-05-17", Some("05-17")),
            (" 02-29 ", Some("02-29")),
            ("02-30", None),
            ("13-01", None),
            ("5-17", None),
            ("1990-02-29", None),
            ("", None),
        ] {
            assert_eq!(Birthday::parse(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
        let leapling = Birthday::parse("02-29").unwrap();
        assert!(leapling.is_on(day("2028-02-29")) && !leapling.is_on(day("2028-02-28")));
        assert!(leapling.is_on(day("2027-02-28")) && !leapling.is_on(day("2027-03-01")));
        let json = serde_json::to_string(&leapling).unwrap();
        assert_eq!((json.as_str(), serde_json::from_str::<Birthday>(&json).unwrap()), ("\"02-29\"", leapling));
    }

    #[test]
    fn changes_are_bounded() {
        let told = |change: Change| {
            change
                .checked()
                .map_or_else(|problem| format!("{} {}", problem.field, problem.fault.code()), |_| "fine".to_owned())
        };
        let name = |text: &str| told(Change { name: Some(text.to_owned()), ..Change::default() });
        let email = |text: &str| told(Change { email: Some(text.to_owned()), ..Change::default() });
        let born = |text: &str| told(Change { birthday: Some(text.to_owned()), ..Change::default() });
        assert_eq!((name(&"字".repeat(60)).as_str(), name(&"字".repeat(61)).as_str()), ("fine", "name too_long"));
        assert_eq!(
            (email("a@b.example").as_str(), email("").as_str(), email("a").as_str()),
            ("fine", "fine", "email malformed")
        );
        assert_eq!(
            (born("05-17").as_str(), born("").as_str(), born("May").as_str()),
            ("fine", "fine", "birthday malformed")
        );
        let change = Change { name: Some(" A\u{202e}da\n L. ".to_owned()), ..Change::default() };
        assert_eq!(change.checked().unwrap().name.as_deref(), Some("Ada L."));
    }

    #[test]
    fn a_birthday_is_told_once() {
        let mut profile = Profile::default();
        let born = |text: &str| Change { birthday: Some(text.to_owned()), ..Change::default() };
        assert!(profile.change(born("05-17")));
        assert!(!profile.change(born("06-18")));
        assert_eq!(profile.birthday.unwrap().to_string(), "05-17");
        assert!(!profile.is_complete());
        assert!(profile.change(Change {
            name: Some("Ada".to_owned()),
            email: Some("a@b.example".to_owned()),
            ..Change::default()
        }));
        assert!(profile.is_complete());
        assert!(profile.change(Change { name: Some(String::new()), ..Change::default() }));
        assert!(!profile.is_complete());
    }
}
