//! Which of our languages serves a visitor best.

use super::{ALL, Strings, en};
use crate::model::text::Locale;

/// The texts for `locale`: its own, else those of its script, else of its language, else English.
pub fn strings(locale: &Locale) -> &'static Strings {
    find(locale.as_str()).unwrap_or(&en::STRINGS)
}

/// The best language for an `Accept-Language` header, where we have any that it names. Weights are respected, refused
/// languages (`q=0`) passed over; at most 20 entries are looked at.
pub fn accepted(header: &str) -> Option<&'static Strings> {
    let mut best: Option<(u32, &'static Strings)> = None;
    for entry in header.split(',').take(20) {
        let mut parts = entry.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1_000), thousandths);
        let (Some(weight), Some(found)) = (weight, find(tag)) else { continue };
        if weight > 0 && best.is_none_or(|(highest, _)| weight > highest) {
            best = Some((weight, found));
        }
    }
    best.map(|(_, strings)| strings)
}

fn find(tag: &str) -> Option<&'static Strings> {
    let wanted = normal(tag)?;
    ALL.into_iter().find(|strings| strings.tag.eq_ignore_ascii_case(&wanted)).or_else(|| {
        let language = wanted.split('-').next()?;
        ALL.into_iter().find(|strings| strings.tag.split('-').next() == Some(language))
    })
}

/// The tag in the form that we use. Chinese goes by script: Hong Kong, Macao and Taiwan write traditional characters
/// unless the tag says otherwise. Indonesian had another code once.
fn normal(tag: &str) -> Option<String> {
    let tag = tag.replace('_', "-").to_ascii_lowercase();
    let mut subtags = tag.split('-');
    let language = subtags.next().filter(|language| !language.is_empty())?;
    let rest: Vec<&str> = subtags.collect();
    let any = |wanted: &[&str]| rest.iter().any(|subtag| wanted.contains(subtag));
    Some(match language {
        "zh" | "cmn" | "yue" if any(&["hans"]) => "zh-CN".to_owned(),
        "yue" => "zh-TW".to_owned(),
        "zh" | "cmn" if any(&["hant", "tw", "hk", "mo"]) => "zh-TW".to_owned(),
        "zh" | "cmn" => "zh-CN".to_owned(),
        "in" => "id".to_owned(),
        _ => tag.clone(),
    })
}

/// The weight of an entry, `0.8` as 800; nothing for what is not a weight.
pub fn thousandths(text: &str) -> Option<u32> {
    let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match whole {
        "1" => Some(1_000),
        "0" => format!("{decimals:0<3}").parse().ok(),
        _ => None,
    }
}
