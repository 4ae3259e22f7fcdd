//! Which address means what. Names are checked here once; behind this point a site id is a [`SiteId`].

use rapport_core::id;
use rapport_core::name::{Name, SiteId};
use worker::Method;

use crate::edge::draw::Way as Lot;
use crate::edge::loyalty::Act;
use crate::edge::me::Way;
use crate::problem::Fail;

/// Everything that can be asked of the Worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `GET /s/{site}.js`: loader and manifest in one.
    Script(SiteId),
    /// `GET /m/{site}`: the manifest alone.
    Manifest(SiteId),
    /// `POST /e/{site}`: views and a response.
    Ingest(SiteId),
    /// `OPTIONS /e/{site}`: what browsers ask before they post JSON from another origin.
    Preflight,
    /// `GET /f/{site}/{widget}`: the hosted page. Never records anything.
    Form(SiteId, Name),
    /// `POST /f/{site}/{widget}`: the same form, posted without scripts.
    Post(SiteId, Name),
    /// `GET /f/{site}/{widget}.css`: the styles of the hosted page, which its strict policy wants in a file.
    Style(SiteId, Name),
    /// `/me/{site}…`: what the owner says to those who answered.
    Me(SiteId, Way),
    /// `/draw/{site}…`: prize draws, for anybody to check.
    Draw(SiteId, Lot),
    /// `GET /board/{site}`: the leaderboard.
    Board(SiteId),
    /// `GET /badge/{site}/{widget}.svg` or `.json`.
    Badge(SiteId, Name, Picture),
    /// `GET /healthz`.
    Health,
    /// `GET /`.
    Home,
    /// `/dashboard…`.
    Dashboard,
    /// `/api/v1/…`, for the owner's own programs: its addresses are those of [`crate::owner::api::AREAS`].
    Api,
}

/// What a badge is sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    Svg,
    Json,
}

/// A step in a widget's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Publish,
    Pause,
    Resume,
    End,
    Discard,
}

/// Reads method and path.
///
/// # Errors
/// 404 for addresses that do not exist, ill-formed names among them; 405 for the wrong method.
pub fn route(method: &Method, path: &str) -> Result<Route, Fail> {
    let mut parts = path.strip_prefix('/').unwrap_or(path).split('/');
    let first = parts.next().unwrap_or_default();
    if first == "dashboard" {
        return Ok(Route::Dashboard);
    }
    let rest: Vec<&str> = parts.collect();
    match (first, rest.as_slice()) {
        ("", []) => get(method, Route::Home),
        ("healthz", []) => get(method, Route::Health),
        ("s", [file]) => {
            let site = site(file.strip_suffix(".js").ok_or_else(Fail::not_found)?)?;
            get(method, Route::Script(site))
        }
        ("m", [id]) => get(method, Route::Manifest(site(id)?)),
        ("e", [id]) => {
            let site = site(id)?;
            match method {
                Method::Post => Ok(Route::Ingest(site)),
                Method::Options => Ok(Route::Preflight),
                _ => Err(Fail::method()),
            }
        }
        ("f", [id, widget]) => {
            let site = site(id)?;
            if let Some(widget) = widget.strip_suffix(".css") {
                return get(method, Route::Style(site, name(widget)?));
            }
            let widget = name(widget)?;
            if *method == Method::Post { Ok(Route::Post(site, widget)) } else { get(method, Route::Form(site, widget)) }
        }
        ("me", rest) => me(method, rest),
        ("draw", [file]) => {
            get(method, Route::Draw(site(file.strip_suffix(".css").ok_or_else(Fail::not_found)?)?, Lot::Style))
        }
        ("draw", [id, draw]) => {
            let way = match draw.strip_suffix(".json") {
                Some(draw) => Lot::Data(name(draw)?),
                None => Lot::Page(name(draw)?),
            };
            get(method, Route::Draw(site(id)?, way))
        }
        ("board", [id]) => get(method, Route::Board(site(id)?)),
        ("badge", [id, file]) => {
            let (stem, picture) = match file.rsplit_once('.') {
                Some((stem, "svg")) => (stem, Picture::Svg),
                Some((stem, "json")) => (stem, Picture::Json),
                _ => return Err(Fail::not_found()),
            };
            get(method, Route::Badge(site(id)?, name(stem)?, picture))
        }
        ("api", ["v1", ..]) => Ok(Route::Api),
        _ => Err(Fail::not_found()),
    }
}

impl Step {
    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "publish" => Some(Self::Publish),
            "pause" => Some(Self::Pause),
            "resume" => Some(Self::Resume),
            "end" => Some(Self::End),
            "discard" => Some(Self::Discard),
            _ => None,
        }
    }
}

