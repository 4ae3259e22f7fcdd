//! Many responses, sooner than they could be taken in: an object's rows are copied within its own database, by a module around the
//! shipped Worker (`many.js`). Copies lie between the responses that they are made of, each of a visitor of its own; KV has none of
//! them, as nothing that is measured reads it.

use super::many::{APART_MS, DAY_MS, DAYS, WORDS, stored};
use crate::{Product, Site};
use anyhow::{Result, ensure};
use rapport_core::inbox::document;
use rapport_core::response::Response;
use serde_json::{Value, json};

/// Of the copy `n` of a row `o`: its moment, moved into the gap behind the original, or before it where the day is over, so that the
/// day's counts are the original's times the copies.
const MOVED: &str = "(o.seq >> 11) + CASE WHEN (o.seq >> 11) % 86400000 + n.value * ?3 < 86400000 THEN n.value * ?3
    ELSE -(n.value * ?3) - ?3 / 2 END";

/// Copies every response of `site`, for each of `copies`, which are told apart by these numbers below a hundred, so that there are
/// `times` as many as before.
pub async fn multiply(product: &Product, site: &Site<'_>, copies: &[u32], times: usize) -> Result<()> {
    let numbers = json!(copies).to_string();
    let url = format!("{}/fill?site={}", product.cloud.workerd.url()?, site.id);
    let fill = async |statements: Vec<Value>| -> Result<()> {
        let answer = product.client().post(&url).json(&statements).send().await?;
        let status = answer.status();
        ensure!(status.is_success(), "filling was answered {status}: {}", answer.text().await?);
        Ok(())
    };
    let mut prepare = vec![json!(["CREATE TABLE copied (answers TEXT PRIMARY KEY, terms TEXT NOT NULL)"])];
    prepare.extend(
        terms(&site.id)?
            .into_iter()
            .map(|(answers, terms)| json!(["INSERT OR IGNORE INTO copied VALUES (?, ?)", answers, terms])),
    );
    fill(prepare).await?;
    let copied = format!(
        "SELECT {MOVED} AS at, printf('%02x', n.value) || substr(o.visitor, 3) AS who, o.seq % 2048 AS tail, substr(o.id, 14) AS rest, o.*
         FROM inbox o, json_each(?2) n WHERE o.seq >= ?1 << 11 AND o.seq < (?1 + 86400000) << 11 AND o.visitor GLOB '00*'"
    );
    let id = "printf('%08x-%04x', c.at >> 16, c.at & 65535) || c.rest";
    let statements = [
        format!(
            "INSERT INTO response SELECT {id}, r.widget, r.revision, r.complete,
             json_set(r.body, '$.id', {id}, '$.received', c.at, '$.visitor', c.who)
             FROM ({copied}) c JOIN response r ON r.id = c.id ORDER BY c.at"
        ),
        format!(
            "INSERT INTO words (rowid, terms) SELECT c.at * 2048 + c.tail, t.terms
             FROM ({copied}) c JOIN response r ON r.id = c.id JOIN copied t ON t.answers = json_extract(r.body, '$.answers')
             ORDER BY c.at"
        ),
        format!(
            "INSERT INTO inbox SELECT c.at * 2048 + c.tail, {id}, c.widget, c.complete, c.mood, c.page, c.locale,
             replace(c.country, 'AQ', 'DE'), c.device, c.traits, c.doubts, c.who, 'new', '', c.test FROM ({copied}) c ORDER BY c.at"
        ),
    ];
    let today = now_ms()? / DAY_MS * DAY_MS;
    for day in (0..=DAYS).rev() {
        let begin = today - day * DAY_MS;
        let step = APART_MS / 100;
        // As texts: a number would be bound as one with a fraction.
        let values = [begin.to_string(), numbers.clone(), step.to_string()];
        fill(statements.iter().map(|statement| json!([statement, values[0], values[1], values[2]])).collect()).await?;
    }
    let times = times.to_string();
    fill(vec![
        json!(["INSERT INTO active SELECT day, printf('%02x', value) || substr(visitor, 3), responses FROM active, json_each(?)
                WHERE visitor GLOB '00*'", numbers]),
        json!(["UPDATE reach SET visitors = visitors * ?", times]),
        json!(["UPDATE tally SET n = n * ? WHERE outcome = 'accepted'", times]),
        json!(["UPDATE count SET keys = (SELECT json_group_object(key, value * ?) FROM json_each(keys))", times]),
        json!(["DELETE FROM held"]),
        json!(["DROP TABLE copied"]),
    ])
    .await
}

/// What the index of words makes of each answer that there is, by the answers as they are stored.
fn terms(site: &str) -> Result<Vec<(String, String)>> {
    // Points and words repeat after so many.
    (0..11 * 11 * WORDS.len())
        .map(|n| {
            let value = stored(site, n, now_ms()?);
            let answers = value["answers"].to_string();
            let response: Response = serde_json::from_value(value)?;
            let words: Vec<String> = document(&response, None).into_iter().collect();
            Ok((answers, words.join(" ")))
        })
        .filter(|known| !known.as_ref().is_ok_and(|(_, words)| words.is_empty()))
        .collect()
}

fn now_ms() -> Result<u64> {
    Ok(u64::try_from(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_millis())?)
}
