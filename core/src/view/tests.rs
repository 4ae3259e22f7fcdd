use super::*;
use crate::i18n::{self, Strings};
use crate::model::placement::{Corner, Edge, Placement, Side};
use crate::model::question::{Input, Look};
use crate::model::widget::{Kind, Widget};
use crate::problem::Fault;
use crate::rule::Shape;

mod access;
mod bytes;
mod draw;
mod news;
mod sheet;
mod talk;

/// Every kind, every type of question.
fn gallery() -> Vec<Widget> {
    serde_json::from_str(include_str!("../../../tests/fixtures/gallery.json")).unwrap()
}

fn named(name: &str) -> Widget {
    gallery().into_iter().find(|widget| widget.name.as_str() == name).unwrap()
}

fn site() -> Site {
    serde_json::from_str(r#"{"id":"acme","name":"Acme","origins":[],"locale":"en"}"#).unwrap()
}

fn locale(tag: &str) -> Locale {
    Locale::parse(tag).unwrap()
}

fn context<'a>(site: &'a Site, locale: &'a Locale) -> ViewContext<'a> {
    ViewContext { site, version: 3, variant: None, locale, origin: "https://feedback.example", sheet: None }
}

fn form(of: &Widget, tag: &str) -> String {
    widget(of, &context(&site(), &locale(tag))).into_string()
}

/// Every start tag, with its attributes.
fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .filter(|tag| !tag.starts_with('/'))
        .filter_map(|tag| tag.split_once('>'))
        .map(|(tag, _)| tag)
        .collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let quoted =
        tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value);
    quoted.or_else(|| tag.split(' ').skip(1).any(|word| word == name).then_some(""))
}

fn controls(html: &str) -> Vec<&str> {
    let control = |tag: &&str| ["input", "textarea", "select"].iter().any(|name| tag.split(' ').next() == Some(name));
    tags(html).into_iter().filter(control).collect()
}

/// The form's fields are what [`validate`](crate::validate) reads: filled in, every form of the gallery is valid.
#[test]
fn a_form_filled_in_is_an_answer() {
    for of in gallery().into_iter().filter(|of| of.kind.asks()) {
        let html = form(&of, "en");
        let mut fields: Vec<Field> = Vec::new();
        for tag in controls(&html) {
            let name = attribute(tag, "name").unwrap().to_owned();
            let given = fields.iter().any(|(field, _)| *field == name);
            let value = match (attribute(tag, "type"), tag.split(' ').next().unwrap()) {
                _ if name == "trap" || name.ends_with(".other") => continue,
                (Some("radio" | "checkbox"), _) if given => continue,
                (Some("radio" | "checkbox"), _) => attribute(tag, "value").unwrap().to_owned(),
                (Some("email"), _) => "a@example.com".to_owned(),
                (Some("number"), _) => "7".to_owned(),
                (Some("date"), _) => "2026-11-22".to_owned(),
                (_, "select") => {
                    (1 + fields.iter().filter(|(field, _)| field.starts_with("order.")).count()).to_string()
                }
                _ => "words".to_owned(),
            };
            fields.push((name, value));
        }
        let answers =
            crate::validate::read(&of.rules(), &fields, true).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert!(!answers.is_empty());
    }
}

