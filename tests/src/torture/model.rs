//! The same promises of the pure model alone, natively: devices with `core`'s outbox, a network that does what it likes, `core`'s
//! reader, acceptance and counts, a copy that lags as KV does, losses of the index, and any number of shards. Thousands of seeds
//! take seconds.

use anyhow::{Context, Result, ensure};
use rapport_core::delivery::Delivery;
use rapport_core::history::rng::Rng;
use rapport_core::id;
use rapport_core::late;
use rapport_core::model::widget::Widget;
use rapport_core::name::SiteId;
use rapport_core::outbox::{self, Entry, Verdict};
use rapport_core::problem::Problem;
use rapport_core::response::{Arrival, Response};
use rapport_core::summary::{Summary, apply};
use rapport_core::time::Timestamp;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const START: Timestamp = Timestamp(1_800_000_000_000);
const HOUR_MS: i64 = 3_600_000;

/// The Worker, its object and KV, without their runtime.
struct Backend {
    site: SiteId,
    widget: Widget,
    now: Timestamp,
    /// Index and counts, in shards by id.
    shards: Vec<(BTreeMap<String, Response>, Summary)>,
    /// What KV lacks, with a stamp that rises with every change.
    queue: BTreeMap<String, u64>,
    kv: BTreeMap<String, Response>,
    /// Ids that were refused for their time: until when that is remembered, and the word for it.
    late: BTreeMap<String, (Timestamp, &'static str)>,
    received: u64,
    accepted: u64,
    duplicates: u64,
    refused: u64,
}

struct Device {
    skew: i64,
    entries: Vec<Entry>,
    /// Revisions still to come: whether complete.
    rest: Vec<bool>,
    name: String,
    revision: u32,
    restamped: bool,
    mark: String,
    told: bool,
}

/// One request under way: whose, which id and revision, what.
struct Request {
    device: usize,
    id: String,
    revision: u32,
    body: String,
}

/// One history; how many answers were acknowledged.
pub fn history(seed: u64) -> Result<usize> {
    let mut rng = Rng::new(seed);
    let shards = 1 + rng.below(4) as usize;
    let mut backend = Backend::new(shards)?;
    let mut devices: Vec<Device> = (0..1 + rng.below(5)).map(|n| Device::draw(&mut rng, n)).collect();
    let mut network: Vec<Request> = Vec::new();
    let mut kept = BTreeMap::<String, u32>::new();
    let mut steps = 40 + rng.below(120);
    while steps > 0 || !network.is_empty() || !backend.queue.is_empty() || devices.iter().any(|device| !device.done()) {
        let calm = steps == 0;
        steps = steps.saturating_sub(1);
        let late = rng.chance(100) && !calm;
        backend.now = backend.now.plus_ms(if late { HOUR_MS } else { 1_000 } * i64::from(1 + rng.below(20)));
        let which = rng.below(devices.len() as u32) as usize;
        match rng.below(6) {
            0 | 1 => devices[which].step(which, backend.now, &mut network, &mut rng),
            2 | 3 if !network.is_empty() => {
                // Any request at all: they arrive in any order.
                let at = rng.below(network.len() as u32) as usize;
                let fate = if calm { 9 } else { rng.below(10) };
                let request = network.swap_remove(at);
                if fate == 0 {
                    continue;
                }
                let (status, code, revision) = backend.deliver(&request.body, shards);
                if status == 200 {
                    let known = kept.entry(request.id.clone()).or_default();
                    *known = (*known).max(revision);
                }
                if fate == 1 {
                    network.push(request);
                } else if fate > 2 {
                    let now = backend.now;
                    devices[request.device].hear(&request, status, &code, now, &mut rng);
                }
            }
            4 => backend.drain(&mut rng, calm),
            _ if rng.chance(60) && !calm => backend.rebuild(shards),
            _ => {}
        }
    }
    backend.check(&devices, &kept, shards).with_context(|| format!("seed {seed}"))?;
    Ok(kept.len())
}

impl Backend {
    fn new(shards: usize) -> Result<Self> {
        let widget = Widget::parse(&crate::widgets::csat().to_string());
        Ok(Self {
            site: SiteId::parse("acme").ok().context("a site id")?,
            widget: widget.ok().context("a widget")?,
            now: START,
            shards: vec![(BTreeMap::new(), Summary::empty()); shards],
            queue: BTreeMap::new(),
            kv: BTreeMap::new(),
            late: BTreeMap::new(),
            received: 0,
            accepted: 0,
            duplicates: 0,
            refused: 0,
        })
    }

