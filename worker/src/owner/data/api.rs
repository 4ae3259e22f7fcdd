//! The part of the API that is about data.

use serde::Deserialize;
use worker::{Method, Response};

use crate::command::data::{Erased, Restored};
use crate::command::token::Scope;
use crate::owner::api::{Call, Operation, json, words};
use crate::problem::Fail;
use crate::reply;

/// 500 ids, with room.
const IDS_BYTES: usize = 64 * 1_024;
const IDS: &str = r#"{"ids": ["019ab0f2-0000-7000-8000-000000000000"], "at_once": false}"#;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Ids {
    ids: Vec<String>,
    #[serde(default)]
    at_once: bool,
}

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Post, "sites/{site}/responses/erase"),
        Scope::Export,
        "eraseResponses",
        words(
            "Erases up to 500 responses; it can be taken back for ten minutes, unless `at_once` is set.",
            "清除最多 500 份答卷；十分钟内可以撤回，除非设置了 `at_once`。",
        ),
        json::<Erased>(),
        |call| Box::pin(erase(call)),
    )
    .body(json::<Ids>(), IDS_BYTES, IDS),
    Operation::new(
        (Method::Post, "sites/{site}/responses/restore"),
        Scope::Export,
        "restoreResponses",
        words("Takes an erasure back, within ten minutes.", "十分钟内撤回清除。"),
        json::<Restored>(),
        |call| Box::pin(restore(call)),
    )
    .body(json::<Ids>(), IDS_BYTES, IDS),
];

async fn erase(mut call: Call<'_>) -> Result<Response, Fail> {
    let Ids { ids, at_once } = call.body().await?;
    reply::json(&super::erase(call.env, &call.site()?, ids, at_once).await?)
}

async fn restore(mut call: Call<'_>) -> Result<Response, Fail> {
    let Ids { ids, .. } = call.body().await?;
    reply::json(&super::restore(call.env, &call.site()?, ids).await?)
}