#[test]
fn scripts_read_back_the_rules() {
    for of in gallery() {
        let html = form(&of, "en");
        let questions: Vec<&str> = tags(&html).into_iter().filter(|tag| attribute(tag, "data-q").is_some()).collect();
        assert_eq!(questions.len(), of.questions.len());
        for (tag, question) in questions.iter().zip(&of.questions) {
            assert_eq!(attribute(tag, "data-q"), Some(question.name.as_str()));
            assert_eq!(Shape::parse(attribute(tag, "data-shape").unwrap()), Ok(question.input.shape()));
            assert_eq!(
                attribute(tag, "data-required").is_some(),
                question.required && !matches!(question.input, Input::Info { .. })
            );
            assert_eq!(attribute(tag, "data-if").is_some(), question.show_if.is_some());
        }
        let any = |wanted: fn(&Input) -> bool| of.questions.iter().any(|question| wanted(&question.input));
        let codes = [
            (any(|input| *input == Input::Email), "malformed_email"),
            (any(|input| matches!(input, Input::Ranking { .. })), "twice"),
            (any(|input| matches!(input, Input::Date { .. })), "too_late"),
            (any(|input| matches!(input, Input::Choice { max: 2.., .. })), "too_many"),
        ];
        for (needed, key) in codes {
            assert_eq!(html.contains(&format!("data-say-{key}=")), needed, "{}: {key}", of.name);
        }
    }
}

#[test]
fn every_language_renders_everything_in_its_direction() {
    for strings in i18n::ALL {
        for of in gallery() {
            let html = form(&of, strings.tag);
            let first = tags(&html)[0];
            assert_eq!(attribute(first, "lang"), Some(strings.tag));
            assert_eq!(attribute(first, "dir"), Some(strings.dir()));
            let asks = of.kind.asks();
            assert!(html.contains(strings.status.thanks) || of.thanks.is_some() || !asks);
            assert!(html.contains(strings.form.send) || of.submit.is_some() || !asks);
            assert!(!html.contains("{n} star"), "a hole stayed open");
        }
    }
}

#[test]
fn any_scale_can_be_drawn_in_any_look() {
    for look in [Look::Numbers, Look::Stars, Look::Smileys, Look::Thumbs] {
        for (min, max) in [(0, 0), (0, 1), (1, 3), (-5, 5), (0, 10), (1, 7), (i32::MAX - 1, i32::MAX)] {
            let mut of = named("csat");
            of.questions[0].input =
                Input::Scale { min, max, low: None, high: None, look, measures: None, satisfied_from: None };
            let html = form(&of, "en");
            assert_eq!(html.matches("type=\"radio\"").count(), usize::try_from(max - min + 1).unwrap(), "{look:?}");
        }
    }
}

#[test]
fn the_fewer_questions_say_in_words_whether_they_are_required() {
    let count = |of: &Widget, word: &str| form(of, "en").matches(&format!("class=\"mark\">({word})")).count();
    // One question and its follow-ups: nothing to tell apart.
    assert_eq!((count(&named("nps"), "required"), count(&named("nps"), "optional")), (0, 0));
    assert_eq!((count(&named("feedback"), "required"), count(&named("feedback"), "optional")), (1, 0));
    let mut of = named("feedback");
    of.questions[0].required = true;
    assert_eq!((count(&of, "required"), count(&of, "optional")), (0, 1));
}

#[test]
fn how_many_to_choose_is_said_above_the_options() {
    let strings = i18n::strings(&locale("en"));
    let rows = [
        (1, 4, 4, "Choose all that apply"),
        (0, 2, 4, "Choose up to 2"),
        (2, 2, 4, "Choose 2"),
        (2, 9, 4, "Choose at least 2"),
    ];
    for (min, max, offered, words) in rows {
        assert_eq!(choice::how_many(strings, min, max, offered), words);
    }
    assert_eq!(choice::how_many(strings, 2, 3, 4), "Choose 2 to 3");
}

#[test]
fn earlier_answers_are_piped_and_other_braces_are_not() {
    let mut of = named("survey");
    of.questions[3].title = "{main}, {why}, {nobody} { } {".into();
    let html = form(&of, "en");
    assert!(html.contains("<span data-pipe=\"main\">…</span>, {why}, {nobody} { } {"), "{html}");
}

