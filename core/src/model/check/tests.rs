use super::*;
use crate::model::site::Site;
use crate::model::widget::Widget;

fn told<T>(result: Result<T, Vec<Problem>>) -> String {
    match result {
        Ok(_) => "fine".to_owned(),
        Err(problems) => {
            let told = |problem: &Problem| match &problem.fault {
                Fault::Conflict { why } => format!("{}: {why}", problem.field),
                fault => format!("{} {}", problem.field, fault.code()),
            };
            problems.iter().map(told).collect::<Vec<_>>().join(" | ")
        }
    }
}

/// A survey of these questions.
fn survey(questions: &str) -> String {
    told(Widget::parse(&format!(r#"{{"name":"w","kind":"survey","label":"W","questions":[{questions}]}}"#)))
}

fn question(name: &str, input: &str) -> String {
    format!(r#"{{"name":"{name}","title":"T","input":{{{input}}}}}"#)
}

const PAIR: &str = r#"[{"name":"a","label":"A"},{"name":"b","label":"B"}]"#;

#[test]
fn inputs() {
    for (input, expected) in [
        (r#""type":"scale","min":1,"max":5"#.to_owned(), "fine"),
        (r#""type":"scale","min":5,"max":5"#.into(), "questions[0].input.max: a scale needs at least two points"),
        (r#""type":"scale","min":-2147483648,"max":2147483647"#.into(), "questions[0].input.max too_high"),
        (r#""type":"scale","min":1,"max":12"#.into(), "questions[0].input.max too_high"),
        (
            r#""type":"scale","min":1,"max":10,"measures":"nps""#.into(),
            "questions[0].input.measures: an nps scale runs from 0 to 10",
        ),
        (
            r#""type":"scale","min":1,"max":5,"measures":"ces""#.into(),
            "questions[0].input.measures: a ces scale runs from 1 to 7",
        ),
        (r#""type":"scale","min":1,"max":5,"measures":"csat""#.into(), "questions[0].input.satisfied_from required"),
        (
            r#""type":"scale","min":1,"max":5,"measures":"csat","satisfied_from":1"#.into(),
            "questions[0].input.satisfied_from too_low",
        ),
        (r#""type":"scale","min":1,"max":5,"satisfied_from":6"#.into(), "questions[0].input.satisfied_from too_high"),
        (
            r#""type":"scale","min":1,"max":4,"look":"smileys""#.into(),
            "questions[0].input.look: there are five smileys; the scale has other points",
        ),
        (r#""type":"scale","min":0,"max":5,"look":"stars""#.into(), "questions[0].input.look: stars count from 1"),
        (r#""type":"scale","min":0,"max":1,"look":"thumbs","low":" ""#.into(), "questions[0].input.low required"),
        (format!(r#""type":"choice","options":{PAIR}"#), "fine"),
        (format!(r#""type":"choice","options":{PAIR},"max":3"#), "questions[0].input.max too_high"),
        (format!(r#""type":"choice","options":{PAIR},"max":3,"other":true"#), "fine"),
        (format!(r#""type":"choice","options":{PAIR},"max":0,"min":0"#), "questions[0].input.max too_low"),
        (format!(r#""type":"choice","options":{PAIR},"min":2"#), "questions[0].input.min: is greater than max"),
        (r#""type":"choice","options":[{"name":"a","label":"A"}]"#.into(), "questions[0].input.options too_few"),
        (
            PAIR.replace("\"b\"", "\"a\"").replace('[', r#""type":"ranking","options":["#),
            "questions[0].input.options[1].name twice",
        ),
        (
            PAIR.replace("\"b\"", "\"other\"").replace('[', r#""type":"choice","options":["#),
            "questions[0].input.options[1].name: `other` stands for the visitor's own words",
        ),
        (r#""type":"text","max":0"#.into(), "questions[0].input.max too_low"),
        (r#""type":"text","max":501"#.into(), "questions[0].input.max too_high"),
        (r#""type":"text","max":5000,"long":true"#.into(), "fine"),
        (r#""type":"number","min":2,"max":1.5"#.into(), "questions[0].input.min: is greater than max"),
        (r#""type":"date","min":"2026-02-02","max":"2026-02-01""#.into(), "questions[0].input.min: is later than max"),
        (format!(r#""type":"matrix","rows":[],"columns":{PAIR}"#), "questions[0].input.rows too_few"),
        (r#""type":"consent","label":"""#.into(), "questions[0].input.label required"),
    ] {
        assert_eq!(survey(&question("q", &input)), expected, "{input}");
    }
}

#[test]
fn names_pipes_and_limits() {
    let q = |name: &str| question(name, r#""type":"email""#);
    assert_eq!(survey(""), "questions too_few");
    assert_eq!(survey(&[q("a"), q("b"), q("a")].join(",")), "questions[2].name twice");
    assert!(survey(&q("version")).starts_with("questions[0].name: `version` is a word of the form"));
    assert!(survey(&q("not")).starts_with("questions[0].name: "));
    let many: Vec<String> = (0..51).map(|n| q(&format!("q{n}"))).collect();
    assert_eq!(survey(&many.join(",")), "questions too_many");
    let piped = |text: &str| survey(&format!("{},{}", q("a"), q("b").replace("\"T\"", text)));
    assert_eq!(piped(r#""And {a}?""#), "fine");
    assert!(piped(r#""And {b}?""#).starts_with("questions[1].title: `{b}` is no earlier question"));
    assert!(piped(r#"{"en":"{a}","de":"{c}"}"#).starts_with("questions[1].title: `{c}`"));
    assert_eq!(piped(r#"{"en":"x","de":""}"#), "questions[1].title.de required");
    assert_eq!(piped(&format!("\"{}\"", "x".repeat(501))), "questions[1].title too_long");
    let rows: Vec<String> = (0..30).map(|n| format!(r#"{{"name":"r{n}","label":"R"}}"#)).collect();
    let matrix =
        |name: String| question(&name, &format!(r#""type":"matrix","rows":[{}],"columns":{PAIR}"#, rows.join(",")));
    let matrices: Vec<String> = (0..7).map(|n| matrix(format!("m{n}"))).collect();
    assert!(survey(&matrices.join(",")).contains("210 form fields; 200 are allowed"));
}

#[test]
fn expressions() {
    let questions = [
        question("nps", r#""type":"scale","min":0,"max":10"#),
        question("one", &format!(r#""type":"choice","options":{PAIR},"other":true"#)),
        question("many", &format!(r#""type":"choice","options":{PAIR},"max":2"#)),
        question("why", r#""type":"text""#),
        question("day", r#""type":"date""#),
        question("grid", &format!(r#""type":"matrix","rows":{PAIR},"columns":{PAIR}"#)),
        question("order", &format!(r#""type":"ranking","options":{PAIR}"#)),
        question("news", r#""type":"consent","label":"L""#),
        question("note", r#""type":"info""#),
    ];
    let with = |expr: &str| {
        let last = format!(r#"{{"name":"last","title":"T","show_if":"{expr}","input":{{"type":"email"}}}}"#);
        survey(&format!("{},{last}", questions.join(",")))
    };
    for (expr, expected) in [
        ("nps <= 6 and one = a or includes(many, b)", "fine"),
        ("one = other and one.other = 'x' and why != ''", "fine"),
        ("day >= '2026-01-01' and grid.a = b and order.a < order.b", "fine"),
        ("news and answered(grid.b) and nps * 2 - 1 > order.a", "fine"),
        ("gone = 1", "there is no question `gone`"),
        ("last = 1", "`last` is not asked before this question"),
        ("nps = a", "compares a number with the text 'a'"),
        ("nps = order.a", "fine"),
        ("nps = nps", "right of = a name is an option; if the question is meant, write (nps)"),
        ("one = c", "'c' is none of the options"),
        ("one < nps + 1", "compares an option with a number"),
        ("one < 'a'", "texts and options have no order: only = and != compare them"),
        ("many = a", "`many` may have several answers: write includes(many, …)"),
        ("includes(many, other)", "`many` has no option `other`"),
        ("includes(nps, a)", "`nps` is no choice, so it includes nothing"),
        ("why + 1 > 2", "calculates with a text"),
        ("day > 'soon'", "'soon' is no day such as '2026-11-22'"),
        ("day = nps + 0", "compares a day with a number"),
        ("grid = a", "`grid` is a matrix: write `grid.` and a row"),
        ("grid.c = a", "`grid` has no part `c`"),
        ("order > 1", "`order` is a ranking: write `order.` and an option"),
        ("nps", "a number is no condition: compare it, or write answered(…)"),
        ("not why", "a text is no condition: compare it, or write answered(…)"),
        ("answered(note)", "`note` asks nothing"),
        ("answered(gone.x)", "there is no question `gone`"),
    ] {
        let expected =
            if expected == "fine" { expected.to_owned() } else { format!("questions[9].show_if: {expected}") };
        assert_eq!(with(expr), expected, "{expr}");
    }
}

#[test]
fn kinds() {
    let widget = |kind: &str, input: &str| {
        let json = format!(r#"{{"name":"w","kind":"{kind}","label":"W","questions":[{}]}}"#, question("q", input));
        told(Widget::parse(&json))
    };
    let nps = r#""type":"scale","min":0,"max":10,"measures":"nps""#;
    let csat = r#""type":"scale","min":1,"max":5,"measures":"csat","satisfied_from":4,"look":"stars""#;
    let ces = r#""type":"scale","min":1,"max":7,"measures":"ces""#;
    let poll = &format!(r#""type":"choice","options":{PAIR}"#);
    let text = r#""type":"text","long":true"#;
    let fitting = [("nps", nps), ("csat", csat), ("ces", ces), ("rating", csat), ("poll", poll), ("feedback", text)];
    for (kind, _) in fitting {
        for (other, input) in fitting {
            let fits = kind == other || (kind, other) == ("rating", "csat") || (kind, other) == ("csat", "rating");
            assert_eq!(widget(kind, input) == "fine", fits, "{kind} {other}: {}", widget(kind, input));
            assert_eq!(widget("survey", input), "fine");
        }
    }
}

#[test]
fn the_rest_of_a_widget() {
    let with = |more: &str| {
        let q = question("q", r#""type":"email""#);
        told(Widget::parse(&format!(r#"{{"name":"w","kind":"survey","label":"W","questions":[{q}],{more}}}"#)))
    };
    for (more, expected) in [
        (r#""stop_after":0"#, "stop_after too_low"),
        (r#""appearance":{"radius":33}"#, "appearance.radius too_high"),
        (r#""placement":{"type":"tab","label":""}"#, "placement.label required"),
        (r#""variants":[{"name":"a"}]"#, "variants too_few"),
        (r#""variants":[{"name":"a"},{"name":"a","weight":0}]"#, "variants[1].name twice | variants[1].weight too_low"),
        (r#""targeting":{"pages":["shop",""]}"#, "targeting.pages[0] malformed | targeting.pages[1] required"),
        (
            r#""targeting":{"not_pages":["/a?b=1"]}"#,
            "targeting.not_pages[0]: pages are told apart by path; the query does not count",
        ),
        (
            r#""targeting":{"scroll_percent":0,"sample_percent":101,"delay_seconds":3601}"#,
            "targeting.delay_seconds too_high | targeting.scroll_percent too_low | targeting.sample_percent too_high",
        ),
        (r#""targeting":{"from":"2026-02-01","until":"2026-01-01"}"#, "targeting.until: is before from"),
        (
            r#""targeting":{"visitors":"new","min_visits":2}"#,
            "targeting.min_visits: new visitors are on their first visit, so nobody would ever see it",
        ),
        (r#""targeting":{"languages":["German"]}"#, "targeting.languages[0] malformed"),
        (
            r#""targeting":{"click":"  ","frequency":{"every_days":0}}"#,
            "targeting.click required | targeting.frequency.every_days too_low",
        ),
        (
            r#""targeting":{"traits":[{"name":"a","is":["x"],"missing":true},{"name":"b","at_least":2,"at_most":1}]}"#,
            "targeting.traits[0].missing: what is missing has no value to compare | targeting.traits[1].at_least: is greater than at_most",
        ),
        (
            r#""targeting":{"frequency":{"every_days":30},"event":{"name":"bought","filters":[{"name":"total","at_least":50}]}}"#,
            "fine",
        ),
    ] {
        assert_eq!(with(more), expected, "{more}");
    }
}

#[test]
fn sites() {
    let site = |origins: &str, more: &str| {
        told(Site::parse(&format!(r#"{{"id":"acme","name":"A","origins":[{origins}],"locale":"en"{more}}}"#)))
    };
    assert_eq!(site("", ""), "fine");
    assert_eq!(site(r#""https://a.com","https://a.com""#, ""), "origins[1] twice");
    assert_eq!(
        site("", r#","attention":{"cooldown_days":366,"per_visit":21}"#),
        "attention.cooldown_days too_high | attention.per_visit too_high"
    );
    for good in [
        "https://example.com",
        "https://a.b-c.example:8443",
        "http://localhost",
        "http://localhost:80801",
        "http://127.0.0.1:3000",
        "http://[::1]:3000",
        "http://shop.localhost:1",
        "https://xn--bcher-kva.example",
    ] {
        assert_eq!(crate::origin::is_origin(good), !good.ends_with("80801"), "{good}");
    }
    for bad in [
        "",
        "example.com",
        "http://example.com",
        "https://",
        "https://example.com/",
        "https://Example.com",
        "https://a b.com",
        "https://example.com:443",
        "https://example.com:0",
        "https://example.com:+1",
        "https://user@example.com",
        "https://*.example.com",
        "https://example.com?x",
        "ftp://example.com",
        "null",
        "https://bücher.example",
        "https://-a.com",
        "https://a..com",
    ] {
        assert!(!crate::origin::is_origin(bad), "{bad}");
    }
}

#[test]
fn everything_is_told_at_once() {
    let json = r#"{"name":"w","kind":"nps","label":"","questions":[
        {"name":"a","title":"","input":{"type":"scale","min":1,"max":5}},
        {"name":"a","title":"{x}","show_if":"b = 1","input":{"type":"email"}}]}"#;
    assert_eq!(told(Widget::parse(json)).matches(" | ").count(), 5, "{}", told(Widget::parse(json)));
}

#[test]
fn news_is_words_with_days() {
    let of = |kind: &str, input: &str, more: &str| {
        told(Widget::parse(&format!(
            r#"{{"name":"w","kind":"{kind}","label":"W","questions":[{{"name":"q","title":"Q","input":{input}}}]{more}}}"#
        )))
    };
    let (dated, text) = (r#"{"type":"info","day":"2026-11-20"}"#, r#"{"type":"text"}"#);
    assert_eq!(of("news", dated, ""), "fine");
    assert_eq!(of("news", r#"{"type":"info"}"#, ""), "fine");
    for (kind, input, more) in [
        ("news", text, ""),
        ("survey", dated, ""),
        ("news", dated, r#","stop_after":3"#),
        ("news", r#"{"type":"info","day":"soon"}"#, ""),
    ] {
        assert_ne!(of(kind, input, more), "fine", "{kind} {input} {more}");
    }
}
