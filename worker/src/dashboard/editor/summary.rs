//! In a sentence: to whom a widget is shown, where, when and until when.

use rapport_core::model::placement::Placement;
use rapport_core::model::widget::Widget;
use rapport_core::targeting::{Device, Frequency, Targeting, Visitors};

use crate::dashboard::lang::Lang;
use crate::dashboard::strings::editor::{Editor, fill};

/// The sentence.
pub fn of(widget: &Widget, lang: Lang) -> String {
    let s = &lang.strings().editor;
    let comma = lang.strings().list_comma;
    let targeting = &widget.targeting;
    let inline = widget.placement == Placement::Inline;
    let mut parts = vec![people(targeting, s, comma)];
    parts.push(pages(targeting, s, comma));
    parts.push(if inline { s.in_place.to_owned() } else { moment(targeting, s) });
    let mut sentence =
        fill(s.shown, &[&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(comma)]);
    match targeting.frequency {
        Some(Frequency::Once) => sentence += s.only_once,
        Some(Frequency::EveryDays(days)) => sentence += &fill(s.again, &[&days.to_string()]),
        _ => {}
    }
    if let Some(from) = targeting.from {
        sentence += &fill(s.not_before, &[&from.to_string()]);
    }
    match (targeting.until, widget.stop_after) {
        (None, None) => sentence += s.until_you,
        (until, stop) => {
            if let Some(until) = until {
                sentence += &fill(s.not_after, &[&until.to_string()]);
            }
            if let Some(stop) = stop {
                sentence += &fill(s.ends_at, &[&stop.to_string()]);
            }
        }
    }
    sentence + if lang == Lang::ZhCn { "。" } else { "." }
}

fn people(targeting: &Targeting, s: &Editor, comma: &str) -> String {
    let mut who = Vec::new();
    match targeting.visitors {
        Some(Visitors::New) => who.push(s.part_visitors_new.to_owned()),
        Some(Visitors::Returning) => who.push(s.part_visitors_returning.to_owned()),
        None => {}
    }
    if let Some(visits) = targeting.min_visits.filter(|visits| *visits > 1) {
        who.push(fill(s.part_visits, &[&visits.to_string()]));
    }
    if !targeting.traits.is_empty() {
        let names: Vec<&str> = targeting.traits.iter().map(|filter| filter.name.as_str()).collect();
        who.push(fill(s.part_traits, &[&names.join(comma)]));
    }
    if let Some(percent) = targeting.sample_percent {
        who.push(fill(s.part_sample, &[&percent.to_string()]));
    }
    let mut said = vec![if who.is_empty() { s.to_all.to_owned() } else { fill(s.to_some, &[&who.join(comma)]) }];
    if !targeting.devices.is_empty() {
        let word = |device: &Device| match device {
            Device::Phone => s.phone,
            Device::Tablet => s.tablet,
            Device::Desktop => s.desktop,
        };
        let names: Vec<String> = targeting.devices.iter().map(|device| word(device).to_lowercase()).collect();
        said.push(fill(s.part_devices, &[&names.join(s.or)]));
    }
    if !targeting.languages.is_empty() {
        said.push(fill(s.part_languages, &[&targeting.languages.join(s.or)]));
    }
    said.join(comma)
}

fn pages(targeting: &Targeting, s: &Editor, comma: &str) -> String {
    let mut said = match targeting.pages.is_empty() {
        true => vec![s.on_every_page.to_owned()],
        false => vec![fill(s.on_these, &[&targeting.pages.join(s.or)])],
    };
    if !targeting.not_pages.is_empty() {
        said.push(fill(s.not_on, &[&targeting.not_pages.join(s.or)]));
    }
    said.join(comma)
}

/// Any of these brings it up.
fn moment(targeting: &Targeting, s: &Editor) -> String {
    let moments = [
        targeting.delay_seconds.map(|seconds| fill(s.after_seconds, &[&seconds.to_string()])),
        targeting.scroll_percent.map(|percent| fill(s.after_scroll, &[&percent.to_string()])),
        targeting.exit_intent.then(|| s.on_leave.to_owned()),
        targeting.click.as_ref().map(|selector| fill(s.on_click, &[selector])),
        targeting.event.as_ref().map(|event| fill(s.on_event, &[event.name.as_str()])),
    ];
    let moments: Vec<String> = moments.into_iter().flatten().collect();
    if moments.is_empty() { s.at_once.to_owned() } else { moments.join(s.or) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(more: &str, lang: Lang) -> String {
        let widget = format!(
            r#"{{"name":"x","kind":"csat","label":"X",{more}"questions":[{{"name":"q","title":"Q?","input":{{"type":"scale","min":1,"max":5,"measures":"csat","satisfied_from":4}}}}]}}"#
        );
        of(&Widget::parse(&widget).unwrap(), lang)
    }

    #[test]
    fn targeting_reads_as_a_sentence() {
        assert_eq!(
            said("", Lang::En),
            "Shown to everybody, on every page, where the page has its place, until you pause or end it."
        );
        let much = r#""placement":{"type":"popover"},"stop_after":200,"targeting":{"pages":["/pricing","/blog/**"],"devices":["phone"],"visitors":"returning","delay_seconds":5,"exit_intent":true,"frequency":{"every_days":30},"until":"2026-12-31"},"#;
        assert_eq!(
            said(much, Lang::En),
            "Shown to returning visitors, on phones, on /pricing or /blog/**, 5 s after the page came up or when leaving, \
             again after 30 days, until 2026-12-31, until 200 have answered."
        );
        assert_eq!(said("", Lang::ZhCn), "向所有人、在所有页面、在页面中放置之处显示，直到你暂停或结束。");
    }
}
