use super::super::*;
use crate::i18n;
use crate::loyalty::draw::{Public, State, name};
use crate::loyalty::program::{Draw, How, Prize, Wins};
use crate::name::Name;
use crate::time::Day;

#[test]
fn the_page_of_a_draw_tells_what_was_promised_and_what_came_of_it() {
    let site = Site::parse(r#"{"id":"acme","name":"A & B","origins":[],"locale":"en"}"#).unwrap();
    let prize = Prize {
        name: Name::parse("mug").unwrap(),
        label: "A <b>mug</b>".into(),
        stock: 2,
        one_in: Some(3),
        wins: Wins::ByHand,
    };
    let draw = Draw {
        name: Name::parse("autumn").unwrap(),
        label: "Autumn".into(),
        cost: 1_500,
        per_member: 1,
        tier: None,
        from: None,
        until: Day::parse("2026-12-01"),
        how: How::AtOnce,
        prizes: vec![prize],
    };
    let names: Vec<String> = (0..40).map(|n| name(&n.to_string())).collect();
    for strings in i18n::ALL {
        let locale = Locale::parse(strings.tag).unwrap();
        let context = ViewContext {
            site: &site,
            version: 0,
            variant: None,
            locale: &locale,
            origin: "https://f.example",
            sheet: None,
        };
        let hosted = Hosted { context, stylesheet: "/draw/acme.css", script: None };
        let page = |over: bool| {
            let public = Public::new(draw.clone(), &[7; 32], names.clone(), Vec::new(), over);
            let state = if over { State::Over } else { State::Open };
            draw_page(&public, &hosted, state).into_string()
        };
        let (before, after) = (page(false), page(true));
        let seed = "07".repeat(32);
        assert!(!before.contains(&seed) && after.contains(&seed), "{}", strings.tag);
        for page in [&before, &after] {
            assert!(page.contains("A &lt;b&gt;mug") && !page.contains("<b>mug") && !page.contains("{n}"), "{page}");
            assert!(page.contains(&names[39]) && page.contains("hashlib") && page.contains("/draw/acme/autumn.json"));
        }
    }
    let told = Public::new(draw, &[7; 32], names, Vec::new(), true).to_json(&site.id, &site.locale);
    assert_eq!(told["winners"].as_array().map(Vec::len), Some(2));
}