fn me(method: &Method, parts: &[&str]) -> Result<Route, Fail> {
    let (id, response) = match parts {
        [file] => match file.strip_suffix(".css") {
            Some(id) => return get(method, Route::Me(site(id)?, Way::Style)),
            None => (site(file)?, None),
        },
        [id, act] if Act::parse(act).is_some() => {
            let (site, act) = (site(id)?, Act::parse(act).ok_or_else(Fail::not_found)?);
            return match method {
                Method::Post => Ok(Route::Me(site, Way::Act(act))),
                Method::Options => Ok(Route::Preflight),
                _ => Err(Fail::method()),
            };
        }
        [id, response] if id::moment(response).is_some() => (site(id)?, Some((*response).to_owned())),
        _ => return Err(Fail::not_found()),
    };
    match (method, response) {
        (Method::Options, _) => Ok(Route::Preflight),
        (Method::Post, None) => Ok(Route::Me(id, Way::Ask)),
        (Method::Post, Some(response)) => Ok(Route::Me(id, Way::Say(response))),
        (_, Some(response)) => get(method, Route::Me(id, Way::Page(response))),
        (_, None) => Err(Fail::method()),
    }
}

fn get(method: &Method, route: Route) -> Result<Route, Fail> {
    match method {
        Method::Get | Method::Head => Ok(route),
        _ => Err(Fail::method()),
    }
}

fn site(text: &str) -> Result<SiteId, Fail> {
    SiteId::parse(text).map_err(|_| Fail::not_found())
}

fn name(text: &str) -> Result<Name, Fail> {
    Name::parse(text).map_err(|_| Fail::not_found())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: Method, path: &str, expected: Result<Route, u16>) {
        let found = route(&method, path).map_err(|fail| fail.into_document().status);
        assert_eq!(found, expected, "{method:?} {path}");
    }

    #[test]
    fn addresses() {
        let acme = || SiteId::parse("acme").unwrap();
        let nps = || Name::parse("nps").unwrap();
        check(Method::Get, "/", Ok(Route::Home));
        check(Method::Get, "/s/acme.js", Ok(Route::Script(acme())));
        check(Method::Head, "/s/acme.js", Ok(Route::Script(acme())));
        check(Method::Post, "/s/acme.js", Err(405));
        check(Method::Get, "/s/acme", Err(404));
        check(Method::Get, "/s/ACME.js", Err(404));
        check(Method::Get, "/s/../x.js", Err(404));
        check(Method::Get, "/m/acme", Ok(Route::Manifest(acme())));
        check(Method::Post, "/e/acme", Ok(Route::Ingest(acme())));
        check(Method::Options, "/e/acme", Ok(Route::Preflight));
        check(Method::Get, "/e/acme", Err(405));
        let id = "0199a6e2-5c00-7abc-8def-0123456789ab";
        check(Method::Post, "/me/acme", Ok(Route::Me(acme(), Way::Ask)));
        check(Method::Get, "/me/acme", Err(405));
        check(Method::Get, "/me/acme.css", Ok(Route::Me(acme(), Way::Style)));
        check(Method::Get, &format!("/me/acme/{id}"), Ok(Route::Me(acme(), Way::Page(id.to_owned()))));
        check(Method::Post, &format!("/me/acme/{id}"), Ok(Route::Me(acme(), Way::Say(id.to_owned()))));
        check(Method::Options, &format!("/me/acme/{id}"), Ok(Route::Preflight));
        check(Method::Post, "/me/acme/check-in", Ok(Route::Me(acme(), Way::Act(Act::CheckIn))));
        check(Method::Get, "/me/acme/check-in", Err(405));
        check(Method::Post, "/me/acme/steal", Err(404));
        check(Method::Get, "/me/acme/1", Err(404));
        check(Method::Post, "/e/ac%2fme", Err(404));
        check(Method::Get, "/f/acme/nps", Ok(Route::Form(acme(), nps())));
        check(Method::Post, "/f/acme/nps", Ok(Route::Post(acme(), nps())));
        check(Method::Get, "/f/acme/nps.css", Ok(Route::Style(acme(), nps())));
        check(Method::Get, "/draw/acme/nps", Ok(Route::Draw(acme(), Lot::Page(nps()))));
        check(Method::Get, "/draw/acme/nps.json", Ok(Route::Draw(acme(), Lot::Data(nps()))));
        check(Method::Get, "/draw/acme.css", Ok(Route::Draw(acme(), Lot::Style)));
        check(Method::Post, "/draw/acme/nps", Err(405));
        check(Method::Get, "/draw/acme", Err(404));
        check(Method::Get, "/board/acme", Ok(Route::Board(acme())));
        check(Method::Get, "/badge/acme/nps.svg", Ok(Route::Badge(acme(), nps(), Picture::Svg)));
        check(Method::Get, "/badge/acme/nps.png", Err(404));
        check(Method::Get, "/dashboard", Ok(Route::Dashboard));
        check(Method::Post, "/dashboard/sign-in", Ok(Route::Dashboard));
        check(Method::Get, "/healthz", Ok(Route::Health));
        check(Method::Get, "/api/v1/sites", Ok(Route::Api));
        check(Method::Get, "/api/v2/sites", Err(404));
        check(Method::Get, "/wp-login.php", Err(404));
    }
}
