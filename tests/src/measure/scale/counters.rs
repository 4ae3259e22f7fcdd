//! A site's day on the shipped Worker in workerd, with a clock of its own (`counted.js`): what each step is counted to take.

use super::day::{Event, Step};
use super::tally::{Counts, Kind, Taken};
use crate::delivery::{id_at, view};
use crate::product::OWNER_KEY;
use crate::wait::wait_for;
use crate::{Product, Site, widgets};
use anyhow::{Context, Result, ensure};
use rapport_local::Settings;
use reqwest::{Client, Method, RequestBuilder, StatusCode, redirect};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

const ORIGIN: &str = "https://shop.example";
const DAY_MS: u64 = 86_400_000;
/// The member of all acts.
const MEMBER: &str = "ada";

/// The Worker with its counters.
pub struct Counted {
    product: Product,
    client: Client,
    url: String,
}

/// What the counters say.
#[derive(Clone, Debug, Deserialize)]
struct Told {
    requests: u64,
    calls: u64,
    rang: u64,
    woken: u64,
    written: u64,
    read: u64,
    pending: u64,
    told: u64,
    alarms: BTreeMap<String, u64>,
}

impl Counted {
    /// Starts it.
    pub async fn start() -> Result<Self> {
        let module = include_str!("counted.js").to_owned();
        let product = Product::start_with(|settings| Settings { around: Some(module), ..settings }).await?;
        let client = Client::builder().redirect(redirect::Policy::none()).build()?;
        let url = product.cloud.workerd.url()?;
        Ok(Self { product, client, url })
    }

    /// A site of its own lives through the steps, and then through the night after them. The first day begins at the next
    /// midnight; what was counted for each step, and for alarms between them, in order.
    pub async fn live(&self, steps: &[Step]) -> Result<Taken> {
        let site = self.product.site_with(&json!({ "origins": [ORIGIN] }), &[widgets::nps()]).await?;
        if steps.iter().any(|step| step.event == Event::Act) {
            programme(&site).await?;
        }
        // What the configuration left to do is not the day's.
        let mut taken = Taken::default();
        let begin = (self.told(None, None).await?.told / DAY_MS + 1) * DAY_MS;
        self.go_to(begin, &mut taken).await?;
        let cookie = self.sign_in().await?;
        let mut taken = Taken::default();
        let mut begun = BTreeMap::new();
        for step in steps {
            let now = begin + step.at;
            self.go_to(now, &mut taken).await?;
            let before = self.look().await?;
            self.act(&site, step, now, &cookie, &mut begun).await?;
            taken.add(Kind::Event(step.event), self.look().await? - before);
        }
        let end = steps.last().map_or(0, |step| step.at) / DAY_MS * DAY_MS + 2 * DAY_MS - 1;
        self.go_to(begin + end, &mut taken).await?;
        Ok(taken)
    }

    /// Moves the clock, and on the way rings whatever is to ring.
    async fn go_to(&self, at: u64, taken: &mut Taken) -> Result<()> {
        loop {
            let told = self.told(None, None).await?;
            let next = told.alarms.iter().filter(|(_, rings)| **rings <= at).min_by_key(|(_, rings)| **rings);
            let Some((object, rings)) = next else { break };
            let before = self.look().await?;
            let rings = told.told.max(*rings);
            self.told(Some(rings), Some(object)).await?;
            let kind = if rings % DAY_MS == 0 { Kind::Midnight } else { Kind::Alarm };
            taken.add(kind, self.look().await? - before);
        }
        self.told(Some(at), None).await?;
        Ok(())
    }

