//! Changes of a case. Each tells what takes it back.

use serde::{Deserialize, Serialize};

use super::{By, Case, Link, Message, Status};
use crate::id;
use crate::limits::{MESSAGE_CHARS, MESSAGES, MESSAGES_IN_A_ROW, NEWS_LINKS, NOTE_CHARS, TAG_CHARS, TAGS};
use crate::problem::{Fault, Problem};
use crate::time::Timestamp;
use crate::validate;

/// What the owner can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Status(Status),
    Tag(String),
    Untag(String),
    /// The whole note; an empty one is none.
    Note(String),
    /// Whether it is the owner's own try.
    Test(bool),
    /// A message to the visitor, under a UUIDv7 of its own.
    Reply {
        id: String,
        text: String,
    },
    /// Takes a message back that the visitor has not seen.
    Unsay(String),
    /// News that came of it.
    Link(Link),
    Unlink(Link),
}

impl Case {
    /// Changes the case, and returns what takes the change back: nothing where nothing changed.
    ///
    /// # Errors
    /// The field and the limit that is broken; the case is then as it was.
    pub fn change(&mut self, change: &Change, now: Timestamp) -> Result<Vec<Change>, Problem> {
        let back = match change {
            Change::Status(status) if *status == self.status => Vec::new(),
            Change::Status(status) => vec![Change::Status(std::mem::replace(&mut self.status, *status))],
            Change::Tag(text) => {
                let tag = tag(text)?;
                if self.tags.contains(&tag) {
                    Vec::new()
                } else {
                    room(self.tags.len(), TAGS, "tag")?;
                    self.tags.push(tag.clone());
                    vec![Change::Untag(tag)]
                }
            }
            Change::Untag(text) => match self.tags.iter().position(|tag| tag == text) {
                Some(at) => vec![Change::Tag(self.tags.remove(at))],
                None => Vec::new(),
            },
            Change::Note(text) => {
                let text = bounded("note", text, NOTE_CHARS)?;
                if text == self.note { Vec::new() } else { vec![Change::Note(std::mem::replace(&mut self.note, text))] }
            }
            Change::Test(test) if *test == self.test => Vec::new(),
            Change::Test(test) => vec![Change::Test(std::mem::replace(&mut self.test, *test))],
            Change::Reply { id, text } => {
                if self.say(By::Owner, id, text, now)? {
                    let mut back = vec![Change::Unsay(id.clone())];
                    if self.status == Status::New {
                        self.status = Status::Read;
                        back.push(Change::Status(Status::New));
                    }
                    back
                } else {
                    Vec::new()
                }
            }
            Change::Unsay(id) => self.unsay(id)?,
            Change::Link(link) if self.news.contains(link) => Vec::new(),
            Change::Link(link) => {
                room(self.news.len(), NEWS_LINKS, "link")?;
                self.news.push(link.clone());
                vec![Change::Unlink(link.clone())]
            }
            Change::Unlink(link) => match self.news.iter().position(|known| known == link) {
                Some(at) => vec![Change::Link(self.news.remove(at))],
                None => Vec::new(),
            },
        };
        if !back.is_empty() {
            self.revision = self.revision.saturating_add(1);
        }
        Ok(back)
    }

    /// The visitor's next message. It makes the case new again. False: it had arrived already.
    ///
    /// # Errors
    /// A message that is empty or too long, and more in a row than one may send.
    pub fn answer(&mut self, id: &str, text: &str, now: Timestamp) -> Result<bool, Problem> {
        let unanswered = self.thread.iter().rev().take_while(|message| message.by == By::Visitor).count();
        let known = self.thread.iter().any(|message| message.id == id);
        if unanswered >= MESSAGES_IN_A_ROW && !known {
            return Err(Problem::new("text", Fault::TooMany { max: MESSAGES_IN_A_ROW as u32 }));
        }
        let said = self.say(By::Visitor, id, text, now)?;
        if said {
            if self.status != Status::Spam {
                self.status = Status::New;
            }
            self.revision = self.revision.saturating_add(1);
        }
        Ok(said)
    }

    /// The visitor has seen the owner's messages up to the moment `until`, and what came of it. False: there was nothing new
    /// to see.
    pub fn see(&mut self, until: Timestamp, now: Timestamp) -> bool {
        let mut saw = self.news.iter().any(|link| !self.told.contains(link));
        self.told.clone_from(&self.news);
        let unseen = |message: &&mut Message| message.by == By::Owner && message.seen.is_none() && message.at <= until;
        for message in self.thread.iter_mut().filter(unseen) {
            message.seen = Some(now);
            saw = true;
        }
        if saw {
            self.revision = self.revision.saturating_add(1);
        }
        saw
    }

    fn say(&mut self, by: By, id: &str, text: &str, now: Timestamp) -> Result<bool, Problem> {
        if id::moment(id).is_none() {
            return Err(Problem::malformed("id", "a UUIDv7 in lower case"));
        }
        if self.thread.iter().any(|message| message.id == id) {
            return Ok(false);
        }
        let text = bounded("text", text, MESSAGE_CHARS as usize)?;
        if text.is_empty() {
            return Err(Problem::new("text", Fault::Required));
        }
        room(self.thread.len(), MESSAGES, "text")?;
        self.thread.push(Message { id: id.to_owned(), by, text, at: now, seen: None });
        Ok(true)
    }

    fn unsay(&mut self, id: &str) -> Result<Vec<Change>, Problem> {
        let Some(at) = self.thread.iter().position(|message| message.id == id && message.by == By::Owner) else {
            return Ok(Vec::new());
        };
        if self.thread.get(at).is_some_and(|message| message.seen.is_some()) {
            return Err(Problem::conflict("unsay", "the visitor has seen it already"));
        }
        let Message { id, text, .. } = self.thread.remove(at);
        // A reply reads what is new; the status is to be what it is now.
        Ok(vec![Change::Reply { id, text }, Change::Status(self.status)])
    }
}

/// A tag as it is kept: one line, trimmed.
///
/// # Errors
/// An empty one, and one that is too long.
pub fn tag(text: &str) -> Result<String, Problem> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    let tag = words.join(" ");
    if tag.is_empty() {
        return Err(Problem::new("tag", Fault::Required));
    }
    bounded("tag", &tag, TAG_CHARS)
}

fn bounded(field: &str, text: &str, max: usize) -> Result<String, Problem> {
    let text = validate::clean(text);
    let text = text.trim();
    if text.chars().count() > max {
        return Err(Problem::new(field, Fault::TooLong { max: max as u32 }));
    }
    Ok(text.to_owned())
}

fn room(have: usize, max: usize, field: &str) -> Result<(), Problem> {
    if have >= max { Err(Problem::new(field, Fault::TooMany { max: max as u32 })) } else { Ok(()) }
}
