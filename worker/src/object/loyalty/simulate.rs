//! What a programme would have done to the past: members' ledgers are gone through by `core`, so many lines at one go. Nothing
//! is written.

use rapport_core::loyalty::member::Member;
use rapport_core::loyalty::program::Record;
use rapport_core::loyalty::simulate::{Course, Lived, Simulator};
use rapport_core::name::Name;
use rapport_core::time::Timestamp;

use super::super::sql::{Read, int, text};
use super::super::{Object, config};
use super::entries;
use crate::json;
use crate::problem::Fail;

/// Lines of one go: a tenth of a second.
const LINES: usize = 1_500;
/// Goes of one simulation; of what is more than they can look at, a sample is taken.
pub const GOES: i64 = 10;
/// A ledger with more lines than these is left out, and that is said.
const MEMBER_LINES: u32 = 4_000;
/// Members of one query.
const MEMBERS: i64 = 50;

/// Some members further, behind those that were looked at.
pub fn go_on(object: &Object, mut course: Course, now: Timestamp) -> Result<Course, Fail> {
    let read = object.read();
    let record: Option<std::rc::Rc<Record>> = config::loyalty(object)?;
    let record = record.ok_or_else(Fail::not_found)?;
    let draft = record.newest().ok_or_else(Fail::not_found)?;
    let simulator = Simulator { draft, live: record.live.as_ref().map(|live| &live.program), now };
    if course.one_in == 0 {
        let (members, lines) = size(&read)?;
        course.members = u32::try_from(members).unwrap_or(u32::MAX);
        course.one_in = u32::try_from(lines / (GOES * LINES as i64) + 1).unwrap_or(u32::MAX);
    }
    // Ids end in random digits: those below a bound are as good a sample as any, and the same one every time.
    let below = match course.one_in {
        0 | 1 => "g".to_owned(),
        one_in => format!("{:04x}", 0x1_0000 / one_in),
    };
    let mut budget = LINES;
    loop {
        let after = course.after.take().unwrap_or_default();
        let members = read.all(
            "SELECT id, body FROM member WHERE id > ? AND substr(id, -4) < ? ORDER BY id LIMIT ?",
            vec![text(after), text(&below), int(MEMBERS)],
            |row| Ok((row.text()?, row.text()?)),
        )?;
        if members.is_empty() {
            return Ok(course);
        }
        for (id, body) in members {
            let lines = lived(&read, &simulator, &mut course, &id, &body)?;
            course.after = Some(id);
            budget = budget.saturating_sub(lines.max(1));
            if budget == 0 {
                return Ok(course);
            }
        }
    }
}

/// Members, and lines of all ledgers.
fn size(read: &Read<'_>) -> Result<(i64, i64), Fail> {
    let query = "SELECT COUNT(*), IFNULL(SUM(json_extract(account, '$.seq')), 0) FROM member";
    Ok(read.first(query, Vec::new(), |row| Ok((row.int()?, row.int()?)))?.unwrap_or_default())
}

/// Takes one member into account; tells how many lines that took.
fn lived(read: &Read<'_>, simulator: &Simulator<'_>, course: &mut Course, id: &str, body: &str) -> Result<usize, Fail> {
    let member: Member = json::read(body)?;
    let last = read.number("SELECT IFNULL(MAX(seq), 0) FROM entry WHERE member = ?", vec![text(id)])?;
    if last > i64::from(MEMBER_LINES) {
        course.cut = course.cut.saturating_add(1);
        return Ok(0);
    }
    let entries = entries::from(read, id, 1, MEMBER_LINES)?;
    let widget = |response: &str| {
        let query = "SELECT widget FROM response WHERE id = ?";
        let found = read.first(query, vec![text(response)], |row| row.text()).ok().flatten();
        found.and_then(|name| Name::of(&name))
    };
    let best = &member.play.best;
    let lived = Lived { entries: &entries, identified: !member.is_anonymous(), best, widget: &widget };
    simulator.member(course, &lived);
    Ok(entries.len())
}
