//! What the owner may do to a site's configuration, as a pure function.

mod program;

use rapport_core::limits::{VERSIONS, WIDGETS};
use rapport_core::model::config::{Config, Record, State, Version};
use rapport_core::model::site::Site;
use rapport_core::model::widget::Widget;
use rapport_core::name::Name;
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;
use serde::Serialize;

use crate::command::Edit;
use crate::digest::sha256;
use crate::problem::Fail;

/// The configuration after `edit`, one revision on.
///
/// # Errors
/// 404 without site or widget, 409 where the step does not fit the state, 422 for breaches of the model's rules.
pub fn apply(config: Option<Config>, edit: &Edit, now: Timestamp) -> Result<Config, Fail> {
    let mut config = match (config, edit) {
        (None, Edit::Create { site }) => {
            check(site.check())?;
            kept(site, None)?;
            return Ok(Config { revision: 1, site: site.clone(), widgets: Vec::new(), loyalty: None });
        }
        (None, _) => return Err(Fail::not_found()),
        (Some(config), Edit::Create { .. }) if config.site.is_over(now) => {
            return Err(Fail::rule(DELETING, "The site of this id is still being deleted"));
        }
        (Some(config), _) if config.site.is_over(now) => return Err(Fail::not_found()),
        (Some(_), Edit::Create { .. }) => return Err(Fail::conflict("A site of this id exists already")),
        (Some(config), _) => config,
    };
    config.revision = config.revision.saturating_add(1);
    match edit {
        Edit::Create { .. } => {}
        Edit::Site { site, based_on } => {
            check(site.check())?;
            current(based_on.as_deref(), Some(&config.site))?;
            if site.id != config.site.id {
                return Err(Problem::conflict("id", "a site keeps its id").into());
            }
            kept(site, config.site.ends)?;
            config.site = site.clone();
        }
        // Deleted once more, it keeps its moment.
        Edit::Delete => config.site.ends = config.site.ends.or(Some(now.plus_ms(DELETED_MS))),
        Edit::Draft { widget, based_on } => {
            current(based_on.as_deref(), config.record(widget.name.as_str()).and_then(newest))?;
            draft(&mut config, widget)?;
        }
        Edit::Release { widget, based_on } => {
            current(based_on.as_deref(), config.record(widget.name.as_str()).and_then(newest))?;
            draft(&mut config, widget)?;
            publish(record(&mut config, &widget.name)?, now)?;
        }
        Edit::Discard { widget } => {
            let record = record(&mut config, widget)?;
            record.draft = None;
            if record.versions.is_empty() {
                config.widgets.retain(|record| record.name().is_some());
            }
        }
        Edit::Publish { widget, based_on } => {
            let record = record(&mut config, widget)?;
            current(based_on.as_deref(), newest(record))?;
            publish(record, now)?;
        }
        Edit::Pause { widget } => step(record(&mut config, widget)?, &[State::Live], State::Paused)?,
        Edit::Resume { widget } => step(record(&mut config, widget)?, &[State::Paused, State::Ended], State::Live)?,
        Edit::Loyalty(change) => program::apply(&mut config.loyalty, change, now)?,
        Edit::End { widget } => step(record(&mut config, widget)?, &[State::Live, State::Paused], State::Ended)?,
    }
    Ok(config)
}

/// How long the deletion of a site can be taken back, in milliseconds.
pub const DELETED_MS: i64 = 24 * 60 * 60 * 1_000;

/// The code where a site's id is not free before all of it is gone.
pub const DELETING: &str = "deleting";

/// Settings may take a deletion back, but not set its moment.
fn kept(site: &Site, ends: Option<Timestamp>) -> Result<(), Fail> {
    if site.ends.is_some() && site.ends != ends {
        return Err(
            Problem::conflict("ends", "a site is deleted by DELETE, and kept by settings without this field").into()
        );
    }
    Ok(())
}

