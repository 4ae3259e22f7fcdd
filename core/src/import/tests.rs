use super::*;
use crate::csv::Reader;
use crate::export::moment;
use crate::model::widget::Widget;
use crate::name::{Name, SiteId};
use crate::problem::Fault;
use crate::response::Response;
use crate::time::Timestamp;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_900_000_000_000);

/// A file read as its proposal would, into a widget made for it.
fn import(text: &str) -> (Proposal, Widget, Vec<Result<Response, Refusal>>) {
    let (head, rows) = Head::read(text, true).unwrap();
    let proposal = propose(&head, &rows, None);
    let widget = proposal.widget(&Name::of("past").unwrap(), "Past").unwrap();
    let results = into(text, &widget, &proposal.mapping);
    (proposal, widget, results)
}

fn into(text: &str, widget: &Widget, mapping: &Mapping) -> Vec<Result<Response, Refusal>> {
    let (head, rows) = Head::read(text, true).unwrap();
    let site = SiteId::parse("acme").unwrap();
    let row = Row { site: &site, widget, version: 1, mapping, columns: &head.columns, now: NOW, oldest: None };
    rows.iter().map(|record| read(&row, record)).collect()
}

fn answers(result: &Result<Response, Refusal>) -> Vec<(&str, &str)> {
    let response = result.as_ref().unwrap();
    response.answers.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect()
}

#[test]
fn delighted() {
    let text = "Response ID,Email,Name,Score,Comment,Survey Type,Responded At,Permalink,Plan\n\
        101,ada@x.example,Ada,9,\"Quick, and kind\",nps,2025-03-04 10:11:12 UTC,https://d.example/r/1,pro\n\
        102,bob@x.example,Bob,3,,nps,2025-03-05 10:11:12 UTC,https://d.example/r/2,free\n\
        103,cy@x.example,Cy,12,,nps,2025-03-05 10:11:12 UTC,,free\n\
        104,di@x.example,Di,8,,nps,sometime,,free\n\
        105,ed@x.example,Ed,,,nps,2025-03-06 10:11:12 UTC,,pro\n";
    let (head, rows) = Head::read(text, true).unwrap();
    assert_eq!(head.source, Source::Delighted);
    // The beginning speaks for an NPS; the row beyond it does not fit then.
    let proposal = propose(&head, &rows[..2], None);
    let widget = proposal.widget(&Name::of("past").unwrap(), "Past").unwrap();
    let results = into(text, &widget, &proposal.mapping);
    assert_eq!(answers(&results[0])[..2], [("score", "9"), ("comment", "Quick, and kind")]);
    let first = results[0].as_ref().unwrap();
    assert_eq!(moment(first.received), "2025-03-04T10:11:12Z");
    assert!(first.keys.contains(&"q/score/9".to_owned()) && first.keys.contains(&"completed".to_owned()));
    assert_eq!(first.traits, [("email".to_owned(), "ada@x.example".to_owned()), ("name".to_owned(), "Ada".to_owned())]);
    let refused: Vec<(u32, &str, &str)> = results
        .iter()
        .filter_map(|result| result.as_ref().err())
        .map(|refusal| (refusal.line, refusal.column.as_str(), refusal.fault.code()))
        .collect();
    assert_eq!(refused, [(4, "Score", "too_high"), (5, "Responded At", "malformed")]);
}

