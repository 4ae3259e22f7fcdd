//! What must hold once it is quiet: of what clients were told, what KV has, and what the owner sees.

use super::ledger::{self, Books};
use super::record::Record;
use super::world::Ground;
use crate::{Product, eventually, wait};
use anyhow::{Context, Result, ensure};
use rapport_core::response::Response;
use rapport_core::summary::Summary;
use rapport_core::time::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// The longest that a site may take until KV has everything, after the last trouble. Real time: the world's is so much longer.
const BOUND: Duration = Duration::from_secs(90);

/// Counts by widget, version, variant and key.
type Counts = BTreeMap<String, i64>;

/// What holds whichever release looks: what was acknowledged is in KV, once, and the counts are those of what KV has.
pub async fn delivered(product: &Product, ground: &Ground) -> Result<()> {
    settled(product, ground).await?;
    let (record, kept) = (ground.record(), responses(product, &ground.site)?);
    acknowledged(&record, &kept)?;
    exactly_once(&record, &kept)?;
    let (live, fold) = (counts(product, ground).await?, fold(&kept));
    ensure!(live == fold, "the counts are not those of what KV has:\n{}", differences(&live, &fold));
    Ok(())
}

/// Checks a site; returns how long KV took to have everything.
pub async fn site(product: &Product, ground: &Ground) -> Result<Duration> {
    let since = Instant::now();
    settled(product, ground).await?;
    let took = since.elapsed();
    let record = ground.record();
    let kept = responses(product, &ground.site)?;
    acknowledged(&record, &kept)?;
    exactly_once(&record, &kept)?;
    let fold = fold(&kept);
    let live = counts(product, ground).await?;
    ensure!(live == fold, "the counts are not those of what KV has:\n{}", differences(&live, &fold));
    tally(product, ground, &record).await?;
    views(product, ground, &record).await?;
    let books = ledger::check(product, &ground.site, &record).await?;
    audited(product, ground, &kept).await?;
    rebuilt(product, ground, &record, &live, &books).await?;
    Ok(took)
}

/// Waits until KV has everything, the lane is empty and nothing is left to do.
pub async fn settled(product: &Product, ground: &Ground) -> Result<()> {
    let mut last = Value::Null;
    let outcome = wait::wait_within(BOUND, "everything in KV", async || {
        if !product.cloud.kv.keys(&format!("q/{}/", ground.site)).is_empty() {
            product.cloud.workerd.cron().await?;
            return Ok(None);
        }
        last = product.known_site(&ground.site).status().await?;
        let quiet = ["pending", "parked", "erasing"].iter().all(|name| last[name] == 0);
        Ok((quiet && last["rebuilding"].is_null()).then_some(()))
    });
    outcome.await.with_context(|| format!("at last the site said {last}"))
}

fn responses(product: &Product, site: &str) -> Result<Vec<Response>> {
    let values = product.known_site(site).responses()?;
    values.into_iter().map(|value| Ok(serde_json::from_value(value)?)).collect()
}

/// Whatever was acknowledged is in KV, in that revision or a later one, unless the owner erased it.
fn acknowledged(record: &Record, kept: &[Response]) -> Result<()> {
    let found: BTreeMap<&str, u32> = kept.iter().map(|response| (response.id.as_str(), response.revision)).collect();
    for (id, revision) in &record.kept {
        let there = found.get(id.as_str());
        if record.erased.contains(id) {
            ensure!(there.is_none(), "{id} was erased, and is in KV");
        } else if !record.perhaps_erased.contains(id) {
            let there = there.with_context(|| format!("{id} was acknowledged, and is not in KV"))?;
            ensure!(there >= revision, "{id} was acknowledged as revision {revision}, and KV has {there}");
        }
    }
    Ok(())
}

