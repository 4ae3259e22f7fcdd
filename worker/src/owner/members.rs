//! Members, as the owner's server tells of them and reads them.

use rapport_core::loyalty::action::Action;
use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::member::is_external;
use rapport_core::loyalty::people::insight::Insight;
use rapport_core::loyalty::profile::Profile;
use rapport_core::loyalty::standing::Standing;
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use worker::Env;

use crate::command::Command;
use crate::command::loyalty::{Act, Command as Loyalty, Outcome, Shown, Who};
use crate::digest::sha256;
use crate::link;
use crate::problem::Fail;

/// Characters of an order's number, of a key and of a reason.
const TEXT: usize = 200;
/// Events of one batch.
pub const BATCH: usize = 100;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MemberEventType"))]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// An order was paid: `order` and `amount`.
    Purchase,
    /// What a rule of the programme calls by the name in `event`.
    Event,
    /// By you: `delta` points, and `why`.
    Adjust,
}

/// Something that the owner's server tells.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MemberEvent"))]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// In a batch: your id of the customer.
    #[serde(default)]
    pub member: String,
    #[serde(rename = "type")]
    pub kind: Type,
    /// The order's number. An order counts once, whatever is sent again.
    #[serde(default)]
    pub order: String,
    /// In the currency's smallest unit.
    #[serde(default)]
    pub amount: Option<u64>,
    #[serde(default)]
    pub event: Option<Name>,
    #[serde(default)]
    pub delta: Option<i64>,
    #[serde(default)]
    pub why: String,
    /// The same key does the same once; the header `Idempotency-Key` may carry it instead. Of a purchase, the order is it.
    #[serde(default)]
    pub key: String,
    /// When it happened, in milliseconds since 1970, where that is not now: up to two years back. A member's lines follow each
    /// other in time, so tell what happened first first.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

/// What became of an event.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MemberEventDone"))]
pub struct Done {
    pub member: Known,
    /// What it wrote into the ledger.
    pub entries: Vec<Entry>,
    /// It was known already, and nothing was done now.
    pub again: bool,
}

/// A member.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "LoyaltyMember"))]
pub struct Known {
    pub id: String,
    /// Your id of the customer; empty where nobody has said who it is.
    pub external: String,
    pub created: Timestamp,
    pub profile: Profile,
    pub standing: Standing,
    /// Lines of the ledger.
    pub lines: u32,
    /// Where they stand among all; not told with an event.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insight: Option<Insight>,
}

/// What became of one event of a batch.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MemberEventOutcome"))]
pub struct One {
    pub done: Option<Done>,
    pub problem: Option<crate::problem::Document>,
}

impl Event {
    /// The id of its act, and the act.
    fn action(&self) -> Result<(String, Action), Problem> {
        for (field, text) in [("order", &self.order), ("why", &self.why), ("key", &self.key)] {
            if text.chars().count() > TEXT {
                return Err(Problem::new(field, Fault::TooLong { max: TEXT as u32 }));
            }
        }
        let required = |field: &str| Problem::new(field, Fault::Required);
        let keyed = || if self.key.trim().is_empty() { Err(required("key")) } else { Ok(id("key", self.key.trim())) };
        match self.kind {
            Type::Purchase => {
                let order = self.order.trim().to_owned();
                if order.is_empty() {
                    return Err(required("order"));
                }
                let amount = self.amount.ok_or_else(|| required("amount"))?;
                Ok((id("order", &order), Action::Purchase { order, amount }))
            }
            Type::Event => {
                let event = self.event.clone().ok_or_else(|| required("event"))?;
                Ok((keyed()?, Action::Event { event, note: self.why.trim().to_owned() }))
            }
            Type::Adjust => {
                let delta = self.delta.ok_or_else(|| required("delta"))?;
                if self.why.trim().is_empty() {
                    return Err(required("why"));
                }
                Ok((keyed()?, Action::Adjust { delta, why: self.why.trim().to_owned() }))
            }
        }
    }
}

/// Does what the owner's server tells, once.
///
/// # Errors
/// 422 with the field that is wrong, or with the rule of the programme that stands in the way.
pub async fn tell(env: &Env, site: &SiteId, member: &str, event: &Event) -> Result<Done, Fail> {
    super::known(env, site).await?;
    told(env, site, member, event).await
}

