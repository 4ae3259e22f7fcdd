//! What a census means, for the dashboard and for programs: rates with their intervals, what points will cost, who came back.

use serde::Serialize;

use super::census::{Census, Counted, Groups, MONTHS, Points, RHYTHM, Stages, WINDOW};
use super::rfm::Basis;
use super::{month, month_text};
use crate::loyalty::program::Program;
use crate::metrics::loyalty::{redemption_rate, referral_conversion};
use crate::metrics::rate::rate;
use crate::metrics::{self as metrics, Figure};
use crate::time::Timestamp;

/// The figures of a programme.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LoyaltyFigures"))]
pub struct Figures {
    /// When it was counted: of many members not at every look.
    pub at: Timestamp,
    pub members: u64,
    pub stages: Stages,
    /// Nothing with fewer than 20 members.
    pub groups: Option<Groups>,
    /// Members by tier; those without one under the empty name.
    pub tiers: Vec<(String, u64)>,
    /// What coming again is counted by.
    pub basis: Basis,
    /// Of members who came once, those who came again within the window.
    pub loyalty: Option<Figure>,
    pub window_days: i32,
    /// Of members who earned points, those who have redeemed some.
    pub redemption: Option<Figure>,
    /// Of visitors who came by a member's link, those who qualified.
    pub referral: Option<Figure>,
    pub liability: Liability,
    /// By month of the first purchase, or of the first day, the newest first.
    pub cohorts: Vec<Month>,
    /// Days between two visits that are usual; nothing where too few members have a rhythm.
    pub usual_gap_days: Option<f64>,
    /// Years that members stay; nothing before five are lost.
    pub expected_years: Option<f64>,
}

/// What points that were given will cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LoyaltyLiability"))]
pub struct Liability {
    pub points: Points,
    /// Points that members have, set aside or not.
    pub outstanding: i64,
    /// Of the points whose fate is known, the share that was redeemed rather than expired; nothing while fewer than 20 members
    /// have any: then all are expected to be redeemed.
    pub redeemed_share: Option<f64>,
    /// The money that the outstanding points are expected to cost, in the currency's smallest unit; nothing where the programme
    /// does not say what 100 points cost.
    pub expected: Option<i64>,
    /// If all of them were redeemed.
    pub most: Option<i64>,
    pub currency: String,
}

/// One cohort.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LoyaltyCohort"))]
pub struct Month {
    /// `2026-11`.
    pub month: String,
    pub members: u64,
    /// The share that came in the first month after it, the second, and so on. The last is of the running month.
    pub back: Vec<Figure>,
}

impl Figures {
    /// Of a census, by the programme in force.
    pub fn of(census: &Census, program: &Program) -> Self {
        let share = |counted: Counted| rate(counted.hits, counted.of);
        Self {
            at: census.at,
            members: census.members,
            stages: census.stages,
            groups: census.fifths.map(|_| census.groups),
            tiers: census.tiers.clone(),
            basis: census.basis,
            loyalty: share(census.repeat),
            window_days: WINDOW,
            redemption: share(census.redeemed),
            referral: census.referred.and_then(|counted| referral_conversion(counted.hits, counted.of)),
            liability: Liability::of(census, program),
            cohorts: cohorts(census),
            usual_gap_days: (!census.rhythm.assumed).then(|| f64::from(census.rhythm.hours) / 24.0),
            expected_years: census.lifetimes.expected_years(),
        }
    }
}

impl Liability {
    fn of(census: &Census, program: &Program) -> Self {
        let points = census.points;
        let outstanding = points.balance.saturating_add(points.held);
        let whole = |points: i64| u64::try_from(points).unwrap_or(0);
        let fate = whole(points.redeemed).saturating_add(whole(points.expired));
        let known = census.settled >= RHYTHM;
        let redeemed_share = redemption_rate(whole(points.redeemed), fate).filter(|_| known);
        let most = (program.cost_of_100 > 0).then(|| outstanding as f64 * f64::from(program.cost_of_100) / 100.0);
        // A fraction of a cent is a cent: what is owed is not rounded away.
        let money = |amount: f64| amount.ceil().min(crate::limits::POINTS as f64) as i64;
        Self {
            points,
            outstanding,
            redeemed_share,
            expected: most.map(|most| money(most * redeemed_share.unwrap_or(1.0))),
            most: most.map(money),
            currency: program.currency.clone(),
        }
    }
}

/// Every month up to the running one, from the first in which there was somebody.
fn cohorts(census: &Census) -> Vec<Month> {
    let running = month(census.at.day());
    let of = |at: i32| census.cohorts.iter().find(|cohort| cohort.month == at);
    let first = census.cohorts.iter().map(|cohort| cohort.month).min().unwrap_or(running + 1);
    let months = (first.max(running - MONTHS + 1)..=running).rev();
    months
        .map(|at| {
            let (members, back) = of(at).map_or((0, &[][..]), |cohort| (cohort.members, &cohort.back[..]));
            let since = usize::try_from(running - at).unwrap_or(0);
            let back = back.iter().take(since).filter_map(|hits| metrics::rate::rate(*hits, members)).collect();
            Month { month: month_text(at), members, back }
        })
        .collect()
}
