//! Keeping the short rows in step with members and accounts.

use rapport_core::loyalty::member::Member;
use rapport_core::loyalty::people::{self, Past, Person};
use worker::SqlStorageValue as Value;

use super::super::super::Object;
use super::super::super::sql::{Row as Columns, int, text};
use super::super::super::transaction::{Write, transaction};
use super::super::row::{self, Row};
use crate::problem::Fail;

/// Members of an older release that are entered at one look.
const PIECE: i64 = 300;

/// Enters a member as they stand; takes them out where they take part no more. Nothing is written where nothing changed.
pub fn keep(write: &Write<'_>, row: &Row) -> Result<(), Fail> {
    let Row { member, account, .. } = row;
    if !member.is_active() {
        return forget(write, &member.id);
    }
    let person = Person::of(member, account);
    let [bought, came] = [person.bought, person.came].map(|past| {
        let day = |day: rapport_core::time::Day| int(day.0);
        let again = past.and_then(|past| past.again).map_or(Value::Null, day);
        [past.map_or(Value::Null, |past| day(past.first)), again, past.map_or(Value::Null, |past| int(past.months))]
    });
    let values = [
        text(&member.id),
        int(person.seen),
        int(person.joined.0),
        text(people::words(member)),
        text(&person.tier),
        int(person.balance),
        int(person.held),
        int(person.orders),
        int(person.spent),
        int(person.visits),
        person.gap.map_or(Value::Null, int),
        int(person.earned),
        int(person.redeemed),
        int(person.expired),
    ];
    write.run(
        "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET seen = excluded.seen, joined = excluded.joined, words = excluded.words,
         tier = excluded.tier, balance = excluded.balance, held = excluded.held, orders = excluded.orders,
         spent = excluded.spent, visits = excluded.visits, gap = excluded.gap, earned = excluded.earned,
         redeemed = excluded.redeemed, expired = excluded.expired, bought = excluded.bought,
         bought_again = excluded.bought_again, bought_months = excluded.bought_months, came = excluded.came,
         came_again = excluded.came_again, came_months = excluded.came_months
         WHERE (seen, words, tier, balance, held, orders, spent, visits, gap, earned, redeemed, expired, came_again)
         IS NOT (excluded.seen, excluded.words, excluded.tier, excluded.balance, excluded.held, excluded.orders,
         excluded.spent, excluded.visits, excluded.gap, excluded.earned, excluded.redeemed, excluded.expired,
         excluded.came_again)",
        values.into_iter().chain(bought).chain(came).collect(),
    )?;
    Ok(())
}

/// Enters what has changed of who a member is.
pub fn rename(write: &Write<'_>, member: &Member, before: &Member) -> Result<(), Fail> {
    if !member.is_active() {
        return forget(write, &member.id);
    }
    let words = people::words(member);
    if words != people::words(before) {
        write.run("UPDATE person SET words = ? WHERE member = ?", vec![text(words), text(&member.id)])?;
    }
    Ok(())
}

/// Takes a member out.
pub fn forget(write: &Write<'_>, member: &str) -> Result<(), Fail> {
    write.run("DELETE FROM person WHERE member = ?", vec![text(member)])?;
    write.run("DELETE FROM refusal WHERE member = ?", vec![text(member)])?;
    Ok(())
}

/// Enters some of the members of an older release; whether there are more.
pub fn catch_up(object: &Object) -> Result<bool, Fail> {
    let behind = "SELECT behind FROM unentered";
    let Some(behind) = object.read().first(behind, Vec::new(), Columns::text)? else { return Ok(false) };
    transaction(&object.storage, |write| {
        let query = "SELECT id FROM member WHERE id > ? ORDER BY id LIMIT ?";
        let ids = write.read().all(query, vec![text(&behind), int(PIECE)], Columns::text)?;
        for id in &ids {
            if let Some(row) = row::load(&write.read(), id)? {
                keep(write, &row)?;
            }
        }
        let more = i64::try_from(ids.len()).is_ok_and(|many| many == PIECE);
        match ids.last().filter(|_| more) {
            Some(last) => write.run("UPDATE unentered SET behind = ?", vec![text(last)])?,
            None => write.run("DELETE FROM unentered", Vec::new())?,
        };
        Ok(more)
    })
}

/// Reads the columns of [`columns!`], in their order.
pub(super) fn person(row: &mut Columns) -> worker::Result<Person> {
    let day = |row: &mut Columns| Ok::<_, worker::Error>(rapport_core::time::Day(row.of()?));
    let past = |row: &mut Columns| {
        let (first, again, months) = (row.maybe_int()?, row.maybe_int()?, row.maybe_int()?);
        let day = |day: i64| rapport_core::time::Day(i32::try_from(day).unwrap_or(i32::MAX));
        let months = months.and_then(|months| u64::try_from(months).ok()).unwrap_or(0);
        Ok::<_, worker::Error>(first.map(|first| Past { first: day(first), again: again.map(day), months }))
    };
    Ok(Person {
        seen: row.int()?,
        joined: day(row)?,
        tier: row.text()?,
        balance: row.int()?,
        held: row.int()?,
        orders: row.of()?,
        spent: row.int()?,
        visits: row.of()?,
        gap: row.maybe_int()?.and_then(|gap| u32::try_from(gap).ok()),
        earned: row.int()?,
        redeemed: row.int()?,
        expired: row.int()?,
        bought: past(row)?,
        came: past(row)?,
    })
}
