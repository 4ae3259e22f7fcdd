//! Writes every kind, look, placement, language and colour as static pages, to look at and to run axe-core on:
//! `cargo run -p rapport-core --features server --example gallery -- target/gallery`.

use std::error::Error;
use std::fs;
use std::path::Path;

use rapport_core::i18n;
use rapport_core::model::placement::{Corner, Edge, Placement, Side};
use rapport_core::model::site::Site;
use rapport_core::model::text::Locale;
use rapport_core::model::widget::{Kind, Widget};
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;
use rapport_core::view::thread::{self, Draft, Line, Refused, Talk, Thread, Turn};
use rapport_core::view::{self, Hosted, Message, Sheet, ViewContext};

const ORIGIN: &str = "https://feedback.example";

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let site: Site = serde_json::from_str(
        r##"{"id":"larkfold","name":"Larkfold","origins":[],"locale":"en","appearance":{"accent":"#2a3a8f"}}"##,
    )?;
    let widgets: Vec<Widget> = serde_json::from_str(include_str!("../../tests/fixtures/gallery.json"))?;

    for strings in i18n::ALL {
        let locale = Locale::parse(strings.tag).map_err(|_| strings.tag)?;
        for scheme in ["light", "dark"] {
            let forms: String = widgets.iter().map(|widget| inline(&site, widget, &locale)).collect();
            fs::write(
                folder.join(format!("inline-{}-{scheme}.html", strings.tag)),
                document(strings.dir(), strings.tag, scheme, &forms),
            )?;
        }
        for widget in &widgets {
            hosted(folder, &site, widget, &locale)?;
        }
    }
    for (accent, name) in
        [("#ffd400", "yellow"), ("#0a0a0a", "ink"), ("#ff5a36", "coral"), ("#f4f4f4", "paper"), ("#12a150", "green")]
    {
        let mut site = site.clone();
        site.appearance.accent = rapport_core::theme::Color::parse(accent);
        for scheme in ["light", "dark"] {
            let forms: String = widgets.iter().take(6).map(|widget| inline(&site, widget, &site.locale)).collect();
            fs::write(folder.join(format!("accent-{name}-{scheme}.html")), document("ltr", "en", scheme, &forms))?;
        }
    }
    talks(folder, &site)?;
    placements(folder, &site, &widgets)
}

/// Conversations: the card over a page, closed and open, and the page of a response.
fn talks(folder: &Path, site: &Site) -> Result<(), Box<dyn Error>> {
    let line = |owner, text: &str, hour: i64| Line {
        owner,
        text: text.to_owned(),
        at: Timestamp(1_795_000_000_000 + hour * 3_600_000),
    };
    let full = Thread {
        id: "0199a6e2-5c00-7abc-8def-0123456789ab".to_owned(),
        wrote: vec![("What would have to change?".to_owned(), "The studio forgot my second design. Twice!".to_owned())],
        lines: vec![
            line(true, "I am sorry. That was a mistake of mine, and it is mended.\n\nIs your design back?", 0),
            line(false, "It is. Thank you!", 3),
        ],
        done: vec![("Designs no longer get lost".to_owned(), "The studio now keeps the last twenty.".to_owned())],
        until: Timestamp(0),
        turn: Turn::Open,
    };
    fs::write(folder.join("talk.css"), view::talk_page_css(site))?;
    for (tag, scheme) in [("en", "light"), ("en", "dark"), ("ar", "light"), ("zh-CN", "dark")] {
        let locale = Locale::parse(tag).map_err(|_| "tag")?;
        let dir = i18n::strings(&locale).dir();
        let talk = Talk { site, locale: &locale, origin: ORIGIN };
        for (state, turn) in [("open", Turn::Open), ("wait", Turn::Wait), ("none", Turn::Nothing)] {
            let mut thread = Thread { turn, ..full.clone() };
            if turn == Turn::Nothing {
                (thread.lines, thread.done) = (Vec::new(), Vec::new());
            }
            let closed = thread::card(std::slice::from_ref(&thread), &talk).into_string();
            let open = closed.replacen("tabindex=\"-1\" hidden", "", 1).replacen("class=\"brief\"", "hidden", 1);
            for (name, card) in [("closed", closed), ("read", open)] {
                let css = view::talk_css(site);
                let host = format!(
                    "<div data-placed><template shadowrootmode=\"open\"><style>{css}</style>{card}</template></div>"
                );
                let file = format!("talk-{state}-{name}-{tag}-{scheme}.html");
                fs::write(folder.join(file), document(dir, tag, scheme, &format!("<h1>Larkfold</h1>{host}")))?;
            }
            let context = ViewContext { site, version: 1, variant: None, locale: &locale, origin: ORIGIN, sheet: None };
            let refused = (turn == Turn::Open).then_some(Refused::Blank);
            let draft = Draft { message: "0199", text: "", refused };
            let page = thread::talk_page(&thread, &Hosted { context, stylesheet: "talk.css", script: None }, &draft);
            fs::write(folder.join(format!("talk-{state}-page-{tag}-{scheme}.html")), page.into_string())?;
        }
    }
    Ok(())
}

