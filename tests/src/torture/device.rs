//! A visitor's device: the outbox of `core`, and a network that loses, doubles, delays and reorders.

use super::plan::{Fate, Visitor};
use super::record::Outcome;
use super::world::Ground;
use crate::wait::linger;
use rapport_core::history::rng::Rng;
use rapport_core::id;
use rapport_core::outbox::{self, Entry, Verdict};
use rapport_core::time::Timestamp;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Lives through a visitor's answer until it is acknowledged, refused for good, or given up.
pub async fn live(ground: Arc<Ground>, visitor: Visitor, mark: String) {
    ground.until(visitor.at).await;
    let mut device = Device { rng: Rng::new(visitor.dice), ground, visitor, mark, failures: 0 };
    device.answer().await;
}

struct Device {
    ground: Arc<Ground>,
    visitor: Visitor,
    mark: String,
    rng: Rng,
    failures: u32,
}

impl Device {
    /// What the device's clock shows.
    fn clock(&self) -> Timestamp {
        Timestamp(self.ground.now() + self.visitor.skew_ms)
    }

    async fn answer(&mut self) {
        let mut name = id::make(self.clock().plus_ms(-self.visitor.age_ms), self.rng.bytes());
        let version = self.ground.version();
        let mut restamped = false;
        for (index, (score, pause, complete)) in self.visitor.revisions.clone().into_iter().enumerate() {
            linger(pause).await;
            let revision = index as u32 + 1;
            let last = index + 1 == self.visitor.revisions.len();
            let body = self.body(&name, revision, score, complete, version);
            let mut entry = Entry { restamped, ..Entry::new(name.clone(), revision, body, self.clock()) };
            loop {
                let (outcome, now) = self.attempt(&entry).await;
                let (status, code) = match &outcome {
                    Outcome::Kept { .. } => (200, ""),
                    Outcome::Refused(code) => (422, code.as_str()),
                    Outcome::Unknown => (0, ""),
                };
                match outbox::verdict(status, code, status == 200, &entry) {
                    Verdict::Delivered => {
                        if complete {
                            self.ground.note(|record| record.delivered.insert(self.mark.clone()));
                        }
                        break;
                    }
                    Verdict::Refused => return,
                    Verdict::Restamp => {
                        name = id::make(Timestamp(now), self.rng.bytes());
                        restamped = true;
                        let body = self.body(&name, revision, score, complete, version);
                        entry = Entry { restamped, ..Entry::new(name.clone(), revision, body, self.clock()) };
                    }
                    Verdict::Retry => {
                        self.failures += 1;
                        if self.visitor.gives_up.is_some_and(|most| self.failures > most) {
                            return;
                        }
                        entry.failed(self.clock(), self.rng.next() as u32, 0);
                        // A later revision takes this one's place.
                        if !last && self.rng.chance(500) {
                            break;
                        }
                        let wait = u64::try_from(entry.due.0 - self.clock().0).unwrap_or(0);
                        linger(self.ground.clock.real(Duration::from_millis(wait))).await;
                    }
                }
            }
        }
    }

    fn body(&self, id: &str, revision: u32, score: u8, complete: bool, version: u32) -> String {
        let (widget, answers) = match self.visitor.widget {
            0 => ("nps", json!([["nps", score.to_string()], ["missing", self.mark]])),
            _ => ("csat", json!([["csat", score.max(1).to_string()], ["why", self.mark]])),
        };
        let version = if widget == "nps" { version } else { 1 };
        let moments = if revision == 1 { json!(["seen", "started"]) } else { json!([]) };
        let delivery = json!({
            "v": 1,
            "context": { "page": "https://shop.example/", "locale": "en", "device": "phone" },
            "response": {
                "id": id, "revision": revision, "widget": widget, "version": version, "complete": complete,
                "answers": answers, "moments": moments, "active_ms": 9_000,
            },
        });
        delivery.to_string()
    }

    /// One attempt, as the device sees it end, and what the Worker's clock showed if it was told.
    async fn attempt(&mut self, entry: &Entry) -> (Outcome, i64) {
        let (ground, place) = (Arc::clone(&self.ground), self.rng.below(2) as usize);
        ground.note(|record| {
            let sent = record.sent.entry(entry.id.clone()).or_insert_with(|| (Default::default(), self.mark.clone()));
            sent.0.insert(entry.revision);
        });
        let (id, body) = (entry.id.clone(), entry.body.clone());
        match Fate::draw(&mut self.rng) {
            Fate::Through => post(ground, place, id, body).await,
            Fate::Twice => {
                let copy = post(Arc::clone(&ground), 1 - place, id.clone(), body.clone());
                tokio::join!(post(ground, place, id, body), copy).0
            }
            Fate::Lost => (Outcome::Unknown, 0),
            Fate::Unheard => {
                post(ground, place, id, body).await;
                (Outcome::Unknown, 0)
            }
            Fate::Late(time) => {
                let later = Arc::clone(&ground);
                ground.spawn(async move {
                    linger(time).await;
                    post(later, place, id, body).await;
                });
                (Outcome::Unknown, 0)
            }
        }
    }
}

/// Sends one delivery to a place, and notes how it ended.
pub async fn post(ground: Arc<Ground>, place: usize, id: String, body: String) -> (Outcome, i64) {
    let request = ground.client.post(format!("{}/e/{}", ground.urls[place], ground.site)).body(body);
    let ended = async {
        let answer = request.send().await.ok()?;
        let status = answer.status().as_u16();
        let text = answer.text().await.ok()?;
        let reply: Value = serde_json::from_str(&text).ok()?;
        let now = reply["now"].as_i64().unwrap_or(0);
        match status {
            200 if reply["id"] == id.as_str() => Some((
                Outcome::Kept {
                    revision: reply["revision"].as_u64()? as u32,
                    duplicate: reply["duplicate"].as_bool()?,
                },
                now,
            )),
            400..=499 if status != 429 => Some((Outcome::Refused(reply["code"].as_str()?.to_owned()), now)),
            _ => None,
        }
    };
    let (outcome, now) = ended.await.unwrap_or((Outcome::Unknown, 0));
    ground.note(|record| record.delivery(&id, &outcome));
    (outcome, now)
}
