//! The programme's editor: one form, as the widget editor's. Every button posts it and gets it back changed.

mod page;
mod part;
mod play;
mod preview;
mod rules;
mod spending;

use rapport_core::editor::Draft;
use rapport_core::loyalty::form::{self, Change, Words};
use rapport_core::loyalty::program::{Program, Record};
use rapport_core::model::config::Config;
use rapport_core::model::text::Locale;
use rapport_core::name::SiteId;
use rapport_core::problem::Problem;
use worker::{Env, Response};

use super::frame::{Section, path};
use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::change::problems;
use crate::dashboard::editor::words::words;
use crate::dashboard::form::Form;
use crate::dashboard::strings::editor::fill;
use crate::edit::{BASED_ON, mark};
use crate::owner::{log, program};
use crate::problem::Fail;
use crate::reply;
use page::{Model, Stored};

/// Fields of the page, not of the programme.
const OWN: [&str; 4] = ["csrf", BASED_ON, "do", "end"];

/// The editor of what there is.
pub fn read(caller: &Caller, session: &Session, config: &Config, record: &Record) -> Result<Response, Fail> {
    let newest = record.newest().ok_or_else(Fail::not_found)?;
    let draft = form::of(newest)?;
    let asked = |word: &str| caller.query.find(word).is_some();
    let stored = match () {
        () if asked("published") => Stored::Published,
        () if asked("saved") => Stored::Saved,
        () => Stored::Same,
    };
    let based_on = mark(Some(newest));
    show(caller, session, &shown(config, record, &draft, Some(newest), &based_on, stored), 200)
}

/// What a button of the form asks for.
pub async fn post(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    posted: &Form,
) -> Result<Response, Fail> {
    let (config, record) = program::read(env, site).await?;
    let word = posted.get("do");
    if !matches!(word, "draft" | "publish") {
        log::quietly(env);
    }
    let mut draft = draft(posted);
    let based_on = posted.get(BASED_ON);
    // A form that lost its end would lose rules.
    if posted.find("end").is_none() {
        return show(caller, session, &shown(&config, &record, &draft, None, based_on, Stored::Cut), 413);
    }
    if matches!(word, "draft" | "publish" | "autosave") {
        return save(caller, session, env, (&config, &record), &draft, (word, based_on)).await;
    }
    let said = change(&mut draft, word, posted, &config.site.locale, caller);
    let made = form::checked(&draft);
    let found = made.as_ref().err().cloned().unwrap_or_default();
    let model = Model {
        problems: &found,
        said: &said,
        ..shown(&config, &record, &draft, made.as_ref().ok(), based_on, Stored::Not)
    };
    show(caller, session, &model, 200)
}

/// What the form makes of the badge.
pub use preview::of as preview;

/// The programme's own fields.
fn draft(posted: &Form) -> Draft {
    let fields = posted.fields().iter().map(|(field, value)| (field.as_str(), value.as_str()));
    form::posted(fields.filter(|(field, _)| !OWN.contains(field) && !field.starts_with("preview.")))
}

/// 1. Everything that is wrong is told.
/// 2. What is there already needs no saving.
/// 3. Publishing is looked at first: it leads to the page that says what will change.
async fn save(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (config, record): (&Config, &Record),
    draft: &Draft,
    (word, based_on): (&str, &str),
) -> Result<Response, Fail> {
    let refuse = |found: &[Problem], made: Option<&Program>, based_on: &str, stored: Stored| {
        let model = Model { problems: found, ..shown(config, record, draft, made, based_on, stored) };
        let status = match stored {
            // Nobody asked: that it is not saved yet is no failure.
            _ if word == "autosave" => 200,
            Stored::Overtaken => 409,
            _ => 422,
        };
        show(caller, session, &model, status)
    };
    let made = match form::checked(draft) {
        Ok(made) => made,
        Err(found) => return refuse(&found, None, based_on, Stored::Refused),
    };
    let now = mark(Some(&made));
    let saved = if now == based_on && record.newest() == Some(&made) {
        Ok(config.clone())
    } else {
        program::draft(env, &config.site.id, made.clone(), Some(based_on.to_owned())).await
    };
    let here = path(&config.site, Section::Programme);
    match saved {
        Ok(_) if word == "publish" => reply::see_other(&format!("{here}/publish")),
        Ok(config) if word == "autosave" => {
            let record = config.loyalty.clone().unwrap_or_default();
            show(caller, session, &shown(&config, &record, draft, Some(&made), &now, Stored::Saved), 200)
        }
        Ok(_) => reply::see_other(&format!("{here}?saved")),
        Err(fail) => {
            let found: Vec<Problem> = problems(fail)?.into_iter().map(form::named).collect();
            if !found.iter().any(|problem| problem.field == BASED_ON) {
                return refuse(&found, Some(&made), based_on, Stored::Refused);
            }
            // Sent again by hand, it is meant to replace what is there now; what saves itself never is.
            let newest = mark(record.newest());
            refuse(&[], Some(&made), if word == "autosave" { based_on } else { &newest }, Stored::Overtaken)
        }
    }
}

/// Changes the form; says what was done.
fn change(draft: &mut Draft, word: &str, posted: &Form, locale: &Locale, caller: &Caller) -> String {
    let e = &caller.lang.strings().editor;
    let asked =
        if word == "language" { format!("language:{}", posted.get("preview.add").trim()) } else { word.to_owned() };
    let Some(change) = Change::parse(&asked) else { return String::new() };
    change.make(draft, locale, &fresh(locale), caller.now);
    match word.split(':').next() {
        Some("drop" | "unlanguage") => fill(e.dropped, &["…"]),
        Some("restore") => e.restored.to_owned(),
        _ => String::new(),
    }
}

/// What new parts begin with, in the site's language.
fn fresh(locale: &Locale) -> Words<'static> {
    let editor = words(locale);
    match locale.language() {
        "zh" => Words { tier: "新等级", reward: "新奖励", draw: "新抽奖", prize: "奖品", editor },
        "de" => Words { tier: "Neue Stufe", reward: "Neue Prämie", draw: "Neue Verlosung", prize: "Preis", editor },
        _ => Words { tier: "New tier", reward: "New reward", draw: "New draw", prize: "Prize", editor },
    }
}

fn shown<'a>(
    config: &'a Config,
    record: &'a Record,
    draft: &'a Draft,
    program: Option<&'a Program>,
    based_on: &'a str,
    stored: Stored,
) -> Model<'a> {
    Model { config, record, draft, program, based_on, stored, problems: &[], said: "" }
}

fn show(caller: &Caller, session: &Session, model: &Model<'_>, status: u16) -> Result<Response, Fail> {
    caller.framing(page::page(&caller.frame(Some(&session.csrf)), model), status)
}
