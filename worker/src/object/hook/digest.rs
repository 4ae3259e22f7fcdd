//! Digests: when their hour has come.

use rapport_core::hook::Event;
use rapport_core::time::Timestamp;

use super::super::Object;
use super::super::sql::{int, text};
use super::super::transaction::transaction;
use super::{all, queue};
use crate::command::hook::Kept;
use crate::problem::Fail;

/// Queues every digest whose hour has struck since the last time.
pub fn strike(object: &Object, now: Timestamp) -> Result<(), Fail> {
    for kept in all(object)?.iter() {
        let struck = object.read().number("SELECT struck FROM hook WHERE id = ?", vec![text(&kept.id)])?;
        let due: Vec<(Event, Timestamp)> = wanted(kept)
            .map(|(event, weekly)| (event, kept.hook.clock.last(now, weekly)))
            .filter(|(_, at)| at.0 > struck)
            .collect();
        if due.is_empty() {
            continue;
        }
        transaction(&object.storage, |write| {
            for (event, at) in &due {
                queue(write, &kept.id, event.as_str(), &at.0.to_string(), now)?;
            }
            write.run("UPDATE hook SET struck = ? WHERE id = ?", vec![int(now.0), text(&kept.id)])?;
            Ok::<_, Fail>(())
        })?;
    }
    Ok(())
}

/// When the next hour strikes.
pub fn next_strike(object: &Object, now: Timestamp) -> Result<Option<Timestamp>, Fail> {
    let hooks = all(object)?;
    let next = |kept: &Kept| wanted(kept).map(|(_, weekly)| kept.hook.clock.next(now, weekly)).min();
    Ok(hooks.iter().filter_map(next).min())
}

fn wanted(kept: &Kept) -> impl Iterator<Item = (Event, bool)> {
    let runs = !kept.paused && kept.stopped.is_none();
    [(Event::DigestDaily, false), (Event::DigestWeekly, true)]
        .into_iter()
        .filter(move |(event, _)| runs && kept.hook.events.contains(event))
}
