//! The page of tokens.

use maud::{Markup, html};
use rapport_core::name::SiteId;
use rapport_core::problem::{Fault, Problem};
use worker::{Env, Response};

use crate::command::token::{Made, New, Scope, Token};
use crate::command::{Listed, Session};
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::dashboard::lang::Lang;
use crate::dashboard::layout::{self, Place};
use crate::dashboard::page::Frame;
use crate::dashboard::{embed, faults, format, problems};
use crate::owner::{self, tokens};
use crate::problem::Fail;
use crate::reply;

const PATH: &str = "/dashboard/tokens";
/// Lives that are offered, in days.
const LIVES: [u32; 4] = [30, 90, 365, 1_095];

/// What was typed of a new token.
#[derive(Default)]
struct Typed {
    name: String,
    scopes: Vec<String>,
    sites: Vec<String>,
    days: String,
}

/// Where the API is described.
pub const fn api(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "/api/v1/",
        Lang::ZhCn => "/api/v1/zh-CN/",
    }
}

/// The page.
pub async fn read(caller: &Caller, session: &Session, env: &Env) -> Result<Response, Fail> {
    let typed = Typed { days: "90".to_owned(), ..Typed::default() };
    show(caller, session, env, &typed, &[], 200).await
}

/// Makes a token, or ends one.
pub async fn change(caller: &Caller, session: &Session, env: &Env, form: &Form) -> Result<Response, Fail> {
    if let Some(id) = form.find("revoke") {
        tokens::revoke(env, id).await?;
        return reply::see_other(&format!("{PATH}?revoked"));
    }
    let typed = Typed {
        name: form.get("name").trim().to_owned(),
        scopes: form.all("scopes").map(str::to_owned).collect(),
        sites: form.all("sites").map(str::to_owned).collect(),
        days: form.get("days").to_owned(),
    };
    let found = match typed.wanted() {
        Ok(new) => match tokens::make(env, new).await {
            Ok(made) => return caller.page(told(&caller.frame(Some(&session.csrf)), &made), 200),
            Err(fail) => problems(fail)?,
        },
        Err(problem) => vec![problem],
    };
    show(caller, session, env, &typed, &found, 422).await
}

impl Typed {
    fn wanted(&self) -> Result<New, Problem> {
        let days = match self.days.as_str() {
            "" => None,
            days => Some(days.parse().map_err(|_| Problem::new("days", Fault::NotAnOption))?),
        };
        Ok(New {
            name: self.name.clone(),
            scopes: self.scopes.iter().filter_map(|scope| Scope::parse(scope)).collect(),
            sites: self.sites.iter().filter_map(|site| SiteId::parse(site).ok()).collect(),
            days,
        })
    }
}

async fn show(
    caller: &Caller,
    session: &Session,
    env: &Env,
    typed: &Typed,
    problems: &[Problem],
    status: u16,
) -> Result<Response, Fail> {
    let (all, sites) = (tokens::list(env).await?, owner::sites(env).await?);
    let frame = caller.frame(Some(&session.csrf));
    let t = &frame.lang.strings().token;
    let body = html! {
        h1 { (t.title) }
        p.soft { (t.lead) " " a href=(api(frame.lang)) { (frame.lang.strings().connect.api) } }
        @if caller.query.find("revoked").is_some() { p.notice.good role="status" { (t.revoked) } }
        (faults::list(problems, frame.lang))
        section.section aria-labelledby="tokens" {
            h2.sr #tokens { (t.title) }
            @if all.is_empty() { div.card { p.soft { (t.none) } } }
            @else { ul.connections { @for token in &all { (card(&frame, token)) } } }
        }
        section.section aria-labelledby="new" {
            h2 #new { (t.new) }
            div.card { (form(&frame, typed, &sites, problems)) }
        }
    };
    caller.page(layout::page(&frame, Place::Sites, t.title, &body), status)
}

fn card(frame: &Frame<'_>, token: &Token) -> Markup {
    let t = &frame.lang.strings().token;
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    let sites: Vec<&str> = token.sites.iter().map(SiteId::as_str).collect();
    let used = token.used.map_or_else(|| t.never.to_owned(), |used| format::ago(used, frame.now, frame.lang));
    html! {
        li.card.stack {
            div.line {
                h3 { (token.name) }
                @for scope in &scopes { span.chip { (scope) } }
                @if token.expires.is_some_and(|at| at <= frame.now) { span.chip.bad { (t.expired) } }
            }
            p.small.soft {
                (t.made) " " (format::ago(token.created, frame.now, frame.lang))
                " · " (t.used) " " (used)
                @if let Some(at) = token.expires.filter(|at| *at > frame.now) { " · " ((t.expires)(&format::full_day(at.day(), frame.lang))) }
                @if !sites.is_empty() { " · " (sites.join(", ")) }
            }
            details {
                summary { (t.revoke) "…" }
                (layout::form(frame, PATH, "stack", &html! {
                    input type="hidden" name="revoke" value=(token.id);
                    p.small { (t.sure) }
                    div.actions { button.button.risk type="submit" { (t.revoke) } }
                }))
            }
        }
    }
}

fn form(frame: &Frame<'_>, typed: &Typed, sites: &[Listed], problems: &[Problem]) -> Markup {
    let t = &frame.lang.strings().token;
    let wrong = |field: &str| problems.iter().any(|problem| problem.field == field).then_some("true");
    let words = [t.scope_read, t.scope_responses, t.scope_members, t.scope_configure, t.scope_export, t.scope_admin];
    layout::form(
        frame,
        PATH,
        "stack loose",
        &html! {
            div.field {
                label for="name" { (t.name) }
                input #name name="name" value=(typed.name) required maxlength="60" aria-invalid=[wrong("name")];
            }
            fieldset.choices aria-invalid=[wrong("scopes")] {
                legend { b { (t.scopes) } }
                @for (scope, words) in Scope::ALL.into_iter().zip(words) {
                    label.check {
                        input type="checkbox" name="scopes" value=(scope.as_str()) checked[typed.scopes.iter().any(|known| known == scope.as_str())];
                        (words)
                    }
                }
            }
            @if !sites.is_empty() {
                fieldset.choices {
                    legend { b { (t.sites) } }
                    p.hint.small.soft { (t.all) }
                    @for site in sites {
                        label.check {
                            input type="checkbox" name="sites" value=(site.site) checked[typed.sites.iter().any(|known| known == site.site.as_str())];
                            (site.name)
                        }
                    }
                }
            }
            div.field {
                label for="days" { (t.life) }
                select #days name="days" aria-invalid=[wrong("days")] {
                    @for days in LIVES { option value=(days) selected[typed.days == days.to_string()] { ((t.days)(&days.to_string())) } }
                    option value="" selected[typed.days.is_empty()] { (t.forever) }
                }
            }
            div.actions { button.button.main type="submit" { (t.make) } }
        },
    )
}

/// A new token, this once.
fn told(frame: &Frame<'_>, made: &Made) -> Markup {
    let t = &frame.lang.strings().token;
    let body = html! {
        h1 { (made.token.name) }
        div.card.stack {
            p { (t.once) }
            (embed::line(&made.secret, "token-line", frame.lang))
            div.actions { a.button.main href=(PATH) { (frame.lang.strings().connect.go_on) } }
        }
    };
    layout::page(frame, Place::Sites, t.title, &body)
}
