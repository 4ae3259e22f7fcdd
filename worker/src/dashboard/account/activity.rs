//! The log of what was done.

use maud::{Markup, html};

use crate::command::Noted;
use crate::dashboard::format;
use crate::dashboard::layout::{self, Place};
use crate::dashboard::page::Frame;
use crate::owner::log;

/// Lines on one page.
const PAGE: usize = 100;
const PATH: &str = "/dashboard/account/activity";

/// Which lines.
#[derive(Clone, Copy, Debug)]
pub struct Filter<'a> {
    pub who: &'a str,
    pub site: &'a str,
    pub page: usize,
}

/// The page.
pub fn page(frame: &Frame<'_>, lines: &[Noted], filter: Filter<'_>) -> Markup {
    let all = frame.lang.strings();
    let s = &all.account;
    let distinct = |words: Vec<&str>| {
        let mut words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).map(str::to_owned).collect();
        words.sort();
        words.dedup();
        words
    };
    let who = distinct(lines.iter().map(|line| line.who.as_str()).collect());
    let sites = distinct(lines.iter().filter_map(|line| log::parts(&line.what).0).collect());
    let fits = |line: &&Noted| {
        (filter.who.is_empty() || line.who == filter.who)
            && (filter.site.is_empty() || log::parts(&line.what).0 == Some(filter.site))
    };
    let found: Vec<&Noted> = lines.iter().filter(fits).collect();
    let shown: Vec<&&Noted> = found.iter().skip(filter.page.saturating_mul(PAGE)).take(PAGE).collect();
    let more = found.len() > filter.page.saturating_add(1).saturating_mul(PAGE);
    let select = |id: &str, label: &str, any: &str, options: &[String], chosen: &str, words: fn(&str) -> String| {
        html! {
            div.field {
                label for=(id) { (label) }
                select id=(id) name=(id) {
                    option value="" { (any) }
                    @for option in options { option value=(option) selected[option == chosen] { (words(option)) } }
                }
            }
        }
    };
    let body = html! {
        div.stack {
            p.small { a href="/dashboard/account" { (s.title) } }
            h1 { (s.activity) }
            p.soft { (s.activity_words) }
        }
        form.card.inline method="get" action=(PATH) {
            (select("who", s.who, s.anybody, &who, filter.who, s.actor))
            (select("site", s.site, s.any_site, &sites, filter.site, str::to_owned))
            button.button type="submit" { (all.show) }
        }
        @if shown.is_empty() {
            div.card.empty { p { (s.no_lines) } }
        } @else {
            div.card.flush {
                div.scroll tabindex="0" role="group" aria-label=(s.activity) {
                    table {
                        thead { tr { th scope="col" { (s.what) } th scope="col" { (s.when) } } }
                        tbody {
                            @for line in &shown {
                                @let (site, what) = log::parts(&line.what);
                                tr {
                                    td {
                                        p { @if let Some(site) = site { code { (site) } " " } ((s.line)(what)) }
                                        p.small.soft { ((s.actor)(&line.who)) }
                                    }
                                    td { time datetime=(format::machine_moment(line.at)) { (format::moment(line.at)) } }
                                }
                            }
                        }
                    }
                }
            }
            @if more {
                // Who and site come from the log itself, which holds no character that would need to be encoded but blanks.
                @let keep = |name: &str, value: &str| format!("&{name}={}", value.replace('%', "%25").replace('&', "%26").replace('#', "%23").replace('+', "%2B").replace(' ', "+"));
                p { a.button href={ (PATH) "?page=" (filter.page.saturating_add(1)) (keep("who", filter.who)) (keep("site", filter.site)) } { (s.older) } }
            }
        }
    };
    layout::page(frame, Place::Sites, s.activity, &body)
}
