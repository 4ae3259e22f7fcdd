use super::*;
use crate::model::text::Locale;
use crate::model::widget::Widget;
use proptest::prelude::*;
use std::fs;
use std::path::Path;

const WORDS: Words<'_> = Words {
    question: "New question",
    option: "Option",
    row: "Row",
    column: "Column",
    agree: "I agree",
    tab: "Feedback",
};

/// Every widget that the tests know: of the fixtures, and what owners start from.
fn widgets() -> Vec<Widget> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let list = |text: &str| -> Vec<Widget> {
        let all: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        all.iter().map(|widget| Widget::parse(&widget.to_string()).unwrap()).collect()
    };
    let forms: serde_json::Value = serde_json::from_str(&read(&root.join("tests/fixtures/forms.json"))).unwrap();
    let mut widgets = list(&read(&root.join("tests/fixtures/gallery.json")));
    widgets.extend(list(&forms["widgets"].to_string()));
    let mut folders = vec![root.join("worker/src/dashboard/gallery/templates"), root.join("www/demo")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                widgets.extend(
                    serde_json::from_str(&read(&path).replacen("\"NAME\"", "\"mine\"", 1))
                        .ok()
                        .into_iter()
                        .collect::<Vec<Widget>>(),
                );
            }
        }
    }
    assert!(widgets.len() > 20, "{}", widgets.len());
    widgets
}

fn again(draft: &Draft) -> Draft {
    let fields = draft.fields();
    Draft::read(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())), &WORDS)
}

fn main_locale() -> Locale {
    Locale::parse("en").unwrap()
}

fn with(widget: &Widget, changes: &[&str]) -> Draft {
    let mut draft = Draft::of(widget).unwrap();
    for change in changes {
        Change::parse(change).unwrap_or_else(|| panic!("{change}")).make(&mut draft, &main_locale(), &WORDS);
        draft = again(&draft);
    }
    draft
}

fn nps() -> Widget {
    Widget::parse(
        r#"{"name":"nps","kind":"survey","label":"NPS","targeting":{"frequency":{"every_days":30},"pages":["/a","/b/**"],"devices":["phone"]},
        "questions":[{"name":"nps","title":"How likely?","required":true,"input":{"type":"scale","min":0,"max":10,"measures":"nps"}},
        {"name":"why","title":"Why?","show_if":"nps<=6 and answered(nps)","input":{"type":"choice","options":[{"name":"price","label":"Price"},{"name":"speed","label":"Speed"}]}},
        {"name":"more","title":{"en":"More on {why}"},"show_if":"(nps + 1) > 3 or why = price","input":{"type":"text","max":90}},
        {"name":"count","title":"How many?","input":{"type":"number","min":0.5}}]}"#,
    )
    .unwrap()
}

fn names(draft: &Draft) -> String {
    draft.0.list("questions").iter().map(|question| question.text("name")).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_definition_comes_back_as_it_was() {
    for widget in widgets().into_iter().chain([nps()]) {
        let draft = Draft::of(&widget).unwrap();
        assert_eq!(again(&draft).checked().as_ref(), Ok(&widget), "{}", widget.name);
    }
}

#[test]
fn fields_are_named_as_problems_are() {
    let mut draft = with(&nps(), &[]);
    draft.0.at_mut("questions[1].input.options[0]").unwrap().set_text("label", "");
    draft.0.at_mut("questions[0].input").unwrap().set_text("max", "many");
    let name =
        |draft: &Draft| draft.checked().unwrap_err().into_iter().map(|problem| problem.field).collect::<Vec<_>>();
    assert!(draft.fields().iter().any(|(name, _)| name == "questions[0].input.max"));
    assert_eq!(name(&draft), ["questions[0].input.max"]);
    draft.0.at_mut("questions[0].input").unwrap().set_text("max", "10");
    assert_eq!(name(&draft), ["questions[1].input.options[0].label"]);
}

#[test]
fn questions_are_added_moved_copied_and_dropped() {
    for kind in ["scale", "choice", "text", "email", "number", "date", "ranking", "matrix", "consent", "info"] {
        let draft = with(&nps(), &[&format!("add:{kind}")]);
        assert_eq!(draft.checked().map(|widget| widget.questions.len()), Ok(5), "{kind}");
    }
    assert_eq!(names(&with(&nps(), &["up:questions[3]"])), "nps why count more");
    assert_eq!(names(&with(&nps(), &["down:questions[0]", "move:questions[3]:0"])), "count why nps more");
    assert_eq!(
        names(&with(&nps(), &["up:questions[0]", "down:questions[3]", "move:questions[0]:9", "drop:questions[7]"])),
        "nps why more count"
    );
    assert_eq!(names(&with(&nps(), &["copy:questions[1]", "copy:questions[1]"])), "nps why why_3 why_2 more count");
    let dropped = with(&nps(), &["drop:questions[1]"]);
    assert_eq!((names(&dropped), dropped.0.text("undo.item.name")), ("nps more count".to_owned(), "why"));
    let back = with(&nps(), &["drop:questions[1]", "restore"]);
    assert_eq!(back.checked(), Ok(nps()));
    let options = with(&nps(), &["insert:questions[1].input.options", "up:questions[1].input.options[2]"]);
    let labels: Vec<_> =
        options.0.list("questions[1].input.options").iter().map(|option| option.text("label")).collect();
    assert_eq!(labels, ["Price", "Option 3", "Speed"]);
}

#[test]
fn variants_come_and_go_in_pairs() {
    let two = with(&nps(), &["insert:variants"]);
    assert_eq!(two.checked().map(|widget| widget.variants.len()), Ok(2));
    assert_eq!(with(&nps(), &["insert:variants", "drop:variants[1]"]).checked(), Ok(nps()));
    let back = with(&nps(), &["insert:variants", "drop:variants[1]", "restore"]);
    assert_eq!(back.0.list("variants").len(), 2);
}

#[test]
fn conditions_are_rows_where_rows_say_it_all() {
    let draft = Draft::of(&nps()).unwrap();
    assert_eq!(draft.0.text("questions[1].when.tests[0].is"), "le");
    assert_eq!(draft.0.list("questions[1].when.tests").len(), 2);
    assert!(draft.0.at("questions[2].when").is_none(), "calculations are expressions");
    let mut draft = again(&draft);
    draft.0.at_mut("questions[1].when.tests[0]").unwrap().set_text("value", "4");
    let show_if =
        |draft: &Draft| draft.widget().unwrap().questions[1].show_if.as_ref().map(|expr| expr.as_str().to_owned());
    assert_eq!(show_if(&draft).as_deref(), Some("nps <= 4 and answered(nps)"));
    draft = with(&draft.widget().unwrap(), &["drop:questions[1].when.tests[0]", "drop:questions[1].when.tests[0]"]);
    assert_eq!(show_if(&draft), None);
    for text in [
        "nps = 3 or nps = 4",
        "not answered(nps)",
        "not includes(why, price)",
        "why = price",
        "why != 'other'",
        "free = 'a b'",
        "free = \"it's\"",
        "agree and nps > 1",
        "not agree",
        "day >= '2026-01-01'",
        "grid.fast = good",
        "order.a = 1",
    ] {
        let root: Node = serde_json::from_str(
            r#"{"questions":[{"name":"nps","input":{"type":"scale"}},{"name":"why","input":{"type":"choice"}},{"name":"free","input":{"type":"text"}},
            {"name":"agree","input":{"type":"consent"}},{"name":"day","input":{"type":"date"}},{"name":"grid","input":{"type":"matrix"}},{"name":"order","input":{"type":"ranking"}}]}"#,
        )
        .unwrap();
        let when = condition::rows(&crate::expr::Expr::parse(text).unwrap(), &root);
        assert!(when.is_some(), "{text}");
    }
}

