//! The form of a connection: what was typed, read and shown again.

use maud::{Markup, html};
use rapport_core::expr::Expr;
use rapport_core::hook::only::Group;
use rapport_core::hook::{Clock, Event, Hook, Only, Service, address};
use rapport_core::model::config::Config;
use rapport_core::name::Name;
use rapport_core::problem::{Fault, Problem};

use super::{samples, words};
use crate::dashboard::form::Form;
use crate::dashboard::lang::Lang;
use crate::dashboard::page::Frame;
use crate::dashboard::state;

/// Minutes by which clocks of the world differ from UTC, where it is not whole hours.
const ODD: [i16; 11] = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765];

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    name: String,
    address: String,
    service: String,
    sign: String,
    events: Vec<String>,
    widgets: Vec<String>,
    group: String,
    when: String,
    points: String,
    lang: String,
    hour: String,
    offset: String,
}

impl Typed {
    /// Before anything was typed: answers, in the reader's language.
    pub fn empty(lang: Lang) -> Self {
        Self {
            events: vec![Event::ResponseCompleted.as_str().to_owned()],
            lang: lang.tag().to_owned(),
            hour: "9".to_owned(),
            offset: if lang == Lang::ZhCn { "480" } else { "0" }.to_owned(),
            ..Self::default()
        }
    }

    /// A connection as it is. Its address is not shown again.
    pub fn of(hook: &Hook) -> Self {
        let words = |names: &[Name]| names.iter().map(|name| name.as_str().to_owned()).collect();
        Self {
            name: hook.name.clone(),
            address: String::new(),
            service: hook.service.map_or(String::new(), |service| service.as_str().to_owned()),
            sign: String::new(),
            events: hook.events.iter().map(|event| event.as_str().to_owned()).collect(),
            widgets: words(&hook.only.widgets),
            group: hook.only.group.map_or(String::new(), |group| group.as_str().to_owned()),
            when: hook.only.when.as_ref().map_or(String::new(), |when| when.as_str().to_owned()),
            points: hook.only.points.map_or(String::new(), |points| points.to_string()),
            lang: hook.lang.clone(),
            hour: hook.clock.hour.to_string(),
            offset: hook.clock.offset.to_string(),
        }
    }

    /// As it was posted.
    pub fn read(form: &Form) -> Self {
        let text = |name| form.get(name).trim().to_owned();
        Self {
            name: text("name"),
            address: text("address"),
            service: text("service"),
            sign: text("sign"),
            events: form.all("events").map(str::to_owned).collect(),
            widgets: form.all("widgets").map(str::to_owned).collect(),
            group: text("group"),
            when: text("when"),
            points: text("points"),
            lang: text("lang"),
            hour: text("hour"),
            offset: text("offset"),
        }
    }

    /// The connection that it describes.
    ///
    /// # Errors
    /// What can be told without the site.
    pub fn hook(&self) -> Result<Hook, Vec<Problem>> {
        let mut problems = Vec::new();
        let when = if self.when.is_empty() { None } else { Some(Expr::parse(&self.when)) };
        let when = when.transpose().unwrap_or_else(|wrong| {
            problems.push(Problem::conflict("only.when", wrong.to_string()));
            None
        });
        let points = if self.points.is_empty() { None } else { Some(self.points.parse::<u32>()) };
        let points = points.transpose().unwrap_or_else(|_| {
            problems.push(Problem::malformed("only.points", "a whole number"));
            None
        });
        let mut number = |text: &str, field: &str| {
            text.parse::<i16>().unwrap_or_else(|_| {
                problems.push(Problem::malformed(field, "a whole number"));
                0
            })
        };
        let (hour, offset) = (number(&self.hour, "clock.hour"), number(&self.offset, "clock.offset"));
        if !self.address.is_empty() {
            problems.extend(address::check(&self.address).map_err(|problem| problem.within("address")).err());
        }
        let events: Vec<Event> = self.events.iter().filter_map(|event| Event::parse(event)).collect();
        if events.len() != self.events.len() {
            problems.push(Problem::new("events", Fault::NotAnOption));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Hook {
            name: self.name.clone(),
            address: self.address.clone(),
            service: Service::parse(&self.service),
            events,
            only: Only {
                widgets: self.widgets.iter().filter_map(|name| Name::of(name)).collect(),
                group: Group::parse(&self.group),
                when,
                points,
            },
            lang: self.lang.clone(),
            clock: Clock { hour: u8::try_from(hour).unwrap_or(u8::MAX), offset },
            sign: self.sign.clone(),
        })
    }
}