#[test]
fn typeform() {
    let text = "\u{feff}#,How likely are you to recommend us?,What matters?,Anything else?,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending\r\n\
        a1,10,\"Price, Speed\",\"Line one\nline two\",completed,2025-01-02 03:04:05,,2025-01-02 03:05:05,n1,,\r\n\
        a2,7,Price,,completed,2025-01-03 03:04:05,,2025-01-03 03:05:05,n2,,\r\n\
        a3,6,\"Speed, Price\",,started,2025-01-04 03:04:05,2025-01-04 03:04:30,,n3,,\r\n";
    let (proposal, widget, results) = import(text);
    assert_eq!(proposal.mapping.source, Source::Typeform);
    let facts = serde_json::to_string(&widget.questions).unwrap();
    assert!(facts.contains(r#""measures":"nps""#), "{facts}");
    assert_eq!(answers(&results[0]).len(), 4);
    assert!(answers(&results[0]).contains(&("anything_else", "Line one\nline two")));
    let (whole, part) = (results[0].as_ref().unwrap(), results[2].as_ref().unwrap());
    assert_eq!((whole.complete, part.complete), (true, false));
    assert_eq!(moment(part.received), "2025-01-04T03:04:05Z");
    assert_eq!(whole.visitor.len(), 32);
}

#[test]
fn surveymonkey() {
    let text = "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,How satisfied are you?,What do you use?,,,How is the…,,Comments?\n\
        ,,,,,,,,,Response,Ink,Pens,Other (please specify),Service,Price,Open-Ended Response\n\
        1,9,03/14/2025 01:02:03 PM,03/14/2025 01:05:03 PM,192.0.2.1,,,,,5,Ink,,Brushes,Good,Bad,Lovely\n\
        2,9,03/15/2025 01:02:03 AM,03/15/2025 01:05:03 AM,192.0.2.2,,,,,2,Ink,Pens,,Bad,Good,\n";
    let (proposal, widget, results) = import(text);
    assert_eq!((proposal.mapping.source, proposal.mapping.clock.day_first), (Source::SurveyMonkey, false));
    assert_eq!(widget.questions.len(), 4, "{:?}", widget.questions);
    assert_eq!(
        answers(&results[0]),
        [
            ("how_satisfied_are_you", "5"),
            ("what_do_you_use", "ink"),
            ("what_do_you_use.other", "Brushes"),
            ("how_is_the.service", "good"),
            ("how_is_the.price", "bad"),
            ("comments", "Lovely"),
        ]
    );
    let first = results[0].as_ref().unwrap();
    assert_eq!(moment(first.received), "2025-03-14T13:05:03Z");
    assert!(!serde_json::to_string(first).unwrap().contains("192.0.2.1"));
    assert_eq!(answers(&results[1])[1..3], [("what_do_you_use", "ink"), ("what_do_you_use", "pens")]);
}

#[test]
fn google_forms() {
    let text = "Timestamp,Email Address,Rate the event,What did you like?,How was it? [Room],How was it? [Food]\n\
        22/03/2025 09:08:07,a@x.example,4,Food;Talks,Good,Poor\n\
        04/03/2025 09:08:07,b@x.example,5,Food,Poor,Good\n\
        05/03/2025 09:08:07,c@x.example,1,Talks;Food,Good,Good\n";
    let (proposal, _, results) = import(text);
    assert_eq!((proposal.mapping.source, proposal.mapping.clock.day_first), (Source::GoogleForms, true));
    assert_eq!(moment(results[1].as_ref().unwrap().received), "2025-03-04T09:08:07Z");
    assert_eq!(
        answers(&results[0]),
        [
            ("rate_the_event", "4"),
            ("what_did_you_like", "food"),
            ("what_did_you_like", "talks"),
            ("how_was_it.room", "good"),
            ("how_was_it.food", "poor"),
        ]
    );
}

#[test]
fn hotjar() {
    let text = "Number,User,Date Submitted,Country,Source URL,Device,Browser,OS,How easy was it to find things?,What is missing?,Hotjar User ID\n\
        1,u1,2025-03-04 05:06:07,CH,https://acme.example/a?b=c,Mobile,Safari,iOS,6 - easy,=HYPERLINK(),h1\n\
        2,u2,2025-03-05 05:06:07,Germany,https://acme.example/,Desktop,Firefox,Linux,2,Search,h2\n";
    let (head, rows) = Head::read(text, true).unwrap();
    let mut proposal = propose(&head, &rows, None);
    assert_eq!(head.source, Source::Hotjar);
    // `6 - easy` is no number; told that it is a scale, the importer reads it as one.
    let scale = r#"{"name":"ease","title":"How easy was it to find things?","input":{"type":"scale","min":1,"max":7,"measures":"ces"}}"#;
    let missing = r#"{"name":"missing","title":"What is missing?","input":{"type":"text"}}"#;
    let json = format!(r#"{{"name":"ces","kind":"survey","label":"CES","questions":[{scale},{missing}]}}"#);
    let widget = Widget::parse(&json).unwrap();
    proposal.mapping = propose(&head, &rows, Some(&widget)).mapping;
    let results = into(text, &widget, &proposal.mapping);
    assert_eq!(answers(&results[0]), [("ease", "6"), ("missing", "=HYPERLINK()")]);
    let (one, two) = (results[0].as_ref().unwrap(), results[1].as_ref().unwrap());
    assert_eq!(
        (one.page.as_str(), one.device.as_str(), one.country.as_str()),
        ("https://acme.example/a", "phone", "CH")
    );
    assert!(two.country.is_empty() && two.traits.contains(&("country".to_owned(), "Germany".to_owned())));
}

#[test]
fn any_table_with_moments_in_chinese_too() {
    let text = "提交时间;您有多大可能推荐我们?;为什么?\n2025-03-04 05:06;9;很好\n2025-03-05 05:06;2;太贵\n";
    let (proposal, widget, results) = import(text);
    assert_eq!(proposal.mapping.source, Source::Table);
    assert!(serde_json::to_string(&widget).unwrap().contains(r#""measures":"nps""#));
    assert_eq!(answers(&results[0])[0].1, "9");
    assert_eq!(answers(&results[1])[1].1, "太贵");
    assert!(Head::read("no table at all", true).is_err());
}

#[test]
fn the_same_row_has_the_same_id_and_another_has_another() {
    let text = "when,score\n2025-03-04 05:06,9\n2025-03-04 05:06,9\n2025-03-04 05:06,8\n";
    let (_, _, results) = import(text);
    let ids: Vec<&str> = results.iter().map(|result| result.as_ref().unwrap().id.as_str()).collect();
    assert!(ids[0] == ids[1] && ids[1] != ids[2]);
    assert_eq!(crate::id::moment(ids[0]).map(moment).as_deref(), Some("2025-03-04T05:06:00Z"));
}

#[test]
fn limits_and_mistakes_are_told_by_line_and_column() {
    let json = r#"{"name":"past","kind":"survey","label":"Past","questions":[
        {"name":"plan","title":"Plan","input":{"type":"choice","options":[{"name":"pro","label":"Pro"},{"name":"free","label":"Free"}]}},
        {"name":"mail","title":"Mail","input":{"type":"email"}}]}"#;
    let widget = Widget::parse(json).unwrap();
    let text = "when,Plan,Mail\n2025-03-04 05:06,Gold,\n2025-03-04 05:06,pro,nobody\n,pro,\n2099-01-01 00:00,pro,\n2025-03-04 05:06,,\n2025-03-04 05:06,pro,,more\n2025-03-04 05:06,FREE,a@b.example\n";
    let (head, rows) = Head::read(text, true).unwrap();
    let mapping = propose(&head, &rows, Some(&widget)).mapping;
    let results = into(text, &widget, &mapping);
    let told: Vec<String> = results
        .iter()
        .map(|result| match result {
            Ok(_) => "fine".to_owned(),
            Err(refusal) => format!("{} {} {}", refusal.line, refusal.column, refusal.fault.code()),
        })
        .collect();
    assert_eq!(
        told,
        [
            "2 Plan not_an_option",
            "3 Mail malformed",
            "4 when required",
            "5 when too_new",
            "6  required",
            "7  too_many",
            "fine"
        ]
    );
    assert_eq!(results[6].as_ref().unwrap().answers[0].1, "free");
    let site = SiteId::parse("acme").unwrap();
    let oldest = Some(Timestamp(NOW.0 - 1));
    let row =
        Row { site: &site, widget: &widget, version: 1, mapping: &mapping, columns: &head.columns, now: NOW, oldest };
    assert!(matches!(read(&row, &rows[6]).unwrap_err().fault, Fault::TooEarly { .. }));
}

#[test]
fn roles_travel_as_words() {
    for text in ["skip", "moment", "key", "trait:plan", "answer:nps", "answer:topics.speed"] {
        assert_eq!(Role::parse(text).unwrap().to_string(), text);
    }
    for text in ["", "x", "answer:", "answer:NPS", "answer:a.b.c", "trait:"] {
        assert_eq!(Role::parse(text), None, "{text}");
    }
}

proptest! {
    /// Whatever the file, nothing panics, a proposal makes a valid widget or none, and what is imported would have been taken
    /// from a visitor as well.
    #[test]
    fn any_file_is_read_or_refused(
        heads in prop::collection::vec("[a-z#时间 \\[\\],;\"]{0,12}|Timestamp|Score|Comment|Respondent ID|Collector ID", 2..6),
        cells in prop::collection::vec(prop::collection::vec("[0-9]{1,3}|[a-c,;]{0,6}|2025-0[1-9]-11 10:00|\\PC{0,8}", 2..6), 0..12),
    ) {
        let mut text = String::new();
        crate::csv::write(&mut text, heads.iter().map(String::as_str));
        for row in &cells {
            crate::csv::write(&mut text, row.iter().map(String::as_str));
        }
        if let Ok((head, rows)) = Head::read(&text, true) {
            let proposal = propose(&head, &rows, None);
            if proposal.questions.is_empty() {
                return Ok(());
            }
            let widget = proposal.widget(&Name::of("past").unwrap(), "Past");
            let widget = widget.unwrap_or_else(|problems| panic!("{problems:?}\n{text}\n{:?}", proposal.questions));
            for response in into(&text, &widget, &proposal.mapping).into_iter().flatten() {
                let again = crate::validate::read(&widget.rules(), &response.answers, response.complete);
                prop_assert_eq!(again.map(|answers| answers.fields()), Ok(response.answers.clone()));
            }
        }
        let _ = Reader::new(&text, ',', 1, false).count();
    }
}
