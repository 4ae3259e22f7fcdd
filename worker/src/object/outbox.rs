//! What KV still lacks. A row says which value; the value is looked up when it is sent, so it is always the newest.

use std::rc::Rc;

use futures_util::future::join_all;
use rapport_core::name::SiteId;
use rapport_core::response::{Metadata, Response};
use rapport_core::time::{Day, Timestamp};

use super::sql::{Read, Row, flag, int, text};
use super::transaction::{Write, transaction};
use super::{Object, alarm, config, fold, hook, inbox, loyalty, view};
use crate::clock::now;
use crate::json;
use crate::problem::Fail;
use crate::store::{self, Setback};

/// Values sent at the same time: the runtime lets six connections wait for headers.
const ABREAST: i64 = 6;
/// Batches of one go, so that one go stays far below the operations that an invocation may make.
const BATCHES: usize = 20;
/// The next go's distance.
const AGAIN_MS: i64 = 1_000;
/// Refusals after which a value is parked.
const ATTEMPTS: i64 = 3;
/// The longest that KV is left alone after failing.
const LONGEST_HOLD_MS: i64 = 5 * 60 * 1_000;

/// What sort of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Response,
    /// A response of an imported past: after everything else.
    Past,
    Config,
    Views,
    /// The counts of a day whose responses are no longer kept.
    Totals,
    /// All hooks of the site, secrets included.
    Hooks,
    /// The cases of a day.
    Cases,
    /// Views of the inbox and the like.
    Desk,
    /// A member, and a page of their ledger.
    Member,
    Ledger,
    /// A page of a reward's codes.
    Pool,
    /// What the programme needs besides its members, secrets included.
    Kept,
}

struct Item {
    kind: String,
    name: String,
    stamp: i64,
    attempts: i64,
    /// Of a response, which is most of what is sent.
    body: Option<String>,
}

/// What is sent, and under which key.
pub struct Value {
    pub key: String,
    pub body: String,
    /// As JSON.
    pub metadata: Option<String>,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Past => "past",
            Self::Totals => "totals",
            Self::Config => "config",
            Self::Views => "views",
            Self::Hooks => "hooks",
            Self::Cases => "cases",
            Self::Desk => "desk",
            Self::Member => "member",
            Self::Ledger => "ledger",
            Self::Pool => "pool",
            Self::Kept => "kept",
        }
    }
}

/// Queues a value. One that waits already keeps the earlier moment, and is taken for changed.
pub fn add(write: &Write<'_>, kind: Kind, name: &str, due: Timestamp) -> Result<(), Fail> {
    write.run(
        "INSERT INTO outbox (kind, ref, due, stamp, attempts) VALUES (?, ?, ?, 0, 0)
         ON CONFLICT DO UPDATE SET due = MIN(IFNULL(due, excluded.due), excluded.due), stamp = stamp + 1, attempts = 0, fault = NULL",
        vec![text(kind.as_str()), text(name), int(due.0)],
    )?;
    Ok(())
}

/// The same for what changes often. Nothing is written where it waits for later anyway: nobody has begun to send it.
pub fn wait(write: &Write<'_>, kind: Kind, name: &str, due: Timestamp, now: Timestamp) -> Result<(), Fail> {
    write.run(
        "INSERT INTO outbox (kind, ref, due, stamp, attempts) VALUES (?, ?, ?, 0, 0)
         ON CONFLICT DO UPDATE SET due = MIN(IFNULL(due, excluded.due), excluded.due), stamp = stamp + 1, attempts = 0, fault = NULL
         WHERE due IS NULL OR due <= ?",
        vec![text(kind.as_str()), text(name), int(due.0), int(now.0)],
    )?;
    Ok(())
}

/// When there is something to send: the first due moment, or the end of a hold.
pub fn next(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    // Of a past, any: they were queued together.
    let due = read.first(
        "SELECT MIN(due) FROM (
            SELECT MIN(due) AS due FROM outbox WHERE kind < 'past' UNION ALL
            SELECT MIN(due) FROM outbox WHERE kind > 'past' UNION ALL
            SELECT * FROM (SELECT due FROM outbox WHERE kind = 'past' AND due IS NOT NULL LIMIT 1))",
        Vec::new(),
        |row| row.maybe_int(),
    )?;
    let due = due.flatten();
    let Some(due) = due.map(Timestamp) else { return Ok(None) };
    Ok(Some(hold(read)?.map_or(due, |until| due.max(until))))
}

