//! Stage and group in SQL: the same as `Stage::of` and `Rfm::of` of `core`, by the same numbers, which travel as ?1 to ?21. They
//! arrive as doubles, so that what is divided has to be made whole. A test compares the two, member by member.

use rapport_core::loyalty::people::HOUR_MS;
use rapport_core::loyalty::people::census::Rhythm;
use rapport_core::loyalty::people::rfm::Fifths;
use rapport_core::loyalty::people::stage::{AT_RISK, LOST, LOYAL_ORDERS, LOYAL_VISITS, NEW_DAYS, SHORTEST};
use rapport_core::time::Timestamp;
use worker::SqlStorageValue as Value;

use super::super::super::sql::int;

macro_rules! stage {
    () => {
        "CASE WHEN ?1 - seen >= ?3 * MAX(COALESCE(gap, ?2), ?5) THEN 'lost'
              WHEN ?1 - seen >= ?4 * MAX(COALESCE(gap, ?2), ?5) THEN 'at_risk'
              WHEN CAST(?1 AS INTEGER) / 24 - joined < ?6 THEN 'new'
              WHEN orders >= ?7 OR visits >= ?8 THEN 'loyal' ELSE 'active' END"
    };
}

macro_rules! sum {
    () => {
        "(2 + (seen > ?10) + (seen > ?11) + (seen > ?12) + (seen > ?13)
          + ((?9 = 3) * orders + (?9 <> 3) * visits > ?14) + ((?9 = 3) * orders + (?9 <> 3) * visits > ?15)
          + ((?9 = 3) * orders + (?9 <> 3) * visits > ?16) + ((?9 = 3) * orders + (?9 <> 3) * visits > ?17)
          + (?9 = 3) * (1 + (spent > ?18) + (spent > ?19) + (spent > ?20) + (spent > ?21)))"
    };
}

macro_rules! group {
    () => {
        concat!(
            "CASE WHEN ?9 = 0 THEN '' WHEN ",
            sum!(),
            " >= 4 * ?9 THEN 'high' WHEN ",
            sum!(),
            " <= 2 * ?9 THEN 'low' ELSE 'middle' END"
        )
    };
}

macro_rules! columns {
    () => {
        "seen, joined, tier, balance, held, orders, spent, visits, gap, earned, redeemed, expired,
         bought, bought_again, bought_months, came, came_again, came_months"
    };
}

pub(super) use {columns, group, stage, sum};

/// The parameters ?1 to ?21. Without fifths nobody has a group.
pub(super) fn numbers(rhythm: Rhythm, fifths: Option<&Fifths>, now: Timestamp) -> Vec<Value> {
    let parts = fifths.map_or(0, |fifths| if fifths.spent.is_some() { 3 } else { 2 });
    let [seen, often, spent] =
        fifths.map_or([[0; 4]; 3], |fifths| [fifths.seen, fifths.often, fifths.spent.unwrap_or_default()]);
    let fixed = [
        int(now.0.div_euclid(HOUR_MS)),
        int(rhythm.hours),
        int(LOST),
        int(AT_RISK),
        int(SHORTEST),
        int(NEW_DAYS),
        int(LOYAL_ORDERS),
        int(LOYAL_VISITS),
        int(parts),
    ];
    fixed.into_iter().chain([seen, often, spent].into_iter().flatten().map(int)).collect()
}
