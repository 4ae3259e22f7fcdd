//! Everything about one person: found by whatever of theirs is known.

use rapport_core::problem::{Fault, Problem};
use rapport_core::response::Response;

use super::Object;
use super::sql::{Read, int, text};
use super::transaction::transaction;
use crate::command::data::Matches;
use crate::json;
use crate::problem::Fail;

/// Responses looked through at one go: a tenth of a second.
const WINDOW: i64 = 5_000;
/// Visitors of one command.
const VISITORS: usize = 500;

/// Looks through the next responses behind `after`, oldest first. The database only narrows down; what counts is that a value
/// is `wanted` as a whole, in whatever case.
pub fn search(read: &Read<'_>, wanted: &str, after: Option<&str>) -> Result<Matches, Fail> {
    let wanted = wanted.trim();
    if wanted.chars().count() < 3 || wanted.len() > 300 {
        return Err(Problem::malformed("text", "3 to 300 characters").into());
    }
    let quoted = serde_json::to_string(wanted)?;
    let needle = quoted.trim_matches('"').to_ascii_lowercase();
    let place = || vec![text(after.unwrap_or_default()), int(WINDOW)];
    let (last, looked) = read
        .first(
            "SELECT MAX(id), COUNT(*) FROM (SELECT id FROM response WHERE id > ? ORDER BY id LIMIT ?)",
            place(),
            |row| Ok((row.maybe_text()?, row.int()?)),
        )?
        .unwrap_or_default();
    let mut values = place();
    values.push(text(needle));
    let bodies = read.all(
        "SELECT body FROM (SELECT body FROM response WHERE id > ? ORDER BY id LIMIT ?) WHERE instr(lower(body), ?) > 0",
        values,
        |row| row.text(),
    )?;
    let responses = bodies.iter().map(|body| json::read::<Response>(body)).collect::<Result<Vec<_>, _>>()?;
    Ok(Matches {
        responses: responses.into_iter().filter(|response| is_about(response, wanted)).collect(),
        next: last.filter(|_| looked == WINDOW),
    })
}

/// Gives the activity of `visitors` to nobody in particular: how many were active stays true, who it was is lost.
pub fn forget(object: &Object, visitors: &[String]) -> Result<(), Fail> {
    if visitors.len() > VISITORS {
        return Err(Problem::new("visitors", Fault::TooMany { max: VISITORS as u32 }).into());
    }
    let visitors: Vec<&String> = visitors.iter().filter(|visitor| !visitor.is_empty()).collect();
    let list = serde_json::to_string(&visitors)?;
    transaction(&object.storage, |write| {
        // The table has no index by visitor, so it is gone through once for all of them.
        write.run(
            "UPDATE active SET visitor = lower(hex(randomblob(16))) WHERE visitor IN (SELECT value FROM json_each(?))",
            vec![text(&list)],
        )?;
        Ok(())
    })
}

fn is_about(response: &Response, wanted: &str) -> bool {
    let same = |value: &str| value.trim().eq_ignore_ascii_case(wanted);
    same(&response.id)
        || same(&response.visitor)
        || response.traits.iter().chain(&response.answers).any(|(_, value)| same(value))
}
