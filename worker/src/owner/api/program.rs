//! The loyalty programme: its rules, before anybody is a member.

use rapport_core::loyalty::program::{Program, Record};
use rapport_core::loyalty::template;
use worker::{Method, Response};

use super::call::Call;
use super::operation::{Operation, json, words};
use crate::command::program::Change;
use crate::command::token::Scope;
use crate::edit::mark;
use crate::owner::program;
use crate::problem::Fail;
use crate::reply;

/// A programme with every limit used up.
const BYTES: usize = 512 * 1_024;
const PROGRAM: &str = r##"{"name": "Rewards", "currency": "EUR", "rules": [{"name": "purchase", "when": {"type": "purchase", "per": 100}, "points": 1, "multiplied": true}], "tiers": [{"name": "bronze", "label": "Bronze", "color": "#a9683a", "from": 0}], "rewards": [{"name": "sticker", "label": "A sticker", "gives": {"type": "text", "text": "It comes with your next parcel."}, "cost": 100, "by_hand": true}]}"##;

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "sites/{site}/loyalty"),
        Scope::Read,
        "getLoyaltyProgram",
        words(
            "The loyalty programme: its draft, and what is in force, with an ETag for If-Match. Empty before there is one.",
            "忠诚度计划：草稿与当前生效的版本，附 ETag 供 If-Match 使用。尚未建立时为空。",
        ),
        json::<Record>(),
        |call| Box::pin(read(call)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/loyalty/template"),
        Scope::Read,
        "getLoyaltyTemplate",
        words(
            "A ready-made programme to start from, in the currency that is usual for the site's language.",
            "可作为起点的现成计划，货币按站点语言选择。",
        ),
        json::<Program>(),
        |call| Box::pin(ready(call)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/loyalty/simulation"),
        Scope::Read,
        "simulateLoyaltyProgram",
        words(
            "What the draft (or, without one, what is in force) would have given and cost in the last 90 days, beside what was really given; what cannot be known; and what is odd about the programme.",
            "草稿（没有草稿时为当前生效的计划）在过去 90 天内会发放多少、花费多少，与实际情况对照；哪些无法得知；以及计划中的可疑之处。",
        ),
        json::<program::Simulated>(),
        |call| Box::pin(simulate(call)),
    ),
    Operation::new(
        (Method::Put, "sites/{site}/loyalty"),
        Scope::Configure,
        "putLoyaltyDraft",
        words(
            "Saves the programme's draft. With If-Match it is refused if the programme has changed meanwhile.",
            "保存计划草稿。带 If-Match 时，若期间已被修改则拒绝。",
        ),
        json::<Record>(),
        |call| Box::pin(draft(call)),
    )
    .body(json::<Program>(), BYTES, PROGRAM)
    .errors(&[412]),
    Operation::new(
        (Method::Post, "sites/{site}/loyalty/{step}"),
        Scope::Configure,
        "stepLoyaltyProgram",
        words(
            "A step in the programme's life: publish, pause, resume, or discard its draft. Publishing with If-Match is refused if the draft is another one. `ended` tells what ended for members by it; the simulation tells that before, as `ending`.",
            "计划状态变更：发布、暂停、恢复，或放弃草稿。带 If-Match 发布时，若草稿已变则拒绝。`ended` 列出因此对会员结束的内容；模拟结果中的 `ending` 可事先得知。",
        ),
        json::<program::Stepped>(),
        |call| Box::pin(step(call)),
    )
    .errors(&[409, 412]),
];

async fn read(call: Call<'_>) -> Result<Response, Fail> {
    let (_, record) = program::read(call.env, &call.site()?).await?;
    call.tagged(&record, &mark(record.newest()))
}

async fn ready(call: Call<'_>) -> Result<Response, Fail> {
    let config = crate::owner::config(call.env, &call.site()?).await?;
    reply::json(&template::ready(rapport_core::loyalty::money::usual(config.site.locale.as_str()))?)
}

async fn simulate(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&program::simulate(call.env, &call.site()?).await?.2)
}

async fn draft(mut call: Call<'_>) -> Result<Response, Fail> {
    let (site, based_on) = (call.site()?, call.based_on()?);
    let draft: Program = call.body().await?;
    reply::json(&program::draft(call.env, &site, draft, based_on).await?.loyalty.unwrap_or_default())
}

async fn step(call: Call<'_>) -> Result<Response, Fail> {
    let change = match call.part("step")? {
        "publish" => Change::Publish { based_on: call.based_on()? },
        "pause" => Change::Pause,
        "resume" => Change::Resume,
        "discard" => Change::Discard,
        _ => return Err(Fail::not_found()),
    };
    reply::json(&program::step(call.env, &call.site()?, change).await?)
}