#[test]
fn languages_are_added_filled_in_and_taken_out() {
    let draft = with(&nps(), &["language:zh-CN"]);
    let tags =
        |draft: &Draft| draft.locales(&main_locale()).iter().map(|tag| tag.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(tags(&draft), ["en", "zh-CN"]);
    let missing = |draft: &Draft| draft.spoken().iter().filter(|(_, text)| text.get("zh-CN", "en").is_empty()).count();
    assert_eq!((draft.spoken().len(), missing(&draft)), (6, 6));
    let mut draft = draft;
    draft.0.at_mut("questions[0].title").unwrap().set_text("zh-CN", "有多大可能？");
    assert_eq!(missing(&draft), 5);
    assert_eq!(
        draft.checked().map(|widget| widget.questions[0].title.get(&Locale::parse("zh-CN").unwrap()).to_owned()),
        Ok("有多大可能？".to_owned())
    );
    let change = |draft: &Draft, text: &str| {
        let mut draft = draft.clone();
        Change::parse(text).unwrap().make(&mut draft, &main_locale(), &WORDS);
        again(&draft)
    };
    let without = change(&draft, "unlanguage:zh-CN");
    assert_eq!(tags(&without), ["en"]);
    let back = change(&without, "restore");
    assert_eq!((tags(&back), missing(&back)), (vec!["en".to_owned(), "zh-CN".to_owned()], 5));
}

#[test]
fn another_type_asks_for_nothing_and_forgets_nothing() {
    for kind in ["scale", "choice", "text", "email", "number", "date", "ranking", "matrix", "consent", "info"] {
        let mut draft = Draft::of(&nps()).unwrap();
        draft.0.at_mut("questions[1].input").unwrap().set_text("type", kind);
        draft.0.at_mut("questions[1].input").unwrap().set_text("was", "choice");
        let draft = again(&draft);
        let problems = draft.checked().err().unwrap_or_default();
        assert!(
            problems.iter().all(|problem| problem.field.contains("show_if") || problem.field.contains("title")),
            "{kind} {problems:?}"
        );
        assert_eq!(draft.0.list("questions[1].input.options").len(), 2, "{kind}");
    }
    for look in ["stars", "smileys", "thumbs"] {
        let mut draft = with(&nps(), &["add:scale"]);
        draft.0.at_mut("questions[4].input").unwrap().set_text("look", look);
        assert_eq!(again(&draft).checked().err(), None, "{look}");
    }
}

proptest! {
    /// Whatever is posted is read without harm, and comes out in a form that reads the same.
    #[test]
    fn anything_may_be_posted(fields in prop::collection::vec(("[a-z\\[\\]0-9.]{0,24}", ".{0,12}"), 0..40)) {
        let node = Node::read(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let told = node.fields();
        prop_assert_eq!(&Node::read(told.iter().map(|(name, value)| (name.as_str(), value.as_str()))), &node);
        let _ = Draft::read(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())), &WORDS).checked();
    }

    /// Changes in any order leave something that the form carries whole.
    #[test]
    fn any_changes_leave_a_whole_form(changes in prop::collection::vec(("up|down|copy|drop", "questions|questions\\[1\\]\\.input\\.options|variants", 0..6_usize), 0..12)) {
        let changes: Vec<String> = changes.into_iter().map(|(word, list, at)| format!("{word}:{list}[{at}]")).chain(["insert:variants".into(), "restore".into()]).collect();
        let draft = with(&nps(), &changes.iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert_eq!(&again(&draft), &draft);
        prop_assert!(draft.widget().is_ok());
    }
}
