//! How visitors are told apart, what is kept where, and words for the owner's own privacy notice.

use maud::{Markup, html};
use rapport_core::model::site::{Privacy, Site};
use rapport_core::problem::Problem;

use super::notice;
use crate::dashboard::layout::{self, Section, section_path};
use crate::dashboard::page::Frame;
use crate::dashboard::{embed, faults};
use crate::edit::{self, BASED_ON};

/// The page. `wanted` is the language of the notice, where one was chosen.
pub fn page(frame: &Frame<'_>, site: &Site, wanted: &str, saved: bool, problems: &[Problem]) -> Markup {
    let all = frame.lang.strings();
    let s = &all.privacy;
    let path = section_path(site, Section::Privacy);
    let device = site.privacy == Privacy::Device;
    let mode = |value: &str, on: bool, name: &str, words: &[&str]| {
        html! {
            label.choice.stack.tight {
                span.check { input type="radio" name="privacy" value=(value) checked[on]; b { (name) } }
                ul.points { @for word in words { li { (word) } } }
            }
        }
    };
    let language = notice::Language::of(if wanted.is_empty() { site.locale.as_str() } else { wanted });
    let body = html! {
        @if saved { p.notice.good role="status" { (all.saved) } }
        (faults::list(problems, frame.lang))
        section.section aria-labelledby="mode" {
            h2 #mode { (s.title) }
            div.card {
                (layout::form(frame, &path, "stack", &html! {
                    input type="hidden" name=(BASED_ON) value=(edit::mark(Some(site)));
                    fieldset.grid {
                        legend.sr { (s.title) }
                        (mode("daily", !device, s.daily, s.daily_words))
                        (mode("device", device, s.device, s.device_words))
                    }
                    p.small.soft { (s.change_words) }
                    div.actions { button.button.main type="submit" { (all.save) } }
                }))
            }
        }
        section.section aria-labelledby="where" {
            h2 #where { (s.places) }
            div.card.flush {
                div.scroll tabindex="0" role="group" aria-label=(s.places) {
                    table {
                        thead { tr { th scope="col" { (s.place) } th scope="col" { (s.what) } th scope="col" { (s.how_long) } } }
                        tbody {
                            @for (place, what, long) in rows(frame, site) {
                                tr { th scope="row" { (place) } td { (what) } td { (long) } }
                            }
                        }
                    }
                }
            }
            p.small.soft { (s.never) }
            p.small.soft { b { (s.gpc) } " " (s.gpc_words) }
        }
        section.section aria-labelledby="notice" {
            header {
                h2 #notice { (s.notice) }
                ul.actions {
                    @for other in notice::Language::ALL {
                        li { a href={ (path) "?notice=" (other.tag()) "#notice" } lang=(other.tag()) aria-current=[(other == language).then_some("true")] { (other.name()) } }
                    }
                }
            }
            div.card.stack {
                p.soft { (s.notice_words) }
                div lang=(language.tag()) { (embed::text(&notice::text(site, language), "notice-text", frame.lang)) }
            }
        }
    };
    layout::settings(frame, site, Section::Privacy, &body)
}

fn rows(frame: &Frame<'_>, site: &Site) -> Vec<(&'static str, &'static str, String)> {
    let s = &frame.lang.strings().privacy;
    let kept = notice::kept_days(site).map_or_else(|| s.until_erased.to_owned(), |days| (s.days)(days));
    let mut rows = vec![
        (s.on_device, s.unsent, s.until_sent.to_owned()),
        (s.on_device, s.asked_when, s.until_cleared.to_owned()),
        (s.on_device, s.own_answers, s.half_a_year.to_owned()),
    ];
    if site.privacy == Privacy::Device {
        rows.push((s.on_device, s.random_id, s.until_cleared.to_owned()));
    }
    rows.extend([
        (s.in_worker, s.address, s.moments.to_owned()),
        (s.in_object, s.salt, s.two_days.to_owned()),
        (s.in_object, s.answers, kept.clone()),
        (s.in_object, s.counts, s.for_good.to_owned()),
        (s.in_kv, s.answers_copy, kept),
        (s.at_cloudflare, s.cloudflare, s.by_cloudflare.to_owned()),
    ]);
    rows
}
