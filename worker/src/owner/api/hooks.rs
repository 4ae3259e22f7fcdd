//! Hooks: signed webhooks, and messages in chats.

use rapport_core::hook::Hook;
use serde::{Deserialize, Serialize};
use worker::{Method, Response};

use super::call::Call;
use super::operation::{Operation, json, nothing, words};
use crate::command::hook::{Delivery, Saved, Shown, Trial};
use crate::command::token::Scope;
use crate::owner::hooks;
use crate::problem::Fail;
use crate::{reply, url};

const BYTES: usize = 16 * 1_024;
const HOOK: &str = r#"{"name": "Team chat", "address": "https://hooks.slack.com/services/T000/B000/XXXX", "events": ["response.completed", "digest.weekly"], "only": {"group": "unhappy", "when": "nps <= 6 and answered(why)"}, "lang": "en", "clock": {"hour": 9, "offset": 60}}"#;

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "sites/{site}/hooks"),
        Scope::Configure,
        "listHooks",
        words("Every connection, without its secrets.", "全部连接（不含密钥）。"),
        json::<Vec<Shown>>(),
        |call| Box::pin(list(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/hooks"),
        Scope::Configure,
        "createHook",
        words(
            "A new connection. The secret that signs is told this once.",
            "新建连接。签名密钥只显示这一次。",
        ),
        json::<Saved>(),
        |call| Box::pin(create(call)),
    )
    .body(json::<Hook>(), BYTES, HOOK),
    Operation::new(
        (Method::Put, "sites/{site}/hooks/{id}"),
        Scope::Configure,
        "putHook",
        words(
            "Changes a connection; one that was stopped starts anew. Address and sign may be empty to keep what is known.",
            "修改连接；已停止的会重新启用。address 与 sign 留空则保留原值。",
        ),
        json::<Saved>(),
        |call| Box::pin(change(call)),
    )
    .body(json::<Hook>(), BYTES, HOOK),
    Operation::new(
        (Method::Delete, "sites/{site}/hooks/{id}"),
        Scope::Configure,
        "deleteHook",
        words(
            "Deletes a connection with its secrets and its log; for ten minutes it can be restored.",
            "删除连接及其密钥与记录；十分钟内可恢复。",
        ),
        nothing(),
        |call| Box::pin(delete(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/hooks/{id}/restore"),
        Scope::Configure,
        "restoreHook",
        words("Takes a deletion back, for ten minutes.", "撤销删除，十分钟内有效。"),
        json::<Shown>(),
        |call| Box::pin(restore(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/hooks/{id}/secret"),
        Scope::Configure,
        "rotateSecret",
        words("A new secret; the old one signs too for a day.", "更换密钥；旧密钥在一天内仍同时签名。"),
        json::<Saved>(),
        |call| Box::pin(rotate(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/hooks/{id}/paused"),
        Scope::Configure,
        "pauseHook",
        words("Stops sending, or goes on.", "暂停或恢复发送。"),
        json::<Shown>(),
        |call| Box::pin(pause(call)),
    )
    .body(json::<Paused>(), BYTES, r#"{"paused": true}"#),
    Operation::new(
        (Method::Post, "sites/{site}/hooks/{id}/test"),
        Scope::Configure,
        "testHook",
        words("Sends a test, and tells what became of it.", "发送测试并返回结果。"),
        json::<Delivery>(),
        |call| Box::pin(attempt(call, Trial::Test)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/hooks/{id}/digest"),
        Scope::Configure,
        "sendDigest",
        words("Sends the digest of the last seven days now.", "立即发送最近七天的摘要。"),
        json::<Delivery>(),
        |call| Box::pin(attempt(call, Trial::Digest)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/hooks/{id}/deliveries"),
        Scope::Configure,
        "listDeliveries",
        words("What was sent: the last 100, for 30 days.", "发送记录：最近 100 条，保留 30 天。"),
        json::<Vec<Delivery>>(),
        |call| Box::pin(log(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/hooks/{id}/deliveries/{delivery}"),
        Scope::Configure,
        "replayDelivery",
        words("Sends a delivery again, under the same id.", "以相同 id 重新发送。"),
        json::<Delivery>(),
        |call| Box::pin(again(call)),
    ),
];

/// Whether to send.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Paused {
    paused: bool,
}

async fn list(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&hooks::list(call.env, &call.site()?).await?)
}

async fn create(mut call: Call<'_>) -> Result<Response, Fail> {
    let hook: Hook = call.body().await?;
    reply::json(&hooks::save(call.env, &call.site()?, (None, None), hook, &url::origin(&call.request)).await?)
}

async fn change(mut call: Call<'_>) -> Result<Response, Fail> {
    let hook: Hook = call.body().await?;
    let id = (Some(call.part("id")?.to_owned()), None);
    reply::json(&hooks::save(call.env, &call.site()?, id, hook, &url::origin(&call.request)).await?)
}

async fn delete(call: Call<'_>) -> Result<Response, Fail> {
    hooks::delete(call.env, &call.site()?, call.part("id")?).await?;
    reply::nothing()
}

async fn restore(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&hooks::restore(call.env, &call.site()?, call.part("id")?).await?)
}

async fn rotate(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&hooks::rotate(call.env, &call.site()?, call.part("id")?).await?)
}

async fn pause(mut call: Call<'_>) -> Result<Response, Fail> {
    let Paused { paused } = call.body().await?;
    reply::json(&hooks::pause(call.env, &call.site()?, call.part("id")?, paused).await?)
}

async fn attempt(call: Call<'_>, what: Trial) -> Result<Response, Fail> {
    reply::json(&hooks::attempt(call.env, &call.site()?, call.part("id")?, what).await?)
}

async fn log(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&hooks::log(call.env, &call.site()?, call.part("id")?).await?)
}

async fn again(call: Call<'_>) -> Result<Response, Fail> {
    let delivery = call.part("delivery")?.to_owned();
    attempt(call, Trial::Again { delivery }).await
}
