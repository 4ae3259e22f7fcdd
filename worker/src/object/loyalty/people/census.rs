//! Counting all members. Few are counted at every look; of many the figures are kept for a while, so that a day of looking does
//! not use up the day's reading: a census goes through the short rows about eight times.

use rapport_core::loyalty::people::census::{COHORT, Census, Cohort, Counted, Lifetimes, MONTHS, Rhythm, WINDOW};
use rapport_core::loyalty::people::month;
use rapport_core::loyalty::people::rfm::{Basis, Cuts, Fifths, LEAST, places};
use rapport_core::time::Timestamp;

use super::super::super::Object;
use super::super::super::play::referral;
use super::super::super::sql::{Read, Row as Columns, int, text};
use super::super::super::transaction::transaction;
use super::judged::{group, numbers, stage, sum};
use crate::json;
use crate::problem::Fail;

/// Members who are counted at every look.
const FEW: u64 = 2_000;
/// How long the figures of many hold, for each member: two censuses a day of a hundred thousand.
const EACH_MS: u64 = 432;

macro_rules! cut {
    ($column:literal) => {
        concat!(
            "SELECT MAX(CASE WHEN n = ?1 THEN v END), MAX(CASE WHEN n = ?2 THEN v END), MAX(CASE WHEN n = ?3 THEN v END),
             MAX(CASE WHEN n = ?4 THEN v END) FROM (SELECT ", $column, " AS v, ROW_NUMBER() OVER (ORDER BY ", $column,
            ") AS n FROM person)"
        )
    };
}
macro_rules! again {
    ($past:literal) => {
        concat!(
            "SELECT SUM(",
            $past,
            "_again IS NOT NULL AND ",
            $past,
            "_again - ",
            $past,
            " <= ?3), COUNT(*) FROM person
             WHERE ",
            $past,
            " > ?1 AND ",
            $past,
            " <= ?2"
        )
    };
}

macro_rules! cohorts {
    ($past:literal) => {
        concat!(
            "SELECT month, COUNT(*), SUM(m >> 1 & 1), SUM(m >> 2 & 1), SUM(m >> 3 & 1), SUM(m >> 4 & 1), SUM(m >> 5 & 1),
             SUM(m >> 6 & 1), SUM(m >> 7 & 1), SUM(m >> 8 & 1), SUM(m >> 9 & 1), SUM(m >> 10 & 1), SUM(m >> 11 & 1) FROM
             (SELECT CAST(strftime('%Y', ", $past, " * 86400, 'unixepoch') AS INTEGER) * 12
              + CAST(strftime('%m', ", $past, " * 86400, 'unixepoch') AS INTEGER) - 1 AS month, ", $past, "_months AS m
              FROM person WHERE ", $past, " IS NOT NULL) WHERE month BETWEEN ?1 AND ?2 GROUP BY month"
        )
    };
}

const BOUGHT_AGAIN: &str = again!("bought");
const CAME_AGAIN: &str = again!("came");
const BOUGHT: &str = cohorts!("bought");
const CAME: &str = cohorts!("came");

/// The figures, as of now or not long ago.
pub fn census(object: &Object, counting: bool, now: Timestamp) -> Result<Census, Fail> {
    let read = object.read();
    let kept = read.first("SELECT body, due FROM census", Vec::new(), |row| Ok((row.text()?, row.int()?)))?;
    if let Some((body, _)) = kept.filter(|(_, due)| now.0 < *due)
        && let Ok(census) = json::read::<Census>(&body)
    {
        return Ok(census);
    }
    let census = count(&read, now)?;
    if census.members > FEW && !counting {
        let due = now.0.saturating_add(i64::try_from(census.members * EACH_MS).unwrap_or(i64::MAX));
        transaction(&object.storage, |write| {
            let body = serde_json::to_string(&census)?;
            write.run("INSERT OR REPLACE INTO census (one, due, body) VALUES (1, ?, ?)", vec![int(due), text(body)])?;
            Ok::<_, Fail>(())
        })?;
    }
    Ok(census)
}

fn count(read: &Read<'_>, now: Timestamp) -> Result<Census, Fail> {
    let mut census = Census { at: now, ..Census::default() };
    census.members = whole(read, "SELECT COUNT(*) FROM person")?;
    let rhythmic = whole(read, "SELECT COUNT(gap) FROM person")?;
    let median = read.first(
        "SELECT gap FROM person WHERE gap IS NOT NULL ORDER BY gap LIMIT 1 OFFSET ?",
        vec![int(rhythmic.saturating_sub(1) / 2)],
        |row| row.of(),
    )?;
    census.rhythm = Rhythm::of(median, rhythmic);
    let told = read.number("SELECT EXISTS (SELECT 1 FROM person WHERE orders > 0)", Vec::new())? == 1;
    census.basis = if told { Basis::Orders } else { Basis::Days };
    if census.members >= LEAST {
        census.fifths = Some(fifths(read, census.members, told)?);
    }
    judge(read, &mut census, now)?;
    let (repeat, cohorts) = if told { (BOUGHT_AGAIN, BOUGHT) } else { (CAME_AGAIN, CAME) };
    let last = now.day().0 - WINDOW;
    census.repeat = counted(read, repeat, vec![int(last - COHORT), int(last), int(WINDOW)])?;
    census.redeemed = counted(read, "SELECT SUM(redeemed > 0), COUNT(*) FROM person WHERE earned > 0", Vec::new())?;
    census.settled = whole(read, "SELECT COUNT(*) FROM person WHERE redeemed > 0 OR expired > 0")?;
    census.referred = referred(read)?;
    let running = month(now.day());
    let first = running - MONTHS + 1;
    census.cohorts = read.all(cohorts, vec![int(first), int(running)], |row| {
        let (month, members) = (row.of::<i32>()?, row.of()?);
        let months = usize::try_from(running - month).unwrap_or(0);
        let back = (1..MONTHS).map(|_| row.of()).collect::<worker::Result<Vec<u64>>>()?;
        Ok(Cohort { month, members, back: back.into_iter().take(months).collect() })
    })?;
    Ok(census)
}

/// Sums of members by stage, group and tier, in one go.
fn judge(read: &Read<'_>, census: &mut Census, now: Timestamp) -> Result<(), Fail> {
    const QUERY: &str = concat!(
        "SELECT ",
        stage!(),
        " AS stage, ",
        group!(),
        " AS grp, tier, COUNT(*), SUM(balance), SUM(held), SUM(earned),
         SUM(redeemed), SUM(expired), SUM(seen / 24 - joined), SUM(CAST(?1 AS INTEGER) / 24 - joined) FROM person GROUP BY 1, 2, 3"
    );
    let numbers = numbers(census.rhythm, census.fifths.as_ref(), now);
    let rows = read.all(QUERY, numbers, |row| {
        let names = (row.text()?, row.text()?, row.text()?);
        let members = row.of::<u64>()?;
        let points = [row.int()?, row.int()?, row.int()?, row.int()?, row.int()?];
        Ok((names, members, points, (row.int()?.max(0), row.int()?.max(0))))
    })?;
    for ((stage, group, tier), members, points, (until_seen, until_now)) in rows {
        let stages = &mut census.stages;
        let lost = stage == "lost";
        *match stage.as_str() {
            "new" => &mut stages.new,
            "active" => &mut stages.active,
            "loyal" => &mut stages.loyal,
            "at_risk" => &mut stages.at_risk,
            _ => &mut stages.lost,
        } += members;
        match group.as_str() {
            "high" => census.groups.high += members,
            "middle" => census.groups.middle += members,
            "low" => census.groups.low += members,
            _ => {}
        }
        match census.tiers.iter_mut().find(|(name, _)| *name == tier) {
            Some((_, count)) => *count += members,
            None => census.tiers.push((tier, members)),
        }
        let all = &mut census.points;
        let sums = [&mut all.balance, &mut all.held, &mut all.earned, &mut all.redeemed, &mut all.expired];
        for (sum, more) in sums.into_iter().zip(points) {
            *sum = sum.saturating_add(more);
        }
        let Lifetimes { lost: gone, days } = &mut census.lifetimes;
        *gone += if lost { members } else { 0 };
        *days += u64::try_from(if lost { until_seen } else { until_now }).unwrap_or(0);
    }
    Ok(())
}

fn fifths(read: &Read<'_>, members: u64, told: bool) -> Result<Fifths, Fail> {
    Ok(Fifths {
        seen: cuts(read, cut!("seen"), members)?,
        often: cuts(read, if told { cut!("orders") } else { cut!("visits") }, members)?,
        spent: told.then(|| cuts(read, cut!("spent"), members)).transpose()?,
    })
}

fn cuts(read: &Read<'_>, query: &'static str, members: u64) -> Result<Cuts, Fail> {
    let places = places(members).map(int).to_vec();
    let found = read.first(query, places, |row| Ok([row.int()?, row.int()?, row.int()?, row.int()?]))?;
    Ok(found.unwrap_or_default())
}

/// Of those who came by a member's link and were not refused, those who did what was asked of them.
fn referred(read: &Read<'_>) -> Result<Option<Counted>, Fail> {
    let (mut hits, mut of) = (0, 0);
    for (step, members) in referral::stages(read)? {
        let members = u64::from(members);
        match step.as_str() {
            "refused" => {}
            "held" | "due" | "credited" => (hits, of) = (hits + members, of + members),
            _ => of += members,
        }
    }
    Ok((of > 0).then_some(Counted { hits, of }))
}

fn whole(read: &Read<'_>, query: &'static str) -> Result<u64, Fail> {
    Ok(u64::try_from(read.number(query, Vec::new())?).unwrap_or(0))
}

fn counted(read: &Read<'_>, query: &'static str, values: Vec<worker::SqlStorageValue>) -> Result<Counted, Fail> {
    let found = read.first(query, values, |row: &mut Columns| Ok((row.maybe_int()?, row.int()?)))?;
    let whole = |number: i64| u64::try_from(number).unwrap_or(0);
    Ok(found.map_or_else(Counted::default, |(hits, of)| Counted { hits: whole(hits.unwrap_or(0)), of: whole(of) }))
}
