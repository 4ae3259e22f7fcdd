//! What a webhook says to a program (Standard Webhooks 1.0): `type`, `timestamp` and `data`.

use rapport_core::hook::only::Group;
use rapport_core::hook::said::{Said, said};
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::member::Member;
use rapport_core::model::config::Config;
use rapport_core::response::Response;
use rapport_core::time::Timestamp;
use serde_json::{Value, json};

use crate::dashboard::format;
use crate::dashboard::lang::Lang;

/// What is known around an event.
pub struct Told<'a> {
    pub config: &'a Config,
    /// Where the dashboard answers.
    pub origin: &'a str,
    pub lang: Lang,
}

/// The body of a delivery.
pub fn envelope(event: &str, at: Timestamp, data: Value) -> String {
    json!({ "type": event, "timestamp": format::machine_moment(at), "data": data }).to_string()
}

impl Told<'_> {
    /// A response that was given.
    pub fn response(&self, response: &Response) -> Value {
        let widget = self.config.version(response.widget.as_str(), response.version);
        let said: Vec<Value> = self
            .said(response)
            .into_iter()
            .map(|said| json!({ "question": said.question, "answer": said.answer }))
            .collect();
        json!({
            "site": self.site(),
            "widget": { "name": response.widget, "label": self.label(response.widget.as_str()), "version": response.version },
            "group": widget.and_then(|widget| Group::of(response, widget)),
            "said": said,
            "response": response,
            "url": self.page(&format!("responses#r-{}", response.id)),
        })
    }

    /// Words that a visitor added to a response.
    pub fn spoken(&self, response: &Response, words: &str) -> Value {
        json!({
            "site": self.site(),
            "widget": { "name": response.widget, "label": self.label(response.widget.as_str()), "version": response.version },
            "message": words,
            "response": response,
            "url": self.page(&format!("responses#r-{}", response.id)),
        })
    }

    /// A widget that went live.
    pub fn published(&self, name: &str, version: &str) -> Value {
        json!({
            "site": self.site(),
            "widget": { "name": name, "label": self.label(name), "version": version.parse::<u32>().unwrap_or(0) },
            "url": self.page(&format!("widgets/{name}")),
        })
    }

    /// A line of a member's ledger, and the balance as it is now.
    pub fn loyalty(&self, member: &Member, entry: &Entry, balance: i64) -> Value {
        json!({
            "site": self.site(),
            "member": { "id": member.id, "external": member.external },
            "entry": entry,
            "balance": balance,
            "url": self.page(&format!("loyalty/members/{}", member.id)),
        })
    }

    /// A reward of which few are left.
    pub fn stock(&self, reward: &str, left: u32, all: u32) -> Value {
        json!({
            "site": self.site(),
            "reward": { "name": reward, "label": self.reward(reward) },
            "left": left,
            "of": all,
            "url": self.page("loyalty"),
        })
    }

    /// What the owner calls a reward.
    pub fn reward<'a>(&'a self, name: &'a str) -> &'a str {
        let live = self.config.loyalty.as_ref().and_then(|record| record.live.as_ref());
        let reward = live.and_then(|live| live.program.rewards.iter().find(|reward| reward.name.as_str() == name));
        reward.map_or(name, |reward| reward.label.get(&self.config.site.locale))
    }

    /// Nothing but a sign of life.
    pub fn test(&self) -> Value {
        json!({ "site": self.site(), "message": self.lang.strings().connect.test_words })
    }

    /// Which site.
    pub fn site(&self) -> Value {
        json!({ "id": self.config.site.id, "name": self.config.site.name })
    }

    /// The address of a page of the site's.
    pub fn page(&self, path: &str) -> String {
        format!("{}/dashboard/s/{}/{path}", self.origin, self.config.site.id)
    }

    /// A response in words.
    pub fn said(&self, response: &Response) -> Vec<Said> {
        let s = self.lang.strings();
        let agreed = [s.distribution.agreed, s.responses.not_agreed];
        let locale = self.lang.locale().unwrap_or_else(|| self.config.site.locale.clone());
        let widget = self.config.version(response.widget.as_str(), response.version);
        widget.map(|widget| said(response, widget, &locale, agreed)).unwrap_or_default()
    }

    /// What the owner calls a widget.
    pub fn label<'a>(&'a self, name: &'a str) -> &'a str {
        let record = self.config.record(name);
        let newest = record.and_then(|r| r.versions.last().map(|version| &version.widget).or(r.draft.as_ref()));
        newest.map_or(name, |widget| widget.label.as_str())
    }
}
