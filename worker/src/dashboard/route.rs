//! The dashboard's addresses, below `/dashboard`.

use rapport_core::name::{Name, SiteId};

use crate::dashboard::{account, connect, data, editor, inbox, install, loyalty, settings};
use crate::route::Step;

/// What an address means. Pages are read by GET and changed by POST at the same address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `/dashboard`: the sites.
    Sites,
    /// `/dashboard/sign-in`.
    SignIn,
    /// `/dashboard/sign-out`, by POST only.
    SignOut,
    /// `/dashboard/new`: a new site.
    NewSite,
    /// `/dashboard/account…`: sessions, the key, the log.
    Account(account::Way),
    /// `/dashboard/s/{site}`.
    Overview(SiteId),
    /// `/dashboard/s/{site}/pulse`: whether anything happened today, as an ETag.
    Pulse(SiteId),
    /// `/dashboard/s/{site}/widgets`.
    Widgets(SiteId),
    /// `/dashboard/s/{site}/new`: a new widget.
    NewWidget(SiteId),
    /// `/dashboard/s/{site}/new/pictures.css`: how the pictures in the gallery look.
    Pictures(SiteId),
    /// `/dashboard/s/{site}/widgets/{widget}`.
    Widget(SiteId, Name),
    /// `/dashboard/s/{site}/widgets/{widget}/versions`: what differs between them; by POST, restoring one.
    Versions(SiteId, Name),
    /// `/dashboard/s/{site}/widgets/{widget}/visitor`: what one visitor would see.
    Visitor(SiteId, Name),
    /// `/dashboard/s/{site}/widgets/{widget}/edit` and what belongs to it.
    Edit(SiteId, Name, editor::Way),
    /// `/dashboard/s/{site}/widgets/{widget}/publish` and so on, by POST only.
    Step(SiteId, Name, Step),
    /// `/dashboard/s/{site}/responses…`: the inbox.
    Inbox(SiteId, inbox::Way),
    /// `/dashboard/s/{site}/settings…`.
    Settings(SiteId, settings::Way),
    /// `/dashboard/tokens`.
    Tokens,
    /// `/dashboard/s/{site}/settings/connect…`: webhooks, chats, digests.
    Connect(SiteId, connect::Way),
    /// `/dashboard/s/{site}/settings/data…`: export, import, erasing, retention.
    Data(SiteId, data::Way),
    /// `/dashboard/s/{site}/loyalty…`: the programme, rewards, members.
    Loyalty(SiteId, loyalty::Way),
    /// `/dashboard/s/{site}/install…`: putting it on the site.
    Install(SiteId, install::Way),
}

impl Route {
    /// Reads a path; ill-formed names lead nowhere.
    pub fn parse(path: &str) -> Option<Self> {
        let rest = path.strip_prefix("/dashboard")?;
        let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Some(Self::Sites),
            ["sign-in"] => Some(Self::SignIn),
            ["sign-out"] => Some(Self::SignOut),
            ["new"] => Some(Self::NewSite),
            ["account", rest @ ..] => Some(Self::Account(account::Way::parse(rest)?)),
            ["tokens"] => Some(Self::Tokens),
            ["s", site, rest @ ..] => Self::of_site(SiteId::parse(site).ok()?, rest),
            _ => None,
        }
    }

    fn of_site(site: SiteId, parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::Overview(site)),
            ["pulse"] => Some(Self::Pulse(site)),
            ["widgets"] => Some(Self::Widgets(site)),
            ["new"] => Some(Self::NewWidget(site)),
            ["new", "pictures.css"] => Some(Self::Pictures(site)),
            ["responses", rest @ ..] => Some(Self::Inbox(site, inbox::Way::parse(rest)?)),
            ["loyalty", rest @ ..] => Some(Self::Loyalty(site, loyalty::Way::parse(rest)?)),
            ["install", rest @ ..] => Some(Self::Install(site, install::Way::parse(rest)?)),
            ["settings"] => Some(Self::Settings(site, settings::Way::General)),
            ["settings", "data", rest @ ..] => Some(Self::Data(site, data::Way::parse(rest)?)),
            ["settings", "usage"] => Some(Self::Settings(site, settings::Way::Usage)),
            ["settings", "delete"] => Some(Self::Settings(site, settings::Way::Delete)),
            ["settings", "privacy"] => Some(Self::Settings(site, settings::Way::Privacy)),
            ["settings", "connect", rest @ ..] => Some(Self::Connect(site, connect::Way::parse(rest)?)),
            ["widgets", widget] => Some(Self::Widget(site, Name::parse(widget).ok()?)),
            ["widgets", widget, "versions"] => Some(Self::Versions(site, Name::parse(widget).ok()?)),
            ["widgets", widget, "visitor"] => Some(Self::Visitor(site, Name::parse(widget).ok()?)),
            ["widgets", widget, way] if editor::Way::parse(way).is_some() => {
                Some(Self::Edit(site, Name::parse(widget).ok()?, editor::Way::parse(way)?))
            }
            ["widgets", widget, step] => Some(Self::Step(site, Name::parse(widget).ok()?, Step::parse(step)?)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod examples;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let (acme, nps) = (|| SiteId::parse("acme").unwrap(), || Name::parse("nps").unwrap());
        for (path, route) in [
            ("/dashboard", Some(Route::Sites)),
            ("/dashboard/", Some(Route::Sites)),
            ("/dashboard/sign-in", Some(Route::SignIn)),
            // A site may be called what it likes: its pages stand below `s`.
            ("/dashboard/s/sign-in", Some(Route::Overview(SiteId::parse("sign-in").unwrap()))),
            ("/dashboard/s/acme/new", Some(Route::NewWidget(acme()))),
            ("/dashboard/s/acme/widgets/new", Some(Route::Widget(acme(), Name::parse("new").unwrap()))),
            ("/dashboard/s/acme/widgets/nps/edit", Some(Route::Edit(acme(), nps(), editor::Way::Form))),
            ("/dashboard/s/acme/widgets/nps/publish", Some(Route::Step(acme(), nps(), Step::Publish))),
            ("/dashboard/s/acme/widgets/nps/explode", None),
            ("/dashboard/s/ACME", None),
            ("/dashboard/s/acme/widgets/NPS", None),
            ("/dashboard/x", None),
            ("/dashboards", None),
        ] {
            assert_eq!(Route::parse(path), route, "{path}");
        }
    }
}
