//! The demo shop's loyalty programme: its rules, its badge, and what its members did, told as the shop's own server would.

use super::{Api, SITE, Target, fine, now, publish};
use anyhow::{Context, Result};
use rapport_core::loyalty::program::{Program, Record};
use rapport_core::loyalty::token;
use rapport_core::model::config::Config;
use rapport_core::model::widget::Widget;
use rapport_core::name::SiteId;
use rapport_core::time::Timestamp;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Who is signed in where the demo's visitor signs in.
pub const CUSTOMER: (&str, &str) = ("c-1001", "Ada");
/// Seconds that the shop's word about it is good for.
const TOKEN_SECONDS: i64 = 3_600;
const DAY: i64 = 86_400_000;
/// Members besides [`CUSTOMER`].
const OTHERS: u64 = 27;
/// Those of them who want to be seen on the leaderboard.
const NAMES: [&str; 6] = ["Imke", "Tomás", "Wren", "梅", "Odile", "Kofi"];
/// Prices in the shop, with postage, in pence.
const PRICES: [u64; 5] = [2_200, 3_200, 3_800, 6_000, 9_800];

/// Publishes programme and badge where they are not as their files say.
pub(super) async fn configure(api: &Api<'_>, target: &Target<'_>, current: Option<&Config>) -> Result<()> {
    let folder = target.config.join("loyalty");
    let program: Program = serde_json::from_value(read(&folder.join("programme.json"))?)?;
    let record = current.and_then(|config| config.loyalty.as_ref());
    let live = record.and_then(|record: &Record| record.live.as_ref()).map(|live| &live.program);
    if live != Some(&program) {
        let address = format!("sites/{SITE}/loyalty");
        api.done(Method::PUT, &address, serde_json::to_value(&program)?).await?;
        api.done(Method::POST, &format!("{address}/publish"), json!({})).await?;
    }
    for file in ["badge.json", "board.json"] {
        let widget: Widget = serde_json::from_value(read(&folder.join(file))?)?;
        publish(api, current, &widget).await?;
    }
    Ok(())
}

/// What members did. Ids make it safe to begin again after an interruption.
pub(super) async fn load(api: &Api<'_>, signer: &str) -> Result<()> {
    let codes = |from: u32| (from..from + 60).map(|n| format!("FOLD-{:04X}", n * 7_919 % 65_536)).collect::<Vec<_>>();
    for (reward, from) in [("coupon", 100), ("edges", 900)] {
        let body = json!({ "text": codes(from).join("\n") });
        api.done(Method::POST, &format!("sites/{SITE}/rewards/{reward}/codes"), body).await?;
    }
    let now = now()?;
    let mut lot = Lot(2_026);
    for number in 0..OTHERS {
        let member = format!("c-{}", 1_002 + number);
        for (nth, (at, action)) in life(number, now, &mut lot).into_iter().enumerate() {
            act(api, &member, &format!("demo:{member}:{nth}"), &action, at).await?;
        }
        if let Some(name) = NAMES.get(number as usize) {
            listed(api, (&member, name), signer).await?;
            ticket(api, &member).await?;
        }
    }
    regular(api, now).await
}

/// Puts a member's name on the leaderboard, as they would in the badge.
async fn listed(api: &Api<'_>, (member, name): (&str, &str), signer: &str) -> Result<()> {
    let site = SiteId::parse(SITE).ok().context("the demo's site has an id")?;
    let token = token::sign(&site, (member, name), now()?, TOKEN_SECONDS, signer);
    let body = json!({ "id": id(now()?, member), "token": token, "name": name, "board": true });
    let request = api.client.post(format!("{}/me/{SITE}/profile", api.target.worker));
    let request = request.header("origin", api.target.demo).header("content-type", "text/plain");
    request.body(body.to_string()).send().await?.error_for_status()?;
    Ok(())
}

/// A UUIDv7 of this moment for an act of a member's.
fn id(now: Timestamp, member: &str) -> String {
    let mut random = [0; 10];
    for (place, byte) in random.iter_mut().rev().zip(member.bytes().rev()) {
        *place = byte;
    }
    rapport_core::id::make(now, random)
}

/// Takes a ticket, where the points are enough for it.
async fn ticket(api: &Api<'_>, member: &str) -> Result<()> {
    let address = format!("sites/{SITE}/members/{member}/tickets");
    // The same whenever it is taken, so that there is one.
    let body = json!({ "id": id(Timestamp(1_767_225_600_000), member), "draw": "offcuts" });
    let reply = api.ask(Method::POST, &address, Some(body)).await?;
    if reply.0 == StatusCode::CONFLICT { Ok(()) } else { fine(reply).map(drop) }
}

/// The shop's server while the demo runs.
#[derive(Clone)]
pub struct Shop {
    worker: String,
    owner_key: String,
}

impl Shop {
    /// Of this demo.
    pub fn new(target: &Target<'_>) -> Self {
        Self { worker: target.worker.to_owned(), owner_key: target.owner_key.to_owned() }
    }

