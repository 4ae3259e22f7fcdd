//! Everything that the owner can do, as functions. The dashboard's pages and the API are two ways to call them.

pub mod access;
pub mod account;
pub mod agent;
pub mod log;
pub mod tokens;
pub mod hooks;
pub mod signer;
pub mod members;
pub mod people;
pub mod period;
pub mod api;
pub mod data;
pub mod install;
pub mod inbox;
pub mod ledger;
pub mod program;
pub mod play;
pub mod redemptions;
pub mod usage;

use futures_util::future::try_join3;
use rapport_core::model::config::Config;
use rapport_core::model::site::Site;
use rapport_core::name::SiteId;
use rapport_core::response::Response;
use rapport_core::summary::{Slot, Summary};
use rapport_core::time::Day;
use worker::Env;

use crate::clock::now;
use crate::command::program::Change;
use crate::command::{
    Activity, Audit, Command, Counts, DayViews, Edit, Imported, Listed, MaybeConfig, Page, Report, Status, Tally,
};
use crate::digest;
use crate::link;
use crate::problem::Fail;
use crate::sites;
use period::Period;

/// What the overview of a period shows, beside the period before it.
pub struct Overview {
    pub config: Config,
    pub summary: Summary,
    pub previous: Summary,
    pub tally: Tally,
    pub activity: Activity,
    pub previous_activity: Activity,
    pub status: Status,
}

/// Every site, by name.
pub async fn sites(env: &Env) -> Result<Vec<Listed>, Fail> {
    link::registry(env, &Command::Sites).await
}

/// Creates a site.
///
/// # Errors
/// 409 where its id is taken, 422 for breaches of the model's rules.
pub async fn create_site(env: &Env, site: Site) -> Result<Config, Fail> {
    let (id, name) = (site.id.clone(), site.name.clone());
    let created = change(env, &id, Edit::Create { site }).await;
    // The object comes first, so that whatever is listed exists. Where listing failed the last time, creating the site
    // again says that it is there, and lists it.
    let exists = created.as_ref().map_or_else(|fail| fail.code() == "conflict", |_| true);
    if exists {
        link::registry::<()>(env, &Command::Enlist { site: id, name }).await?;
    }
    created
}

/// The whole configuration, drafts included, as the site's object has it.
pub async fn config(env: &Env, site: &SiteId) -> Result<Config, Fail> {
    known(env, site).await?;
    let config = link::site::<MaybeConfig>(env, site, &Command::Config).await?;
    config.filter(|config| !config.site.is_over(now())).ok_or_else(Fail::not_found)
}

/// Changes the configuration; visitors see it within seconds.
///
/// # Errors
/// 404 without site or widget, 409 where the step does not fit the widget's state, 422 for breaches of the model's rules.
pub async fn edit(env: &Env, site: &SiteId, edit: Edit) -> Result<Config, Fail> {
    known(env, site).await?;
    let renamed = if let Edit::Site { site, .. } = &edit { Some(site.name.clone()) } else { None };
    let config = change(env, site, edit).await?;
    if let Some(name) = renamed {
        link::registry::<()>(env, &Command::Enlist { site: site.clone(), name }).await?;
    }
    Ok(config)
}

/// Deletes a site: visitors see nothing of it any more, and in a day everything of it goes. Until then [`edit`] may keep it.
pub async fn delete_site(env: &Env, site: &SiteId) -> Result<Config, Fail> {
    edit(env, site, Edit::Delete).await
}

/// Takes the deletion of a site back.
pub async fn keep_site(env: &Env, site: &SiteId) -> Result<Config, Fail> {
    let config = config(env, site).await?;
    edit(env, site, Edit::Site { site: Site { ends: None, ..config.site }, based_on: None }).await
}

/// Everything on the overview.
pub async fn overview(env: &Env, site: &SiteId, period: Period) -> Result<Overview, Fail> {
    known(env, site).await?;
    overview_of(env, site, period).await
}

/// Everything on the overview, a page of responses and the [`pulse`] at once.
pub async fn gathered(
    env: &Env,
    site: &SiteId,
    period: Period,
    page: Page,
) -> Result<(Overview, Vec<Response>, String), Fail> {
    known(env, site).await?;
    let page = Command::Responses(page);
    try_join3(overview_of(env, site, period), link::site(env, site, &page), pulse_of(env, site)).await
}

async fn overview_of(env: &Env, site: &SiteId, period: Period) -> Result<Overview, Fail> {
    let before = period.before();
    let (now, then) = (
        Command::Report { from: period.from, to: period.to, latest: 0 },
        Command::Report { from: before.from, to: before.to, latest: 0 },
    );
    let (config, report, earlier): (MaybeConfig, Report, Report) =
        try_join3(link::site(env, site, &Command::Config), link::site(env, site, &now), link::site(env, site, &then))
            .await?;
    Ok(Overview {
        config: config.ok_or_else(Fail::not_found)?,
        summary: summarise(report.counts),
        previous: summarise(earlier.counts),
        tally: report.tally,
        activity: report.activity,
        previous_activity: earlier.activity,
        status: report.status,
    })
}