/// Leaves KV alone for a while, because something else found it failing.
pub fn pause(write: &Write<'_>, until: Timestamp) -> Result<(), Fail> {
    write.run(
        "INSERT INTO hold (one, until, strikes) VALUES (1, ?, 1) ON CONFLICT DO UPDATE SET until = MAX(until, excluded.until)",
        vec![int(until.0)],
    )?;
    Ok(())
}

/// Until when KV is left alone.
pub fn hold(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    Ok(read.first("SELECT until FROM hold", Vec::new(), |row| row.int())?.map(Timestamp))
}

/// Sends what is due until nothing is, KV fails, or enough was done for one go: then an alarm goes on, unless somebody else comes.
pub async fn drain(object: &Rc<Object>) -> Result<(), Fail> {
    // One at a time: two would send the same values twice.
    if object.draining.replace(true) {
        return Ok(());
    }
    let _turn = Turn(object);
    go(object).await
}

/// Ends with the drain, even with one that panics.
struct Turn<'a>(&'a Object);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.draining.set(false);
    }
}

async fn go(object: &Rc<Object>) -> Result<(), Fail> {
    let Some(site) = config::site(&object.read())? else { return Ok(()) };
    for _ in 0..BATCHES {
        let batch = due(&object.read(), now())?;
        if batch.is_empty() {
            return Ok(());
        }
        let outcomes = join_all(batch.iter().map(|item| send(object, &site, item))).await;
        if !settle(object, &batch, &outcomes)? {
            return Ok(());
        }
    }
    alarm::by(object, now().plus_ms(AGAIN_MS)).await
}

/// What is due, unless KV is left alone, is taken as it lies, which for responses is in order of time: a queue can be long, and to
/// sort it would be to read all of it for each few values. Rows read have a quota, too. An imported past comes after everything
/// else.
fn due(read: &Read<'_>, now: Timestamp) -> Result<Vec<Item>, Fail> {
    let item = |row: &mut Row| {
        Ok(Item {
            kind: row.text()?,
            name: row.text()?,
            stamp: row.int()?,
            attempts: row.int()?,
            body: row.maybe_text()?,
        })
    };
    Ok(read.all(
        "SELECT kind, ref, stamp, attempts, IIF(kind IN ('response', 'past'), (SELECT body FROM response WHERE id = ref), NULL) FROM (
            SELECT kind, ref, stamp, attempts FROM outbox WHERE kind < 'past' AND due <= ?1
            UNION ALL SELECT kind, ref, stamp, attempts FROM outbox WHERE kind > 'past' AND due <= ?1
            UNION ALL SELECT kind, ref, stamp, attempts FROM outbox WHERE kind = 'past' AND due <= ?1)
         WHERE NOT EXISTS (SELECT 1 FROM hold WHERE until > ?1) LIMIT ?2",
        vec![int(now.0), int(ABREAST)],
        item,
    )?)
}

async fn send(object: &Object, site: &SiteId, item: &Item) -> Result<(), Setback> {
    // What was deleted since it was queued needs no sending.
    let value = value(&object.read(), site, item).map_err(|fail| Setback::Refused(fail.to_string()))?;
    let Some(value) = value else { return Ok(()) };
    store::write(&object.env, &value.key, &value.body, value.metadata.as_deref()).await
}

