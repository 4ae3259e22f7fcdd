//! "Preview as this visitor": who comes, where, on what and with what behind them, and what each gate says to that. It asks
//! by GET and changes nothing, so that an address can be kept and sent.

mod asked;
mod gates;

use maud::{Markup, html};
use rapport_core::model::config::{Config, Record, State};
use rapport_core::model::placement::Placement;
use rapport_core::model::widget::Widget;
use rapport_core::name::{Name, SiteId};
use rapport_core::targeting::{Decision, Device, Outcome, decide};
use worker::{Env, Response};

use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::layout::{self, Place, Tab, widget_path};
use crate::dashboard::page::Frame;
use crate::dashboard::parts::{self, signs};
use crate::dashboard::{faults, state};
use crate::owner;
use crate::problem::Fail;
use asked::Asked;

/// The form, and what would happen.
pub async fn show(caller: &Caller, session: &Session, env: &Env, site: &SiteId, name: &Name) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let record = config.record(name.as_str()).ok_or_else(Fail::not_found)?;
    let asked = Asked::read(&caller.query, caller.now, config.site.locale.as_str());
    let live = record.versions.last().map(|version| &version.widget);
    let draft = record.draft.as_ref();
    let widget = if asked.draft { draft.or(live) } else { live.or(draft) }.ok_or_else(Fail::not_found)?;
    caller.page(page(&caller.frame(Some(&session.csrf)), &config, record, widget, &asked), 200)
}

fn page(frame: &Frame<'_>, config: &Config, record: &Record, widget: &Widget, asked: &Asked) -> Markup {
    let w = &frame.lang.strings().visitor;
    let site = &config.site;
    let path = widget_path(site, widget.name.as_str());
    let body = html! {
        div.stack {
            p.small { a href=(path) { (state::label(record)) } }
            h1 { (w.title) }
            p.soft { (w.hint) }
        }
        (faults::list(&asked.problems, frame.lang))
        div.beside {
            (form(frame, record, &format!("{path}/visitor"), asked))
            @if asked.problems.is_empty() { (verdict(frame, config, record, widget, asked)) }
        }
    };
    layout::page(frame, Place::Site(site, Tab::Widgets), w.title, &body)
}

/// What would happen, and why.
fn verdict(frame: &Frame<'_>, config: &Config, record: &Record, widget: &Widget, asked: &Asked) -> Markup {
    let s = frame.lang.strings();
    let w = &s.visitor;
    let over = matches!(widget.placement, Placement::Popover { .. } | Placement::Modal | Placement::Bar { .. });
    let inline = widget.placement == Placement::Inline;
    let situation = asked.situation(widget.name.as_str(), over);
    let decision = decide(&widget.targeting, &config.site.attention, &situation);
    let shown = asked.draft || record.state == State::Live;
    let outcome = match decision.outcome {
        _ if !shown => Outcome::Fail,
        _ if inline => Outcome::Pass,
        outcome => outcome,
    };
    let (class, words) = match outcome {
        Outcome::Pass => ("notice good", w.shown),
        Outcome::Wait => ("notice", w.waits),
        Outcome::Fail => ("notice bad", w.hidden),
    };
    html! {
        section.section aria-labelledby="verdict" {
            h2 #verdict { (w.verdict) }
            div class=(class) role="status" {
                p { b { (words) } }
                @if inline && shown { p { (w.inline) } }
                @if outcome == Outcome::Wait { p { (w.any) } }
            }
            ul.gates {
                (gate(frame, if shown { Outcome::Pass } else { Outcome::Fail }, w.state, &state::chip(record, frame.lang)))
                (rows(frame, config, widget, asked, &decision))
            }
            @if !over && !inline { p.small.soft { (w.no_budget) } }
        }
    }
}

fn rows(frame: &Frame<'_>, config: &Config, widget: &Widget, asked: &Asked, decision: &Decision) -> Markup {
    let mut traits = widget.targeting.traits.iter();
    html! {
        @for found in &decision.gates {
            @let filter = if found.code == "traits" { traits.next() } else { None };
            @let (need, is) = gates::words(found.code, &widget.targeting, &config.site.attention, filter, asked, frame.lang);
            (gate(frame, found.outcome, &need, &html! { (is) }))
        }
    }
}