/// A page of responses, newest first.
pub async fn responses(env: &Env, site: &SiteId, page: Page) -> Result<Vec<Response>, Fail> {
    known(env, site).await?;
    link::site(env, site, &Command::Responses(page)).await
}

/// How many answers each version of a widget has.
pub async fn versions(
    env: &Env,
    site: &SiteId,
    widget: &rapport_core::name::Name,
) -> Result<Vec<crate::command::versions::VersionCount>, Fail> {
    known(env, site).await?;
    link::site(env, site, &Command::Versions { widget: widget.clone() }).await
}

/// A tag that changes whenever anything of today does: answers, views, what is on its way to KV. It costs today's counts
/// and no more, so that an open page may ask often.
pub async fn pulse(env: &Env, site: &SiteId) -> Result<String, Fail> {
    known(env, site).await?;
    pulse_of(env, site).await
}

async fn pulse_of(env: &Env, site: &SiteId) -> Result<String, Fail> {
    let today = now().day();
    let report: Report = link::site(env, site, &Command::Report { from: today, to: today, latest: 1 }).await?;
    let latest = report.latest.first().map(|response| (&response.id, response.revision));
    let seen =
        serde_json::to_string(&(&report.counts, &report.tally, latest, report.status.pending, report.status.parked))?;
    Ok(format!("{:016x}", digest::short(&seen)))
}

/// Takes in a past, 500 responses at a time.
pub async fn import(
    env: &Env,
    site: &SiteId,
    responses: Vec<Response>,
    views: Vec<DayViews>,
) -> Result<Imported, Fail> {
    known(env, site).await?;
    link::site(env, site, &Command::Import { responses, views }).await
}

/// How the site's object is doing.
pub async fn status(env: &Env, site: &SiteId) -> Result<Status, Fail> {
    known(env, site).await?;
    link::site(env, site, &Command::Status).await
}

/// Compares a day of the index with KV and repairs either from the other.
pub async fn audit(env: &Env, site: &SiteId, day: Day) -> Result<Audit, Fail> {
    known(env, site).await?;
    link::site(env, site, &Command::Audit { day }).await
}

/// Drops the index and replays KV; [`status`] tells how far it is.
pub async fn rebuild(env: &Env, site: &SiteId) -> Result<Status, Fail> {
    known(env, site).await?;
    note(env, format!("{site}: rebuild")).await?;
    link::site(env, site, &Command::Rebuild { site: site.clone() }).await
}

/// Counts as a summary.
pub fn summarise(counts: Vec<Counts>) -> Summary {
    let mut summary = Summary::empty();
    for Counts { day, widget, version, variant, keys } in counts {
        for (key, n) in keys {
            summary.add(Slot { day, widget: widget.clone(), version, variant: variant.clone(), key }, n);
        }
    }
    summary
}

/// Refuses sites that are not listed, so that no address ever makes an object.
async fn known(env: &Env, site: &SiteId) -> Result<(), Fail> {
    let known: bool = link::registry(env, &Command::Knows { site: site.clone() }).await?;
    if known { Ok(()) } else { Err(Fail::not_found()) }
}

async fn change(env: &Env, site: &SiteId, edit: Edit) -> Result<Config, Fail> {
    let what = format!("{site}: {}", described(&edit));
    let draft = matches!(edit, Edit::Draft { .. } | Edit::Loyalty(Change::Draft { .. }));
    let config: Config = link::site(env, site, &Command::Edit(Box::new(edit))).await?;
    sites::changed(site, config.clone());
    // A draft that saves itself at every pause would be all of the log.
    if draft {
        log::note_unless_done(env, || what).await?
    } else {
        note(env, what).await?
    }
    Ok(config)
}

async fn note(env: &Env, what: String) -> Result<(), Fail> {
    log::note(env, what).await
}

fn described(edit: &Edit) -> String {
    match edit {
        Edit::Create { .. } => "site created".to_owned(),
        Edit::Delete => "site deleted".to_owned(),
        Edit::Site { .. } => "settings changed".to_owned(),
        Edit::Draft { widget, .. } => format!("draft of {} saved", widget.name),
        Edit::Release { widget, .. } => format!("{} published", widget.name),
        Edit::Discard { widget } => format!("draft of {widget} discarded"),
        Edit::Publish { widget, .. } => format!("{widget} published"),
        Edit::Pause { widget } => format!("{widget} paused"),
        Edit::Resume { widget } => format!("{widget} resumed"),
        Edit::End { widget } => format!("{widget} ended"),
        Edit::Loyalty(change) => program::described(change).to_owned(),
    }
}
