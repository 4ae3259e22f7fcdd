//! What is pasted somewhere, made for this deployment, site and widget. Pure texts; the pages show them.

use rapport_core::model::question::{Input, Look, Question};
use rapport_core::model::site::Site;
use rapport_core::model::text::Locale;
use rapport_core::model::widget::Widget;

use crate::dashboard::embed;

/// The place of an inline widget, with a way to answer for those without scripts.
pub fn place(hosted: &str, widget: &Widget, locale: &Locale) -> String {
    let name = &widget.name;
    format!(
        r#"<rapport-widget name="{name}"><a href="{hosted}">{}</a></rapport-widget>"#,
        escaped(title(widget, locale))
    )
}

/// A link to the hosted page.
pub fn link(hosted: &str, widget: &Widget, locale: &Locale) -> String {
    format!(r#"<a href="{hosted}">{}</a>"#, escaped(title(widget, locale)))
}

/// The hosted page in a frame.
pub fn frame(hosted: &str, widget: &Widget, locale: &Locale) -> String {
    let title = escaped(title(widget, locale));
    format!(
        r#"<iframe src="{hosted}?embed" title="{title}" loading="lazy" width="100%" height="480" style="border:0"></iframe>"#
    )
}

/// The lines that a Content-Security-Policy needs: name, value.
pub fn policy(worker: &str) -> [(&'static str, String); 4] {
    [
        ("script-src", format!("{worker} 'wasm-unsafe-eval'")),
        ("connect-src", worker.to_owned()),
        ("form-action", worker.to_owned()),
        ("trusted-types", "rapport".to_owned()),
    ]
}

/// What each frame of a site is told: the same words as everywhere, in its own grammar.
pub fn react(name: &str) -> String {
    format!("export function Feedback() {{\n  return <rapport-widget name=\"{name}\" />;\n}}")
}

/// Types for React's TSX.
pub const REACT_TYPES: &str = "declare module \"react\" {\n  namespace JSX {\n    interface IntrinsicElements { \"rapport-widget\": { name: string } }\n  }\n}";

/// Vue has to be told that the element is none of its own.
pub const VUE: &str =
    "vue({ template: { compilerOptions: {\n  isCustomElement: (tag) => tag === \"rapport-widget\",\n} } })";

/// For WordPress: a line of PHP.
pub fn wordpress(tag: &str) -> String {
    format!("add_action('wp_head', function () {{\n  echo '{}';\n}});", tag.replace('\'', "\\'"))
}

/// With a bundler: the small package of the repository.
pub fn module(origin: &str, site: &Site) -> String {
    format!(
        "import {{ load }} from \"./rapport-embed/index.js\";\n\nconst rapport = await load(\"{origin}\", \"{}\");",
        site.id
    )
}

/// A row for an e-mail: one link for each answer to the first question that has a few. Links choose and send nothing, so
/// that a mail scanner that follows them all answers nothing.
pub fn mail(hosted: &str, widget: &Widget, locale: &Locale) -> Option<String> {
    let question = widget.questions.iter().find(|question| question.show_if.is_none())?;
    let answers = answers(question, locale)?;
    let cells: String = answers
        .iter()
        .map(|(value, label)| {
            format!(
                "  <td style=\"padding:2px\"><a href=\"{hosted}?{}={value}\" style=\"display:block;min-width:24px;padding:10px 6px;border:1px solid #8b8983;border-radius:6px;background:#ffffff;color:#1b1b19;font:600 16px/20px Arial,sans-serif;text-align:center;text-decoration:none\">{}</a></td>\n",
                question.name,
                escaped(label)
            )
        })
        .collect();
    let ends = match &question.input {
        Input::Scale { low: Some(low), high: Some(high), .. } => format!(
            "<p style=\"margin:6px 0 0;font:13px/18px Arial,sans-serif;color:#5f5d57\">{} – {}</p>\n",
            escaped(low.get(locale)),
            escaped(high.get(locale))
        ),
        _ => String::new(),
    };
    let title = escaped(question.title.get(locale));
    Some(format!(
        "<p style=\"margin:0 0 8px;font:600 16px/22px Arial,sans-serif\">{title}</p>\n<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr>\n{cells}</tr></table>\n{ends}"
    ))
}

/// Values and what is written on their links, where one click is a whole answer.
fn answers(question: &Question, locale: &Locale) -> Option<Vec<(String, String)>> {
    match &question.input {
        Input::Scale { min, max, look, .. } => {
            let last = max.saturating_sub(*min);
            let drawn = |point: i32| match look {
                Look::Stars => "★".repeat(usize::try_from(point.clamp(1, 10)).unwrap_or(1)),
                Look::Smileys if last > 0 => face((point.saturating_sub(*min) * 4 + last / 2) / last).to_owned(),
                Look::Thumbs if last == 1 => (if point == *max { "👍" } else { "👎" }).to_owned(),
                _ => point.to_string(),
            };
            Some((*min..=*max).map(|point| (point.to_string(), drawn(point))).collect())
        }
        Input::Choice { options, max: 1, .. } => {
            Some(options.iter().map(|option| (option.name.to_string(), option.label.get(locale).to_owned())).collect())
        }
        _ => None,
    }
}

const fn face(place: i32) -> &'static str {
    match place {
        0 => "😠",
        1 => "🙁",
        2 => "😐",
        3 => "🙂",
        _ => "😍",
    }
}

/// What visitors read of a widget: its heading, else its first question.
fn title<'a>(widget: &'a Widget, locale: &Locale) -> &'a str {
    let asked = widget.questions.first().map(|question| &question.title);
    widget.title.as_ref().or(asked).map_or(widget.label.as_str(), |text| text.get(locale))
}

