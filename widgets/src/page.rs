//! What all widgets of a page share.

use rapport_core::answer::Field;
use rapport_core::attention::{Attention, Memory};
use rapport_core::scan::digits;
use rapport_core::targeting::{Device, Event};
use rapport_core::time::Timestamp;

use crate::hands;
use crate::json::Json;
use crate::outbox::Outbox;
use crate::pack::{PART, Parts, number};

/// What all widgets of a page share.
pub struct Page {
    /// Names this tab among those of the same site.
    pub tab: String,
    pub memory: Memory,
    pub attention: Attention,
    /// Whether the site's privacy mode keeps a random id on the device.
    remembers: bool,
    /// Whether anything may be kept on the device and counted.
    pub consent: bool,
    /// What the page told of the visitor, and what it reported.
    pub traits: Vec<Field>,
    pub events: Vec<Event>,
    pub view: View,
    pub outbox: Outbox,
    /// Time that the page was visible before it last became so, in milliseconds, and when that was.
    active_ms: i64,
    visible_since: Option<Timestamp>,
}

/// One page view; in a single-page application, every path is a new one.
pub struct View {
    /// Path and, after `#`, fragment.
    pub path: String,
    /// The same without fragment, with the origin.
    address: String,
    pub device: Device,
    pub language: String,
    /// Whether the browser asks not to be told apart.
    private: bool,
    pub since: Timestamp,
    /// How much of it was scrolled through, in percent.
    pub scrolled: u8,
    /// Whether the visitor was about to leave.
    pub leaving: bool,
}

const MEMORY: &str = "memory";

impl Page {
    /// Reads what the loader knows: privacy mode, days between invitations, invitations a visit.
    pub fn new(text: &str) -> Self {
        let mut parts = Parts::of(text);
        let mut part = || parts.text(PART);
        let (privacy, days, visit) = (part(), part(), part());
        let mut page = Self {
            tab: digits(hands::lot().into()),
            memory: Memory::parse(&hands::recall(MEMORY).unwrap_or_default()),
            attention: Attention { cooldown_days: number(days) as u16, per_visit: number(visit) as u8 },
            remembers: privacy == "device",
            consent: true,
            traits: Vec::new(),
            events: Vec::new(),
            view: View::here(),
            outbox: Outbox::default(),
            active_ms: 0,
            visible_since: None,
        };
        page.collect();
        page
    }

    /// Notes whether the page can be seen from now on.
    pub fn visible(&mut self, visible: bool) {
        let now = hands::now();
        self.active_ms = self.active_ms();
        self.visible_since = visible.then_some(now);
        if visible {
            self.memory.visit(now);
            self.remember();
        }
    }

    /// How long the page was visible so far, in milliseconds.
    pub fn active_ms(&self) -> i64 {
        self.active_ms + self.visible_since.map_or(0, |since| (hands::now().0 - since.0).max(0))
    }

    /// Keeps what this device knows about being asked.
    pub fn remember(&self) {
        if self.consent {
            hands::keep(MEMORY, &self.memory.to_text());
        }
    }

    /// A number below 1,000, drawn once on this device, for samples: too small to tell anybody apart.
    pub fn draw(&self) -> u32 {
        number(&self.kept_or("draw", || digits(i64::from(hands::lot() % 1_000)))) as u32
    }

    /// Writes where the visitor is and who.
    pub fn context(&self, json: &mut Json, locale: &str) {
        json.key("context").open('{');
        json.key("page").text(&self.view.address);
        json.key("locale").text(locale);
        json.key("device").text(self.view.device.as_str());
        if self.remembers && self.consent && !self.view.private {
            json.key("visitor").text(&self.kept_or("visitor", || hex(hands::lots())));
        }
        if !self.traits.is_empty() {
            json.key("traits").fields(&self.traits);
        }
        json.close('}');
    }

    fn kept_or(&self, key: &str, make: fn() -> String) -> String {
        if let Some(kept) = hands::recall(key) {
            return kept;
        }
        let made = make();
        if self.consent && hands::keep(key, &made) { made } else { String::new() }
    }
}

impl View {
    /// The view that begins now.
    pub fn here() -> Self {
        let text = hands::here();
        let mut parts = Parts::of(&text);
        let mut part = || parts.text(PART);
        let (path, address, width, language, private) = (part(), part(), part(), part(), part());
        Self {
            path: path.to_owned(),
            address: address.to_owned(),
            device: Device::of_width(number(width) as u32),
            language: language.to_owned(),
            private: private == "1",
            since: hands::now(),
            scrolled: 0,
            leaving: false,
        }
    }
}

fn hex(bytes: [u8; 16]) -> String {
    let mut text = String::new();
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            text.push(char::from(half + if half < 10 { b'0' } else { b'a' - 10 }));
        }
    }
    text
}
