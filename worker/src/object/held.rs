//! How many responses the index holds, without looking at each of them: days that are over seldom change, so what was counted of
//! them is kept until they do.

use rapport_core::id;
use rapport_core::time::{Day, Timestamp};

use super::Object;
use super::erase::first_id;
use super::sql::{int, text};
use super::transaction::{Write, transaction};
use crate::problem::Fail;

/// What was counted of a day is no longer true.
pub fn changed(write: &Write<'_>, day: Day) -> Result<(), Fail> {
    write.run("DELETE FROM held WHERE day = ?", vec![int(day.0)])?;
    Ok(())
}

/// Nothing of what was counted is true any more.
pub fn clear(write: &Write<'_>) -> Result<(), Fail> {
    write.run("DELETE FROM held", Vec::new())?;
    Ok(())
}

/// All of them. A day that is over is counted once.
pub fn total(object: &Object, now: Timestamp) -> Result<u64, Fail> {
    let read = object.read();
    let (mut total, mut counted, mut after) = (0, Vec::new(), String::new());
    let next = "SELECT id FROM response WHERE id >= ? ORDER BY id LIMIT 1";
    while let Some(first) = read.first(next, vec![text(&after)], |row| row.text())? {
        let day = id::moment(&first).ok_or_else(|| Fail::Broken(format!("response {first} has no moment")))?.day();
        after = first_id(day.plus(1));
        let known = read.first("SELECT responses FROM held WHERE day = ?", vec![int(day.0)], |row| row.int())?;
        total += match known {
            Some(known) => known,
            None => {
                let n = read.number(
                    "SELECT COUNT(*) FROM response WHERE id >= ? AND id < ?",
                    vec![text(&first), text(&after)],
                )?;
                if day < now.day() {
                    counted.push((day, n));
                }
                n
            }
        };
    }
    if !counted.is_empty() {
        transaction(&object.storage, |write| {
            for (day, n) in &counted {
                write.run("INSERT OR REPLACE INTO held (day, responses) VALUES (?, ?)", vec![int(day.0), int(*n)])?;
            }
            Ok::<_, Fail>(())
        })?;
    }
    Ok(u64::try_from(total).unwrap_or(0))
}
