//! The texts of one language, as a struct.

use super::badge::Badge;
use super::{Plural, category, fill};

/// Every text of one language.
#[derive(Debug)]
pub struct Strings {
    /// BCP 47.
    pub tag: &'static str,
    /// The language's name in itself.
    pub name: &'static str,
    pub direction: Direction,
    pub number: Number,
    pub wording: Wording,
    pub form: Form,
    pub scale: Scale,
    pub choose: Choose,
    pub ranking: Ranking,
    pub status: Status,
    pub quiz: Quiz,
    pub invalid: Invalid,
    pub talk: Talk,
    pub badge: Badge,
    pub page: Page,
}

/// Which way the script runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

/// How numbers are written.
#[derive(Debug)]
pub struct Number {
    /// Between groups of digits.
    pub group: &'static str,
    /// How many digits a number must have more than three before it is grouped: Spanish writes 1234, but 12 345.
    pub group_from: usize,
    /// Groups above the first are of two digits: 12,34,567.
    pub lakh: bool,
    /// `{n}` per cent.
    pub percent: &'static str,
}

/// Questions and answers for templates. `{site}` is the name of the site.
#[derive(Debug)]
pub struct Wording {
    pub nps: &'static str,
    pub nps_low: &'static str,
    pub nps_high: &'static str,
    /// Follow-up for 9 and 10.
    pub nps_praise: &'static str,
    /// Follow-up for 7 and 8.
    pub nps_missing: &'static str,
    /// Follow-up for 0 to 6.
    pub nps_improve: &'static str,
    pub csat: &'static str,
    pub csat_low: &'static str,
    pub csat_high: &'static str,
    /// Customer Effort Score 2.0: a statement to agree with.
    pub ces: &'static str,
    pub ces_low: &'static str,
    pub ces_high: &'static str,
    pub rating: &'static str,
    pub helpful: &'static str,
    pub comment: &'static str,
    /// The tab and the title of the feedback box.
    pub feedback: &'static str,
    pub feedback_about: &'static str,
    pub feedback_idea: &'static str,
    pub feedback_problem: &'static str,
    pub feedback_praise: &'static str,
    pub feedback_text: &'static str,
    pub feedback_contact: &'static str,
}

/// Buttons and marks of every form.
#[derive(Debug)]
pub struct Form {
    pub send: &'static str,
    pub next: &'static str,
    pub back: &'static str,
    pub close: &'static str,
    pub skip: &'static str,
    /// Beside a question that must be answered.
    pub required: &'static str,
    /// Beside a question that need not be answered.
    pub optional: &'static str,
    /// `{n}` of `{total}`.
    pub step: &'static str,
    /// Answers of an earlier visit are there again.
    pub resumed: &'static str,
    pub start_over: &'static str,
}