/// The field of a form that tells what it was based on.
pub const BASED_ON: &str = "based_on";

/// Tells one state of something from another; nothing yet is empty.
pub fn mark<T: Serialize>(value: Option<&T>) -> String {
    let text = value.and_then(|value| serde_json::to_string(value).ok());
    text.map_or_else(String::new, |text| sha256(&text))
}

/// A widget's definition as an editor shows it: the draft, else the newest version.
pub fn newest(record: &Record) -> Option<&Widget> {
    record.draft.as_ref().or(record.versions.last().map(|version| &version.widget))
}

/// Two people, or two tabs, must not undo each other's work unawares.
///
/// # Errors
/// 409 where `value` is no longer what the form was based on.
pub fn current<T: Serialize>(based_on: Option<&str>, value: Option<&T>) -> Result<(), Fail> {
    match based_on {
        Some(based_on) if based_on != mark(value) => {
            Err(Problem::conflict(BASED_ON, "it was changed by somebody else meanwhile").into())
        }
        _ => Ok(()),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn site() -> Site {
        Site::parse(r#"{"id":"acme","name":"Acme","origins":["https://acme.example"],"locale":"en"}"#).unwrap()
    }

    fn nps(title: &str) -> Widget {
        let json = r#"{"name":"nps","kind":"nps","label":"NPS","questions":[{"name":"nps","title":"TITLE","required":true,
            "input":{"type":"scale","min":0,"max":10,"measures":"nps"}}]}"#;
        Widget::parse(&json.replace("TITLE", title)).unwrap()
    }

    fn name() -> Name {
        Name::parse("nps").unwrap()
    }

    /// The configuration after these edits.
    fn after(edits: &[Edit]) -> Result<Config, Fail> {
        let mut config = Some(apply(None, &Edit::Create { site: site() }, NOW)?);
        for edit in edits {
            config = Some(apply(config, edit, NOW)?);
        }
        config.ok_or_else(Fail::not_found)
    }

    fn status(outcome: Result<Config, Fail>) -> u16 {
        outcome.err().map_or(200, |fail| fail.into_document().status)
    }

    #[test]
    fn a_widgets_life() {
        let draft = |title| Edit::Draft { widget: nps(title), based_on: None };
        let publish = || Edit::Publish { widget: name(), based_on: None };
        let drafted = after(&[draft("One?")]).unwrap();
        assert_eq!((drafted.revision, drafted.live().count()), (2, 0));
        let config = after(&[draft("One?"), publish(), draft("Two?"), publish(), draft("Three?")]).unwrap();
        let record = config.record("nps").unwrap();
        let numbers: Vec<u32> = record.versions.iter().map(|version| version.number).collect();
        assert_eq!((numbers, record.state, record.draft.is_some()), (vec![1, 2], State::Live, true));
        assert_eq!(config.version("nps", 1), Some(&nps("One?")), "what was published stays as it was");
        assert_eq!(config.revision, 6);
        let pause = || Edit::Pause { widget: name() };
        let end = || Edit::End { widget: name() };
        let resume = || Edit::Resume { widget: name() };
        assert_eq!(after(&[draft("One?"), publish(), pause()]).unwrap().live().count(), 0);
        assert_eq!(after(&[draft("One?"), publish(), pause(), resume()]).unwrap().live().count(), 1);
        assert_eq!(after(&[draft("One?"), publish(), end(), resume()]).unwrap().live().count(), 1);
    }

    #[test]
    fn steps_out_of_order() {
        let draft = || Edit::Draft { widget: nps("One?"), based_on: None };
        let publish = || Edit::Publish { widget: name(), based_on: None };
        assert_eq!(status(after(&[publish()])), 404);
        assert_eq!(status(after(&[draft(), publish(), publish()])), 409);
        assert_eq!(status(after(&[draft(), Edit::Pause { widget: name() }])), 409);
        assert_eq!(status(after(&[draft(), publish(), Edit::Resume { widget: name() }])), 409);
        assert_eq!(status(after(&[Edit::Create { site: site() }])), 409);
        assert_eq!(status(apply(None, &draft(), NOW)), 404);
    }

    #[test]
    fn a_draft_that_never_lived_can_vanish_and_one_that_did_falls_back() {
        let draft = |title| Edit::Draft { widget: nps(title), based_on: None };
        let discard = || Edit::Discard { widget: name() };
        assert!(after(&[draft("One?"), discard()]).unwrap().widgets.is_empty());
        let config =
            after(&[draft("One?"), Edit::Publish { widget: name(), based_on: None }, draft("Two?"), discard()])
                .unwrap();
        assert_eq!(config.live().next().map(|version| &version.widget), Some(&nps("One?")));
    }

    #[test]
    fn what_was_changed_meanwhile_is_not_overwritten() {
        let draft = |title, based_on: &str| Edit::Draft { widget: nps(title), based_on: Some(based_on.to_owned()) };
        let one = mark(Some(&nps("One?")));
        assert_eq!(status(after(&[draft("One?", "")])), 200);
        assert_eq!(status(after(&[draft("One?", ""), draft("Two?", &one)])), 200);
        assert_eq!(
            status(after(&[draft("One?", ""), Edit::Publish { widget: name(), based_on: None }, draft("Two?", &one)])),
            200
        );
        assert_eq!(status(after(&[draft("One?", ""), draft("Two?", "")])), 422);
        assert_eq!(status(after(&[draft("One?", ""), draft("Two?", &one), draft("Three?", &one)])), 422);
        let release = |title, based_on: &str| Edit::Release { widget: nps(title), based_on: Some(based_on.to_owned()) };
        let released = after(&[draft("One?", ""), release("Two?", &one)]).unwrap();
        assert_eq!((released.live().count(), released.record("nps").unwrap().draft.is_none()), (1, true));
        assert_eq!(status(after(&[draft("One?", ""), draft("Two?", &one), release("Three?", &one)])), 422);
        let settings = |name: &str, based_on: &Site| Edit::Site {
            site: Site { name: name.to_owned(), ..site() },
            based_on: Some(mark(Some(based_on))),
        };
        assert_eq!(status(after(&[settings("A", &site())])), 200);
        assert_eq!(status(after(&[settings("A", &site()), settings("B", &site())])), 422);
    }

    #[test]
    fn a_deleted_site_can_be_kept_for_a_day() {
        let deleted = after(&[Edit::Delete, Edit::Delete]).unwrap();
        assert_eq!(deleted.site.ends, Some(NOW.plus_ms(DELETED_MS)));
        let settings = |ends| Edit::Site { site: Site { ends, ..site() }, based_on: None };
        assert_eq!(after(&[Edit::Delete, settings(None)]).unwrap().site.ends, None);
        assert_eq!(after(&[Edit::Delete, settings(deleted.site.ends)]).unwrap().site.ends, deleted.site.ends);
        assert_eq!(status(after(&[settings(Some(NOW))])), 422, "a moment is not for settings to choose");
        let over = |edit| status(apply(Some(deleted.clone()), &edit, NOW.plus_ms(DELETED_MS)));
        assert_eq!((over(settings(None)), over(Edit::Create { site: site() })), (404, 409));
    }

    #[test]
    fn the_oldest_versions_go_when_there_are_too_many() {
        let round =
            [Edit::Draft { widget: nps("One?"), based_on: None }, Edit::Publish { widget: name(), based_on: None }];
        let edits: Vec<Edit> = round.iter().cycle().take(2 * (VERSIONS + 3)).cloned().collect();
        let config = after(&edits).unwrap();
        let versions = &config.record("nps").unwrap().versions;
        assert_eq!((versions.len(), versions[0].number), (VERSIONS, 4));
    }
}
