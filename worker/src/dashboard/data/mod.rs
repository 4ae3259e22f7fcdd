//! The owner's data: out and in, of one person, for how long, and whether index and storage agree.

mod page;
mod wizard;
mod steps;

use rapport_core::name::SiteId;
use rapport_core::problem::Problem;
use rapport_core::response::Response as Stored;
use rapport_core::time::Day;
use worker::{Env, Response};

use crate::command::data::{Form as Shape, Taken};
use crate::command::ledger::Compared;
use crate::command::{Audit, Session, Status};
use crate::dashboard::caller::Caller;
use crate::dashboard::change::problems;
use crate::dashboard::form::Form;
use crate::owner::{self, data};
use crate::problem::Fail;
use crate::reply;

/// Lines of a whole site that are taken in at one go.
const LINES: usize = 500;

/// Below `/dashboard/s/{site}/settings/data`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Page,
    /// `export`: a download.
    Export,
    /// `person`: a download of everything about one person.
    Person,
    /// `import`, by POST only: the steps of an import.
    Import,
    /// `take`, by POST only: a piece of a whole site.
    Take,
}

impl Way {
    /// Reads what follows `data`.
    pub fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::Page),
            ["export"] => Some(Self::Export),
            ["person"] => Some(Self::Person),
            ["import"] => Some(Self::Import),
            ["take"] => Some(Self::Take),
            _ => None,
        }
    }
}

/// What the page says beside what it always says.
#[derive(Default)]
struct Said {
    problems: Vec<Problem>,
    saved: bool,
    person: Option<Person>,
    erased: Option<Vec<String>>,
    restored: Option<usize>,
    audited: Option<(Day, Audit)>,
    compared: Option<Compared>,
    taken: Option<Taken>,
}

/// The same as a file.
#[derive(serde::Serialize)]
struct All {
    responses: Vec<Stored>,
    members: Vec<data::person::Known>,
}

/// What was found of one person.
struct Person {
    text: String,
    found: Vec<Stored>,
    more: bool,
    /// Of the loyalty programme.
    members: usize,
}

/// The page, or a download.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId, way: Way) -> Result<Response, Fail> {
    let query = &caller.query;
    match way {
        Way::Page => {
            let mut said = Said { saved: query.find("saved").is_some(), ..Said::default() };
            if let Some(text) = query.find("text").filter(|text| !text.is_empty()) {
                match data::search(env, site, text).await {
                    Ok((found, more)) => {
                        let members = data::person::members(env, site, text).await?.len();
                        said.person = Some(Person { text: text.to_owned(), found, more, members });
                    }
                    Err(fail) => said.problems = problems(fail)?,
                }
            }
            show(caller, session, env, site, said).await
        }
        Way::Export => {
            let shape = match query.get("form") {
                "lines" => Shape::Lines,
                "site" => Shape::Site,
                _ => Shape::Csv { labels: query.find("labels").is_some(), mark: query.find("excel").is_some() },
            };
            let left_out = ["text", "contact", "identity"].into_iter().filter(|part| query.find(part).is_some());
            let left_out = left_out.collect::<Vec<_>>().join(",");
            let mut fields = query.fields().to_vec();
            fields.push(("redact".to_owned(), left_out));
            match data::api::asked(shape, &fields) {
                Ok(asked) => data::export(env, site, &asked).await,
                Err(problem) => {
                    show(caller, session, env, site, Said { problems: vec![problem], ..Said::default() }).await
                }
            }
        }
        Way::Person => person(caller, env, site).await,
        // Where a page that came back from a form is read again, in another language say.
        Way::Import | Way::Take => reply::see_other(&format!("/dashboard/s/{site}/settings/data")),
    }
}

