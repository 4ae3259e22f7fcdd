//! What forms change. Whatever is wrong, the form comes back with what was typed and every problem.

use rapport_core::json;
use rapport_core::model::widget::Widget;
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::Problem;
use worker::{Env, Response};

use crate::command::{Edit, Session};
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::dashboard::{edit as definition, read};
use crate::edit::{self, BASED_ON};
use crate::owner;
use crate::problem::Fail;
use crate::reply;
use crate::route::Step;

/// Saves a definition, of the widget called `name` or of a new one, and publishes it where that was asked.
pub async fn definition(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, name): (&SiteId, Option<&Name>),
    form: &Form,
) -> Result<Response, Fail> {
    let text = form.get("definition");
    let config = owner::config(env, site).await?;
    let s = &caller.lang.strings().edit;
    let mut problems = match checked(text) {
        Ok(widget) if name.is_some_and(|name| *name != widget.name) => vec![Problem::conflict("name", s.name_fixed)],
        Ok(widget) if name.is_none() && config.record(widget.name.as_str()).is_some() => {
            vec![Problem::conflict("name", s.name_taken)]
        }
        Ok(widget) => match save(env, site, widget, form).await {
            Ok(path) => return reply::see_other(&path),
            Err(fail) => problems(fail)?,
        },
        Err(problems) => problems,
    };
    let overtaken = overtaken(&mut problems, caller);
    let record = name.and_then(|name| config.record(name.as_str()));
    let based_on = if overtaken { edit::mark(record.and_then(edit::newest)) } else { form.get(BASED_ON).to_owned() };
    let model = definition::Model {
        config: &config,
        name: name.map(Name::as_str),
        text,
        based_on: &based_on,
        overtaken,
        problems: &problems,
    };
    caller.page(definition::page(&caller.frame(Some(&session.csrf)), &model), 422)
}

/// One step in a widget's life. What was discarded can be brought back from the page that says so.
pub async fn step(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, name): (&SiteId, Name),
    (step, form): (Step, &Form),
) -> Result<Response, Fail> {
    let draft = match step {
        Step::Discard => owner::config(env, site).await?.record(name.as_str()).and_then(|record| record.draft.clone()),
        _ => None,
    };
    let mut problems = match owner::edit(env, site, step.of(name.clone(), base(form))).await {
        // A draft that was discarded may have been all there was.
        Ok(config) if config.record(name.as_str()).is_none() => {
            return read::widgets(caller, session, env, site, draft.as_ref()).await;
        }
        Ok(_) if draft.is_some() => {
            return read::widget(caller, session, env, (site, &name), &[], draft.as_ref()).await;
        }
        Ok(_) => return reply::see_other(&format!("/dashboard/s/{site}/widgets/{name}")),
        Err(fail) => problems(fail)?,
    };
    if overtaken(&mut problems, caller) {
        problems = vec![Problem::conflict("", caller.lang.strings().edit.overtaken_publish)];
    }
    read::widget(caller, session, env, (site, &name), &problems, None).await
}

async fn save(env: &Env, site: &SiteId, widget: Widget, form: &Form) -> Result<String, Fail> {
    let name = widget.name.clone();
    let based_on = base(form);
    let publish = form.get("then") == "publish";
    let edit = if publish { Edit::Release { widget, based_on } } else { Edit::Draft { widget, based_on } };
    owner::edit(env, site, edit).await?;
    Ok(format!("/dashboard/s/{site}/widgets/{name}"))
}

/// What the form was based on.
pub fn base(form: &Form) -> Option<String> {
    form.find(BASED_ON).map(str::to_owned)
}

/// Whether somebody else was faster; that is then told in the reader's language.
pub fn overtaken(problems: &mut [Problem], caller: &Caller) -> bool {
    let mut found = problems.iter_mut().filter(|problem| problem.field == BASED_ON);
    let overtaken = found.next().map(|problem| *problem = Problem::conflict("", caller.lang.strings().edit.overtaken));
    overtaken.is_some()
}

fn checked(text: &str) -> Result<Widget, Vec<Problem>> {
    let widget: Widget = json::strict(text.as_bytes()).map_err(|problem| vec![problem])?;
    let problems = widget.check();
    if problems.is_empty() { Ok(widget) } else { Err(problems) }
}

/// What the object refuses, as problems of the form; anything else is no matter of the form.
pub fn problems(fail: Fail) -> Result<Vec<Problem>, Fail> {
    match fail {
        Fail::Refused(document) if matches!(document.status, 400 | 409 | 422) => Ok(document.problems()),
        other => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(problems: Vec<Problem>) -> String {
        problems
            .into_iter()
            .map(|problem| format!("{}:{}", problem.field, problem.fault.code()))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_definition_is_read_strictly_and_all_rules_are_told_at_once() {
        assert_eq!(told(checked("{").unwrap_err()), ":malformed");
        let unknown = r#"{"name":"x","kind":"nps","label":"X","questions":[],"colour":"red"}"#;
        assert_eq!(told(checked(unknown).unwrap_err()), "colour:unknown");
    }
}
