//! What rules stood in a member's way, so that the owner can answer who asks. A few a member are kept, and what is tried again
//! and again is one: nobody can use up the day's rows by asking.

use rapport_core::loyalty::action::Action;
use rapport_core::loyalty::denied::Denied;
use rapport_core::time::Timestamp;

use super::super::super::sql::{Read, text};
use super::super::super::transaction::Write;
use crate::command::people::Refusal;
use crate::json;
use crate::problem::Fail;

/// How many are kept of a member, and how long the same counts as one.
const MOST: usize = 5;
const SAME_MS: i64 = 10 * 60 * 1_000;

/// Notes one.
pub fn note(write: &Write<'_>, member: &str, action: &Action, denied: &Denied, now: Timestamp) -> Result<(), Fail> {
    let Some((act, about)) = wish(action) else { return Ok(()) };
    let mut all = of(&write.read(), member)?;
    let refusal = Refusal { at: now, act: act.to_owned(), about, denied: denied.clone() };
    let fresh = now.plus_ms(-SAME_MS);
    let same = |known: &Refusal| {
        known.at > fresh
            && (&known.act, &known.about, known.denied.code()) == (&refusal.act, &refusal.about, refusal.denied.code())
    };
    // Whoever changes what they ask for is slowed down as well.
    if all.iter().any(same) || all.iter().filter(|known| known.at > fresh).count() >= MOST {
        return Ok(());
    }
    all.insert(0, refusal);
    all.truncate(MOST);
    write.run(
        "INSERT INTO refusal (member, body) VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
        vec![text(member), text(serde_json::to_string(&all)?)],
    )?;
    Ok(())
}

/// Those of a member, the newest first.
pub fn of(read: &Read<'_>, member: &str) -> Result<Vec<Refusal>, Fail> {
    let body = read.first("SELECT body FROM refusal WHERE member = ?", vec![text(member)], |row| row.text())?;
    // Of another release, say: it is a log.
    Ok(body.and_then(|body| json::read(&body).ok()).unwrap_or_default())
}

/// An object that has lost everything begins the log anew: it is nowhere else, as writing down what was refused would cost KV's
/// day what was granted.
pub fn begin(write: &Write<'_>, now: Timestamp) -> Result<(), Fail> {
    write.run("INSERT OR REPLACE INTO refusal (member, body) VALUES ('', ?)", vec![text(now.0.to_string())])?;
    Ok(())
}

/// When a rebuild has begun it, if one has.
pub fn since(read: &Read<'_>) -> Result<Option<Timestamp>, Fail> {
    let at = read.first("SELECT body FROM refusal WHERE member = ''", Vec::new(), |row| row.text())?;
    Ok(at.and_then(|at| at.parse().ok()).map(Timestamp))
}

/// What a member wanted; nothing for what others do.
fn wish(action: &Action) -> Option<(&'static str, String)> {
    Some(match action {
        Action::CheckIn => ("check_in", String::new()),
        Action::Response { widget, .. } => ("response", widget.to_string()),
        Action::Purchase { order, .. } => ("purchase", order.clone()),
        Action::Event { event, .. } => ("event", event.to_string()),
        Action::Redeem { reward } => ("redeem", reward.to_string()),
        Action::Ticket { draw, .. } => ("ticket", draw.to_string()),
        Action::Birthday => ("birthday", String::new()),
        Action::Profile => ("profile", String::new()),
        Action::Capture { .. } | Action::Void { .. } | Action::Adjust { .. } | Action::Win { .. } => return None,
        Action::Refer { .. } | Action::Expire => return None,
    })
}