    /// Status, code and the revision of the receipt.
    fn deliver(&mut self, body: &str, shards: usize) -> (u16, String, u32) {
        self.received += 1;
        match self.accepted(body, shards) {
            Err(code) => {
                self.refused += 1;
                (422, code.to_owned(), 0)
            }
            Ok(response) => {
                let known = self.index(response.clone(), shards);
                *(if known.is_some() { &mut self.duplicates } else { &mut self.accepted }) += 1;
                if known.is_none() {
                    *self.queue.entry(response.id).or_default() += 1;
                }
                (200, String::new(), known.unwrap_or(response.revision))
            }
        }
    }

    /// What is taken, as Worker and object decide it: an id whose time is wrong only where it has arrived before, and one that was
    /// refused for that never.
    fn accepted(&mut self, body: &str, shards: usize) -> Result<Response, &'static str> {
        let first = |problems: Vec<Problem>| problems.first().map_or("malformed", |problem| problem.fault.code());
        let delivery = Delivery::parse(body.as_bytes()).map_err(first)?;
        let sent = delivery.response.as_ref().ok_or("required")?;
        let read = |now| {
            let arrival =
                Arrival { site: &self.site, widget: &self.widget, now, country: "XX", visitor: "", timed: true };
            Response::accept(&delivery.context, sent, &arrival).map_err(first)
        };
        let now = self.now;
        let reason = match read(now) {
            Ok(response) => match self.late.get(&sent.id).filter(|(until, _)| *until > now) {
                Some((_, reason)) => return Err(reason),
                None => return Ok(response),
            },
            Err(reason @ ("too_old" | "too_new")) => reason,
            Err(reason) => return Err(reason),
        };
        let response = read(id::moment(&sent.id).ok_or("malformed")?)?;
        if self.shards[shard(&sent.id, shards)].0.contains_key(&sent.id) {
            return Ok(response);
        }
        if let Some(until) = late::refused_until(&sent.id, now) {
            self.late.entry(sent.id.clone()).or_insert((until, reason));
        }
        Err(reason)
    }

    /// The one door to the index: the revision that was there already, if that one wins.
    fn index(&mut self, response: Response, shards: usize) -> Option<u32> {
        let (index, counts) = &mut self.shards[shard(&response.id, shards)];
        let old = index.get(&response.id);
        let delta = response.counted().and_then(|new| apply(old.and_then(Response::counted).as_ref(), &new));
        let Some(delta) = delta else { return old.map(|old| old.revision) };
        *counts = std::mem::take(counts).merge(delta);
        index.insert(response.id.clone(), response);
        None
    }

    /// Sends one value to KV, which may fail, or take it and say that it failed; a change meanwhile is not taken for sent.
    fn drain(&mut self, rng: &mut Rng, calm: bool) {
        let names: Vec<String> = self.queue.keys().cloned().collect();
        let Some(name) = rng.pick(&names) else { return };
        let found = self.shards.iter().find_map(|(index, _)| index.get(name));
        let fate = if calm { 9 } else { rng.below(10) };
        if fate > 1
            && let Some(response) = found
        {
            self.kv.insert(name.clone(), response.clone());
        }
        if fate > 3 {
            self.queue.remove(name);
        }
    }

    /// The index is lost, but for what KV lacks, and comes back from KV.
    fn rebuild(&mut self, shards: usize) {
        let waiting: Vec<Response> = self
            .shards
            .iter()
            .flat_map(|(index, _)| index.values())
            .filter(|response| self.queue.contains_key(&response.id))
            .cloned()
            .collect();
        self.shards = vec![(BTreeMap::new(), Summary::empty()); shards];
        for response in waiting.into_iter().chain(self.kv.clone().into_values()) {
            self.index(response, shards);
        }
    }

    fn check(&self, devices: &[Device], kept: &BTreeMap<String, u32>, shards: usize) -> Result<()> {
        for (id, revision) in kept {
            let there = self.kv.get(id).with_context(|| format!("{id} was acknowledged, and is not in KV"))?;
            ensure!(
                there.revision >= *revision,
                "{id} is there as {}, and {revision} was acknowledged",
                there.revision
            );
        }
        let mark =
            |response: &Response| response.answers.iter().find(|(name, _)| name == "why").map(|(_, mark)| mark.clone());
        let marks: Vec<String> = self.kv.values().filter_map(mark).collect();
        let distinct: BTreeSet<&String> = marks.iter().collect();
        for mark in &distinct {
            let times = marks.iter().filter(|other| other == mark).count();
            ensure!(times == 1, "the answer {mark} is there {times} times");
        }
        for device in devices.iter().filter(|device| device.told) {
            ensure!(distinct.contains(&device.mark), "{} was told that it arrived", device.mark);
        }
        let fold = |responses: &mut dyn Iterator<Item = &Response>| {
            let mut summary = Summary::empty();
            responses.filter_map(Response::counted).for_each(|counted| counted.add_to(&mut summary, 1));
            summary
        };
        let live = self.shards.iter().fold(Summary::empty(), |sum, (_, counts)| sum.merge(counts.clone()));
        ensure!(live == fold(&mut self.kv.values()), "the counts of {shards} shards are not those of what KV has");
        ensure!(self.received == self.accepted + self.duplicates + self.refused, "the line does not add up");
        Ok(())
    }
}

