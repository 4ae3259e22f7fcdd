//! What is said of one member.

use serde::Serialize;

use super::census::Census;
use super::rfm::Rfm;
use super::stage::{Risk, Stage};
use super::value::Value;
use super::{HOUR_MS, Person};
use crate::time::Timestamp;

/// One member among all.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "MemberInsight"))]
pub struct Insight {
    /// When they last earned or redeemed something, to the hour.
    pub seen: Timestamp,
    pub stage: Stage,
    pub risk: Risk,
    /// Nothing with fewer than 20 members.
    pub rfm: Option<Rfm>,
    pub orders: u32,
    /// In the currency's smallest unit.
    pub spent: i64,
    /// Nothing before their first order.
    pub value: Option<Value>,
}

impl Insight {
    /// Of a person at `now`.
    pub fn of(person: &Person, census: &Census, now: Timestamp) -> Self {
        let hour = now.0.div_euclid(HOUR_MS);
        Self {
            seen: person.seen(),
            stage: Stage::of(person, census.rhythm, hour),
            risk: Risk::of(person, census.rhythm, hour),
            rfm: census.fifths.map(|fifths| Rfm::of(person, &fifths)),
            orders: person.orders,
            spent: person.spent,
            value: Value::of(person, census.lifetimes, now.day()),
        }
    }
}