/// Nothing is there that nobody sent, and no answer twice, whatever ids it had.
fn exactly_once(record: &Record, kept: &[Response]) -> Result<()> {
    let mut marks = BTreeSet::new();
    for response in kept {
        let (revisions, mark) =
            record.sent.get(&response.id).with_context(|| format!("nobody sent {}", response.id))?;
        ensure!(
            revisions.contains(&response.revision),
            "nobody sent revision {} of {}",
            response.revision,
            response.id
        );
        ensure!(response.answers.iter().any(|(_, value)| value == mark), "{} is not what was sent", response.id);
        ensure!(marks.insert(mark.as_str()), "the answer {mark} is there twice");
    }
    let complete: BTreeSet<&str> = kept
        .iter()
        .filter(|response| response.complete)
        .filter_map(|response| record.sent.get(&response.id))
        .map(|(_, mark)| mark.as_str())
        .collect();
    let gone = |mark: &str| {
        record
            .sent
            .iter()
            .any(|(id, (_, of))| of == mark && (record.erased.contains(id) || record.perhaps_erased.contains(id)))
    };
    for mark in &record.delivered {
        ensure!(complete.contains(mark.as_str()) || gone(mark), "the device of {mark} was told that it arrived");
    }
    Ok(())
}

fn fold(kept: &[Response]) -> Counts {
    let mut summary = Summary::empty();
    for counted in kept.iter().filter_map(Response::counted) {
        counted.add_to(&mut summary, 1);
    }
    let mut counts = Counts::new();
    for (slot, n) in summary.iter() {
        let variant = slot.variant.as_ref().map_or("", |variant| variant.as_str());
        *counts.entry(format!("{} {} {variant} {}", slot.widget, slot.version, slot.key)).or_default() += n;
    }
    counts.retain(|_, n| *n != 0);
    counts
}

async fn overview(product: &Product, ground: &Ground) -> Result<Value> {
    let today = Timestamp(ground.now()).day();
    let path = format!("sites/{}/overview?from={}&to={}", ground.site, today.plus(-12), today.plus(1));
    product.api(Method::GET, &path, None).await
}

/// The live counts of the widgets that were answered.
async fn counts(product: &Product, ground: &Ground) -> Result<Counts> {
    let mut counts = Counts::new();
    for row in overview(product, ground).await?["counts"].as_array().context("no counts")? {
        let widget = row["widget"].as_str().unwrap_or_default();
        if widget == "ces" {
            continue;
        }
        let variant = row["variant"].as_str().unwrap_or_default();
        for (key, n) in row["keys"].as_object().context("no keys")? {
            *counts.entry(format!("{widget} {} {variant} {key}", row["version"])).or_default() +=
                n.as_i64().unwrap_or(0);
        }
    }
    counts.retain(|_, n| *n != 0);
    Ok(counts)
}

fn differences(live: &Counts, fold: &Counts) -> String {
    let keys: BTreeSet<&String> = live.keys().chain(fold.keys()).collect();
    let lines = keys.into_iter().filter(|key| live.get(*key) != fold.get(*key));
    lines.map(|key| format!("  {key}: {:?} live, {:?} in KV\n", live.get(key), fold.get(key))).collect()
}

/// Received = accepted + duplicate + refused, as far as clients can tell.
async fn tally(product: &Product, ground: &Ground, record: &Record) -> Result<()> {
    let refused: u64 = record.refused.values().sum();
    let mut last = Value::Null;
    // Refusals are counted after the reply.
    let outcome = eventually("a tally that fits what clients saw", async || {
        last = overview(product, ground).await?["tally"].clone();
        let number = |value: &Value| value.as_u64().unwrap_or(0);
        let (accepted, duplicate) = (number(&last["accepted"]), number(&last["duplicate"]));
        let turned: u64 = last["refused"].as_object().map_or(0, |reasons| reasons.values().map(number).sum());
        ensure!(number(&last["received"]) == accepted + duplicate + turned, "the line does not add up: {last}");
        // A power cut may take a refusal's count along, and has the Worker repeat what it asked.
        let calm = record.cuts == 0;
        let known = accepted >= record.kept.len() as u64 && (!calm || accepted >= record.accepted);
        let most = !calm
            || (accepted + duplicate <= record.accepted + record.duplicates + record.unknown
                && (refused..=refused + record.unknown).contains(&turned));
        Ok(known && most)
    });
    outcome.await.with_context(|| format!("the site says {last}, clients {record:?}"))
}