/// The same for several, each for itself.
///
/// # Errors
/// 422 for more than 100.
pub async fn tell_all(env: &Env, site: &SiteId, events: &[Event]) -> Result<Vec<One>, Fail> {
    if events.len() > BATCH {
        return Err(Problem::new("events", Fault::TooMany { max: BATCH as u32 }).into());
    }
    super::known(env, site).await?;
    let mut all = Vec::with_capacity(events.len());
    for event in events {
        all.push(match told(env, site, &event.member, event).await {
            Ok(done) => One { done: Some(done), problem: None },
            Err(fail @ Fail::Refused(_)) => One { done: None, problem: Some(fail.into_document()) },
            // The whole batch may be sent again: what was done is done once.
            Err(fail) => return Err(fail),
        });
    }
    Ok(all)
}

impl Known {
    /// As somebody is shown.
    pub fn of(shown: Shown) -> Self {
        let Shown { member, standing, lines } = shown;
        Self {
            id: member.id,
            external: member.external,
            created: member.created,
            profile: member.profile,
            standing,
            lines,
            insight: None,
        }
    }
}

async fn told(env: &Env, site: &SiteId, member: &str, event: &Event) -> Result<Done, Fail> {
    if !is_external(member) {
        return Err(Problem::malformed("member", "1 to 100 characters without blanks at either end").into());
    }
    let (id, action) = event.action()?;
    super::ledger::happened(event.at)?;
    // Known ones by either id; whoever is not known yet becomes a member by yours.
    let who = match found(env, site, member).await {
        Ok((who, _)) => who,
        Err(fail) if fail.code() == "not_found" => Who::External(member.to_owned()),
        Err(fail) => return Err(fail),
    };
    match ask(env, site, Loyalty::Act(Box::new(Act { id, who, action, at: event.at, by: String::new() }))).await? {
        Outcome::Done(done) => Ok(Done { member: Known::of(done.shown), entries: done.entries, again: done.again }),
        Outcome::Denied(denied) => Err(refusal(&denied)),
    }
}

/// Whoever is meant by your id or by ours.
pub(super) async fn found(env: &Env, site: &SiteId, member: &str) -> Result<(Who, Shown), Fail> {
    for who in [Who::External(member.to_owned()), Who::Member(member.to_owned())] {
        let standing: Option<Shown> = ask(env, site, Loyalty::Standing { who: who.clone() }).await?;
        if let Some(shown) = standing {
            return Ok((who, shown));
        }
    }
    Err(Fail::not_found())
}

async fn ask<T: DeserializeOwned>(env: &Env, site: &SiteId, command: Loyalty) -> Result<T, Fail> {
    link::site(env, site, &Command::Loyalty(command)).await
}

fn refusal(denied: &Denied) -> Fail {
    Fail::rule(denied.code(), &denied.to_string())
}

/// The id of an act that the owner's server asks for. Those of visitors are UUIDs, so that none can take it before.
fn id(kind: &str, text: &str) -> String {
    format!("o:{}", sha256(&format!("{kind} {text}")).get(..40).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(json: &str) -> Result<(String, Action), String> {
        let event: Event = rapport_core::json::strict(json.as_bytes()).map_err(|problem| problem.to_string())?;
        event.action().map_err(|problem| format!("{} {}", problem.field, problem.fault.code()))
    }

    #[test]
    fn events_name_what_they_lack() {
        for (json, wrong) in [
            (r#"{"type":"purchase"}"#, "order required"),
            (r#"{"type":"purchase","order":"1"}"#, "amount required"),
            (r#"{"type":"event","key":"k"}"#, "event required"),
            (r#"{"type":"event","event":"workshop"}"#, "key required"),
            (r#"{"type":"adjust","key":"k","why":"sorry"}"#, "delta required"),
            (r#"{"type":"adjust","key":"k","delta":5}"#, "why required"),
        ] {
            assert_eq!(told(json).unwrap_err(), wrong, "{json}");
        }
        assert!(told(r#"{"type":"purchase","order":"1","amount":-5}"#).is_err());
        assert!(told(r#"{"type":"gift"}"#).is_err());
    }

    #[test]
    fn an_order_is_its_own_key() {
        let (one, _) = told(r##"{"type":"purchase","order":"#1001","amount":5,"key":"a"}"##).unwrap();
        let (two, _) = told(r##"{"type":"purchase","order":" #1001 ","amount":5,"key":"b"}"##).unwrap();
        let (event, _) = told(r##"{"type":"event","event":"x","key":"#1001"}"##).unwrap();
        assert_eq!(one, two);
        assert_ne!(one, event);
        assert!(one.starts_with("o:") && one.len() == 42);
    }
}
