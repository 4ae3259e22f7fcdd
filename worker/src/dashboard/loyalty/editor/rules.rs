//! What earns points: one card for each rule, which reads as a sentence and opens to its fields.

use maud::{Markup, html};
use rapport_core::model::widget::Kind;

use super::part::{Part, card, period};
use crate::dashboard::editor::sheet::{Line, Sheet, nothing};
use crate::dashboard::loyalty::say;

/// What can happen, in the order in which it is offered.
const TRIGGERS: [&str; 9] =
    ["check_in", "response", "purchase", "referral", "birthday", "profile", "poll", "quiz", "event"];

/// The rules.
pub fn section(part: &Part<'_>) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let rules = sheet.draft.0.list("rules");
    html! {
        section.section aria-labelledby="rules" {
            h2 #rules { (s.rules) }
            @for wrong in sheet.wrong("rules") { p.wrong { (wrong) } }
            @if rules.is_empty() { p.soft { (s.no_rules) } }
            ol.cards data-list="rules" {
                @for index in 0..rules.len() { (rule(part, index, rules.len())) }
            }
            div.adding role="group" aria-label=(s.add_rule) {
                @for word in TRIGGERS {
                    (sheet.button(&format!("add:rules:{word}"), "button small", &format!("+ {}", say::trigger(word, s)), &format!("{}: {}", s.add_rule, say::trigger(word, s))))
                }
            }
        }
    }
}

fn rule(part: &Part<'_>, index: usize, of: usize) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let at = format!("rules[{index}]");
    let path = |rest: &str| format!("{at}.{rest}");
    let word = sheet.get(&path("when.type"));
    let said =
        part.program.and_then(|program| program.rules.get(index).map(|rule| say::rule(rule, program, sheet.lang)));
    let body = html! {
        div.pair {
            (sheet.line(&path("points"), s.points, "", Line::Number))
            @match word {
                "purchase" => {
                    (sheet.line(&path("when.per"), s.per, "", Line::Number))
                    (sheet.line(&path("when.at_least"), s.at_least, s.at_least_hint, Line::Number))
                },
                "quiz" => (sheet.line(&path("when.pass"), s.pass, "", Line::Number)),
                "event" => (sheet.line(&path("when.event"), s.event_name, s.event_hint, Line::Code)),
                _ => {},
            }
        }
        @match word {
            "check_in" => (streaks(sheet, part, &path("when.streaks"))),
            "response" => (widgets(part, &path("when.widgets"), |kind| kind.asks() && !matches!(kind, Kind::Poll | Kind::Quiz))),
            "poll" => (widgets(part, &path("when.widgets"), |kind| kind == Kind::Poll)),
            "quiz" => (widgets(part, &path("when.widgets"), |kind| kind == Kind::Quiz)),
            _ => {},
        }
        div.pair {
            (sheet.line(&path("cap.times"), s.times, s.times_hint, Line::Number))
            (sheet.select(&path("cap.per"), s.per_period, &period(s), false))
        }
        div.pair {
            (sheet.line(&path("cooldown"), s.cooldown, "", Line::Number))
            (sheet.field(&path("cooldown_unit"), s.day_units, "", |field| {
                sheet.choose(&path("cooldown_unit"), unit(sheet.get(&path("cooldown_unit"))), &[("minutes", s.minutes), ("hours", s.hours), ("days", s.day_units)], false, field)
            }))
        }
        div.pair {
            (sheet.line(&path("from"), s.from, "", Line::Day))
            (sheet.line(&path("until"), s.until, "", Line::Day))
        }
        (sheet.tick(&path("multiplied"), s.multiplied, false))
        (sheet.text(&path("label"), s.label, s.label_usual))
    };
    let title = say::trigger(word, s);
    card(sheet, &at, (index, of), title, &said.unwrap_or_default(), &body)
}

fn unit(word: &str) -> &str {
    if word.is_empty() { "hours" } else { word }
}

fn streaks(sheet: &Sheet<'_>, part: &Part<'_>, at: &str) -> Markup {
    let s = part.words();
    html! {
        fieldset.filters {
            legend { (s.streaks) }
            @for index in 0..sheet.draft.0.list(at).len() {
                @let item = format!("{at}[{index}]");
                div.filter {
                    div.pair {
                        (sheet.line(&format!("{item}.days"), s.days, "", Line::Number))
                        (sheet.line(&format!("{item}.bonus"), s.bonus, "", Line::Number))
                        div.aside { (sheet.tick(&format!("{item}.repeats"), s.repeats, false)) }
                    }
                    (sheet.button(&format!("drop:{item}"), "button small quiet", sheet.words().drop, &format!("{}: {}", sheet.words().drop, s.streaks)))
                }
            }
            (sheet.button(&format!("insert:{at}"), "button small quiet", &format!("+ {}", s.add_streak), ""))
        }
    }
}

/// Boxes for the site's widgets of these kinds.
fn widgets(part: &Part<'_>, at: &str, fits: impl Fn(Kind) -> bool) -> Markup {
    let (sheet, s) = (part.sheet, part.words());
    let chosen: Vec<&str> = sheet.draft.0.list(at).iter().map(|name| name.text("")).collect();
    let offered: Vec<(&str, &str)> = part
        .config
        .widgets
        .iter()
        .filter_map(|record| {
            let widget = record.draft.as_ref().or(record.versions.last().map(|version| &version.widget))?;
            fits(widget.kind).then_some((widget.name.as_str(), widget.label.as_str()))
        })
        .collect();
    // What is gone from the site meanwhile can still be taken off.
    let gone = chosen.iter().filter(|name| !name.is_empty() && !offered.iter().any(|(known, _)| known == *name));
    let all: Vec<(&str, &str)> = offered.iter().copied().chain(gone.map(|name| (*name, *name))).collect();
    for index in all.len()..chosen.len() {
        sheet.note(&format!("{at}[{index}]"));
    }
    if all.is_empty() {
        return nothing();
    }
    html! {
        fieldset.ticks {
            legend { (s.widgets) }
            @for (index, (name, label)) in all.iter().enumerate() {
                @let path = format!("{at}[{index}]");
                label.check { input type="checkbox" name=(sheet.note(&path)) value=(name) checked[chosen.contains(name)]; (label) }
            }
            p.hint { (s.widgets_hint) }
        }
    }
}
