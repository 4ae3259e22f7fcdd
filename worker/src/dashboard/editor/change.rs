//! Reading the editor and what is posted from it.

use rapport_core::editor::{Change, Draft};
use rapport_core::model::config::Config;
use rapport_core::model::text::Locale;
use rapport_core::model::widget::{Kind, Widget};
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::Problem;
use worker::{Env, Response};

use super::page::{self, Model, Preview, Stored};
use super::words::words;
use super::{Way, preview};
use crate::command::{Edit, Session};
use crate::dashboard::caller::Caller;
use crate::dashboard::change::{definition, problems};
use crate::dashboard::faults;
use crate::dashboard::form::Form;
use crate::dashboard::loyalty::badge;
use crate::dashboard::read;
use crate::edit::{self, BASED_ON};
use crate::owner::{self, log};
use crate::problem::Fail;
use crate::reply;

/// Fields of the page, not of the widget.
const OWN: [&str; 5] = ["csrf", BASED_ON, "do", "end", "preview."];

/// The editor of a widget: its draft, else its newest version.
pub async fn read(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, name): (&SiteId, &Name),
    way: Way,
) -> Result<Response, Fail> {
    match way {
        Way::Json => read::edit(caller, session, env, site, name).await,
        Way::Preview => Err(Fail::method()),
        Way::Form => {
            let config = owner::config(env, site).await?;
            let record = config.record(name.as_str()).ok_or_else(Fail::not_found)?;
            let newest = edit::newest(record).ok_or_else(Fail::not_found)?;
            let draft = Draft::of(newest)?;
            let stored = match record.draft {
                _ if caller.query.find("saved").is_some() => Stored::Saved,
                Some(_) => Stored::Same,
                None => Stored::Live,
            };
            let based_on = edit::mark(Some(newest));
            show(caller, session, &shown(&config, name, &draft, Some(newest), &based_on, stored), 200)
        }
    }
}

/// What a button of the editor asks for.
pub async fn post(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, name): (&SiteId, &Name),
    way: Way,
    form: &Form,
) -> Result<Response, Fail> {
    if way == Way::Json {
        return definition(caller, session, env, (site, Some(name)), form).await;
    }
    if !matches!(form.get("do"), "draft" | "publish") || way == Way::Preview {
        log::quietly(env);
    }
    let config = owner::config(env, site).await?;
    let locale = config.site.locale.clone();
    let fields = form
        .fields()
        .iter()
        .map(|(field, value)| (field.as_str(), value.as_str()))
        .filter(|(field, _)| !OWN.iter().any(|own| field == own || (own.ends_with('.') && field.starts_with(own))));
    let mut draft = Draft::read(fields, &words(&locale));
    let preview = Preview {
        scheme: form.get("preview.scheme"),
        width: form.get("preview.width"),
        locale: form.get("preview.locale"),
        variant: form.get("preview.variant"),
        who: form.get("preview.who"),
        acts: form.get("preview.acts"),
    };
    if way == Way::Preview {
        return show_preview(caller, &config, &draft, &preview);
    }
    let based_on = form.get(BASED_ON);
    let word = form.get("do");
    // A form that lost its end would lose questions.
    if form.find("end").is_none() {
        let model = Model { preview, ..shown(&config, name, &draft, None, based_on, Stored::Cut) };
        return show(caller, session, &model, 413);
    }
    if !matches!(word, "draft" | "publish" | "autosave") {
        let (fresh, said) = change(&mut draft, word, form, &locale, caller);
        let widget = checked(&draft, name, caller);
        let problems = widget.as_ref().err().cloned().unwrap_or_default();
        let model = Model {
            preview,
            fresh: &fresh,
            said: &said,
            problems: &problems,
            ..shown(&config, name, &draft, widget.as_ref().ok(), based_on, Stored::Not)
        };
        return show(caller, session, &model, 200);
    }
    save(caller, session, env, (&config, name), (&draft, preview), (word, based_on)).await
}

