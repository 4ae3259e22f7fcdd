//! Answers on their way. They are kept on the device until there is a receipt; the policy is `rapport_core::outbox`.

use rapport_core::outbox::{self, Entry, Verdict, verdict};
use rapport_core::time::Timestamp;

use crate::app::App;
use crate::call::Call;
use crate::hands;
use crate::pack::{ITEM, PART, Parts, number};
use crate::page::Page;
use crate::response::new_id;

/// Answers on their way.
#[derive(Default)]
pub struct Outbox {
    waiting: Vec<Entry>,
    /// By slot; the verdict on each names it.
    flying: Vec<Option<Entry>>,
    /// Ids that the Worker's clock refused, and what became of them: all revisions of a response move together.
    restamped: Vec<(String, String)>,
}

const LEASE: &str = "lease";
/// Where a delivery's body has the response's id: behind `{"v":1,"response":{"id":"`. `basic.js` writes it there too.
const ID_AT: usize = 25;

impl Page {
    /// Takes an answer in and sends it.
    pub fn put(&mut self, entry: Entry) {
        self.outbox.waiting.retain(|other| other.id != entry.id);
        self.keep(&entry);
        self.outbox.waiting.push(entry);
        self.deliver();
    }

    /// Takes in what earlier page views, other tabs or `basic.js` left behind, unless another tab looks after it. What this
    /// page view has to send goes out in any case: the holder may be a page that is gone.
    pub fn collect(&mut self) {
        let held = hands::recall(LEASE).unwrap_or_default();
        match outbox::lease(&held, &self.tab, hands::now()) {
            Some(lease) if hands::keep(LEASE, &lease) => self.take_in(),
            Some(_) => {}
            None => hands::after(outbox::LEASE_MS, Call::Retry, 0),
        }
        self.deliver();
    }

    fn take_in(&mut self) {
        let kept = hands::kept();
        let mut keys = Parts::of(&kept);
        while let Some(key) = keys.next(ITEM) {
            if !key.starts_with("out:") {
                continue;
            }
            match hands::recall(key).as_deref().and_then(Entry::parse) {
                Some(entry) if !outbox::expired(&entry, hands::now()) => {
                    if !self.outbox.knows(&entry.id) {
                        self.outbox.waiting.push(entry);
                    }
                }
                _ => hands::forget(key),
            }
        }
    }

    /// Lets other tabs look after what this one leaves behind.
    pub fn release(&self) {
        if hands::recall(LEASE).is_some_and(|held| held.starts_with(&self.tab)) {
            hands::forget(LEASE);
        }
    }

    /// Tries everything again now: the network is back, or the visitor is.
    pub fn hurry(&mut self) {
        for entry in &mut self.outbox.waiting {
            entry.due = Timestamp(0);
        }
        self.deliver();
    }

    /// Sends what is due, and sees to it that the rest is tried when it is.
    pub fn deliver(&mut self) {
        let now = hands::now();
        while let Some(index) = self.outbox.due(now) {
            let entry = self.outbox.waiting.swap_remove(index);
            hands::post(self.outbox.flying.len(), &entry.body);
            self.outbox.flying.push(Some(entry));
        }
        if let Some(due) = outbox::wake(&self.outbox.waiting, now) {
            hands::after((due.0 - now.0).max(0), Call::Retry, 0);
        }
    }

    /// Keeps an entry on the device; says whether that worked.
    fn keep(&self, entry: &Entry) -> bool {
        self.consent && hands::keep(&key(&entry.id), &entry.to_text())
    }
}

impl App {
    /// Handles the verdict on the delivery in `slot`: status, id of the receipt, code of the problem, the Worker's clock.
    pub fn on_verdict(&mut self, slot: usize, text: &str) {
        let Some(page) = self.page.as_mut() else { return };
        let Some(mut entry) = page.outbox.flying.get_mut(slot).and_then(Option::take) else { return };
        let mut parts = Parts::of(text);
        let mut part = || parts.text(PART);
        let (status, receipt, code, clock) = (part(), part(), part(), part());
        // More than one, where a page replaced the element of a form: the new one took over the old one's draft.
        let name = entry.id.clone();
        let owners = self.widgets.iter_mut().filter(|widget| widget.response.id == name);
        match verdict(number(status) as u16, code, receipt == entry.id, &entry) {
            Verdict::Delivered => {
                if !page.outbox.knows(&entry.id) {
                    hands::forget(&key(&entry.id));
                }
                for widget in owners {
                    widget.on_receipt(page, entry.revision);
                }
            }
            Verdict::Refused => {
                hands::forget(&key(&entry.id));
                for widget in owners {
                    widget.on_refusal(page.active_ms(), entry.revision, code);
                }
            }
            Verdict::Restamp => {
                hands::forget(&key(&entry.id));
                let id = page.outbox.restamp(&name, Timestamp(number(clock)));
                if let (Some(head), Some(tail)) = (entry.body.get(..ID_AT), entry.body.get(ID_AT + id.len()..)) {
                    entry.body = [head, &id, tail].concat();
                }
                entry.id.clone_from(&id);
                entry.restamped = true;
                for widget in owners {
                    widget.response.id.clone_from(&id);
                }
                page.put(entry);
            }
            Verdict::Retry => {
                entry.failed(hands::now(), hands::lot(), 0);
                let kept = page.keep(&entry);
                for widget in owners {
                    widget.on_delay(entry.revision, kept);
                }
                page.outbox.waiting.push(entry);
                page.deliver();
            }
        }
    }
}

impl Outbox {
    /// The id that takes the place of `old`, whose moment is the Worker's `now`.
    fn restamp(&mut self, old: &str, now: Timestamp) -> String {
        if let Some((_, new)) = self.restamped.iter().find(|(known, _)| known == old) {
            return new.clone();
        }
        let new = new_id(now);
        self.restamped.push((old.to_owned(), new.clone()));
        new
    }

    fn due(&self, now: Timestamp) -> Option<usize> {
        let next = outbox::next(&self.waiting, now)?;
        self.waiting.iter().position(|entry| core::ptr::eq(entry, next))
    }

    /// Whether an answer of that id is on its way.
    pub fn knows(&self, id: &str) -> bool {
        self.waiting.iter().any(|entry| entry.id == id) || self.flying.iter().flatten().any(|entry| entry.id == id)
    }
}

fn key(id: &str) -> String {
    ["out:", id].concat()
}
