//! What the owner may do to a site's configuration, as a pure function.

use rapport_core::limits::{VERSIONS, WIDGETS};
use rapport_core::model::config::{Config, Record, State, Version};
use rapport_core::model::widget::Widget;
use rapport_core::name::Name;
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;

use crate::command::Edit;
use crate::problem::Fail;

/// The configuration after `edit`, one revision on.
///
/// # Errors
/// 404 without site or widget, 409 where the step does not fit the state, 422 for breaches of the model's rules.
pub fn apply(config: Option<Config>, edit: &Edit, now: Timestamp) -> Result<Config, Fail> {
    let mut config = match (config, edit) {
        (None, Edit::Create { site }) => {
            check(site.check())?;
            return Ok(Config { revision: 1, site: site.clone(), widgets: Vec::new() });
        }
        (None, _) => return Err(Fail::not_found()),
        (Some(_), Edit::Create { .. }) => return Err(Fail::conflict("A site of this id exists already")),
        (Some(config), _) => config,
    };
    config.revision = config.revision.saturating_add(1);
    match edit {
        Edit::Create { .. } => {}
        Edit::Site { site } => {
            check(site.check())?;
            if site.id != config.site.id {
                return Err(Problem::conflict("id", "a site keeps its id").into());
            }
            config.site = site.clone();
        }
        Edit::Draft { widget } => draft(&mut config, widget)?,
        Edit::Discard { widget } => {
            let record = record(&mut config, widget)?;
            record.draft = None;
            if record.versions.is_empty() {
                config.widgets.retain(|record| record.name().is_some());
            }
        }
        Edit::Publish { widget } => publish(record(&mut config, widget)?, now)?,
        Edit::Pause { widget } => step(record(&mut config, widget)?, &[State::Live], State::Paused)?,
        Edit::Resume { widget } => step(record(&mut config, widget)?, &[State::Paused, State::Ended], State::Live)?,
        Edit::End { widget } => step(record(&mut config, widget)?, &[State::Live, State::Paused], State::Ended)?,
    }
    Ok(config)
}

fn draft(config: &mut Config, widget: &Widget) -> Result<(), Fail> {
    check(widget.check())?;
    let full = config.widgets.len() >= WIDGETS;
    match config.widgets.iter_mut().find(|record| record.name() == Some(widget.name.as_str())) {
        Some(record) => record.draft = Some(widget.clone()),
        None if full => {
            return Err(Problem::new("widgets", Fault::TooMany { max: WIDGETS as u32 }).into());
        }
        None => config.widgets.push(Record { state: State::Draft, draft: Some(widget.clone()), versions: Vec::new() }),
    }
    Ok(())
}

fn publish(record: &mut Record, now: Timestamp) -> Result<(), Fail> {
    let Some(widget) = record.draft.take() else {
        return Err(Fail::conflict("There is no draft to publish"));
    };
    let number = record.versions.last().map_or(1, |version| version.number.saturating_add(1));
    record.versions.push(Version { number, published: now, widget });
    // Answers to the oldest version are kept; only its wording is forgotten, a hundred versions on.
    let surplus = record.versions.len().saturating_sub(VERSIONS);
    record.versions.drain(..surplus);
    record.state = State::Live;
    Ok(())
}

fn step(record: &mut Record, from: &[State], to: State) -> Result<(), Fail> {
    if record.versions.is_empty() || !from.contains(&record.state) {
        return Err(Fail::conflict("The widget is not in a state for that"));
    }
    record.state = to;
    Ok(())
}

fn record<'a>(config: &'a mut Config, widget: &Name) -> Result<&'a mut Record, Fail> {
    config.widgets.iter_mut().find(|record| record.name() == Some(widget.as_str())).ok_or_else(Fail::not_found)
}

fn check(problems: Vec<Problem>) -> Result<(), Fail> {
    if problems.is_empty() { Ok(()) } else { Err(Fail::invalid(&problems)) }
}
