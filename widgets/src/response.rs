//! The response that a form becomes: its id, its revisions, and what they say.

use rapport_core::answer::Field;
use rapport_core::id;
use rapport_core::outbox::Entry;
use rapport_core::rule::Shape;
use rapport_core::time::Timestamp;

use crate::call::Call;
use crate::impression::{self, Moments};
use crate::json::Json;
use crate::page::Page;
use crate::widget::{Phase, Widget};
use crate::{draft, hands};

/// The response that a form becomes.
pub struct Response {
    pub id: String,
    /// The latest that was handed to the outbox.
    pub revision: u32,
    /// The moments that it reports: those of the impression that it came from.
    pub moments: Moments,
    /// The time that the page had been visible when the form came up, in milliseconds.
    pub since_ms: i64,
    /// What the latest revision said.
    said: Vec<Field>,
}

/// How long after the last change answers are saved, in milliseconds.
const SAVE_MS: i64 = 2_500;

impl Response {
    /// A new one, which nobody has heard of.
    pub fn new(since_ms: i64) -> Self {
        Self { id: new_id(hands::now()), revision: 0, moments: 0, since_ms, said: Vec::new() }
    }
}

/// A new id by the clock `now`.
pub fn new_id(now: Timestamp) -> String {
    let [random @ .., _, _, _, _, _, _] = hands::lots();
    id::make(now, random)
}

impl Widget {
    /// Saves soon what has changed.
    pub fn save_soon(&self) {
        hands::after(SAVE_MS, Call::Save, self.index);
    }

    /// Saves what has been answered so far: all of it on this device, what is settled at the Worker too.
    pub fn save(&mut self, page: &mut Page) {
        hands::never(Call::Save, self.index);
        // What was restored or only looked at is no news.
        if self.phase != Phase::Asking || !self.impression.started() || !page.consent {
            return;
        }
        let fields = self.reportable(true);
        if !fields.is_empty() && fields != self.response.said {
            self.send(page, fields, false);
        }
        // Afterwards, so that it knows the latest revision.
        let all = self.fields();
        if all.is_empty() {
            draft::forget(self);
        } else {
            draft::keep(self, &all);
        }
    }

    /// Hands the next revision to the outbox.
    pub fn send(&mut self, page: &mut Page, fields: Vec<Field>, complete: bool) {
        hands::never(Call::Save, self.index);
        let response = &mut self.response;
        response.revision += 1;
        // What the first revision takes along, every later one repeats; what happens after it goes by beacon.
        if response.revision == 1 {
            response.moments = core::mem::take(&mut self.impression.unreported);
        }
        let response = &self.response;
        let mut json = Json::default();
        json.open('{').key("v").raw("1").key("response").open('{');
        json.key("id").text(&response.id);
        json.key("revision").number(response.revision.into());
        self.identify(&mut json);
        json.key("complete").flag(complete);
        json.key("answers").fields(&fields);
        impression::write(response.moments, &mut json);
        json.key("active_ms").number(page.active_ms() - response.since_ms);
        // What robots fill in comes as a field without a question.
        if let Some((_, trap)) = fields.iter().find(|(name, _)| name == "trap") {
            json.key("trap").text(trap);
        }
        json.close('}');
        page.context(&mut json, &self.locale);
        json.close('}');
        page.put(Entry::new(response.id.clone(), response.revision, json.finish(), hands::now()));
        self.response.said = fields;
        // Before the receipt: it may come on another page, and an id that nobody knows does no harm.
        if complete && page.consent && self.has_words() {
            hands::mine(&self.response.id);
        }
        self.tell_answers("answered");
    }

    fn tell_answers(&self, event: &str) {
        let mut detail = self.detail();
        detail.key("id").text(&self.response.id);
        detail.key("answers").fields(&self.response.said);
        self.tell(event, detail);
    }

    /// The Worker has it.
    pub fn on_receipt(&mut self, page: &mut Page, revision: u32) {
        if self.waits_for(revision) {
            self.phase = Phase::Done;
            draft::forget(self);
            page.memory.answer(&self.name, hands::now());
            page.remember();
            hands::say(self.index, "", 0, 0);
            hands::thank(self.index, &self.response.id);
            self.tell_answers("completed");
        }
    }

    /// The Worker will never take it. What was typed is still there, to be put right or copied; sent again, it is another
    /// response, as this one is settled.
    pub fn on_refusal(&mut self, active_ms: i64, revision: u32, code: &str) {
        if self.waits_for(revision) {
            self.phase = Phase::Asking;
            self.response = Response::new(active_ms);
            hands::complain(self.index, usize::MAX, code, "");
            let mut detail = self.detail();
            detail.key("reason").text(code);
            self.tell("error", detail);
        }
    }

    /// It will be tried again; `kept` says whether it would survive a reload.
    pub fn on_delay(&self, revision: u32, kept: bool) {
        if kept && self.waits_for(revision) {
            hands::say(self.index, "saved", 0, 0);
        }
    }

    /// Whether the latest revision says anything in the visitor's own words.
    fn has_words(&self) -> bool {
        let mut own = self.rules.iter().filter(|rule| matches!(rule.shape, Shape::Text { .. }));
        own.any(|rule| self.response.said.iter().any(|(field, _)| field == rule.name.as_str()))
    }

    fn waits_for(&self, revision: u32) -> bool {
        self.phase == Phase::Sending && revision == self.response.revision
    }
}
