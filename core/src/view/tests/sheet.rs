//! The form that posts without scripts.

use super::*;

fn render(of: &Widget, values: &[Field], problems: &[Problem], script: Option<&str>) -> String {
    let (site, en) = (site(), locale("en"));
    let sheet = Sheet {
        id: "0199-id",
        started: 1_700,
        page: "https://shop.example/a?b=\"c\"",
        embedded: false,
        values,
        problems,
    };
    let context = ViewContext { sheet: Some(&sheet), ..context(&site, &en) };
    hosted_page(of, &Hosted { context, stylesheet: "/f/acme/x.css", script }).into_string()
}

fn field(name: &str, value: &str) -> Field {
    (name.to_owned(), value.to_owned())
}

#[test]
fn it_carries_what_scripts_would_know() {
    let html = render(&named("nps"), &[], &[], None);
    for (name, value) in
        [("id", "0199-id"), ("version", "3"), ("started", "1700"), ("page", "https://shop.example/a?b=&quot;c&quot;")]
    {
        assert!(html.contains(&format!("type=\"hidden\" name=\"{name}\" value=\"{value}\"")), "{name}");
        assert!(crate::validate::RESERVED.contains(&name), "{name} could be a question");
    }
    assert!(crate::validate::RESERVED.contains(&"trap"));
    assert!(html.contains("method=\"post\" action=\"https://feedback.example/f/acme/nps?lang=en\""));
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\">"));
}

#[test]
fn it_does_not_float_whatever_the_widget_does_elsewhere() {
    let html = render(&named("survey"), &[], &[], None);
    assert!(
        html.contains("data-placement=\"inline\"")
            && !html.contains("data-do=\"close\"")
            && !html.contains("data-when")
    );
}

#[test]
fn it_comes_to_life_only_where_there_is_a_script() {
    assert!(!render(&named("nps"), &[], &[], None).contains("<script"));
    let html = render(&named("nps"), &[], &[], Some("/s/acme.js"));
    assert!(html.contains("<script async src=\"/s/acme.js\" data-alone></script>"));
    assert!(html.contains("<rapport-widget name=\"nps\"><form"));
}

#[test]
fn problems_stand_beside_their_questions_and_answers_are_kept() {
    let values = [
        field("uses", "diary"),
        field("uses.other", "\"><script>"),
        field("main", "town"),
        field("order.paper", "2"),
        field("agree.flat", "yes"),
        field("pages", "many"),
        field("mail", "</textarea><b>"),
    ];
    let problems = [
        Problem::new("agree.lasts", Fault::Required),
        Problem::new("mail", Fault::Malformed { expected: "an e-mail address".into() }),
    ];
    let html = render(&named("survey"), &values, &problems, None);
    let tag =
        |part: &str| tags(&html).into_iter().find(|tag| tag.contains(part)).unwrap_or_else(|| panic!("no {part}"));
    for (part, wanted) in [
        ("value=\"diary\"", true),
        ("value=\"notes\"", false),
        ("name=\"uses\" value=\"other\"", true),
        ("value=\"town\"", true),
        ("name=\"agree.flat\" value=\"yes\"", true),
        ("name=\"agree.flat\" value=\"no\"", false),
    ] {
        assert_eq!(attribute(tag(part), "checked").is_some(), wanted, "{part}");
    }
    assert!(html.contains("<option selected>2</option>"));
    assert_eq!(attribute(tag("name=\"pages\""), "value"), Some("many"));
    assert!(!html.contains("<script>") && !html.contains("<b>"), "values are escaped");
    // The answer to an earlier question is piped in.
    assert!(html.contains("<span data-pipe=\"main\">In town</span>"));

    assert!(html.contains("id=\"survey-agree-error\">Please answer this question.</p>"), "{html}");
    assert!(html.contains("id=\"survey-mail-error\">Please enter an e-mail address"));
    assert_eq!(attribute(tag("name=\"mail\""), "aria-invalid"), Some("true"));
    assert!(tag("id=\"survey-uses-error\"").contains("hidden"), "no problem there");
    // The list above leads to each.
    assert!(html.contains("href=\"#survey-agree-error\"") && html.contains("href=\"#survey-mail-error\""));
    assert!(!html.contains("href=\"#survey-uses-error\""));
}

#[test]
fn a_long_text_keeps_its_first_newline() {
    let html = render(&named("feedback"), &[field("text", "\nfirst")], &[], None);
    assert!(html.contains(">\n\nfirst</textarea>"), "{html}");
}

#[test]
fn thanks_and_messages_are_whole_pages() {
    let (site, ar) = (site(), locale("ar"));
    let hosted = Hosted { context: context(&site, &ar), stylesheet: "/x.css", script: None };
    let html = thanks_page(&named("csat"), &hosted, "<7F3K>", None).into_string();
    assert!(html.contains("dir=\"rtl\"") && html.contains("شكرًا") && html.contains("&lt;7F3K&gt;"));
    for message in [Message::Closed, Message::Missing, Message::Failed] {
        assert!(message_page(&hosted, message).into_string().contains("<main>"));
    }
}

#[test]
fn options_are_shuffled_for_each_response_and_stay_so() {
    let order = |id: &str| {
        let (site, en) = (site(), locale("en"));
        let sheet = Sheet { id, started: 0, page: "", embedded: false, values: &[], problems: &[] };
        let html = widget(&named("poll"), &ViewContext { sheet: Some(&sheet), ..context(&site, &en) }).into_string();
        let options = tags(&html).into_iter().filter(|tag| attribute(tag, "name") == Some("colour"));
        options.map(|tag| attribute(tag, "value").unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(order("0199-a"), order("0199-a"));
    let mut seen: Vec<_> = (0..200).map(|n| order(&format!("0199-{n}"))).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 6, "all orders of three come up: {seen:?}");
    assert!(form(&named("poll"), "en").contains("data-shuffle"), "in the manifest scripts do it");
}