/// Each placement over a page of text.
fn placements(folder: &Path, site: &Site, widgets: &[Widget]) -> Result<(), Box<dyn Error>> {
    let corner = |corner| Placement::Popover { corner };
    let tab = |side| Placement::Tab { label: "Feedback".into(), side };
    let all = [
        ("popover-top-start", corner(Corner::TopStart), "live"),
        ("popover-top-end", corner(Corner::TopEnd), "live"),
        ("popover-bottom-start", corner(Corner::BottomStart), "js"),
        ("popover-bottom-end", corner(Corner::BottomEnd), "js"),
        ("tab-start", tab(Side::Start), "js"),
        ("tab-end", tab(Side::End), "js"),
        ("tab-open", tab(Side::End), "js open"),
        ("modal", Placement::Modal, "js"),
        ("bar-top", Placement::Bar { edge: Edge::Top }, "js"),
        ("bar-bottom", Placement::Bar { edge: Edge::Bottom }, "js"),
    ];
    for (name, placement, stage) in all {
        for widget in widgets {
            let widget = Widget { placement: placement.clone(), ..widget.clone() };
            for (scheme, dir) in [("light", "ltr"), ("dark", "ltr"), ("light", "rtl")] {
                let locale = Locale::parse(if dir == "rtl" { "ar" } else { "en" }).map_err(|_| "tag")?;
                let host = host(site, &widget, &locale, stage);
                let text =
                    "<p>The paper is made in the valley, the thread is linen, and every book is sewn by hand.</p>"
                        .repeat(8);
                let body = format!("<h1>Larkfold</h1>{text}{host}");
                let file = format!("{name}-{}-{scheme}-{dir}.html", widget.name);
                fs::write(folder.join(file), document(dir, locale.as_str(), scheme, &body))?;
            }
        }
    }
    Ok(())
}

/// A widget in the flow of the page, in the three states that a visitor may see.
fn inline(site: &Site, widget: &Widget, locale: &Locale) -> String {
    let widget = Widget { placement: Placement::Inline, ..widget.clone() };
    let first = host(site, &widget, locale, "js");
    if widget.kind == Kind::Survey { first + &host(site, &widget, locale, "") } else { first }
}

fn host(site: &Site, widget: &Widget, locale: &Locale, stage: &str) -> String {
    let context = ViewContext { site, version: 1, variant: None, locale, origin: ORIGIN, sheet: None };
    let form = view::widget(widget, &context).into_string();
    let form = form.replacen("class=\"rapport", &format!("class=\"{stage} rapport"), 1);
    let css = view::site_css(site, &[widget]);
    let placed = if widget.placement == Placement::Inline { "" } else { " data-placed" };
    let [narrow, wide] = [328, 672].map(|column| view::reserved_height(widget, locale, column));
    format!(
        "<rapport-widget{placed} data-narrow=\"{narrow}\" data-wide=\"{wide}\" name=\"{}\"><template shadowrootmode=\"open\"><style>{css}</style>{form}</template></rapport-widget>",
        widget.name
    )
}

/// The hosted page fresh, with problems, and after sending.
fn hosted(folder: &Path, site: &Site, widget: &Widget, locale: &Locale) -> Result<(), Box<dyn Error>> {
    fs::write(folder.join(format!("{}.css", widget.name)), view::page_css(site, widget))?;
    let stylesheet = format!("{}.css", widget.name);
    let file = |state: &str| folder.join(format!("hosted-{state}-{}-{}.html", widget.name, locale.as_str()));
    let problems: Vec<Problem> = widget
        .questions
        .iter()
        .filter(|question| question.required)
        .map(|question| Problem::new(question.name.as_str(), Fault::Required))
        .collect();
    let values = vec![("text".to_owned(), "\n<b>kept</b>".to_owned()), ("uses".to_owned(), "diary".to_owned())];
    let fresh = Sheet {
        id: "0199",
        started: 0,
        page: "https://larkfold.example/cart",
        embedded: false,
        values: &[],
        problems: &[],
    };
    let wrong = Sheet { values: &values, problems: &problems, ..fresh };
    let page = |sheet| Hosted {
        context: ViewContext { site, version: 1, variant: None, locale, origin: ORIGIN, sheet },
        stylesheet: &stylesheet,
        script: None,
    };
    fs::write(file("fresh"), view::hosted_page(widget, &page(Some(&fresh))).into_string())?;
    fs::write(file("problems"), view::hosted_page(widget, &page(Some(&wrong))).into_string())?;
    let votes = [("indigo".to_owned(), 12), ("moss".to_owned(), 30)];
    let result = (widget.kind == Kind::Poll).then(|| view::poll_result(widget, locale, &votes, 42));
    fs::write(file("thanks"), view::thanks_page(widget, &page(None), "7F3K-2M", result).into_string())?;
    fs::write(file("closed"), view::message_page(&page(None), Message::Closed).into_string())?;
    Ok(())
}

fn document(dir: &str, lang: &str, scheme: &str, body: &str) -> String {
    let heading = if body.contains("<h1>") { "" } else { "<h1>Gallery</h1>" };
    format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Gallery</title>\
         <style>:root{{color-scheme:{scheme}}}body{{font:16px/1.6 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem}}rapport-widget{{display:block;margin:1rem 0}}</style>\
         <main>{heading}{body}</main></html>"
    )
}
