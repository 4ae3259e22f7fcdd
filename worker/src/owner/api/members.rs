//! Members: what the owner's server tells of them, and reading them.

use serde::Deserialize;
use worker::{Method, Response};

use super::call::Call;
use super::operation::{Operation, json, query, words};
use crate::command::token::Scope;
use crate::owner::members::{self, Done, Event, Known, One};
use crate::problem::Fail;
use crate::{reply, url};

const BYTES: usize = 16 * 1_024;
const BATCH_BYTES: usize = 128 * 1_024;
const FEW: u32 = 50;
const MOST: u32 = 200;

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "sites/{site}/members"),
        Scope::Members,
        "listMembers",
        words("Members, the newest first.", "会员列表，最新的在前。"),
        json::<Vec<Known>>(),
        |call| Box::pin(list(call)),
    )
    .query(&[
        query("limit", "50", words("How many, from 1 to 200; 50 without it.", "条数，1 到 200；缺省 50。")),
        query(
            "before",
            "019ab0f2-0000-7000-8000-000000000000",
            words("Older than the member of this id.", "早于此会员。"),
        ),
    ]),
    Operation::new(
        (Method::Get, "sites/{site}/members/{member}"),
        Scope::Members,
        "getMember",
        words("One member, by your id of the customer or by ours.", "按您的顾客 id 或本系统的 id 读取一位会员。"),
        json::<Known>(),
        |call| Box::pin(get(call)),
    ),
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
    .body(json::<Event>(), BYTES, r#"{"type": "purchase", "order": "1001", "amount": 4990}"#),
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

async fn list(call: Call<'_>) -> Result<Response, Fail> {
    let limit = limit(&call)?;
    let found = members::list(call.env, &call.site()?, call.query("before").map(str::to_owned), limit).await?;
    let full = found.len() >= limit as usize;
    call.listed(&found, "before", found.last().filter(|_| full).map(|member| member.id.as_str()))
}

async fn get(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&members::get(call.env, &call.site()?, &member(&call)?).await?)
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

fn limit(call: &Call<'_>) -> Result<u32, Fail> {
    Ok(call.number("limit", "a number from 1 to 200")?.unwrap_or(FEW).clamp(1, MOST))
}

/// The owner's ids may hold anything, so they come percent-encoded.
fn member(call: &Call<'_>) -> Result<String, Fail> {
    Ok(url::part(call.part("member")?))
}
