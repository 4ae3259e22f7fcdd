//! What is sent, made from what is known when it is sent.

use rapport_core::hook::message::{self, Message};
use rapport_core::hook::{Service, days_of};
use rapport_core::model::config::Config;
use rapport_core::report::{Distinct, Facts, Intake, Overview, Period, Visitors};
use rapport_core::response::Response;
use rapport_core::time::{Day, Timestamp};

use super::super::loyalty::told::{line as told_of, stock_of};
use super::super::sql::{Read, text};
use super::super::{Object, config, report, talk};
use super::deliver::Waiting;
use crate::command::hook::Kept;
use crate::command::{Page, Report};
use crate::dashboard::lang::Lang;
use crate::hook::digest::Digest;
use crate::hook::{event, say, sign};
use crate::json;
use crate::owner::summarise;
use crate::problem::Fail;

/// The most responses that a digest looks through for comments.
const LATEST: u32 = 100;

/// What became of making it.
pub(super) enum Rendered {
    Body(String),
    /// It does not fulfil the hook's conditions, or there is nothing to tell.
    Unwanted,
    /// What it was about is not there any more.
    Erased,
}

/// Either form of the same: for programs and for people.
struct Both {
    data: serde_json::Value,
    message: Message,
}

/// The body of a delivery.
pub(super) fn render(object: &Object, kept: &Kept, waiting: &Waiting, now: Timestamp) -> Result<Rendered, Fail> {
    let read = object.read();
    let config = config::load(&read)?.ok_or_else(Fail::not_found)?;
    let lang = Lang::parse(&kept.hook.lang).unwrap_or_default();
    let told = event::Told { config: &config, origin: &kept.origin, lang };
    let both = match waiting.event.as_str() {
        "response.completed" | "response.updated" => {
            let Some(response) = response(&read, &waiting.about)? else { return Ok(Rendered::Erased) };
            if !kept.hook.only.holds(&response, &config) {
                return Ok(Rendered::Unwanted);
            }
            let again = waiting.event == "response.updated";
            Both { data: told.response(&response), message: say::response(&told, &response, again) }
        }
        "conversation.message" => {
            let Some(response) = response(&read, &waiting.about)? else { return Ok(Rendered::Erased) };
            if !kept.hook.only.holds(&response, &config) {
                return Ok(Rendered::Unwanted);
            }
            let conversation = talk::told(&read, &response.id)?.ok_or_else(Fail::not_found)?;
            let words = conversation.lines.iter().rev().find(|line| !line.owner).map_or("", |line| line.text.as_str());
            Both { data: told.spoken(&response, words), message: say::spoken(&told, &response, words) }
        }
        "widget.published" => {
            let (name, version) = waiting.about.split_once('.').unwrap_or_default();
            Both { data: told.published(name, version), message: say::published(&told, name, version) }
        }
        "loyalty.earned" | "loyalty.tier_changed" | "loyalty.redeemed" | "loyalty.referral_qualified" => {
            let Some((row, entry)) = told_of(&read, &waiting.about)? else { return Ok(Rendered::Erased) };
            if waiting.event == "loyalty.earned" && !kept.hook.only.points(entry.delta) {
                return Ok(Rendered::Unwanted);
            }
            Both {
                data: told.loyalty(&row.member, &entry, row.account.balance),
                message: say::loyalty(&told, &waiting.event, &entry, row.account.balance),
            }
        }
        "loyalty.stock_low" => {
            let (reward, left, all) = stock_of(&waiting.about);
            Both { data: told.stock(reward, left, all), message: say::stock(&told, reward, left, all) }
        }
        "digest.daily" | "digest.weekly" => {
            let weekly = waiting.event == "digest.weekly";
            let asked = waiting.about.ends_with(".now");
            let at = waiting.about.split('.').next().and_then(|at| at.parse().ok()).map_or(now, Timestamp);
            let digest = digest(object, &config, &told, days_of(at, weekly))?;
            if !digest.happened && !weekly && !asked {
                return Ok(Rendered::Unwanted);
            }
            Both { data: digest.data(&told), message: digest.message(&told, weekly) }
        }
        "test" => Both { data: told.test(), message: say::test(&told) },
        _ => return Ok(Rendered::Unwanted),
    };
    let service = kept.hook.sends();
    Ok(Rendered::Body(if service == Service::Webhook {
        event::envelope(&waiting.event, waiting.at, both.data)
    } else {
        let signed = (!kept.hook.sign.is_empty()).then(|| (now, sign::feishu(&kept.hook.sign, now)));
        message::body(&both.message, service, signed)
    }))
}

fn response(read: &Read<'_>, about: &str) -> Result<Option<Response>, Fail> {
    let id = about.split('.').next().unwrap_or_default();
    let body = read.first("SELECT body FROM response WHERE id = ?", vec![text(id)], |row| row.text())?;
    body.as_deref().map(json::read).transpose()
}

fn digest(object: &Object, config: &Config, told: &event::Told<'_>, (from, to): (Day, Day)) -> Result<Digest, Fail> {
    let days = to.0 - from.0 + 1;
    let now: Report = report::report(object, from, to, 0)?;
    let before: Report = report::report(object, from.plus(-days), from.plus(-1), 0)?;
    let counts = summarise(now.counts).merge(summarise(before.counts));
    let by_day = before.activity.days.into_iter().chain(now.activity.days).collect();
    let (day, week, month) = (now.activity.day, now.activity.week, now.activity.month);
    let visitors = Visitors { by_day, distinct: Some(Distinct { day, week, month }) };
    let intake = Intake {
        accepted: now.tally.accepted,
        duplicate: now.tally.duplicate,
        refused: now.tally.refused,
        pending: now.status.pending,
        parked: now.status.parked,
    };
    let period = Period::ending(to, days);
    let facts = Facts { config, counts: &counts, visitors: &visitors, intake: &intake, period, doubted: true };
    let overview = Overview::of_site(facts);
    let mut latest = report::responses(&object.read(), &Page { limit: LATEST, ..Page::default() })?;
    latest.retain(|response| response.day().is_some_and(|day| from <= day && day <= to));
    Ok(Digest::new(told, &overview, (from, to), &latest))
}