/// One gate: whether it opens, what it wants, and what it found.
fn gate(frame: &Frame<'_>, outcome: Outcome, need: &str, is: &Markup) -> Markup {
    let w = &frame.lang.strings().visitor;
    let (class, sign, word) = match outcome {
        Outcome::Pass => ("pass", signs::FINE, w.pass),
        Outcome::Wait => ("wait", signs::WAIT, w.wait),
        Outcome::Fail => ("fail", signs::CROSS, w.fail),
    };
    html! {
        li class=(class) {
            (parts::sign(sign)) span.sr { (word) ": " }
            div { p { (need) } p.small.soft { (w.here) " " (is) } }
        }
    }
}

fn form(frame: &Frame<'_>, record: &Record, action: &str, asked: &Asked) -> Markup {
    let s = frame.lang.strings();
    let w = &s.visitor;
    let line = |name: &str, label: &str, value: &str, hint: Option<&str>| {
        let hint_id = hint.map(|_| format!("{name}-hint"));
        html! {
            div.field {
                label for=(name) { (label) }
                input type="text" id=(name) name=(name) value=(value) autocomplete="off" aria-describedby=[hint_id.as_deref()];
                @if let Some(hint) = hint { p.hint id=[hint_id.as_deref()] { (hint) } }
            }
        }
    };
    let number = |name: &str, label: &str, value: &str, most: u32| {
        html! { div.field { label for=(name) { (label) } input type="number" id=(name) name=(name) value=(value) min="0" max=(most) step="1"; } }
    };
    let area = |name: &str, label: &str, value: &str, hint: &str| {
        html! { div.field { label for=(name) { (label) } textarea id=(name) name=(name) rows="2" spellcheck="false" aria-describedby={ (name) "-hint" } { "\n" (value) } p.hint id={ (name) "-hint" } { (hint) } } }
    };
    let tick = |name: &str, label: &str, on: bool| {
        html! { label.check { input type="checkbox" name=(name) value="yes" checked[on]; (label) } }
    };
    let devices = [
        (Device::Phone, s.responses.phone),
        (Device::Tablet, s.responses.tablet),
        (Device::Desktop, s.responses.desktop),
    ];
    let t = &asked.typed;
    html! {
        form.card.stack method="get" action=(action) {
            @if record.draft.is_some() && !record.versions.is_empty() {
                fieldset.stack { legend { h2 { (w.which) } }
                    label.check { input type="radio" name="of" value="live" checked[!asked.draft]; (w.live) }
                    label.check { input type="radio" name="of" value="draft" checked[asked.draft]; (w.draft) }
                }
            } @else if record.versions.is_empty() { input type="hidden" name="of" value="draft"; }
            fieldset.stack { legend { h2 { (w.where_) } }
                (line("page", w.page, &t.page, Some(w.page_hint)))
                div.field { label for="device" { (w.device) } select id="device" name="device" { @for (device, word) in devices { option value=(device.as_str()) selected[device == asked.device] { (word) } } } }
                (line("language", w.language, &asked.language, None))
                (line("day", w.day, &t.day, Some(w.day_hint)))
            }
            fieldset.stack { legend { h2 { (w.who) } }
                (number("visits", w.visits, &t.visits, 10_000))
                (area("traits", w.traits, &t.traits, w.traits_hint))
                (number("lot", w.lot, &t.lot, 99))
            }
            fieldset.stack { legend { h2 { (w.now) } }
                div.pair { (number("seconds", w.seconds, &t.seconds, 86_400)) (number("scrolled", w.scrolled, &t.scrolled, 100)) }
                (tick("leaving", w.leaving, asked.leaving))
                (tick("clicked", w.clicked, asked.clicked))
                (area("events", w.events, &t.events, w.events_hint))
            }
            fieldset.stack { legend { h2 { (w.past) } }
                p.hint { (w.past_hint) }
                div.pair { (number("shown", w.last_shown, &t.shown, 10_000)) (number("answered", w.last_answered, &t.answered, 10_000)) }
                div.pair { (number("invited", w.last_invited, &t.invited, 10_000)) (number("invitations", w.invitations, &t.invitations, 200)) }
            }
            div.actions { button.button.main type="submit" { (w.try_it) } }
        }
    }
}
