//! What a customer is worth: mean order × orders a year × expected years, with each of them shown.

use serde::Serialize;

use super::Person;
use super::census::Lifetimes;
use crate::time::Day;

/// Nobody's rate is judged by less than this: who bought twice in a week is not somebody who buys a hundred times a year.
const LEAST_DAYS: i32 = 90;
/// Members who must have been lost before a lifetime can be told.
pub const LEAST_LOST: u64 = 5;
/// No shop knows more about its future than this.
pub const MOST_YEARS: f64 = 5.0;
const YEAR: f64 = 365.25;

/// What a customer is worth. Money in the currency's smallest unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "CustomerValue"))]
pub struct Value {
    pub mean_order: f64,
    pub orders_a_year: f64,
    /// Days that the rate is from.
    pub over_days: i32,
    /// Nothing before five members are lost.
    pub expected_years: Option<f64>,
    /// The product of the three.
    pub clv: Option<f64>,
}

impl Value {
    /// Of a person who has bought something.
    pub fn of(person: &Person, lifetimes: Lifetimes, today: Day) -> Option<Self> {
        if person.orders == 0 {
            return None;
        }
        let first = person.bought.map_or(person.joined, |past| past.first);
        let over_days = today.0.saturating_sub(first.0).max(LEAST_DAYS);
        let mean_order = person.spent as f64 / f64::from(person.orders);
        let orders_a_year = f64::from(person.orders) / (f64::from(over_days) / YEAR);
        let expected_years = lifetimes.expected_years();
        let clv = expected_years.map(|years| mean_order * orders_a_year * years);
        Some(Self { mean_order, orders_a_year, over_days, expected_years, clv })
    }
}

impl Lifetimes {
    /// Years that members stay, if they go at a steady rate: all years that all were members, by those who went.
    pub fn expected_years(self) -> Option<f64> {
        let years = self.days as f64 / YEAR / self.lost as f64;
        (self.lost >= LEAST_LOST).then(|| years.min(MOST_YEARS))
    }
}