#[test]
fn placements_are_words_that_the_style_sheet_knows() {
    let tab = |side| Placement::Tab { label: "Ideas?".into(), side };
    let rows = [
        (Placement::Inline, "inline"),
        (Placement::Popover { corner: Corner::TopStart }, "popover top start"),
        (tab(Side::End), "tab end"),
        (Placement::Modal, "modal"),
        (Placement::Bar { edge: Edge::Bottom }, "bar bottom"),
    ];
    for (placement, words) in rows {
        let of = Widget { placement: placement.clone(), ..named("csat") };
        let html = form(&of, "en");
        assert_eq!(attribute(tags(&html)[0], "data-placement"), Some(words));
        // What floats can be closed, and can become a tab.
        let floats = placement != Placement::Inline;
        assert_eq!(html.contains("data-do=\"close\""), floats);
        assert_eq!(html.contains("data-do=\"open\""), floats);
        for word in words.split(' ').filter(|_| floats) {
            let sheet = css(&[&of]);
            assert!(
                sheet.contains(&format!("[data-placement~={word}]"))
                    || sheet.contains(&format!("[data-placement={word}]")),
                "{word}"
            );
        }
    }
    assert!(form(&Widget { placement: tab(Side::End), ..named("csat") }, "en").contains(">Ideas?<"));
}

#[test]
fn a_variant_says_its_own_words() {
    let site = site();
    let (en, of) = (locale("en"), named("csat"));
    let variant: Variant =
        serde_json::from_str(r#"{"name":"b","title":"Other title","question":"Other question?"}"#).unwrap();
    let html = widget(&of, &ViewContext { variant: Some(&variant), ..context(&site, &en) }).into_string();
    assert!(html.contains("<h2>Other title</h2>") && html.contains("Other question?"));
    assert_eq!(attribute(tags(&html)[0], "data-variant"), Some("b"));
    assert!(!html.contains("How satisfied are you"));
}

#[test]
fn the_result_of_a_poll_is_a_list_with_shares() {
    let votes = [("indigo".to_owned(), 1), ("moss".to_owned(), 2)];
    let html = poll_result(&named("poll"), &locale("en"), &votes, 3).into_string();
    assert!(html.contains(">Indigo</span> <b>33%</b>") && html.contains(">Moss green</span> <b>67%</b>"), "{html}");
    assert!(html.contains(">Rust</span> <b>0%</b>") && html.contains("3 votes"));
    // Nobody has voted yet: no division by nobody.
    assert!(poll_result(&named("poll"), &locale("ru"), &[], 0).into_string().contains("0 голосов"));
}

#[test]
fn the_reserved_height_grows_with_what_is_shown() {
    let en = locale("en");
    let height = |name: &str, column| reserved_height(&named(name), &en, column);
    assert!(height("nps", 320) > height("nps", 672), "eleven points take two rows on a phone");
    assert!(height("poll", 672) > height("thumbs", 672));
    for of in gallery() {
        assert!((120..=1_200).contains(&reserved_height(&of, &en, 0)), "{}", of.name);
    }
}

#[test]
fn every_fault_is_worded_with_its_limit() {
    let strings: &'static Strings = i18n::strings(&locale("en"));
    let text = Input::Text { long: true, max: Some(20), placeholder: None };
    let rows = [
        (Fault::Required, &text, "Please answer this question."),
        (Fault::TooLong { max: 20 }, &text, "Please shorten this to 20 characters at most."),
        (Fault::Required, &Input::Consent { label: "ok".into() }, "Please tick the box to continue."),
        (
            Fault::Malformed { expected: "".into() },
            &Input::Email,
            "Please enter an e-mail address such as name@example.com.",
        ),
        (Fault::Twice, &Input::Ranking { options: Vec::new() }, "Please use each position only once."),
    ];
    for (fault, input, words) in rows {
        assert_eq!(say::fault(&fault, input, strings), words);
    }
}

#[test]
fn every_kind_has_its_form() {
    let kinds: Vec<Kind> = gallery().iter().map(|widget| widget.kind).collect();
    for kind in Kind::ALL {
        assert!(kinds.contains(&kind), "{kind:?} is missing from the gallery");
    }
}
