//! Who sees it, where, when and for how long.

use maud::{Markup, html};

use super::sheet::{Line, Sheet, fold};

/// Targeting, schedule and caps.
pub fn section(sheet: &Sheet<'_>, about: &str) -> Markup {
    let s = sheet.words();
    let path = |rest: &str| format!("targeting.{rest}");
    let line = |rest: &str, label: &str, hint: &str, line: Line| sheet.line(&path(rest), label, hint, line);
    let placed = !matches!(sheet.get("placement.type"), "" | "inline");
    let body = html! {
        div.pair {
            (line("pages", s.on_pages, s.pages_hint, Line::Lines))
            (line("not_pages", s.off_pages, "", Line::Lines))
        }
        (lines_wrong(sheet, "pages")) (lines_wrong(sheet, "not_pages"))
        fieldset.stack {
            legend { (s.comes_up) }
            p.hint { (s.comes_hint) }
            div.pair {
                (line("delay_seconds", s.delay, "", Line::Number))
                (line("scroll_percent", s.scrolled, "", Line::Number))
            }
            (sheet.tick(&path("exit_intent"), s.leaving, false))
            div.pair {
                (line("click", s.clicked, "", Line::Code))
                (line("event.name", s.event, "", Line::Code))
            }
            @if !sheet.get("targeting.event.name").is_empty() { (filters(sheet, "targeting.event.filters", s.event_if)) }
        }
        fieldset.stack {
            legend { (s.visitors) }
            (devices(sheet))
            div.pair {
                (sheet.select(&path("visitors"), s.visitors, &[("", s.everybody), ("new", s.new), ("returning", s.returning)], false))
                (line("min_visits", s.min_visits, "", Line::Number))
            }
            (line("languages", s.languages_only, s.languages_hint, Line::Lines))
            (lines_wrong(sheet, "languages"))
            (filters(sheet, "targeting.traits", s.traits))
            (line("sample_percent", s.sample, "", Line::Number))
        }
        div.pair {
            (sheet.select(&path("frequency"), s.frequency, &[("", s.usually), ("always", s.every_time), ("once", s.once), ("until_answered", s.until_answered), ("every_days", s.every_days)], true))
            @if sheet.get("targeting.frequency") == "every_days" { (line("every_days", s.days, "", Line::Number)) }
        }
        @for wrong in sheet.wrong("targeting.frequency.every_days") { p.wrong { (wrong) } }
        @if placed { (sheet.tick(&path("ignore_budget"), s.ignore_budget, false)) }
        div.pair {
            (line("from", s.from, "", Line::Day))
            (line("until", s.until, "", Line::Day))
            (sheet.line("stop_after", s.stop_after, "", Line::Number))
            @if sheet.get("kind") == "quiz" {
                @let quiz = &sheet.lang.strings().quiz;
                (sheet.line("pass_percent", quiz.pass, quiz.pass_hint, Line::Number))
            }
        }
    };
    fold(
        "who",
        s.who,
        about,
        sheet.troubled("targeting") || sheet.troubled("stop_after") || sheet.troubled("pass_percent"),
        &body,
    )
}

/// Complaints about single lines.
fn lines_wrong(sheet: &Sheet<'_>, list: &str) -> Markup {
    let lines = sheet.get(&format!("targeting.{list}")).lines().filter(|line| !line.trim().is_empty());
    html! {
        @for (index, line) in lines.enumerate() {
            @for wrong in sheet.wrong(&format!("targeting.{list}[{index}]")) { p.wrong { code { (line) } " " (wrong) } }
        }
    }
}

fn devices(sheet: &Sheet<'_>) -> Markup {
    let s = sheet.words();
    let chosen: Vec<&str> = sheet.draft.0.list("targeting.devices").iter().map(|device| device.text("")).collect();
    html! {
        fieldset.ticks {
            legend { (s.devices) }
            @for (index, (word, name)) in [("phone", s.phone), ("tablet", s.tablet), ("desktop", s.desktop)].into_iter().enumerate() {
                @let path = format!("targeting.devices[{index}]");
                label.check { input type="checkbox" name=(sheet.note(&path)) value=(word) checked[chosen.contains(&word)]; (name) }
            }
            p.hint { (s.devices_hint) }
        }
    }
}

/// Tests of traits or properties.
fn filters(sheet: &Sheet<'_>, at: &str, title: &str) -> Markup {
    let s = sheet.words();
    html! {
        fieldset.filters {
            legend { (title) }
            @for (index, _) in sheet.draft.0.list(at).iter().enumerate() {
                @let item = format!("{at}[{index}]");
                @let path = |rest: &str| format!("{item}.{rest}");
                div.filter {
                    div.pair {
                        (sheet.line(&path("name"), s.trait_name, "", Line::Code))
                        (sheet.line(&path("is"), s.is, "", Line::Lines))
                        (sheet.line(&path("is_not"), s.is_not, "", Line::Lines))
                    }
                    div.pair {
                        (sheet.line(&path("at_least"), s.at_least, "", Line::Number))
                        (sheet.line(&path("at_most"), s.at_most, "", Line::Number))
                        div.aside { (sheet.tick(&path("missing"), s.missing, false)) }
                    }
                    (sheet.button(&format!("drop:{item}"), "button small quiet", s.drop_filter, ""))
                }
            }
            (sheet.button(&format!("insert:{at}"), "button small quiet", &format!("+ {}", s.add_filter), ""))
        }
    }
}