    /// Tells Rapport what the customer who signs in has bought.
    pub async fn sold(self, order: String, amount: u32) -> Result<()> {
        let url = format!("{}/api/v1/sites/{SITE}/members/{}/events", self.worker, CUSTOMER.0);
        let body = json!({ "type": "purchase", "order": order, "amount": amount });
        let request = reqwest::Client::new().post(url).bearer_auth(&self.owner_key);
        request.json(&body).send().await?.error_for_status()?;
        Ok(())
    }
}

/// The secret by which the shop's server signs, made at the first call.
pub async fn signer(target: &Target<'_>, file: &Path) -> Result<String> {
    if let Ok(text) = fs::read_to_string(file) {
        return Ok(text.trim().to_owned());
    }
    let made = Api::new(target).done(Method::POST, &format!("sites/{SITE}/signers"), json!({})).await?;
    let secret = made.get("secret").and_then(Value::as_str).context("a secret")?.to_owned();
    fs::write(file, &secret)?;
    Ok(secret)
}

/// What the shop's server says of who is signed in.
pub fn token(secret: &str) -> String {
    let site = SiteId::parse(SITE).ok();
    let now = now().ok();
    site.zip(now).map(|(site, now)| token::sign(&site, CUSTOMER, now, TOKEN_SECONDS, secret)).unwrap_or_default()
}

/// Somebody whose check-in today is the seventh in a row, and brings the highest tier.
async fn regular(api: &Api<'_>, now: Timestamp) -> Result<()> {
    let (member, _) = CUSTOMER;
    let ago = |days: i64| Timestamp(now.0 - days * DAY - 3 * 3_600_000);
    let orders = [(160, 3_200), (118, 6_000), (75, 2_200), (52, 3_800), (33, 9_800)];
    let mut nth = 0;
    let mut next = || {
        nth += 1;
        format!("demo:{member}:{nth}")
    };
    for (days, amount) in orders {
        act(api, member, &next(), &purchase(member, days, amount), ago(days)).await?;
    }
    act(api, member, &next(), &json!({ "type": "event", "event": "shelf_photo" }), ago(30)).await?;
    act(api, member, &next(), &json!({ "type": "redeem", "reward": "coupon" }), ago(21)).await?;
    // What the last order has to be so that today's check-in and its bonus are what was lacking.
    let address = format!("sites/{SITE}/members/{member}");
    let known = api.ask(Method::GET, &address, None).await.and_then(fine)?;
    let lacks = known.pointer("/standing/next/lacks").and_then(Value::as_u64).unwrap_or_default();
    let amount = lacks.saturating_sub(24) * 80;
    act(api, member, &next(), &purchase(member, 9, amount.max(100)), ago(9)).await?;
    for days in (1..=6).rev() {
        act(api, member, &next(), &json!({ "type": "check_in" }), ago(days)).await?;
    }
    Ok(())
}

/// Loyal ones, some who came twice, new ones, and those who stay away.
fn life(number: u64, now: Timestamp, lot: &mut Lot) -> Vec<(Timestamp, Value)> {
    let member = format!("c-{}", 1_002 + number);
    let (orders, from, to) = match number % 5 {
        0 => (5 + lot.below(4), 175, 4),
        1 => (2 + lot.below(2), 110, 10),
        2 => (1, 12, 1),
        3 => (3 + lot.below(3), 240, 100),
        _ => (1 + lot.below(2), 330, 210),
    };
    let mut acts = Vec::new();
    for _ in 0..orders {
        let days = to + lot.below(from - to);
        let price = PRICES.get(lot.below(5) as usize).copied().unwrap_or(3_200);
        acts.push((days, purchase(&member, days as i64, price)));
    }
    if number.is_multiple_of(5) {
        acts.push((40, json!({ "type": "event", "event": "shelf_photo" })));
        acts.extend((1..=2 + lot.below(5)).map(|days| (days, json!({ "type": "check_in" }))));
    }
    if number.is_multiple_of(2) {
        acts.push((to + 1, json!({ "type": "redeem", "reward": "bookmark" })));
    }
    if number.is_multiple_of(3) {
        acts.push((to, json!({ "type": "redeem", "reward": "coupon" })));
    }
    // The earliest first, and each at an hour of its own.
    acts.sort_by_key(|(days, _)| core::cmp::Reverse(*days));
    let at = |index: usize, days: u64| Timestamp(now.0 - days as i64 * DAY - 5 * 3_600_000 + index as i64 * 60_000);
    acts.into_iter().enumerate().map(|(index, (days, action))| (at(index, days), action)).collect()
}

fn purchase(member: &str, days: i64, amount: u64) -> Value {
    json!({ "type": "purchase", "order": format!("{member}/{days}"), "amount": amount })
}

/// Does it, unless a rule stands in the way: not everybody has points enough.
async fn act(api: &Api<'_>, member: &str, id: &str, action: &Value, at: Timestamp) -> Result<()> {
    let address = format!("sites/{SITE}/members/{member}/acts");
    let reply = api.ask(Method::POST, &address, Some(json!({ "id": id, "action": action, "at": at }))).await?;
    if reply.0 == StatusCode::CONFLICT { Ok(()) } else { fine(reply).map(drop) }
}

fn read(file: &Path) -> Result<Value> {
    let text = fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} cannot be read", file.display()))
}

/// Numbers by chance that are the same every time (splitmix64).
struct Lot(u64);

impl Lot {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ mixed >> 31) % end.max(1)
    }
}
