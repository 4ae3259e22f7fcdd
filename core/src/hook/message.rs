//! A message for people, before it takes the form of any chat. Whatever visitors wrote is text in it and nothing else: each
//! form takes away what its chat would read as a mention, a link or a layout.

use super::{Service, discord, feishu, slack, teams, wecom};
use crate::time::Timestamp;

/// A message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    pub title: String,
    pub lines: Vec<Line>,
    /// Where to go on, and what that is called.
    pub link: Option<(String, String)>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A name and its value.
    Fact(String, String),
    /// A visitor's own words, below what they were asked.
    Quote(String, String),
    Text(String),
}

/// Characters of one visitor's words in a message; the link leads to all of them.
const WORDS: usize = 800;

/// The body that `service` takes, in JSON. `signed` is the moment and signature that Feishu may want.
pub fn body(message: &Message, service: Service, signed: Option<(Timestamp, String)>) -> String {
    let message = message.shortened();
    match service {
        Service::Slack => slack::body(&message),
        Service::Discord => discord::body(&message),
        Service::Teams => teams::body(&message),
        Service::Feishu => feishu::body(&message, signed),
        Service::Wecom => wecom::body(&message),
        // A webhook carries the event itself; a message is what is left of it for people.
        Service::Webhook => slack::body(&message),
    }
    .to_string()
}

/// What a chat's reply with a status of success may hide: Feishu and WeCom tell errors in its body.
pub fn refusal(service: Service, reply: &str) -> Option<String> {
    let (code, words) = match service {
        Service::Feishu => ("code", "msg"),
        Service::Wecom => ("errcode", "errmsg"),
        _ => return None,
    };
    let reply: serde_json::Value = serde_json::from_str(reply).ok()?;
    let number = reply.get(code)?.as_i64().filter(|number| *number != 0)?;
    let said = reply.get(words).and_then(serde_json::Value::as_str).unwrap_or_default();
    Some(format!("{number} {said}"))
}

impl Message {
    /// With no text longer than any chat takes.
    fn shortened(&self) -> Self {
        let lines = self.lines.iter().take(20).map(|line| match line {
            Line::Fact(name, value) => Line::Fact(cut(name, 150), cut(value, WORDS)),
            Line::Quote(asked, words) => Line::Quote(cut(asked, 150), cut(words, WORDS)),
            Line::Text(text) => Line::Text(cut(text, WORDS)),
        });
        Self { title: cut(&self.title, 140), lines: lines.collect(), link: self.link.clone() }
    }
}

/// At most `most` characters, with an ellipsis where there were more. Control characters, and those that turn the direction of
/// what follows them, are left out: they would reach beyond the visitor's own words.
pub(super) fn cut(text: &str, most: usize) -> String {
    let kept =
        |c: &char| (!c.is_control() || *c == '\n') && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String = text.chars().filter(kept).collect();
    if clean.chars().count() <= most {
        return clean;
    }
    clean.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// At most `most` bytes of whole characters.
pub(super) fn cut_bytes(text: &mut String, most: usize) {
    if text.len() > most {
        let end = (0..=most.saturating_sub(3)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
}
