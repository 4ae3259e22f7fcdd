//! Finding members.

use rapport_core::loyalty::people::rfm::Group;
use rapport_core::loyalty::people::stage::Stage;
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;

use super::super::super::Object;
use super::super::super::sql::{Row as Columns, int, text};
use super::super::act;
use super::super::row;
use super::judged::{columns, group, numbers, stage, sum};
use super::{census, context, keep};
use crate::command::loyalty::PAGE;
use crate::command::people::{Found, Sort, Wanted};
use crate::problem::Fail;

/// Characters of what is searched.
const TEXT: usize = 200;
/// Behind every place there is.
const END: i64 = 1 << 53;

macro_rules! query {
    ($key:literal, $order:literal) => {
        concat!(
            "SELECT member, ",
            $key,
            ", ",
            columns!(),
            " FROM person
             WHERE (",
            $key,
            ", member) < (?22, ?23) AND (?24 = '' OR instr(words, ?24) > 0 OR member = ?24)
             AND (?25 = '' OR tier = ?25 OR (?25 = '-' AND tier = ''))
             AND (?26 = '' OR ",
            stage!(),
            " = ?26) AND (?27 = '' OR ",
            group!(),
            " = ?27)
             ORDER BY ",
            $order,
            " LIMIT ?28"
        )
    };
}

/// Who was here last is found along the index. With words to look for, the short rows are gone through one after the other: that
/// reads the table once, where the index would lead all over it.
const LATEST: &str = query!("seen", "seen DESC, member DESC");
const SEARCHED: &str = query!("seen", "+seen DESC, member DESC");
const RICHEST: &str = query!("balance", "balance DESC, member DESC");

/// A page of members.
pub fn find(object: &Object, wanted: &Wanted, counting: bool, now: Timestamp) -> Result<Found, Fail> {
    if wanted.text.chars().count() > TEXT {
        return Err(Problem::new("q", Fault::TooLong { max: TEXT as u32 }).into());
    }
    let (context, read) = (context(object)?, object.read());
    let census = census::census(object, counting, now)?;
    let limit = wanted.limit.clamp(1, PAGE);
    let sought = wanted.text.trim().to_lowercase();
    let query = match wanted.sort {
        Sort::Seen if sought.is_empty() => LATEST,
        Sort::Seen => SEARCHED,
        Sort::Balance => RICHEST,
    };
    let (key, member) = wanted.after.clone().unwrap_or((END, String::new()));
    let mut values = numbers(census.rhythm, census.fifths.as_ref(), now);
    values.extend([
        int(key.clamp(-END, END)),
        text(member),
        text(sought),
        text(&wanted.tier),
        text(wanted.stage.map_or("", Stage::as_str)),
        text(wanted.group.map_or("", Group::as_str)),
        int(limit + 1),
    ]);
    let mut found = read.all(query, values, |row: &mut Columns| Ok((row.text()?, row.int()?, keep::person(row)?)))?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().filter(|_| more).map(|(member, key, _)| (*key, member.clone()));
    let mut items = Vec::with_capacity(found.len());
    for (member, _, person) in found {
        if let Some(row) = row::load(&read, &member)? {
            items.push((act::shown(&context.program, &row, now), person));
        }
    }
    Ok(Found { items, next, census, counting })
}