    async fn act(
        &self,
        site: &Site<'_>,
        step: &Step,
        now: u64,
        cookie: &str,
        begun: &mut BTreeMap<u32, String>,
    ) -> Result<()> {
        let [_, a, b, c] = step.visitor.to_be_bytes();
        let (id, url) = (&site.id, &self.url);
        let visit = |request: RequestBuilder| request.header("cf-connecting-ip", format!("10.{a}.{b}.{c}"));
        let send = |body: serde_json::Value| {
            visit(self.client.post(format!("{url}/e/{id}")).header("origin", ORIGIN)).body(body.to_string())
        };
        let request = match step.event {
            Event::Script => visit(self.client.get(format!("{url}/s/{id}.js"))).header("referer", format!("{ORIGIN}/")),
            Event::View => send(view("nps", &["seen"])),
            Event::Whole => send(response(&id_at(now), 1, true, json!([["nps", "9"]]))),
            Event::Partial => {
                let id = begun.entry(step.visitor).or_insert_with(|| id_at(now));
                send(response(id, 1, false, json!([["nps", "9"]])))
            }
            Event::Rest => {
                let id = begun.get(&step.visitor).context("a second part without a first one")?;
                send(response(id, 2, true, json!([["nps", "9"], ["best", "The paper is wonderful."]])))
            }
            Event::Overview => self.client.get(format!("{url}/dashboard/s/{id}")).header("cookie", cookie),
            Event::Act => {
                let act = json!({ "id": id_at(now), "action": { "type": "adjust", "delta": 5, "why": "a thank you" } });
                self.client
                    .post(format!("{url}/api/v1/sites/{id}/members/{MEMBER}/acts"))
                    .bearer_auth(OWNER_KEY)
                    .json(&act)
            }
        };
        let answer = request.send().await?;
        let status = answer.status();
        ensure!(status.is_success(), "{:?} was answered {status}: {}", step.event, answer.text().await?);
        Ok(())
    }

    async fn sign_in(&self) -> Result<String> {
        let request = self.client.post(format!("{}/dashboard/sign-in", self.url));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(format!("key={OWNER_KEY}&next=")).send().await?;
        ensure!(answer.status() == StatusCode::SEE_OTHER, "signing in was answered {}", answer.status());
        let cookie = answer.headers().get("set-cookie").context("no session")?.to_str()?;
        Ok(cookie.split(';').next().unwrap_or_default().to_owned())
    }

    /// The counters once nothing is under way any more.
    async fn look(&self) -> Result<Counts> {
        let told = wait_for("what was begun to end", async || {
            Ok(Some(self.told(None, None).await?).filter(|told| told.pending == 0))
        })
        .await?;
        let kv = self.product.cloud.kv.counts();
        Ok(Counts {
            requests: told.requests as f64,
            calls: told.calls as f64,
            rings: told.rang as f64,
            woken: told.woken as f64,
            written: told.written as f64,
            read: told.read as f64,
            kv_writes: kv.writes as f64,
            kv_reads: kv.reads as f64,
            kv_lists: kv.lists as f64,
        })
    }

    async fn told(&self, at: Option<u64>, ring: Option<&str>) -> Result<Told> {
        let at = at.map_or_else(String::new, |at| format!("&at={at}"));
        let ring = ring.map_or_else(String::new, |object| format!("&ring={object}"));
        let request = self.client.get(format!("{}/counted?{at}{ring}", self.url));
        Ok(serde_json::from_slice(&request.send().await?.error_for_status()?.bytes().await?)?)
    }
}

async fn programme(site: &Site<'_>) -> Result<()> {
    let program = json!({ "name": { "en": "Club" }, "currency": "EUR", "rules": [{ "name": "check_in", "when": { "type": "check_in" }, "points": 2 }] });
    let path = format!("sites/{}/loyalty", site.id);
    site.product().api(Method::PUT, &path, Some(&program)).await?;
    site.product().api(Method::POST, &format!("{path}/publish"), None).await?;
    Ok(())
}

fn response(id: &str, revision: u32, complete: bool, answers: serde_json::Value) -> serde_json::Value {
    json!({
        "v": 1,
        "context": { "page": format!("{ORIGIN}/"), "locale": "en", "device": "desktop" },
        "response": {
            "id": id, "revision": revision, "widget": "nps", "version": 1, "complete": complete, "answers": answers,
            "moments": ["seen", "started"], "active_ms": 4000,
        },
    })
}
