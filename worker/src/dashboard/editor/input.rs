//! What is asked for: the settings of each type.

use maud::{Markup, html};

use super::sheet::{Attributes, Line, Sheet, nothing};
use crate::dashboard::parts::signs;
use crate::dashboard::strings::editor::fill;

/// The settings of the type `word`, whose fields begin with `at`.
pub fn settings(sheet: &Sheet<'_>, at: &str, word: &str) -> Markup {
    let s = sheet.words();
    let path = |rest: &str| format!("{at}.{rest}");
    match word {
        "scale" => scale(sheet, at),
        "choice" => choice(sheet, at),
        "text" => html! {
            (sheet.tick(&path("long"), s.long, false))
            div.pair {
                (sheet.line(&path("max"), s.max_chars, "", Line::Number))
                (sheet.text(&path("placeholder"), s.placeholder, ""))
            }
        },
        "number" => html! {
            div.pair {
                (sheet.line(&path("min"), s.no_less, "", Line::Number))
                (sheet.line(&path("max"), s.no_more, "", Line::Number))
            }
        },
        "date" => html! {
            div.pair {
                (sheet.line(&path("min"), s.no_earlier, "", Line::Day))
                (sheet.line(&path("max"), s.no_later, "", Line::Day))
            }
        },
        "ranking" => items(sheet, &path("options"), s.options, s.add_option),
        "matrix" => html! {
            (items(sheet, &path("rows"), s.rows, s.add_row))
            (items(sheet, &path("columns"), s.columns, s.add_column))
        },
        "consent" => sheet.text(&path("label"), s.agree, ""),
        "info" if sheet.get("kind") == "news" => sheet.line(&path("day"), s.day, "", Line::Day),
        _ => nothing(),
    }
}

fn scale(sheet: &Sheet<'_>, at: &str) -> Markup {
    let s = sheet.words();
    let path = |rest: &str| format!("{at}.{rest}");
    let measures = sheet.get(&path("measures"));
    html! {
        div.pair {
            (sheet.line(&path("min"), s.from_point, "", Line::Number))
            (sheet.line(&path("max"), s.to_point, "", Line::Number))
        }
        div.pair {
            (sheet.text(&path("low"), s.low, ""))
            (sheet.text(&path("high"), s.high, ""))
        }
        div.pair {
            (sheet.select(&path("look"), s.drawn, &[("numbers", s.numbers), ("stars", s.stars), ("smileys", s.smileys), ("thumbs", s.thumbs)], true))
            (sheet.select(&path("measures"), s.measures, &[("", s.none), ("nps", s.nps), ("csat", s.csat), ("ces", s.ces)], true))
        }
        @if measures == "csat" { (sheet.line(&path("satisfied_from"), s.satisfied, "", Line::Number)) }
    }
}

/// What is right, in a quiz.
fn solution(sheet: &Sheet<'_>, at: &str) -> Markup {
    let s = sheet.words();
    let (options, correct) = (format!("{at}.options"), format!("{at}.correct"));
    let right: Vec<&str> = sheet.draft.0.list(&correct).iter().map(|name| name.text("")).collect();
    let of = sheet.draft.0.list(&options).len();
    // Options that are gone are right no more.
    for index in of..right.len() {
        sheet.note(&format!("{correct}[{index}]"));
    }
    html! {
        fieldset.items {
            legend { (s.correct) }
            @for index in 0..of {
                @let option = format!("{options}[{index}]");
                @let (path, name) = (format!("{correct}[{index}]"), sheet.get(&format!("{option}.name")));
                label.check { input type="checkbox" name=(sheet.note(&path)) value=(name) checked[right.contains(&name)]; (sheet.reads(&format!("{option}.label"))) }
            }
            p.hint { (s.correct_hint) }
            @for wrong in sheet.wrong(&correct) { p.wrong { (wrong) } }
        }
        (sheet.text(&format!("{at}.explanation"), s.explanation, ""))
    }
}

fn choice(sheet: &Sheet<'_>, at: &str) -> Markup {
    let s = sheet.words();
    let path = |rest: &str| format!("{at}.{rest}");
    let several = !matches!(sheet.get(&path("max")), "" | "1");
    let name = path("several");
    html! {
        (items(sheet, &path("options"), s.options, s.add_option))
        @if sheet.get("kind") == "quiz" { (solution(sheet, at)) }
        (sheet.tick(&path("other"), s.own_words, false))
        (sheet.tick(&path("shuffle"), s.shuffle, false))
        div.pair {
            (sheet.field(&name, s.how_many, "", |field| {
                sheet.choose(&name, if several { "yes" } else { "no" }, &[("no", s.one), ("yes", s.several)], true, field)
            }))
            @if several {
                (sheet.line(&path("min"), s.least, "", Line::Number))
                (sheet.line(&path("max"), s.most, "", Line::Number))
            }
        }
    }
}

/// A list of named words: options, rows or columns.
fn items(sheet: &Sheet<'_>, at: &str, title: &str, add: &str) -> Markup {
    let s = sheet.words();
    let all = sheet.draft.0.list(at);
    html! {
        fieldset.items {
            legend { (title) }
            @for wrong in sheet.wrong(at) { p.wrong { (wrong) } }
            ol data-list=(at) {
                @for (index, _) in all.iter().enumerate() {
                    @let item = format!("{at}[{index}]");
                    @let spoken = fill(s.option, &[&(index + 1).to_string()]);
                    @let said = |what: &str| format!("{what}: {spoken}");
                    li data-item=(item) {
                        button.icon.grip type="button" hidden data-grip aria-label=(fill(s.grip, &[&spoken])) { (crate::dashboard::parts::sign(super::words::GRIP)) }
                        (label(sheet, &item, &spoken))
                        (sheet.sign(&format!("up:{item}"), signs::UP, &said(s.up), index == 0))
                        (sheet.sign(&format!("down:{item}"), signs::DOWN, &said(s.down), index + 1 == all.len()))
                        (sheet.sign(&format!("drop:{item}"), super::words::DROP, &said(s.drop), false))
                        @for wrong in sheet.wrong(&format!("{item}.name")) { p.wrong { (wrong) } }
                    }
                }
            }
            (sheet.button(&format!("insert:{at}"), "button small quiet", &format!("+ {add}"), ""))
        }
    }
}

fn label(sheet: &Sheet<'_>, item: &str, spoken: &str) -> Markup {
    let path = format!("{item}.label");
    let wrong = sheet.wrong(&path);
    let at = Attributes { invalid: !wrong.is_empty(), ..Attributes::named(sheet.id(&path), spoken) };
    html! {
        div.words {
            (sheet.bare(&path, &at))
            @for wrong in wrong { p.wrong { (wrong) } }
        }
    }
}