async fn views(product: &Product, ground: &Ground, record: &Record) -> Result<()> {
    let overview = overview(product, ground).await?;
    let rows = overview["counts"].as_array().context("no counts")?;
    let seen: u64 =
        rows.iter().filter(|row| row["widget"] == "ces").filter_map(|row| row["keys"]["seen"].as_u64()).sum();
    let (kept, perhaps) = record.views;
    ensure!(seen <= kept + perhaps, "{seen} views, and {kept} to {} were reported", kept + perhaps);
    ensure!(record.cuts > 0 || seen >= kept, "{seen} views, and {kept} were acknowledged");
    Ok(())
}

/// An audit of each day with answers agrees, without having to mend anything.
async fn audited(product: &Product, ground: &Ground, kept: &[Response]) -> Result<()> {
    let days: BTreeSet<String> = kept.iter().filter_map(|response| Some(response.day()?.to_string())).collect();
    for day in days {
        let path = format!("sites/{}/audit?day={day}", ground.site);
        let report = product.api(Method::POST, &path, Some(&json!({}))).await?;
        ensure!(report["agrees"] == true, "the audit of {day} says {report}");
    }
    Ok(())
}

/// A rebuild from KV changes nothing.
async fn rebuilt(product: &Product, ground: &Ground, record: &Record, live: &Counts, books: &Books) -> Result<()> {
    let site = product.known_site(&ground.site);
    let responses = site.status().await?["responses"].clone();
    product.api(Method::POST, &format!("sites/{}/rebuild", ground.site), None).await?;
    settled(product, ground).await?;
    let after = counts(product, ground).await?;
    ensure!(after == *live, "a rebuild changed counts:\n{}", differences(live, &after));
    let now = site.status().await?["responses"].clone();
    ensure!(now == responses, "{responses} responses before a rebuild, {now} after it");
    let rebuilt = ledger::check(product, &ground.site, record).await?;
    ensure!(rebuilt == *books, "a rebuild changed the ledger:\n{books:?}\n{rebuilt:?}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01a208a3-9150-7457-a53b-90b1223e6e28";

    fn response(id: &str, revision: u32) -> Response {
        let value = json!({
            "v": 1, "id": id, "site": "acme", "widget": "nps", "version": 1, "revision": revision, "complete": true,
            "answers": [["missing", "mark"]], "keys": ["completed"], "active_ms": 0, "page": "", "locale": "en",
            "device": "phone", "visitor": "", "received": 0,
        });
        serde_json::from_value(value).unwrap()
    }

    fn record() -> Record {
        let mut record = Record::default();
        record.kept.insert(ID.to_owned(), 2);
        record.sent.insert(ID.to_owned(), (BTreeSet::from([1, 2]), "mark".to_owned()));
        record.delivered.insert("mark".to_owned());
        record
    }

    #[test]
    fn the_checker_sees_what_is_lost_doubled_made_up_or_back_from_the_dead() {
        let other = ID.replace('e', "f");
        let good = [response(ID, 2)];
        assert!(acknowledged(&record(), &good).is_ok() && exactly_once(&record(), &good).is_ok());
        assert!(acknowledged(&record(), &[]).is_err(), "lost");
        assert!(acknowledged(&record(), &[response(ID, 1)]).is_err(), "an older revision");
        assert!(exactly_once(&record(), &[]).is_err(), "delivered and not there");
        assert!(exactly_once(&record(), &[response(ID, 3)]).is_err(), "a revision that nobody sent");
        assert!(exactly_once(&record(), &[response(&other, 1)]).is_err(), "an id that nobody sent");
        let mut twice = record();
        twice.sent.insert(other.clone(), (BTreeSet::from([1]), "mark".to_owned()));
        assert!(exactly_once(&twice, &[response(ID, 2), response(&other, 1)]).is_err(), "one answer under two ids");
        let mut erased = record();
        erased.erased.insert(ID.to_owned());
        assert!(acknowledged(&erased, &good).is_err(), "erased and there");
        assert!(acknowledged(&erased, &[]).is_ok() && exactly_once(&erased, &[]).is_ok());
        let (one, two) = (fold(&good), fold(&[response(ID, 2), response(&other, 1)]));
        assert_eq!((one["nps 1  completed"], two["nps 1  completed"]), (1, 2));
    }
}
