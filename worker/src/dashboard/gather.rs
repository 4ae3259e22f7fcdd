//! What a report is made from, fetched from the site's object and put into the report's own terms.

use rapport_core::model::config::Config;
use rapport_core::name::{Name, SiteId};
use rapport_core::report::{Distinct, Facts, Intake, Period, Visitors};
use rapport_core::response::Response;
use rapport_core::summary::{OUT, Summary};
use worker::Env;

use crate::command::Page;
use crate::owner;
use crate::problem::Fail;

/// Responses shown below a report.
const LATEST: u32 = 8;

/// Everything known of a site over a period and the one before.
pub struct Gathered {
    pub config: Config,
    pub latest: Vec<Response>,
    /// Changes whenever anything of today does.
    pub pulse: String,
    /// Members' ledgers with a line that does not follow.
    pub torn: u64,
    counts: Summary,
    visitors: Visitors,
    intake: Intake,
    period: Period,
}

impl Gathered {
    /// Fetches it; the latest responses are those of `widget`, or of all.
    pub async fn of(env: &Env, site: &SiteId, period: Period, widget: Option<Name>) -> Result<Self, Fail> {
        let days = owner::period::Period { from: period.first(), to: period.last() };
        let page = Page { limit: LATEST, before: None, widget, partial: true };
        let (overview, latest, pulse) = owner::gathered(env, site, days, page).await?;
        let activity = overview.activity;
        let by_day = overview.previous_activity.days.into_iter().chain(activity.days).collect();
        let distinct = Distinct { day: activity.day, week: activity.week, month: activity.month };
        Ok(Self {
            config: overview.config,
            latest,
            pulse,
            torn: overview.status.torn,
            counts: overview.summary.merge(overview.previous),
            visitors: Visitors { by_day, distinct: Some(distinct) },
            intake: Intake {
                accepted: overview.tally.accepted,
                duplicate: overview.tally.duplicate,
                refused: overview.tally.refused,
                pending: overview.status.pending,
                parked: overview.status.parked,
            },
            period,
        })
    }

    /// Responses of the period that are left out of the figures.
    pub fn left_out(&self) -> u64 {
        let days = self.period.first()..=self.period.last();
        let out = self.counts.iter().filter(|(slot, _)| slot.key == OUT && days.contains(&slot.day));
        u64::try_from(out.map(|(_, n)| n).sum::<i64>()).unwrap_or(0)
    }

    /// For the report.
    pub const fn facts(&self, doubted: bool) -> Facts<'_> {
        Facts {
            config: &self.config,
            counts: &self.counts,
            visitors: &self.visitors,
            intake: &self.intake,
            period: self.period,
            doubted,
        }
    }
}
