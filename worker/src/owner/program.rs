//! The loyalty programme: what the owner does to it. The dashboard's pages and the API call these.

use std::collections::BTreeMap;

use rapport_core::loyalty::action::Answered;
use rapport_core::loyalty::advise::{Advice, advise};
use rapport_core::loyalty::program::{Program, Record};
use rapport_core::loyalty::simulate::{Course, Simulation, Simulator};
use rapport_core::model::config::Config;
use rapport_core::model::widget::Kind;
use rapport_core::name::{Name, SiteId};
use serde::Serialize;
use worker::Env;

use crate::clock::now;
use crate::command::program::{Change, Ending};
use crate::command::{Command, Counts, Edit, loyalty};
use crate::link;
use crate::problem::Fail;

/// What a simulation came to, and what is odd about the programme in any case.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Simulated {
    #[serde(flatten)]
    pub simulation: Simulation,
    pub advice: Vec<Advice>,
    /// What ends for members by publishing the draft.
    pub ending: Vec<Ending>,
}

/// The programme after a step, and what ended by it.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "SteppedProgram"))]
pub struct Stepped {
    #[serde(flatten)]
    pub record: Record,
    /// Parts that the programme published just now lacks, and that members had something of.
    pub ended: Vec<Ending>,
}

/// The site with its programme; a programme that was never begun is an empty record.
pub async fn read(env: &Env, site: &SiteId) -> Result<(Config, Record), Fail> {
    let config = super::config(env, site).await?;
    let record = config.loyalty.clone().unwrap_or_default();
    Ok((config, record))
}

/// Changes it.
///
/// # Errors
/// 404 without site or programme, 409 where the step does not fit its state, 422 for breaches of its rules.
pub async fn change(env: &Env, site: &SiteId, change: Change) -> Result<Config, Fail> {
    super::edit(env, site, Edit::Loyalty(change)).await
}

/// Saves a draft; `based_on` is the mark of what it was made from.
pub async fn draft(env: &Env, site: &SiteId, program: Program, based_on: Option<String>) -> Result<Config, Fail> {
    change(env, site, Change::Draft { program: Box::new(program), based_on }).await
}

/// What ends for members by putting the draft in force.
///
/// # Errors
/// 404 without the site.
pub async fn ending(env: &Env, site: &SiteId) -> Result<Vec<Ending>, Fail> {
    link::site(env, site, &Command::Loyalty(loyalty::Command::Ending)).await
}

/// A step in its life, and what ended by it.
///
/// # Errors
/// As [`change`].
pub async fn step(env: &Env, site: &SiteId, step: Change) -> Result<Stepped, Fail> {
    super::known(env, site).await?;
    let ended = if matches!(step, Change::Publish { .. }) { ending(env, site).await? } else { Vec::new() };
    let record = change(env, site, step).await?.loyalty.unwrap_or_default();
    Ok(Stepped { record, ended })
}

/// What the newest programme would have done in the last days, beside what was really done; and what is odd about it.
///
/// # Errors
/// 404 without site or programme.
pub async fn simulate(env: &Env, site: &SiteId) -> Result<(Config, Record, Simulated), Fail> {
    let (config, record) = read(env, site).await?;
    let draft = record.newest().ok_or_else(Fail::not_found)?;
    let simulator = Simulator { draft, live: record.live.as_ref().map(|live| &live.program), now: now() };
    let mut course = Box::new(Course::default());
    loop {
        let command = loyalty::Command::Simulate { course };
        course = link::site(env, site, &Command::Loyalty(command)).await?;
        if course.after.is_none() {
            break;
        }
    }
    let answered = answered(env, &config, &simulator).await?;
    let simulation = simulator.end(*course, &answered);
    let ending = ending(env, site).await?;
    let simulated = Simulated { advice: advise(draft, now().day()), simulation, ending };
    Ok((config, record, simulated))
}

/// How often each widget was completed in those days.
async fn answered(env: &Env, config: &Config, simulator: &Simulator<'_>) -> Result<Vec<(Name, Answered, u64)>, Fail> {
    let (from, to) = (simulator.from().day(), simulator.now.day());
    let counts: Vec<Counts> = link::site(env, &config.site.id, &Command::Counts { from, to, widget: None }).await?;
    let mut sums: BTreeMap<Name, u64> = BTreeMap::new();
    for count in counts {
        let completed = count.keys.get("completed").copied().unwrap_or(0);
        *sums.entry(count.widget).or_default() += u64::try_from(completed).unwrap_or(0);
    }
    let kind = |widget: &Name| {
        let newest = config.record(widget.as_str())?.versions.last()?;
        Some(match newest.widget.kind {
            Kind::Poll => Answered::Poll,
            Kind::Quiz => Answered::Quiz { right: 1, of: 1 },
            _ => Answered::Survey,
        })
    };
    Ok(sums.into_iter().filter_map(|(widget, times)| kind(&widget).map(|kind| (widget, kind, times))).collect())
}

/// A line for the log.
pub(super) const fn described(change: &Change) -> &'static str {
    match change {
        Change::Draft { .. } => "draft of the loyalty programme saved",
        Change::Publish { .. } => "loyalty programme published",
        Change::Discard => "draft of the loyalty programme discarded",
        Change::Pause => "loyalty programme paused",
        Change::Resume => "loyalty programme resumed",
    }
}
