//! How a site is doing, and its repair.

use rapport_core::response::Response as Stored;
use serde::Deserialize;
use worker::{Method, Response};

use super::call::Call;
use super::operation::{Operation, json, query, words};
use crate::clock::now;
use crate::command::ledger::Compared;
use crate::command::token::Scope;
use crate::command::{Audit, DayViews, Imported, Status};
use crate::owner;
use crate::problem::Fail;
use crate::reply;

/// An import may be long: 500 responses.
const IMPORT_BYTES: usize = 4 * 1_024 * 1_024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Import {
    #[serde(default)]
    responses: Vec<Stored>,
    #[serde(default)]
    views: Vec<DayViews>,
}

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "sites/{site}/status"),
        Scope::Read,
        "getStatus",
        words("What is on its way to KV, and what is stuck.", "哪些数据正在写入 KV，哪些被卡住。"),
        json::<Status>(),
        |call| Box::pin(status(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/import"),
        Scope::Export,
        "import",
        words(
            "Takes in a past: up to 500 responses a call, and view counts of days. What is known already changes nothing.",
            "导入历史数据：每次最多 500 条回复及每日浏览计数；已有的数据不会改变。",
        ),
        json::<Imported>(),
        |call| Box::pin(import(call)),
    )
    .body(json::<Import>(), IMPORT_BYTES, r#"{"responses": [], "views": []}"#),
    Operation::new(
        (Method::Post, "sites/{site}/audit"),
        Scope::Admin,
        "audit",
        words(
            "Compares a day of the index with KV and repairs either from the other.",
            "核对某一天的索引与 KV，并从完好的一方修复另一方。",
        ),
        json::<Audit>(),
        |call| Box::pin(audit(call)),
    )
    .query(&[query("day", "2026-11-22", words("Which day, in UTC; today without it.", "哪一天（UTC）；缺省为今天。"))]),
    Operation::new(
        (Method::Post, "sites/{site}/audit/ledgers"),
        Scope::Admin,
        "auditLedgers",
        words(
            "Compares all members, ledgers and codes with KV and repairs either from the other; tells ledgers that are torn. Where `next` is there, not all of it was looked at.",
            "核对所有会员、账本与兑换码同 KV 是否一致，并从完好的一方修复另一方；列出断裂的账本。若有 `next`，则未全部核对。",
        ),
        json::<Compared>(),
        |call| Box::pin(ledgers(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/rebuild"),
        Scope::Admin,
        "rebuild",
        words(
            "Drops the index and replays KV; getStatus tells how far it is.",
            "丢弃索引并从 KV 重放；进度见 getStatus。",
        ),
        json::<Status>(),
        |call| Box::pin(rebuild(call)),
    ),
];

async fn status(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&owner::status(call.env, &call.site()?).await?)
}

async fn import(mut call: Call<'_>) -> Result<Response, Fail> {
    let Import { responses, views } = call.body().await?;
    reply::json(&owner::import(call.env, &call.site()?, responses, views).await?)
}

async fn audit(call: Call<'_>) -> Result<Response, Fail> {
    let day = call.day("day")?.unwrap_or_else(|| now().day());
    reply::json(&owner::audit(call.env, &call.site()?, day).await?)
}

async fn ledgers(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&owner::ledger::compare(call.env, &call.site()?).await?)
}

async fn rebuild(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&owner::rebuild(call.env, &call.site()?).await?)
}
