//! Loyalty in the site's object: the ledger and its referee. What happens is decided by `core`; here it is found out whom it is
//! about, and kept.

pub mod schema;
pub mod row;
pub mod who;
pub mod entries;
pub mod act;
pub mod stock;
pub mod redemption;
pub mod handed;
pub mod pool;
pub mod birthday;
pub mod sweep;
mod simulate;
mod ending;
pub mod archive;
mod audit;
pub mod portable;
pub mod erase;
pub mod kept;
pub mod member;
pub mod look;
pub mod proof;
pub mod told;
pub mod signer;
pub mod people;

use std::rc::Rc;

use rapport_core::loyalty::program::Gives;
use rapport_core::time::Timestamp;

use super::sql::{Read, int};
use super::transaction::Write;
use super::{Object, config, reply};
use crate::command::ledger::Mark;
use crate::command::loyalty::{Command, Shown, Who};
use crate::problem::Fail;

/// Lines of one page in KV.
pub const PAGE_ENTRIES: u32 = 50;

/// Does what `command` asks, and replies as JSON.
pub async fn obey(object: &Rc<Object>, command: Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::Act(act) => reply(&act::act(object, *act, now).await?),
        Command::Standing { who } => reply(&standing(object, &who, now)?),
        Command::History { who, before, limit } => {
            let read = object.read();
            let row = who::found(&read, &who, now)?;
            reply(&row.map(|row| entries::history(&read, &row, before, limit)).transpose()?)
        }
        Command::Redemptions(wanted) => {
            let record = config::loyalty(object)?;
            let program = record.as_ref().and_then(|record| record.newest());
            let rewards = program.map(|program| program.rewards.as_slice()).unwrap_or_default();
            let links = rewards.iter().filter(|reward| matches!(reward.gives, Gives::Link { .. }));
            let links: Vec<&str> = links.map(|reward| reward.name.as_str()).collect();
            reply(&redemption::list(&object.read(), &wanted, &links)?)
        }
        Command::Hand { id, done, by } => reply(&handed::obey(object, Mark { id, done, at: now, by }).await?),
        Command::Pool(command) => pool::obey(object, command, now).await,
        Command::Erase { member } => reply(&erase::erase(object, &member, now).await?),
        Command::Simulate { course } => reply(&simulate::go_on(object, *course, now)?),
        Command::Compare { so_far } => reply(&audit::go_on(object, *so_far, now).await?),
        Command::Ending => reply(&ending::of(object, now)?),
        Command::Named { text } => reply(&erase::named(&object.read(), &text)?),
    }
}

fn standing(object: &Object, who: &Who, now: Timestamp) -> Result<Option<Shown>, Fail> {
    let context = act::Context::load(object)?;
    let row = who::found(&object.read(), who, now)?;
    Ok(row.map(|row| act::shown(&context.program, &row, now)))
}

/// When KV shall have what changes now. It waits for the rest of a visit, and the longer the more of the day's writes are used:
/// KV takes 1,000 a day on the free plan, and what waits is safe in the object.
pub fn patience(write: &Write<'_>, now: Timestamp) -> Result<Timestamp, Fail> {
    let used = used_today(&write.read(), now)?;
    let halves = match used {
        ..250 => 1,
        250..500 => 20,
        500..750 => 120,
        _ => 720,
    };
    Ok(now.plus_ms(halves * 30_000))
}

fn used_today(read: &Read<'_>, now: Timestamp) -> Result<i64, Fail> {
    Ok(read.number("SELECT json_extract(body, '$.kv_writes') FROM usage WHERE day = ?", vec![int(now.day().0)])?)
}
