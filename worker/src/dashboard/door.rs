//! In and out.

use worker::{Env, Request, Response};

use crate::body::{self, Media};
use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::form::Form;
use crate::dashboard::sign_in::{self, Refusal};
use crate::owner::{self, access, log};
use crate::problem::Fail;
use crate::reply;

/// The sign-in page.
pub fn show(caller: &Caller, refusal: Option<Refusal>, status: u16) -> Result<Response, Fail> {
    caller.page(sign_in::page(&caller.frame(None), refusal, next(caller.query.get("next"))), status)
}

/// 1. Only from our own page. 2. The key opens a session, or the page says why not. 3. On to where the owner wanted.
pub async fn enter(caller: &Caller, mut request: Request, env: &Env) -> Result<Response, Fail> {
    access::same_origin(&request)?;
    let form = Form::parse(&body::small(&mut request, &[Media::Form]).await?);
    let address = access::address(request.headers())?;
    let refused = |refusal, status| {
        caller.page(sign_in::page(&caller.frame(None), Some(refusal), next(form.get("next"))), status)
    };
    let agent = request.headers().get("user-agent")?.unwrap_or_default();
    let session = match access::sign_in(env, form.get("key").trim(), &address, &agent).await {
        Ok(session) => session,
        Err(Fail::Refused(document)) if document.status == 401 => return refused(Refusal::WrongKey, 401),
        Err(Fail::Refused(document)) if document.status == 429 => {
            let seconds = document.retry_after.unwrap_or(60);
            let mut response = refused(Refusal::Throttled(seconds), 429)?;
            response.headers_mut().set("retry-after", &seconds.to_string())?;
            return Ok(response);
        }
        Err(fail) => return Err(fail),
    };
    let mut response = reply::see_other(&target(next(form.get("next")), env).await?)?;
    response.headers_mut().set("set-cookie", &access::cookie(&session))?;
    Ok(response)
}

/// To the sign-in page, and from there back here.
pub fn ask(caller: &Caller) -> Result<Response, Fail> {
    let next = if caller.here == "/dashboard" { String::new() } else { format!("?next={}", encoded(&caller.here)) };
    reply::see_other(&format!("/dashboard/sign-in{next}"))
}

/// Ends the session.
pub async fn leave(session: &Session, env: &Env) -> Result<Response, Fail> {
    access::sign_out(env, session, false).await?;
    log::note(env, "signed out".to_owned()).await?;
    let mut response = reply::see_other("/dashboard/sign-in")?;
    response.headers_mut().set("set-cookie", &access::no_cookie())?;
    Ok(response)
}

/// The only site there is need not be chosen.
async fn target(next: &str, env: &Env) -> Result<String, Fail> {
    if next != "/dashboard" {
        return Ok(next.to_owned());
    }
    Ok(match owner::sites(env).await?.as_slice() {
        [only] => format!("/dashboard/s/{}", only.site),
        _ => next.to_owned(),
    })
}

/// Only pages of the dashboard: anything else in the address could lead the owner elsewhere.
fn next(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#');
    let ours = path == "/dashboard" || path.starts_with("/dashboard/") || path.starts_with("/dashboard?");
    if plain && ours && !path.contains("//") { path } else { "/dashboard" }
}

fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('&', "%26").replace('#', "%23").replace('+', "%2B")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_on_stays_within_the_dashboard() {
        for (path, expected) in [
            ("/dashboard/s/acme?days=7", "/dashboard/s/acme?days=7"),
            ("/dashboard", "/dashboard"),
            ("/dashboard/", "/dashboard"),
            ("", "/dashboard"),
            ("https://evil.example", "/dashboard"),
            ("//evil.example/dashboard/", "/dashboard"),
            ("/dashboard//evil.example", "/dashboard"),
            ("/dashboard/\\evil", "/dashboard"),
            ("/dashboardevil", "/dashboard"),
            ("/dashboard/\r\nset-cookie: x", "/dashboard"),
            ("/s/acme.js", "/dashboard"),
        ] {
            assert_eq!(next(path), expected, "{path}");
        }
    }
}
