//! The list of sites.

use maud::{Markup, html};

use crate::dashboard::layout::{self, Place};
use crate::dashboard::page::Frame;
use crate::dashboard::parts::{self, signs};

/// A site in the list.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

/// All sites.
pub fn list(frame: &Frame<'_>, sites: &[Listed<'_>]) -> Markup {
    let s = frame.lang.strings();
    let body = html! {
        div.head {
            h1 { (s.sites.title) }
            a.button.main href="/dashboard/new" { (s.sites.new) }
        }
        @if sites.is_empty() {
            div.card.empty {
                (parts::sign(signs::CHART))
                h2 { (s.sites.none) }
                p { (s.sites.none_hint) }
                a.button.main href="/dashboard/new" { (s.sites.new) }
            }
        } @else {
            ul.grid {
                @for site in sites {
                    li.card.stack {
                        h2 { a href={ "/dashboard/s/" (site.id) } { (site.name) } }
                        p.small.soft { code { (site.id) } }
                    }
                }
            }
        }
    };
    layout::page(frame, Place::Sites, s.sites.title, &body)
}
