//! The page: a secret, a token, a page, and whether it works.

use maud::{Markup, html};
use rapport_core::loyalty::token::Invalid;
use rapport_core::model::site::Site;

use super::super::frame::{self as loyalty, Section};
use super::{Shown, snippets};
use crate::command::signer::{Checked, Known, Signers};
use crate::dashboard::page::Frame;
use crate::dashboard::strings::shop::Shop;
use crate::dashboard::{embed, format, layout};

/// The page.
pub fn page(frame: &Frame<'_>, site: &Site, signers: &Signers, shown: &Shown<'_>) -> Markup {
    let s = &frame.lang.strings().shop;
    let path = loyalty::path(site, Section::Connect);
    let body = html! {
        div.stack { h1 { (s.title) } p.soft { (s.lead) } }
        @if shown.ended { p.notice.good role="status" { (s.ended) } }
        section.section aria-labelledby="secret" {
            h2 #secret { "1. " (s.secret) }
            div.card.stack { (secret(frame, &path, signers, shown)) }
        }
        section.section aria-labelledby="token" {
            h2 #token { "2. " (s.token) }
            div.card.stack.tight {
                p { (s.token_words) }
                @for snippet in &snippets::ALL {
                    details.fold {
                        summary { h3 { (snippet.title) } }
                        div.stack {
                            @match snippet.id {
                                "shopify" => p.small { (s.shopify) },
                                "wordpress" => p.small { (s.wordpress) },
                                _ => {}
                            }
                            (embed::line(&snippet.of(site), snippet.id, frame.lang))
                        }
                    }
                }
            }
        }
        section.section aria-labelledby="place" {
            h2 #place { "3. " (s.place) }
            div.card.stack {
                p { (s.place_words) }
                (embed::line(snippets::PAGE, "identify", frame.lang))
                p.small.soft { (s.place_more) }
            }
        }
        section.section aria-labelledby="check" {
            h2 #check { "4. " (s.check) }
            div.card.stack { (check(frame, &path, signers, shown)) }
        }
    };
    loyalty::page(frame, site, Section::Connect, &body)
}

fn secret(frame: &Frame<'_>, path: &str, signers: &Signers, shown: &Shown<'_>) -> Markup {
    let s = &frame.lang.strings().shop;
    html! {
        @if let Some(secret) = shown.secret {
            p.notice.good role="status" { (s.once) }
            (embed::line(secret, "new-secret", frame.lang))
        } @else if signers.secrets.is_empty() {
            p { (s.none) }
        }
        @if !signers.secrets.is_empty() {
            ul.rows { @for known in &signers.secrets { li { (one(frame, path, known)) } } }
        }
        @if signers.secrets.is_empty() {
            (layout::form(frame, path, "", &html! {
                input type="hidden" name="do" value="make";
                button.button.main type="submit" { (s.make) }
            }))
        } @else {
            details {
                summary { (s.rotate) "…" }
                (layout::form(frame, path, "stack", &html! {
                    input type="hidden" name="do" value="make";
                    p.small { (s.rotate_words) }
                    div.actions { button.button type="submit" { (s.rotate) } }
                }))
            }
        }
    }
}

fn one(frame: &Frame<'_>, path: &str, known: &Known) -> Markup {
    let s = &frame.lang.strings().shop;
    let made = format::ago(known.created, frame.now, frame.lang);
    html! {
        div.stack.tight {
            p { code { "rms_…" } " " ((s.made)(&made)) }
            @if let Some(until) = known.until {
                p.small.soft { ((s.until)(&format::full_day(until.day(), frame.lang))) }
            }
            details {
                summary { (s.end) "…" }
                (layout::form(frame, path, "stack", &html! {
                    input type="hidden" name="do" value="end";
                    input type="hidden" name="id" value=(known.id);
                    p.small { (s.end_words) }
                    div.actions { button.button.risk type="submit" { (s.end) } }
                }))
            }
        }
    }
}

fn check(frame: &Frame<'_>, path: &str, signers: &Signers, shown: &Shown<'_>) -> Markup {
    let s = &frame.lang.strings().shop;
    let typed = shown.tried.as_ref().map_or("", |(token, _)| token);
    html! {
        p { (s.check_words) }
        @if let Some((_, checked)) = &shown.tried { (verdict(frame, checked)) }
        (layout::form(frame, &format!("{path}#check"), "stack", &html! {
            input type="hidden" name="do" value="check";
            div.field {
                label for="tried" { (s.tried) }
                textarea #tried name="token" rows="3" required maxlength="4000" autocapitalize="none" spellcheck="false" { (typed) }
            }
            div.actions { button.button type="submit" { (s.check_button) } }
        }))
        @if !signers.refused.is_empty() {
            h3 { (s.refused) }
            ul.rows {
                @for refused in &signers.refused {
                    li { div.stack.tight {
                        p { (why(s, &refused.why)) }
                        p.small.soft { (format::ago(refused.at, frame.now, frame.lang)) }
                    } }
                }
            }
        }
    }
}

fn verdict(frame: &Frame<'_>, checked: &Checked) -> Markup {
    let s = &frame.lang.strings().shop;
    html! {
        @match &checked.why {
            Some(word) => p.notice.bad role="status" { (s.invalid) " " (why(s, word)) },
            None => p.notice.good role="status" { ((s.valid)(&checked.member)) },
        }
    }
}

/// Why a token was refused, and what to do about it.
fn why(s: &Shop, word: &str) -> &'static str {
    match Invalid::parse(word) {
        Some(Invalid::NoSecret) => s.why_no_secret,
        Some(Invalid::TooLong) => s.why_too_long,
        Some(Invalid::Algorithm) => s.why_algorithm,
        Some(Invalid::Signature) => s.why_signature,
        Some(Invalid::Claims) => s.why_claims,
        Some(Invalid::Site) => s.why_site,
        Some(Invalid::Member) => s.why_member,
        Some(Invalid::Early) => s.why_early,
        Some(Invalid::Expired) => s.why_expired,
        Some(Invalid::Life) => s.why_life,
        Some(Invalid::Malformed) | None => s.why_malformed,
    }
}
