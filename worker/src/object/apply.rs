//! The one way a response gets into the index: from a visitor, from an import, from KV in an audit or a rebuild. Applying
//! any set of revisions in any order, any number of times, leaves the same rows and counts.

use rapport_core::case::{Case, left_out};
use rapport_core::response::Response;
use rapport_core::summary::{self, OUT, Summary};

use super::sql::{Read, flag, int, text};
use super::transaction::Write;
use super::{count, held, inbox};
use crate::json;
use crate::problem::Fail;

/// What the index made of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Its id was new.
    New,
    /// It replaced a lower revision.
    Newer,
    /// This revision, or a higher one, which is told, was there already.
    Known(u32),
    /// It was erased, or its day is no longer kept, and it stays so.
    Erased,
}

/// What the index knows of a response's id.
pub struct Known {
    /// It was erased, or its day is no longer kept.
    pub gone: bool,
    /// Why it was refused before, if it was.
    pub late: Option<String>,
    /// The responses of its day were counted.
    held: bool,
    pub earlier: Option<Response>,
    /// What the owner made of it, which may have come before it, from KV.
    case: Option<Case>,
}

/// Looks for a response.
pub fn known(read: &Read<'_>, response: &Response) -> Result<Known, Fail> {
    let day = response.day().ok_or_else(|| broken(response))?;
    let row = read.first(
        "SELECT EXISTS (SELECT 1 FROM erased WHERE id = ?1) OR EXISTS (SELECT 1 FROM folded WHERE day = ?2),
            (SELECT body FROM response WHERE id = ?1), (SELECT body FROM handled WHERE id = ?1),
            (SELECT reason FROM late WHERE id = ?1), EXISTS (SELECT 1 FROM held WHERE day = ?2)",
        vec![text(&response.id), int(day.0)],
        |row| Ok((row.int()? == 1, row.maybe_text()?, row.maybe_text()?, row.maybe_text()?, row.int()? == 1)),
    )?;
    let (gone, earlier, case, late, held) = row.unwrap_or_default();
    Ok(Known {
        gone,
        late,
        held,
        earlier: earlier.as_deref().map(json::read).transpose()?,
        case: case.as_deref().map(json::read).transpose()?,
    })
}

fn broken(response: &Response) -> Fail {
    Fail::Broken(format!("response {} has no day", response.id))
}

/// Applies `response`, to which the time of receipt and the visitor of an earlier revision are given. Which of two wins,
/// and how the counts change, is decided by [`core`](rapport_core::summary::apply).
pub fn apply(write: &Write<'_>, response: &mut Response) -> Result<Verdict, Fail> {
    let known = known(&write.read(), response)?;
    apply_to(write, known, response)
}

/// The same for whoever has already looked.
pub fn apply_to(write: &Write<'_>, known: Known, response: &mut Response) -> Result<Verdict, Fail> {
    let new = response.counted().ok_or_else(|| broken(response))?;
    let Known { gone: false, held, earlier, case, .. } = known else { return Ok(Verdict::Erased) };
    let Some(mut delta) = summary::apply(earlier.as_ref().and_then(Response::counted).as_ref(), &new) else {
        return Ok(Verdict::Known(earlier.map_or(response.revision, |earlier| earlier.revision)));
    };
    let is = left_out(response, case.as_ref());
    let was = earlier.as_ref().map(|earlier| left_out(earlier, case.as_ref()));
    if is || was == Some(true) {
        delta = Summary::empty();
        add(response, is, 1, &mut delta);
        if let (Some(earlier), Some(was)) = (&earlier, was) {
            add(earlier, was, -1, &mut delta);
        }
    }
    count::merge(write, &delta)?;
    let verdict = match earlier {
        Some(earlier) => {
            response.received = earlier.received;
            response.visitor = earlier.visitor;
            Verdict::Newer
        }
        None => {
            if held {
                held::changed(write, new.day)?;
            }
            Verdict::New
        }
    };
    write.run(
        "INSERT INTO response (id, widget, revision, complete, body) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET widget = excluded.widget, revision = excluded.revision,
            complete = excluded.complete, body = excluded.body",
        vec![
            text(&response.id),
            text(&response.widget),
            int(response.revision),
            flag(response.complete),
            text(serde_json::to_string(response)?),
        ],
    )?;
    inbox::enter(write, response, case.as_ref())?;
    Ok(verdict)
}

/// Adds what a response counts to `delta`, so many times. One that is left out of the figures counts as that, and nothing
/// else.
pub fn add(response: &Response, left_out: bool, times: i64, delta: &mut Summary) {
    if let Some(mut counted) = response.counted() {
        if left_out {
            counted.keys = vec![OUT.to_owned()];
        }
        counted.add_to(delta, times);
    }
}

/// The other way round: takes a response out of the index, and adds to `delta` what its counts lose. Returns its body, if it
/// was there.
pub fn remove(write: &Write<'_>, id: &str, delta: &mut Summary) -> Result<Option<String>, Fail> {
    let body = write.read().first("SELECT body FROM response WHERE id = ?", vec![text(id)], |row| row.text())?;
    let Some(body) = body else { return Ok(None) };
    let response: Response = json::read(&body)?;
    let case = inbox::load(&write.read(), id)?;
    add(&response, left_out(&response, case.as_ref()), -1, delta);
    write.run("DELETE FROM response WHERE id = ?", vec![text(id)])?;
    if let Some(day) = response.day() {
        held::changed(write, day)?;
    }
    inbox::drop_row(write, id)?;
    Ok(Some(body))
}
