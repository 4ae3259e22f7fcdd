//! What each column of a file becomes.

use core::fmt;

use super::moment::Clock;
use super::source::Source;
use crate::name::Name;

/// What one column becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Nothing.
    #[default]
    Skip,
    /// When the response was given.
    Moment,
    /// When it was begun: stands in where it was never finished.
    Begun,
    /// The other program's own id of the response.
    Key,
    /// Whether it was finished: `completed`, or anything else.
    Status,
    Visitor,
    Page,
    Country,
    Locale,
    Device,
    /// A trait of that name.
    Trait(Name),
    /// An answer: the form field `question`, or `question.part`.
    Answer(Name, Option<Name>),
}

/// How a file is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    pub source: Source,
    pub clock: Clock,
    /// By column.
    pub roles: Vec<Role>,
}

impl Role {
    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.split_once(':') {
            Some(("trait", name)) => Self::Trait(Name::of(name)?),
            Some(("answer", field)) => match field.split_once('.') {
                Some((question, part)) => Self::Answer(Name::of(question)?, Some(Name::of(part)?)),
                None => Self::Answer(Name::of(field)?, None),
            },
            Some(_) => return None,
            None => return Self::PLAIN.into_iter().find(|(word, _)| *word == text).map(|(_, role)| role),
        })
    }

    /// Roles that stand for themselves, by their words.
    pub const PLAIN: [(&'static str, Self); 10] = [
        ("skip", Self::Skip),
        ("moment", Self::Moment),
        ("begun", Self::Begun),
        ("key", Self::Key),
        ("status", Self::Status),
        ("visitor", Self::Visitor),
        ("page", Self::Page),
        ("country", Self::Country),
        ("locale", Self::Locale),
        ("device", Self::Device),
    ];
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trait(name) => write!(f, "trait:{name}"),
            Self::Answer(question, None) => write!(f, "answer:{question}"),
            Self::Answer(question, Some(part)) => write!(f, "answer:{question}.{part}"),
            plain => f.write_str(Self::PLAIN.iter().find(|(_, role)| role == plain).map_or("skip", |(word, _)| word)),
        }
    }
}
