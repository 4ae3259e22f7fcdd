//! Where the site's tag was seen: one row for an origin, written at most once an hour for each sort of thing that is seen
//! of it. KV has no copy: within the hour the pages tell it anew.

use rapport_core::time::Timestamp;

use super::Object;
use super::sql::{Read, int, text};
use super::transaction::{Write, transaction};
use crate::command::install::{Command, Seen, Sighting, What};
use crate::json;
use crate::problem::Fail;

/// News of one sort is not noted again within this.
const HOUR_MS: i64 = 60 * 60 * 1_000;
/// Origins remembered.
const MOST: i64 = 50;
/// An origin gives up its place only once nothing was seen of it for a day, so that whoever makes origins up causes few
/// writes.
const DAY_MS: i64 = 24 * HOUR_MS;

/// Does what is asked, and replies in JSON.
pub fn obey(object: &Object, command: &Command, now: Timestamp) -> Result<String, Fail> {
    match command {
        Command::Seen(seen) => {
            transaction(&object.storage, |write| note(write, seen, now))?;
            Ok("null".to_owned())
        }
        Command::Sightings => Ok(serde_json::to_string(&all(&object.read())?)?),
    }
}

/// Notes what was seen, unless it is known well enough.
pub fn note(write: &Write<'_>, seen: &Seen, now: Timestamp) -> Result<(), Fail> {
    let read = write.read();
    let found = read.first("SELECT body FROM sighting WHERE origin = ?", vec![text(&seen.origin)], |row| row.text())?;
    let known: Option<Sighting> = found.as_deref().map(json::read).transpose()?;
    if known.is_none() && read.number("SELECT COUNT(*) FROM sighting", Vec::new())? >= MOST {
        let old = vec![int(now.0 - DAY_MS)];
        let gone = write.run(
            "DELETE FROM sighting WHERE origin = (SELECT origin FROM sighting WHERE at < ? ORDER BY at LIMIT 1)",
            old,
        )?;
        if gone == 0 {
            return Ok(());
        }
    }
    let Some(next) = after(known, seen, now) else { return Ok(()) };
    write.run(
        "INSERT INTO sighting (origin, at, body) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET at = excluded.at, body = excluded.body",
        vec![text(&next.origin), int(now.0), text(serde_json::to_string(&next)?)],
    )?;
    Ok(())
}

fn all(read: &Read<'_>) -> Result<Vec<Sighting>, Fail> {
    let bodies = read.all("SELECT body FROM sighting ORDER BY at DESC", Vec::new(), |row| row.text())?;
    bodies.iter().map(|body| json::read(body)).collect()
}

/// What is known then, if that is worth a row.
fn after(known: Option<Sighting>, seen: &Seen, now: Timestamp) -> Option<Sighting> {
    let mut sighting = known.unwrap_or_default();
    let last = match seen.what {
        What::Script => sighting.script,
        What::Delivery => sighting.delivery,
        What::Origin | What::Widget => sighting.refused.map(|(_, at)| at),
    };
    if last.is_some_and(|at| now.0 < at.0 + HOUR_MS) {
        return None;
    }
    match seen.what {
        What::Script => sighting.script = Some(now),
        What::Delivery => {
            sighting.delivery = Some(now);
            // What is taken now was refused for a reason that is gone.
            sighting.refused = None;
        }
        what => sighting.refused = Some((what, now)),
    }
    sighting.origin.clone_from(&seen.origin);
    // The script is asked for with the origin alone; a delivery names its page.
    if seen.page.len() > sighting.page.len() || seen.what != What::Script {
        sighting.page = seen.page.chars().take(300).collect();
    }
    Some(sighting)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn seen(what: What) -> Seen {
        Seen { origin: "https://a.example".into(), page: "https://a.example/x".into(), what }
    }

    #[test]
    fn one_row_an_hour_for_each_sort() {
        let first = after(None, &seen(What::Script), NOW).unwrap();
        assert_eq!((first.script, first.delivery), (Some(NOW), None));
        assert_eq!(after(Some(first.clone()), &seen(What::Script), NOW.plus_ms(HOUR_MS - 1)), None);
        assert!(after(Some(first.clone()), &seen(What::Script), NOW.plus_ms(HOUR_MS)).is_some());
        let both = after(Some(first), &seen(What::Delivery), NOW.plus_ms(1)).unwrap();
        assert_eq!((both.script, both.delivery), (Some(NOW), Some(NOW.plus_ms(1))));
    }

    #[test]
    fn what_is_taken_again_is_no_longer_refused() {
        let refused = after(None, &seen(What::Origin), NOW).unwrap();
        assert_eq!(refused.refused, Some((What::Origin, NOW)));
        assert_eq!(after(Some(refused.clone()), &seen(What::Widget), NOW.plus_ms(5)), None);
        assert_eq!(after(Some(refused), &seen(What::Delivery), NOW.plus_ms(5)).unwrap().refused, None);
    }
}