/// 1. Everything that is wrong is told.
/// 2. What is there already needs no saving.
/// 3. One step, under the lock; publishing is part of it.
async fn save(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (config, name): (&Config, &Name),
    (draft, preview): (&Draft, Preview<'_>),
    (word, based_on): (&str, &str),
) -> Result<Response, Fail> {
    let path = format!("/dashboard/s/{}/widgets/{name}", config.site.id);
    let refuse = |problems: &[Problem], widget: Option<&Widget>, based_on: &str, stored: Stored| {
        let model = Model { preview, problems, ..shown(config, name, draft, widget, based_on, stored) };
        let status = match stored {
            // Nobody asked: that it is not saved yet is no failure.
            _ if word == "autosave" => 200,
            Stored::Overtaken => 409,
            _ => 422,
        };
        show(caller, session, &model, status)
    };
    let widget = match checked(draft, name, caller) {
        Ok(widget) => widget,
        Err(problems) => return refuse(&problems, None, based_on, Stored::Refused),
    };
    let record = config.record(name.as_str()).ok_or_else(Fail::not_found)?;
    let publish = word == "publish";
    let mark = edit::mark(Some(&widget));
    // Published as it is, there is nothing to do; and typing something and taking it back is no draft.
    let there = mark == based_on && edit::newest(record) == Some(&widget) && !(publish && record.draft.is_some());
    let saved = if there {
        Ok(config.clone())
    } else {
        let based_on = Some(based_on.to_owned());
        let draft = widget.clone();
        let step =
            if publish { Edit::Release { widget: draft, based_on } } else { Edit::Draft { widget: draft, based_on } };
        owner::edit(env, &config.site.id, step).await
    };
    match saved {
        Ok(_) if publish => reply::see_other(&path),
        Ok(config) if word == "autosave" => {
            let model = Model { preview, ..shown(&config, name, draft, Some(&widget), &mark, Stored::Saved) };
            show(caller, session, &model, 200)
        }
        Ok(_) => reply::see_other(&format!("{path}/edit?saved")),
        Err(fail) => {
            let found = problems(fail)?;
            if !found.iter().any(|problem| problem.field == BASED_ON) {
                return refuse(&found, Some(&widget), based_on, Stored::Refused);
            }
            // Sent again by hand, it is meant to replace what is there now; what saves itself never is.
            let newest = edit::mark(edit::newest(record));
            refuse(&[], Some(&widget), if word == "autosave" { based_on } else { &newest }, Stored::Overtaken)
        }
    }
}

/// Changes the form; says which question is new, and what was done.
fn change(draft: &mut Draft, word: &str, form: &Form, locale: &Locale, caller: &Caller) -> (String, String) {
    let s = &caller.lang.strings().editor;
    let asked =
        if word == "language" { format!("language:{}", form.get("preview.add").trim()) } else { word.to_owned() };
    let Some(change) = Change::parse(&asked) else { return Default::default() };
    change.make(draft, locale, &words(locale));
    let newest = |draft: &Draft| draft.0.list("questions").last().map(|question| question.text("name").to_owned());
    match change {
        Change::Add(_) => (newest(draft).unwrap_or_default(), s.new_question.to_owned()),
        Change::Drop(_) | Change::DropLanguage(_) => {
            (String::new(), crate::dashboard::strings::editor::fill(s.dropped, &["…"]))
        }
        Change::Restore => (String::new(), s.restored.to_owned()),
        _ => Default::default(),
    }
}

fn show_preview(caller: &Caller, config: &Config, draft: &Draft, shown: &Preview<'_>) -> Result<Response, Fail> {
    match draft.checked() {
        Ok(widget) => {
            let programme = (widget.kind == Kind::Loyalty).then(|| badge::newest(config)).flatten();
            preview::of(caller, &config.site, widget, programme, shown)
        }
        Err(problems) => {
            let s = &caller.lang.strings().editor;
            let first = problems
                .first()
                .map(|problem| format!("{} {}", problem.field, faults::words(&problem.fault, caller.lang)));
            let words = format!("{} {}", s.preview_wrong, first.unwrap_or_default());
            let locale = caller.lang.locale().unwrap_or_else(|| config.site.locale.clone());
            preview::wrong(caller, &locale, shown.scheme == "dark", &words)
        }
    }
}

fn checked(draft: &Draft, name: &Name, caller: &Caller) -> Result<Widget, Vec<Problem>> {
    let widget = draft.checked()?;
    if widget.name == *name {
        Ok(widget)
    } else {
        Err(vec![Problem::conflict("name", caller.lang.strings().edit.name_fixed)])
    }
}

fn shown<'a>(
    config: &'a Config,
    name: &'a Name,
    draft: &'a Draft,
    widget: Option<&'a Widget>,
    based_on: &'a str,
    stored: Stored,
) -> Model<'a> {
    let preview = Preview::default();
    Model { config, name: name.as_str(), draft, widget, based_on, stored, problems: &[], fresh: "", said: "", preview }
}

fn show(caller: &Caller, session: &Session, model: &Model<'_>, status: u16) -> Result<Response, Fail> {
    caller.framing(page::page(&caller.frame(Some(&session.csrf)), model), status)
}
