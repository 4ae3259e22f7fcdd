//! Members: what the owner's server tells of them.

use serde::Deserialize;
use worker::{Method, Response};

use super::call::Call;
use super::operation::{Operation, json, words};
use crate::command::token::Scope;
use crate::owner::members::{self, Done, Event, One};
use crate::problem::Fail;
use crate::{reply, url};

const BYTES: usize = 16 * 1_024;
const BATCH_BYTES: usize = 128 * 1_024;

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Post, "sites/{site}/members/{member}/events"),
        Scope::Members,
        "tellEvent",
        words(
            "A purchase, an event of your own, or an adjustment with its reason. Whoever is not known yet becomes a member. Sent \
             again with the same order or `Idempotency-Key`, it does nothing more.",
            "购买、自定义事件或附原因的调整。尚未登记的顾客会成为会员。以相同订单号或 `Idempotency-Key` 重发不会重复生效。",
        ),
        json::<Done>(),
        |call| Box::pin(tell(call)),
    )
    .body(json::<Event>(), BYTES, r#"{"type": "purchase", "order": "1001", "amount": 4990}"#)
    .errors(&[409]),
    Operation::new(
        (Method::Post, "sites/{site}/events"),
        Scope::Members,
        "tellEvents",
        words(
            "Up to 100 events at once, each with its `member`. Each is done or refused for itself, in the order given.",
            "一次最多 100 个事件，各含 `member`。按顺序逐一处理，各自成功或被拒。",
        ),
        json::<Vec<One>>(),
        |call| Box::pin(tell_all(call)),
    )
    .body(
        json::<Batch>(),
        BATCH_BYTES,
        r#"{"events": [{"member": "c-17", "type": "event", "event": "workshop", "key": "workshop-c-17"}]}"#,
    ),
];

/// Several events.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MemberEvents"))]
struct Batch {
    events: Vec<Event>,
}

async fn tell(mut call: Call<'_>) -> Result<Response, Fail> {
    let mut event: Event = call.body().await?;
    if let Some(key) = call.request.headers().get("idempotency-key")? {
        event.key = key;
    }
    reply::json(&members::tell(call.env, &call.site()?, &member(&call)?, &event).await?)
}

async fn tell_all(mut call: Call<'_>) -> Result<Response, Fail> {
    let Batch { events } = call.body().await?;
    reply::json(&members::tell_all(call.env, &call.site()?, &events).await?)
}

/// The owner's ids may hold anything, so they come percent-encoded.
pub(super) fn member(call: &Call<'_>) -> Result<String, Fail> {
    Ok(url::part(call.part("member")?))
}