/// Names of points that are pictures.
#[derive(Debug)]
pub struct Scale {
    /// `{n}` stars.
    pub stars: Plural,
    /// Five faces, from the most unhappy.
    pub faces: [&'static str; 5],
    pub thumb_down: &'static str,
    pub thumb_up: &'static str,
}

/// The line above options. `{min}`, `{max}`.
#[derive(Debug)]
pub struct Choose {
    pub any: &'static str,
    pub exactly: &'static str,
    pub at_least: &'static str,
    pub up_to: &'static str,
    pub between: &'static str,
    /// The option of the visitor's own words.
    pub other: &'static str,
    /// The name of its field.
    pub other_text: &'static str,
}

/// Putting options in order. `{option}`, `{n}`, `{total}`.
#[derive(Debug)]
pub struct Ranking {
    pub hint: &'static str,
    pub up: &'static str,
    pub down: &'static str,
    /// Said after a move.
    pub moved: &'static str,
}

/// What became of the answer.
#[derive(Debug)]
pub struct Status {
    pub sending: &'static str,
    pub saved: &'static str,
    pub delivered: &'static str,
    /// `{reason}` is one of the reasons below.
    pub refused: &'static str,
    pub reason_closed: &'static str,
    pub reason_old: &'static str,
    pub reason_clock: &'static str,
    pub reason_other: &'static str,
    pub retry: &'static str,
    pub thanks: &'static str,
    /// `{id}` is the receipt's number.
    pub receipt: &'static str,
    pub results: &'static str,
    /// `{n}` votes.
    pub votes: Plural,
}

/// What a quiz tells after answering.
#[derive(Debug)]
pub struct Quiz {
    /// `{n}` of `{total}` questions.
    pub score: &'static str,
    pub right: &'static str,
    /// `{answer}` is what would have been right.
    pub wrong: &'static str,
}

/// What is wrong with an answer: one text for each [`Fault`](crate::problem::Fault) code. `{min}`, `{max}`.
#[derive(Debug)]
pub struct Invalid {
    pub required: &'static str,
    pub too_long: &'static str,
    pub too_many: &'static str,
    pub too_few: &'static str,
    pub too_low: &'static str,
    pub too_high: &'static str,
    /// `{min}` and `{max}` are days as 2026-11-22.
    pub too_early: &'static str,
    pub too_late: &'static str,
    pub not_an_option: &'static str,
    pub malformed: &'static str,
    pub malformed_email: &'static str,
    pub malformed_number: &'static str,
    pub malformed_date: &'static str,
    pub unknown: &'static str,
    pub twice: &'static str,
    pub conflict: &'static str,
    pub consent: &'static str,
}

/// What the owner tells visitors: news, and replies that they can answer. `{site}` is the name of the site.
#[derive(Debug)]
pub struct Talk {
    /// The tab and the page of news.
    pub news: &'static str,
    /// Above a reply.
    pub reply: &'static str,
    /// Opens it.
    pub read: &'static str,
    /// Above what the visitor had answered.
    pub wrote: &'static str,
    /// Who wrote a message, where it was the visitor.
    pub you: &'static str,
    /// "You said …, we did …".
    pub said: &'static str,
    pub did: &'static str,
    /// The field to answer back.
    pub answer: &'static str,
    pub arrived: &'static str,
    pub blank: &'static str,
    /// `{max}` messages in a row.
    pub wait: &'static str,
    pub gone: &'static str,
    pub title: &'static str,
    /// Nobody has replied yet.
    pub none: &'static str,
    /// From the thanks to the page of the conversation.
    pub link: &'static str,
    pub private: &'static str,
}

/// The hosted page. `{site}` is the name of the site.
#[derive(Debug)]
pub struct Page {
    pub title: &'static str,
    pub thanks: &'static str,
    pub problems: &'static str,
    pub closed: &'static str,
    pub missing: &'static str,
    pub failed: &'static str,
    pub no_script: &'static str,
    pub privacy: &'static str,
    pub language: &'static str,
}

impl Strings {
    /// `ltr` or `rtl`.
    pub const fn dir(&self) -> &'static str {
        match self.direction {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }

    /// A count in words: `1 vote`, `1,234 votes`.
    pub fn count(&self, plural: &Plural, n: u64) -> String {
        fill(plural.get(category(self.tag, n)), &[("n", &self.integer(n))])
    }

    /// A whole number, grouped as the language does.
    pub fn integer(&self, n: u64) -> String {
        let digits = n.to_string();
        let count = digits.len();
        if count < 4 + self.number.group_from {
            return digits;
        }
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            let left = count - index;
            let boundary = if self.number.lakh {
                left == 3 || left > 3 && (left - 3).is_multiple_of(2)
            } else {
                left.is_multiple_of(3)
            };
            if index > 0 && boundary {
                text.push_str(self.number.group);
            }
            text.push(digit);
        }
        text
    }

    /// A whole per cent.
    pub fn percent(&self, n: u64) -> String {
        fill(self.number.percent, &[("n", &self.integer(n))])
    }
}
