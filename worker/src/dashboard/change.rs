//! What forms change. Whatever is wrong, the form comes back with what was typed and every problem.

use rapport_core::attention::Attention;
use rapport_core::json;
use rapport_core::model::site::{Privacy, Site};
use rapport_core::model::text::Locale;
use rapport_core::model::widget::Widget;
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::Problem;
use worker::{Env, Response};

use crate::command::{Edit, Session};
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::dashboard::layout::{Tab, site_path};
use crate::dashboard::sites::Filled;
use crate::dashboard::{edit as definition, read, sites};
use crate::edit::{self, BASED_ON};
use crate::owner;
use crate::problem::Fail;
use crate::reply;
use crate::route::Step;

/// Creates a site.
pub async fn new_site(caller: &Caller, session: &Session, env: &Env, form: &Form) -> Result<Response, Fail> {
    let filled = Filled::read(form);
    let problems = match filled.site(None) {
        Ok(site) => match owner::create_site(env, site).await {
            Ok(config) => return reply::see_other(&format!("{}/new", site_path(&config.site, Tab::Overview))),
            Err(fail) if fail.code() == "conflict" => vec![Problem::conflict("id", caller.lang.strings().sites.taken)],
            Err(fail) => problems(fail)?,
        },
        Err(problems) => problems,
    };
    caller.page(sites::new(&caller.frame(Some(&session.csrf)), &filled, &problems), 422)
}

/// Changes a site's settings.
pub async fn settings(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    form: &Form,
) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let mut filled = Filled { id: site.as_str().to_owned(), ..Filled::read(form) };
    let mut problems = match filled.site(Some(&config.site)) {
        Ok(changed) => match owner::edit(env, site, Edit::Site { site: changed, based_on: base(form) }).await {
            Ok(config) => return reply::see_other(&format!("{}?saved", site_path(&config.site, Tab::Settings))),
            Err(fail) => problems(fail)?,
        },
        Err(problems) => problems,
    };
    if overtaken(&mut problems, caller) {
        // Sent again, it is meant to replace what is there now.
        filled.based_on = edit::mark(Some(&config.site));
    }
    let frame = caller.frame(Some(&session.csrf));
    caller.page(sites::settings(&frame, &config.site, &filled, &problems, &caller.origin, false), 422)
}

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

/// One step in a widget's life.
pub async fn step(
    caller: &Caller,
    session: &Session,
    env: &Env,
    (site, name): (&SiteId, Name),
    step: Step,
) -> Result<Response, Fail> {
    match owner::edit(env, site, step.of(name.clone())).await {
        // A draft that was discarded may have been all there was.
        Ok(config) if config.record(name.as_str()).is_none() => {
            reply::see_other(&site_path(&config.site, Tab::Widgets))
        }
        Ok(_) => reply::see_other(&format!("/dashboard/s/{site}/widgets/{name}")),
        Err(fail) => read::widget(caller, session, env, (site, &name), &problems(fail)?).await,
    }
}

async fn save(env: &Env, site: &SiteId, widget: Widget, form: &Form) -> Result<String, Fail> {
    let name = widget.name.clone();
    owner::edit(env, site, Edit::Draft { widget, based_on: base(form) }).await?;
    if form.get("then") == "publish" {
        owner::edit(env, site, Edit::Publish { widget: name.clone() }).await?;
    }
    Ok(format!("/dashboard/s/{site}/widgets/{name}"))
}

/// What the form was based on.
fn base(form: &Form) -> Option<String> {
    form.find(BASED_ON).map(str::to_owned)
}

/// Whether somebody else was faster; that is then told in the reader's language.
fn overtaken(problems: &mut [Problem], caller: &Caller) -> bool {
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
        Fail::Refused(document) if matches!(document.status, 400 | 409 | 422) => {
            if document.problems.is_empty() {
                return Ok(vec![Problem::conflict(document.field, document.detail)]);
            }
            Ok(document.problems.into_iter().map(|item| Problem::conflict(item.field, item.detail)).collect())
        }
        other => Err(other),
    }
}

impl Filled {
    /// The settings form as it was posted.
    fn read(form: &Form) -> Self {
        let text = |name| form.get(name).trim().to_owned();
        Self {
            id: text("id"),
            based_on: text(BASED_ON),
            name: text("name"),
            origins: text("origins"),
            locale: text("locale"),
            device: form.get("privacy") == "device",
            cooldown_days: form.find("cooldown_days").unwrap_or("7").trim().to_owned(),
            per_visit: form.find("per_visit").unwrap_or("1").trim().to_owned(),
            public_badge: form.get("public_badge") == "yes",
        }
    }

    /// The site that it describes; what the form does not show is kept from `known`.
    fn site(&self, known: Option<&Site>) -> Result<Site, Vec<Problem>> {
        let mut problems = Vec::new();
        let id = SiteId::parse(&self.id).map_err(|problem| problems.push(problem.within("id"))).ok();
        let locale = Locale::parse(&self.locale).map_err(|problem| problems.push(problem.within("locale"))).ok();
        let cooldown_days = number(&self.cooldown_days, "attention.cooldown_days", &mut problems);
        let per_visit = number(&self.per_visit, "attention.per_visit", &mut problems);
        let (Some(id), Some(locale), Some(cooldown_days), Some(per_visit)) = (id, locale, cooldown_days, per_visit)
        else {
            return Err(problems);
        };
        let site = Site {
            id,
            name: self.name.clone(),
            origins: self.origins.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
            locale,
            appearance: known.map(|site| site.appearance.clone()).unwrap_or_default(),
            privacy: if self.device { Privacy::Device } else { Privacy::Daily },
            attention: Attention { cooldown_days, per_visit },
            public_badge: self.public_badge,
        };
        let problems = site.check();
        if problems.is_empty() { Ok(site) } else { Err(problems) }
    }
}

fn number<T: std::str::FromStr>(text: &str, field: &str, problems: &mut Vec<Problem>) -> Option<T> {
    let number = text.parse().ok();
    if number.is_none() {
        problems.push(Problem::malformed(field, "a whole number"));
    }
    number
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
    fn the_settings_form_is_read_and_told_what_is_wrong() {
        let form =
            Form::parse("id=acme&name=Acme&origins=https%3A%2F%2Facme.example%0D%0A%0D%0A&locale=en&privacy=device");
        let site = Filled::read(&form).site(None).unwrap();
        assert_eq!((site.id.as_str(), site.origins.as_slice()), ("acme", &["https://acme.example".to_owned()][..]));
        assert_eq!((site.privacy, site.attention), (Privacy::Device, Attention { cooldown_days: 7, per_visit: 1 }));

        let wrong = Form::parse("id=A&name=Acme&locale=english&cooldown_days=soon&per_visit=");
        let problems = Filled::read(&wrong).site(None).unwrap_err();
        let expected = "id:malformed locale:malformed attention.cooldown_days:malformed attention.per_visit:malformed";
        assert_eq!(told(problems), expected);
    }

    #[test]
    fn a_definition_is_read_strictly_and_all_rules_are_told_at_once() {
        assert_eq!(told(checked("{").unwrap_err()), ":malformed");
        let unknown = r#"{"name":"x","kind":"nps","label":"X","questions":[],"colour":"red"}"#;
        assert_eq!(told(checked(unknown).unwrap_err()), "colour:unknown");
    }
}