impl Device {
    fn draw(rng: &mut Rng, number: u32) -> Self {
        let skew = match rng.below(4) {
            0 => i64::from(rng.below(96)) * HOUR_MS - 48 * HOUR_MS,
            _ => 0,
        };
        let age = if rng.chance(200) { i64::from(rng.below(8 * 24)) * HOUR_MS } else { 0 };
        let mut rest: Vec<bool> = (0..rng.below(3)).map(|_| false).collect();
        rest.push(true);
        rest.reverse();
        let name = id::make(START.plus_ms(skew - age), rng.bytes());
        let mark = format!("answer {number}");
        Self { skew, entries: Vec::new(), rest, name, revision: 0, restamped: false, mark, told: false }
    }

    fn done(&self) -> bool {
        self.rest.is_empty() && self.entries.is_empty()
    }

    /// Gives the next revision, or sends what is due.
    fn step(&mut self, number: usize, now: Timestamp, network: &mut Vec<Request>, rng: &mut Rng) {
        let clock = now.plus_ms(self.skew);
        if !self.rest.is_empty() && (self.entries.is_empty() || rng.chance(300)) {
            let complete = self.rest.pop() == Some(true);
            self.revision += 1;
            let body = self.body(self.revision, complete);
            let fresh =
                Entry { restamped: self.restamped, ..Entry::new(self.name.clone(), self.revision, body, clock) };
            self.entries.push(fresh);
        }
        // What is too old for anybody is dropped, as storage drops it.
        self.entries.retain(|entry| !outbox::expired(entry, clock));
        let Some(entry) = outbox::next(&self.entries, clock).cloned() else { return };
        network.push(Request {
            device: number,
            id: entry.id.clone(),
            revision: entry.revision,
            body: entry.body.clone(),
        });
        if let Some(own) = self.entries.iter_mut().find(|own| **own == entry) {
            own.failed(clock, rng.next() as u32, 0);
        }
    }

    fn body(&self, revision: u32, complete: bool) -> String {
        let delivery = json!({
            "v": 1,
            "response": {
                "id": self.name, "revision": revision, "widget": "csat", "version": 1, "complete": complete,
                "answers": [["csat", (1 + revision % 5).to_string()], ["why", self.mark]], "active_ms": 9_000,
            },
        });
        delivery.to_string()
    }

    /// What an answer to a request means.
    fn hear(&mut self, request: &Request, status: u16, code: &str, now: Timestamp, rng: &mut Rng) {
        let Some(at) =
            self.entries.iter().position(|entry| entry.id == request.id && entry.revision == request.revision)
        else {
            return;
        };
        match outbox::verdict(status, code, status == 200, &self.entries[at]) {
            Verdict::Delivered => {
                self.told |= self.entries[at].body.contains("\"complete\":true");
                let (id, revision) = (request.id.clone(), request.revision);
                self.entries.retain(|entry| entry.id != id || entry.revision > revision);
            }
            Verdict::Restamp => {
                self.name = id::make(now, rng.bytes());
                self.restamped = true;
                for entry in &mut self.entries {
                    entry.body = entry.body.replace(&entry.id, &self.name);
                    (entry.id, entry.restamped, entry.due) = (self.name.clone(), true, now.plus_ms(self.skew));
                }
            }
            Verdict::Refused => {
                self.entries.clear();
                self.rest.clear();
            }
            Verdict::Retry => {}
        }
    }
}

fn shard(id: &str, shards: usize) -> usize {
    id.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte))) % shards
}

/// So many histories; how many answers were acknowledged in them.
pub fn histories(first: u64, many: u64) -> Result<usize> {
    (first..first + many).map(history).sum()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_thousand_histories_keep_their_promises() {
        assert!(super::histories(1, 1_000).unwrap() > 1_000);
    }
}
