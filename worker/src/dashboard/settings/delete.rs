//! Deleting the site: what goes, until when it can be brought back, and a confirmation that cannot happen by accident.

use maud::{Markup, html};
use rapport_core::model::site::Site;
use rapport_core::name::SiteId;
use rapport_core::problem::Problem;
use worker::{Env, Response};

use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::faults;
use crate::dashboard::form::Form;
use crate::dashboard::format;
use crate::dashboard::layout::{self, Section, section_path};
use crate::dashboard::page::Frame;
use crate::owner;
use crate::problem::Fail;
use crate::reply;

/// Values that KV deletes in a day on the free plan.
const DELETES: u64 = 1_000;

/// Where the page is.
pub fn path(site: &Site) -> String {
    format!("{}/delete", section_path(site, Section::General))
}

/// The page. One KV value is a response, or something small beside.
pub fn page(frame: &Frame<'_>, site: &Site, responses: Option<u64>, problems: &[Problem]) -> Markup {
    let s = &frame.lang.strings().ending;
    let responses = responses.unwrap_or_default();
    let days = responses / DELETES + 1;
    let body = html! {
        section.section aria-labelledby="ending" {
            h2 #ending { (s.title) }
            (faults::list(problems, frame.lang))
            @if site.ends.is_none() {
                div.card.stack {
                    ul.points {
                        li { ((s.what)(&format::count(responses))) }
                        li { (s.visitors) }
                        li { b { (s.back) } }
                        li { ((s.kv)(&format::count(days))) }
                    }
                    p { a href=(section_path(site, Section::Data)) { (s.export) } }
                    (layout::form(frame, &path(site), "stack", &html! {
                        label.field {
                            span { ((s.confirm)(site.id.as_str())) }
                            input name="id" required maxlength="40" autocapitalize="none" autocomplete="off" spellcheck="false"
                                aria-invalid=[(!problems.is_empty()).then_some("true")];
                        }
                        div.actions { button.button.bad type="submit" name="do" value="delete" { (s.delete) } }
                    }))
                }
            }
        }
    };
    layout::settings(frame, site, Section::General, &body)
}

/// What stands on every page of a site that was deleted.
pub fn notice(frame: &Frame<'_>, site: &Site) -> Markup {
    let s = &frame.lang.strings().ending;
    html! {
        @if let Some(ends) = site.ends {
            div.notice.bad #deleted role="status" {
                p { b { ((s.deleted)(&format::moment(ends))) } " " (s.unseen) }
                (layout::form(frame, &path(site), "", &html! {
                    button.button type="submit" name="do" value="keep" { (s.keep) }
                }))
            }
        }
    }
}

/// Deletes the site, or brings it back.
pub async fn change(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    form: &Form,
) -> Result<Response, Fail> {
    let home = format!("/dashboard/s/{site}");
    if form.get("do") == "keep" {
        owner::keep_site(env, site).await?;
        return reply::see_other(&home);
    }
    if form.get("id").trim() == site.as_str() {
        owner::delete_site(env, site).await?;
        return reply::see_other(&home);
    }
    let config = owner::config(env, site).await?;
    let problems = [Problem::conflict("id", caller.lang.strings().ending.differs)];
    let responses = owner::status(env, site).await?.responses;
    caller.page(page(&caller.frame(Some(&session.csrf)), &config.site, responses, &problems), 422)
}
