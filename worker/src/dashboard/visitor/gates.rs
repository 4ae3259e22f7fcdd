//! Each gate in words: what it wants, and what it found in this visitor.

use rapport_core::attention::Attention;
use rapport_core::targeting::{Device, Filter, Frequency, Targeting, Visitors};

use super::asked::Asked;
use crate::dashboard::lang::Lang;

/// What the gate wants, and what it found.
pub fn words(
    code: &str,
    targeting: &Targeting,
    attention: &Attention,
    filter: Option<&Filter>,
    asked: &Asked,
    lang: Lang,
) -> (String, String) {
    let s = lang.strings();
    let w = &s.visitor;
    let list = |items: &[String]| items.join(s.list_comma);
    let device = |device: Device| match device {
        Device::Phone => s.responses.phone,
        Device::Tablet => s.responses.tablet,
        Device::Desktop => s.responses.desktop,
    };
    let ago = |days: Option<u32>| days.map_or_else(|| w.never.to_owned(), |days| (w.days_ago)(&days.to_string()));
    let last = asked.shown.into_iter().chain(asked.answered).min();
    let today = asked.now.day().to_text();
    let visit = || (w.visit)(&asked.visits.to_string());
    match code {
        "pages" => ((w.need_pages)(&list(&targeting.pages)), asked.path.clone()),
        "not_pages" => ((w.need_not_pages)(&list(&targeting.not_pages)), asked.path.clone()),
        "devices" => {
            let devices: Vec<&str> = targeting.devices.iter().map(|wanted| device(*wanted)).collect();
            ((w.need_devices)(&devices.join(s.list_comma)), device(asked.device).to_owned())
        }
        "languages" => ((w.need_languages)(&list(&targeting.languages)), asked.language.clone()),
        "visitors" => {
            let new = targeting.visitors == Some(Visitors::New);
            (if new { w.need_new } else { w.need_returning }.to_owned(), visit())
        }
        "min_visits" => ((w.need_visits)(&targeting.min_visits.unwrap_or(1).to_string()), visit()),
        "traits" => {
            let known =
                |name: &str| asked.traits.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            match filter {
                Some(filter) => {
                    let value = known(filter.name.as_str()).map(|value| format!("{} = {value}", filter.name));
                    (self::filter(filter, lang), value.unwrap_or_else(|| (w.not_known)(filter.name.as_str())))
                }
                None => (code.to_owned(), String::new()),
            }
        }
        "sample_percent" => {
            let percent = targeting.sample_percent.unwrap_or(100);
            ((w.need_sample)(&percent.to_string()), (w.drew)(&asked.lot.to_string()))
        }
        "from" => ((w.need_from)(&targeting.from.map(|day| day.to_text()).unwrap_or_default()), today),
        "until" => ((w.need_until)(&targeting.until.map(|day| day.to_text()).unwrap_or_default()), today),
        "frequency" => match targeting.frequency {
            Some(Frequency::Once) => (w.need_once.to_owned(), ago(last)),
            Some(Frequency::EveryDays(days)) => ((w.need_every)(&days.to_string()), ago(last)),
            _ => (w.need_unanswered.to_owned(), ago(asked.answered)),
        },
        "cooldown" => ((w.need_cooldown)(&attention.cooldown_days.to_string()), ago(asked.invited)),
        "per_visit" => {
            ((w.need_per_visit)(&attention.per_visit.to_string()), (w.times)(&asked.invitations.to_string()))
        }
        "delay_seconds" => {
            let delay = targeting.delay_seconds.unwrap_or(0);
            ((w.need_delay)(&delay.to_string()), (w.so_many_seconds)(&asked.seconds.to_string()))
        }
        "scroll_percent" => {
            let least = targeting.scroll_percent.unwrap_or(0);
            ((w.need_scroll)(&least.to_string()), format!("{} %", asked.scrolled))
        }
        "exit_intent" => (w.need_exit.to_owned(), yes(asked.leaving, lang)),
        "click" => ((w.need_click)(targeting.click.as_deref().unwrap_or_default()), yes(asked.clicked, lang)),
        "event" => {
            let event = targeting.event.as_ref();
            let filters: Vec<String> = event
                .map(|event| event.filters.iter().map(|filter| self::filter(filter, lang)).collect())
                .unwrap_or_default();
            let name = event.map_or("", |event| event.name.as_str());
            let mut need = (w.need_event)(name);
            if !filters.is_empty() {
                need = format!("{need} ({})", filters.join(s.list_comma));
            }
            let names: Vec<&str> = asked.events.iter().map(|event| event.name.as_str()).collect();
            (need, if names.is_empty() { w.nothing.to_owned() } else { names.join(s.list_comma) })
        }
        _ => (code.to_owned(), String::new()),
    }
}

fn yes(yes: bool, lang: Lang) -> String {
    let w = &lang.strings().visitor;
    if yes { w.yes } else { w.no }.to_owned()
}

/// A condition on a trait or property.
fn filter(filter: &Filter, lang: Lang) -> String {
    let s = lang.strings();
    let w = &s.visitor;
    let name = filter.name.as_str();
    let mut parts = Vec::new();
    if filter.missing {
        parts.push((w.is_missing)(name));
    }
    if !filter.is.is_empty() {
        parts.push((w.is_one_of)(name, &filter.is.join(s.list_comma)));
    }
    if !filter.is_not.is_empty() {
        parts.push((w.is_none_of)(name, &filter.is_not.join(s.list_comma)));
    }
    if let Some(least) = filter.at_least {
        parts.push((w.is_at_least)(name, &least.to_text()));
    }
    if let Some(most) = filter.at_most {
        parts.push((w.is_at_most)(name, &most.to_text()));
    }
    if parts.is_empty() {
        parts.push((w.is_known)(name));
    }
    parts.join(s.list_comma)
}