/// What the forms change.
pub async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    way: Way,
    form: &Form,
) -> Result<Response, Fail> {
    match way {
        Way::Import => steps::step(caller, session, env, site, form).await,
        Way::Take => {
            let said = match take(env, site, form).await {
                Ok(taken) => Said { taken: Some(taken), ..Said::default() },
                Err(fail) => Said { problems: problems(fail)?, ..Said::default() },
            };
            show(caller, session, env, site, said).await
        }
        Way::Page => {
            let said = match act(env, site, form).await {
                Ok(Some(said)) => said,
                Ok(None) => return reply::see_other(&format!("/dashboard/s/{site}/settings/data?saved")),
                Err(fail) => Said { problems: problems(fail)?, ..Said::default() },
            };
            show(caller, session, env, site, said).await
        }
        Way::Export | Way::Person => Err(Fail::method()),
    }
}

/// Does what a form of the page asks for; nothing to say where that goes without saying.
async fn act(env: &Env, site: &SiteId, form: &Form) -> Result<Option<Said>, Fail> {
    let mut said = Said::default();
    match form.get("do") {
        "retain" => {
            let text = form.get("days").trim();
            let malformed = || Problem::malformed("retention_days", "a whole number");
            let days = if text.is_empty() { None } else { Some(text.parse().map_err(|_| malformed())?) };
            data::retain(env, site, days).await?;
            return Ok(None);
        }
        "erase" => {
            let (erased, _) = data::erase_subject(env, site, form.get("text"), false).await?;
            said.erased = Some(erased.ids);
        }
        "restore" => {
            let ids = form.get("ids").split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect();
            said.restored = Some(data::restore(env, site, ids).await?.ids.len());
        }
        "audit" => {
            let malformed = || Problem::malformed("day", "a day such as 2026-11-22");
            let day = Day::parse(form.get("day")).ok_or_else(malformed)?;
            said.audited = Some((day, owner::audit(env, site, day).await?));
        }
        "ledgers" => said.compared = Some(owner::ledger::compare(env, site).await?),
        "rebuild" => {
            owner::rebuild(env, site).await?;
            return Ok(None);
        }
        _ => return Err(Fail::method()),
    }
    Ok(Some(said))
}

/// Takes in a whole site's lines: of a small file all of them, of a large one the piece that the script sends.
async fn take(env: &Env, site: &SiteId, form: &Form) -> Result<Taken, Fail> {
    let text = form.find("text").filter(|text| !text.is_empty()).unwrap_or_else(|| form.get("file"));
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    if lines.is_empty() {
        return Err(Problem::malformed("file", "a file of a whole site").into());
    }
    let mut sum = Taken::default();
    for piece in lines.chunks(LINES) {
        let taken = data::take(env, site, piece.join("\n")).await?;
        sum.lines += taken.lines;
        sum.accepted += taken.accepted;
        sum.duplicate += taken.duplicate;
        sum.erased += taken.erased;
        sum.end = taken.end.or(sum.end);
    }
    Ok(sum)
}

async fn person(caller: &Caller, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let (found, _) = data::search(env, site, caller.query.get("text")).await?;
    let table = caller.query.get("form") == "table";
    let (text, kind, end) = if table {
        let config = owner::config(env, site).await?;
        let columns = rapport_core::export::Table::new(&config, None, Default::default(), Some(&config.site.locale));
        let mut text = String::from('\u{feff}');
        columns.head(&mut text);
        found.into_iter().for_each(|response| columns.row(&mut text, response, &config));
        (text, "text/csv; charset=utf-8", "csv")
    } else {
        let members = data::person::members(env, site, caller.query.get("text")).await?;
        let all = serde_json::to_string(&All { responses: found, members })?;
        (crate::json::indented(&all), "application/json", "json")
    };
    let mut response = reply::typed(text, kind, "no-store")?;
    let file = format!("attachment; filename=\"{site}-person.{end}\"");
    response.headers_mut().set("content-disposition", &file)?;
    Ok(response)
}

async fn show(caller: &Caller, session: &Session, env: &Env, site: &SiteId, said: Said) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let status: Status = owner::status(env, site).await?;
    let code = if said.problems.is_empty() { 200 } else { 422 };
    caller.page(page::page(&caller.frame(Some(&session.csrf)), &config, &status, &said), code)
}