fn value(read: &Read<'_>, site: &SiteId, item: &Item) -> Result<Option<Value>, Fail> {
    let name = item.name.as_str();
    match item.kind.as_str() {
        "response" | "past" => {
            let Some(body) = &item.body else { return Ok(None) };
            let response: Response = json::read(body)?;
            let day = response.day().ok_or_else(|| Fail::Broken(format!("response {name} has no day")))?;
            Ok(Some(Value {
                key: store::response_key(site, day, name),
                body: body.clone(),
                metadata: Some(Metadata::of(&response).to_json()),
            }))
        }
        "config" => Ok(config::text(read)?.map(|body| Value { key: store::config_key(site), body, metadata: None })),
        "hooks" => Ok(Some(Value { key: store::hooks_key(site), body: hook::value(read)?, metadata: None })),
        "views" => {
            let Some(views) = Day::parse(name).map(|day| view::load(read, day)).transpose()?.flatten() else {
                return Ok(None);
            };
            Ok(Some(Value {
                key: store::views_key(site, views.day),
                body: serde_json::to_string(&views)?,
                metadata: None,
            }))
        }
        "totals" => Ok(Day::parse(name)
            .map(|day| fold::text(read, day))
            .transpose()?
            .flatten()
            .map(|(day, body)| Value { key: store::totals_key(site, day), body, metadata: None })),
        "cases" => {
            let Some(day) = Day::parse(name) else { return Ok(None) };
            let body = inbox::write_day(read, day)?;
            Ok(Some(Value { key: store::cases_key(site, day), body, metadata: None }))
        }
        "desk" => Ok(inbox::desk(read)?.map(|body| Value { key: store::desk_key(site), body, metadata: None })),
        "member" => loyalty::archive::member(read, site, name),
        "ledger" => loyalty::archive::page(read, site, name),
        "pool" => loyalty::archive::codes(read, site, name),
        "kept" => Ok(Some(Value { key: store::kept_key(site), body: loyalty::kept::value(read)?, metadata: None })),
        other => Err(Fail::Broken(format!("the outbox holds a `{other}`"))),
    }
}

/// Notes what KV said. False: leave KV alone now.
fn settle(object: &Object, batch: &[Item], outcomes: &[Result<(), Setback>]) -> Result<bool, Fail> {
    let now = now();
    let worked = outcomes.iter().any(Result::is_ok);
    let mut until = None;
    transaction(&object.storage, |write| {
        let mut sent = Vec::new();
        for (item, outcome) in batch.iter().zip(outcomes) {
            match outcome {
                Ok(()) => sent.push((&item.kind, &item.name, item.stamp)),
                Err(Setback::Refused(why)) => refuse(write, item, why, now)?,
                Err(Setback::Busy(_)) => until = until.max(Some(now.plus_ms(backoff(write, worked)?))),
                Err(Setback::Spent) => until = until.max(Some(now.day().plus(1).start())),
            }
        }
        write.run(
            "DELETE FROM outbox WHERE (kind, ref, stamp) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))",
            vec![text(serde_json::to_string(&sent)?)],
        )?;
        match until {
            Some(until) => write.run(
                "INSERT INTO hold (one, until, strikes) VALUES (1, ?, 1)
                 ON CONFLICT DO UPDATE SET until = excluded.until, strikes = CASE WHEN ? THEN 1 ELSE strikes + 1 END",
                vec![int(until.0), flag(worked)],
            )?,
            None => write.run("DELETE FROM hold", Vec::new())?,
        };
        Ok::<_, Fail>(())
    })?;
    Ok(until.is_none())
}

/// A value that KV will never take must not hold up the others: after a few tries it is parked, and the owner told.
fn refuse(write: &Write<'_>, item: &Item, why: &str, now: Timestamp) -> Result<(), Fail> {
    let attempts = item.attempts + 1;
    let due = if attempts >= ATTEMPTS { worker::SqlStorageValue::Null } else { int(now.0 + attempts * 60_000) };
    let why: String = why.chars().take(200).collect();
    write.run(
        "UPDATE outbox SET attempts = ?, due = ?, fault = ? WHERE kind = ? AND ref = ? AND stamp = ?",
        vec![int(attempts), due, text(why), text(&item.kind), text(&item.name), int(item.stamp)],
    )?;
    Ok(())
}

/// Twice as long after every failure in a row; a second as long as something gets through.
fn backoff(write: &Write<'_>, worked: bool) -> Result<i64, Fail> {
    let strikes = if worked { 0 } else { write.read().number("SELECT strikes FROM hold", Vec::new())? };
    let factor = 1_i64.checked_shl(u32::try_from(strikes.min(20)).unwrap_or(0)).unwrap_or(1);
    Ok((1_000 * factor).min(LONGEST_HOLD_MS))
}