/// The fields; `known` where the connection exists already, and whether it has a signing secret.
pub fn fields(frame: &Frame<'_>, config: &Config, typed: &Typed, problems: &[Problem], known: Option<bool>) -> Markup {
    let c = &frame.lang.strings().connect;
    let wrong = |field: &str| problems.iter().any(|problem| problem.field == field).then_some("true");
    let address_hint = if known.is_some() { c.address_keep } else { c.address_hint };
    let sign_hint = if known == Some(true) { c.sign_keep } else { c.sign_hint };
    html! {
        div.field {
            label for="address" { (c.address) }
            input #address name="address" type="url" value=(typed.address) maxlength="2000" required[known.is_none()]
                autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="https://"
                aria-describedby="address-hint" aria-invalid=[wrong("address")];
            p.hint id="address-hint" { (address_hint) }
        }
        details.about {
            summary { (c.where_from) }
            ul.stack { @for line in c.finding { li { (line) } } }
        }
        div.field {
            label for="name" { (c.name) }
            input #name name="name" value=(typed.name) required maxlength="60" aria-describedby="name-hint" aria-invalid=[wrong("name")];
            p.hint id="name-hint" { (c.name_hint) }
        }
        fieldset.choices aria-invalid=[wrong("events")] {
            legend { b { (c.events) } }
            @for event in Event::ALL {
                label.check {
                    input type="checkbox" name="events" value=(event.as_str()) checked[typed.events.iter().any(|known| known == event.as_str())];
                    (words::event(event, frame.lang))
                }
            }
        }
        (samples::show(frame, config))
        fieldset.stack {
            legend { b { (c.only) } }
            p.hint.small.soft { (c.only_hint) }
            @if !config.widgets.is_empty() {
                fieldset.choices {
                    legend { (c.widgets) }
                    @for record in &config.widgets {
                        @if let Some(name) = record.name() {
                            label.check {
                                input type="checkbox" name="widgets" value=(name) checked[typed.widgets.iter().any(|known| known == name)];
                                (state::label(record))
                            }
                        }
                    }
                }
            }
            div.field {
                label for="group" { (c.group) }
                select #group name="group" {
                    option value="" selected[typed.group.is_empty()] { (c.any) }
                    @for group in Group::ALL {
                        option value=(group.as_str()) selected[typed.group == group.as_str()] { (words::group(group, frame.lang)) }
                    }
                }
            }
            div.field {
                label for="when" { (c.when) }
                input #when name="when" value=(typed.when) maxlength="500" autocapitalize="none" spellcheck="false"
                    aria-describedby="when-hint" aria-invalid=[wrong("only.when")];
                p.hint id="when-hint" { (c.when_hint) }
            }
            div.field {
                label for="points" { (c.points) }
                input #points name="points" value=(typed.points) inputmode="numeric" maxlength="9" autocomplete="off"
                    aria-describedby="points-hint" aria-invalid=[wrong("only.points")];
                p.hint id="points-hint" { (c.points_hint) }
            }
        }
        fieldset.stack {
            legend { b { (c.digest) } }
            div.pair {
                div.field {
                    label for="lang" { (c.lang) }
                    select #lang name="lang" {
                        @for lang in Lang::ALL { option value=(lang.tag()) lang=(lang.tag()) selected[typed.lang == lang.tag()] { (lang.name()) } }
                    }
                }
                div.field {
                    label for="hour" { (c.hour) }
                    select #hour name="hour" {
                        @for hour in 0..24 { option value=(hour) selected[typed.hour == hour.to_string()] { (hour) ":00" } }
                    }
                }
                div.field {
                    label for="offset" { (c.offset) }
                    select #offset name="offset" {
                        @for offset in offsets() { option value=(offset) selected[typed.offset == offset.to_string()] { (words::offset(offset)) } }
                    }
                }
            }
        }
        details open[known.is_none() && !typed.service.is_empty()] {
            summary { (c.service) " · " (c.sign) }
            div.stack {
                div.field {
                    label for="service" { (c.service) }
                    select #service name="service" aria-describedby="service-hint" {
                        option value="" selected[typed.service.is_empty()] { (c.recognise) }
                        @for service in Service::ALL {
                            option value=(service.as_str()) selected[typed.service == service.as_str()] { (words::service(service)) }
                        }
                    }
                    p.hint id="service-hint" { (c.service_hint) }
                }
                div.field {
                    label for="sign" { (c.sign) }
                    input #sign name="sign" value=(typed.sign) maxlength="200" autocomplete="off" autocapitalize="none" spellcheck="false"
                        aria-describedby="sign-hint" aria-invalid=[wrong("sign")];
                    p.hint id="sign-hint" { (sign_hint) }
                }
            }
        }
    }
}

fn offsets() -> Vec<i16> {
    let mut all: Vec<i16> = (-12..=14).map(|hours| hours * 60).chain(ODD).collect();
    all.sort_unstable();
    all
}