/// For HTML that is shown as text to be copied: what it says must be text there as well.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The one tag that a site needs.
pub fn tag(origin: &str, site: &Site) -> String {
    embed::tag(origin, site)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widget(title: &str, input: &str) -> Widget {
        let json = r#"{"name":"nps","kind":"survey","label":"NPS","questions":[{"name":"score","title":TITLE,"input":INPUT}]}"#;
        Widget::parse(&json.replace("TITLE", title).replace("INPUT", input)).unwrap()
    }

    fn en() -> Locale {
        Locale::parse("en").unwrap()
    }

    #[test]
    fn the_row_for_mail_links_each_answer() {
        let nps = widget(r#""Would you?""#, r#"{"type":"scale","min":0,"max":10,"low":"No","high":"Yes"}"#);
        let row = mail("https://r.example/f/acme/nps", &nps, &en()).unwrap();
        assert_eq!(row.matches("<a href=\"https://r.example/f/acme/nps?score=").count(), 11);
        assert!(row.contains("?score=10\"") && row.contains("No – Yes") && !row.contains("script"));
        let faces = widget(r#""How?""#, r#"{"type":"scale","min":1,"max":5,"look":"smileys"}"#);
        assert!(mail("x", &faces, &en()).unwrap().contains("😍</a>"));
        let text = widget(r#""Why?""#, r#"{"type":"text"}"#);
        assert_eq!(mail("x", &text, &en()), None);
    }

    #[test]
    fn the_owners_words_stay_text_where_they_are_pasted() {
        let odd = widget(r#""<script>\"&'""#, r#"{"type":"scale","min":1,"max":2}"#);
        for snippet in
            [place("x", &odd, &en()), link("x", &odd, &en()), frame("x", &odd, &en()), mail("x", &odd, &en()).unwrap()]
        {
            assert!(snippet.contains("&lt;script&gt;&quot;&amp;"), "{snippet}");
        }
    }

    #[test]
    fn the_policy_is_the_documented_one() {
        let documented = include_str!("../../../../www/embed/csp.md");
        for (name, value) in policy("WORKER") {
            for word in value.split(' ') {
                assert!(documented.contains(&format!("| `{name}` | `{word}`")), "{name} {word}");
            }
        }
    }
}
