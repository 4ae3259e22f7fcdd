//! Bytes that travel, compressed as Cloudflare does it.

use std::io::Write;

use super::*;

fn brotli(text: &str) -> usize {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    writer.write_all(text.as_bytes()).unwrap();
    drop(writer);
    packed.len()
}

#[test]
fn an_nps_form_with_its_follow_ups_is_small() {
    let size = brotli(&form(&named("nps"), "en"));
    assert!(size <= 1_130, "{size} bytes");
}

#[test]
fn no_language_needs_much_more() {
    for strings in i18n::ALL {
        let size = brotli(&form(&named("nps"), strings.tag));
        assert!(size <= 1_450, "{}: {size} bytes", strings.tag);
    }
}

#[test]
fn a_style_sheet_holds_only_what_is_used() {
    let (nps, all) = (named("nps"), gallery());
    // A pop-up has the tab, too, that it becomes where the module is refused, and fields for its follow-up.
    let size = brotli(&css(&[&nps]));
    assert!(size <= 2_000, "{size} bytes");
    let score = Widget { questions: vec![nps.questions[0].clone()], placement: Placement::Inline, ..nps };
    let size = brotli(&css(&[&score]));
    assert!(size <= 1_350, "{size} bytes");
    // Every kind there is, news, quizzes and the leaderboard among them.
    let size = brotli(&css(&all.iter().collect::<Vec<_>>()));
    assert!(size <= 3_200, "{size} bytes");
}

#[test]
fn the_sheet_is_minified_and_whole() {
    let text = css(&gallery().iter().collect::<Vec<_>>());
    assert!(!text.contains("/*") && !text.contains("  ") && !text.contains('\n') && !text.contains(": "), "{text}");
    assert_eq!(text.matches('{').count(), text.matches('}').count());
    // A space in front of a pseudo-class means "inside", and arithmetic needs its own.
    assert!(text.contains(".ends :nth-child(2)") && text.contains("100vw - 2em"));
}

#[test]
fn colours_of_site_and_widget_come_last() {
    let mut site = site();
    site.appearance.accent = crate::theme::Color::parse("#ffd400");
    let mut nps = named("nps");
    nps.appearance.radius = Some(0);
    let text = site_css(&site, &[&nps]);
    let (common, own) = (text.find("#ffd400").unwrap(), text.find(".rapport[data-widget=nps]{--radius").unwrap());
    assert!(common < own && text.rfind("--accent:var(--rapport-accent,#2f5fe0)").unwrap() < common);
}

#[test]
fn the_default_colours_are_those_of_the_theme() {
    use crate::theme::{ACCENT, Color, DARK, LIGHT, TEXT};
    let text = css(&[&named("csat")]);
    assert!(text.contains(&format!("--accent:var(--rapport-accent,{ACCENT})")), "{text}");
    let pair = |name: &str| {
        let (_, rest) = text.split_once(&format!("--{name}:")).unwrap();
        let (_, rest) = rest.split_once("light-dark(").unwrap();
        let (light, dark) = rest.split_once(')').unwrap().0.split_once(',').unwrap();
        let full = |short: &str| {
            if short.len() == 4 {
                short.chars().flat_map(|c| if c == '#' { vec![c] } else { vec![c, c] }).collect()
            } else {
                short.to_owned()
            }
        };
        [light, dark].map(|color| Color::parse(&full(color)).unwrap())
    };
    assert_eq!(pair("card"), [LIGHT, DARK]);
    for (name, least) in [("edge", TEXT), ("text", TEXT), ("soft", TEXT), ("error", TEXT), ("rim", 3.0)] {
        for (color, card) in pair(name).into_iter().zip([LIGHT, DARK]) {
            assert!(color.contrast(card) >= least, "{name}: {color} on {card}");
        }
    }
}
