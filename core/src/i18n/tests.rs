use super::*;

fn locale(tag: &str) -> Locale {
    Locale::parse(tag).unwrap()
}

/// Everything that a language says, through its Debug form, so that no field can be forgotten here.
fn said(strings: &Strings) -> Vec<String> {
    let debug = format!("{strings:?}");
    debug.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn holes(text: &str) -> Vec<String> {
    let mut found: Vec<String> =
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned())).collect();
    found.sort();
    found
}

#[test]
fn fourteen_languages_say_everything() {
    let tags: Vec<&str> = ALL.iter().map(|strings| strings.tag).collect();
    assert_eq!(tags, ["en", "zh-CN", "zh-TW", "ja", "ko", "es", "fr", "de", "pt-BR", "it", "ru", "ar", "hi", "id"]);
    let mut names: Vec<&str> = ALL.iter().map(|strings| strings.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 14);
}

#[test]
fn every_text_has_the_holes_of_the_english_one() {
    let pick: [fn(&Strings) -> &'static str; 49] = [
        |s| s.quiz.score,
        |s| s.quiz.right,
        |s| s.quiz.wrong,
        |s| s.wording.nps,
        |s| s.wording.csat,
        |s| s.wording.ces,
        |s| s.wording.nps_missing,
        |s| s.form.step,
        |s| s.form.resumed,
        |s| s.choose.any,
        |s| s.choose.exactly,
        |s| s.choose.at_least,
        |s| s.choose.up_to,
        |s| s.choose.between,
        |s| s.ranking.hint,
        |s| s.ranking.up,
        |s| s.ranking.down,
        |s| s.ranking.moved,
        |s| s.status.sending,
        |s| s.status.saved,
        |s| s.status.refused,
        |s| s.status.reason_old,
        |s| s.status.receipt,
        |s| s.invalid.required,
        |s| s.invalid.too_long,
        |s| s.invalid.too_many,
        |s| s.invalid.too_few,
        |s| s.invalid.too_low,
        |s| s.invalid.too_high,
        |s| s.invalid.too_early,
        |s| s.invalid.too_late,
        |s| s.invalid.malformed_email,
        |s| s.invalid.twice,
        |s| s.page.title,
        |s| s.page.thanks,
        |s| s.page.problems,
        |s| s.page.closed,
        |s| s.page.missing,
        |s| s.page.failed,
        |s| s.page.no_script,
        |s| s.page.privacy,
        |s| s.number.percent,
        |s| s.status.votes.other,
        |s| s.scale.stars.other,
        |s| s.form.send,
        |s| s.talk.reply,
        |s| s.talk.wait,
        |s| s.talk.title,
        |s| s.talk.none,
    ];
    for strings in ALL {
        for text in pick {
            assert_eq!(holes(text(strings)), holes(text(ALL[0])), "{}: {}", strings.tag, text(strings));
        }
    }
}

#[test]
fn nothing_is_empty_left_in_english_or_untidy() {
    let english = said(ALL[0]);
    for strings in ALL {
        for (text, original) in said(strings).iter().zip(&english) {
            assert_eq!(text.trim(), text, "{}", strings.tag);
            assert!(!text.contains("  ") && !text.contains("..."), "{}: {text}", strings.tag);
            let borrowed =
                ["Feedback", "Neutral", "{n} vote", "{n} votes", "{n}%", "{n} point", "{n} points", "Name", "E-mail"]
                    .contains(&text.as_str());
            let separator = text.chars().count() <= 1;
            assert!(
                strings.tag == "en" || text != original || text.is_empty() || borrowed || separator,
                "{}: {text}",
                strings.tag
            );
        }
    }
}

/// The categories that CLDR gives each language for whole numbers.
#[test]
fn plurals_have_the_forms_that_the_language_asks_for() {
    use Category::*;
    let wanted = |tag: &str| match tag {
        "en" | "de" | "hi" => vec![One, Other],
        "es" | "fr" | "pt-BR" | "it" => vec![One, Many, Other],
        "ru" => vec![One, Few, Many, Other],
        "ar" => vec![Zero, One, Two, Few, Many, Other],
        _ => vec![Other],
    };
    for strings in ALL {
        for plural in [&strings.status.votes, &strings.scale.stars] {
            let forms: Vec<Category> = plural.forms().map(|(category, _)| category).collect();
            assert_eq!(forms, wanted(strings.tag), "{}", strings.tag);
        }
        for n in (0..1_200).chain([10_000, 999_999, 1_000_000, 2_000_000, u64::MAX]) {
            assert!(wanted(strings.tag).contains(&category(strings.tag, n)), "{} {n}", strings.tag);
        }
    }
}

#[test]
fn votes_are_counted_as_one_would_say_it() {
    let rows = [
        ("en", 0, "0 votes"),
        ("en", 1, "1 vote"),
        ("en", 1_234_567, "1,234,567 votes"),
        ("ru", 1, "1 голос"),
        ("ru", 3, "3 голоса"),
        ("ru", 11, "11 голосов"),
        ("ru", 21, "21 голос"),
        ("ru", 112, "112 голосов"),
        ("ar", 0, "لا أصوات"),
        ("ar", 2, "صوتان"),
        ("ar", 7, "7 أصوات"),
        ("ar", 42, "42 صوتًا"),
        ("ar", 100, "100 صوت"),
        ("fr", 0, "0 vote"),
        ("fr", 1_000_000, "1\u{202f}000\u{202f}000 de votes"),
        ("pt-BR", 0, "0 voto"),
        ("es", 1_234, "1234 votos"),
        ("es", 12_345, "12.345 votos"),
        ("hi", 1_234_567, "12,34,567 वोट"),
        ("ja", 1, "1 票"),
        ("de", 1, "1 Stimme"),
    ];
    for (tag, n, text) in rows {
        let strings = strings(&locale(tag));
        assert_eq!(strings.count(&strings.status.votes, n), text, "{tag} {n}");
    }
}

#[test]
fn visitors_get_the_nearest_language() {
    let rows = [
        ("en-GB", "en"),
        ("zh", "zh-CN"),
        ("zh-SG", "zh-CN"),
        ("zh-HK", "zh-TW"),
        ("zh-MO", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hans-HK", "zh-CN"),
        ("yue", "zh-TW"),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("es-419", "es"),
        ("ar-EG", "ar"),
        ("in", "id"),
        ("sv", "en"),
    ];
    for (asked, given) in rows {
        assert_eq!(strings(&locale(asked)).tag, given, "{asked}");
    }
}

#[test]
fn accept_language_is_weighed() {
    let rows = [
        ("de-CH,de;q=0.9,en;q=0.8", Some("de")),
        ("sv,en;q=0.5,fr;q=0.7", Some("fr")),
        ("en;q=0, ja", Some("ja")),
        ("zh-HK;q=1.0, zh-CN;q=0.9", Some("zh-TW")),
        ("sv", None),
        ("", None),
        ("*", None),
        ("en;q=nonsense, it;q=0.1", Some("it")),
        ("<script>", None),
    ];
    for (header, tag) in rows {
        assert_eq!(accepted(header).map(|strings| strings.tag), tag, "{header}");
    }
}

#[test]
fn holes_are_filled_once() {
    assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
    assert_eq!(fill("{unknown} {", &[("a", "1")]), "{unknown} {");
    assert_eq!(fill("{{a}}", &[("a", "1")]), "{1}");
}

#[test]
fn only_arabic_runs_from_right_to_left() {
    for strings in ALL {
        assert_eq!(strings.dir(), if strings.tag == "ar" { "rtl" } else { "ltr" });
    }
}

#[test]
fn template_texts_come_in_every_language() {
    let Text::Many(texts) = text(|s| s.wording.nps, &[("site", "Acme")]) else { panic!("one language only") };
    assert_eq!(texts.len(), 14);
    assert!(texts.values().all(|text| text.contains("Acme")));
}
