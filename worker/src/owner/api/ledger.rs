//! Acts on members' behalf, their ledgers, redemptions and codes.

use rapport_core::loyalty::action::Action;
use rapport_core::loyalty::codes;
use rapport_core::loyalty::entry::Entry;
use rapport_core::name::Name;
use rapport_core::problem::Problem;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use worker::{Method, Response};

use super::call::Call;
use super::operation::{Operation, Words, json, media, nothing, query, words};
use crate::command::loyalty::{
    self, Added, CODES, Codes, History, PAGE, Redemptions, Removed, State, Stock, Wanted, Who,
};
use crate::command::token::Scope;
use crate::owner::ledger;
use crate::owner::redemptions::{self, TO_HAND_OVER};
use crate::problem::Fail;
use crate::reply;
use crate::url;

/// Ten thousand codes of the longest.
const CODES_BYTES: usize = 1_024 * 1_024;
const SMALL: usize = 8 * 1_024;

const STATES: Words = words(
    "held, captured or voided; or to_hand_over: what is held, and words that were told at once, until you tick them off.",
    "held（待处理）、captured（已确认）或 voided（已撤销）；或 to_hand_over：待处理的，以及已即时告知但尚未勾选为已交付的。",
);

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Post, "sites/{site}/members/{member}/acts"),
        Scope::Members,
        "act",
        words(
            "Does something to a member's account, once under its id: purchase, event, adjust, redeem, capture, void. `member` is your own id of the customer; the member is made where there is none.",
            "对会员账户执行一次操作（同一 id 只执行一次）：购买、事件、调整、兑换、确认、撤销。`member` 为您自己的客户 id，不存在时自动创建。",
        ),
        json::<Acted>(),
        |call| Box::pin(act(call)),
    )
    .body(json::<Act>(), SMALL, r#"{"id": "o:adjust:1", "action": {"type": "adjust", "delta": 50, "why": "sorry for the delay"}}"#)
    .errors(&[409]),
    Operation::new(
        (Method::Get, "sites/{site}/members/{member}/ledger"),
        Scope::Members,
        "getLedger",
        words(
            "Lines of a member's ledger, newest first, with what their chain of hashes is verified by.",
            "会员账本明细，最新的在前，并附哈希链校验所需的数据。",
        ),
        json::<Lines>(),
        |call| Box::pin(history(call)),
    )
    .query(&[
        query("before", "51", words("Older than this line.", "只返回早于此行的记录。")),
        query("limit", "50", words("How many, from 1 to 200; 50 without it.", "条数，1 到 200；缺省 50。")),
    ]),
    Operation::new(
        (Method::Delete, "sites/{site}/members/{member}"),
        Scope::Admin,
        "eraseMember",
        words(
            "Forgets a member: profile, ledger and all, for good. What was taken of the stock stays taken.",
            "永久清除会员：资料、账本及其他一切；已扣减的库存不恢复。",
        ),
        nothing(),
        |call| Box::pin(erase(call)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/redemptions"),
        Scope::Members,
        "listRedemptions",
        words("Redemptions, newest first.", "兑换记录，最新的在前。"),
        json::<Redemptions>(),
        |call| Box::pin(list_redemptions(call)),
    )
    .query(&[
        query("state", "to_hand_over", STATES),
        query("reward", "coupon", words("Of this reward alone.", "仅此奖励。")),
        query("member", "c-17", words("Of this member alone: your own id of the customer, their e-mail address, or our id.", "仅此会员：您的客户 id、邮箱或会员 id。")),
        query("before", "1764000000000.019ab0f2", words("The cursor: `next` of the page before, joined by a dot.", "游标：上一页的 `next`，以点号连接。")),
        query("limit", "50", words("How many, from 1 to 200; 50 without it.", "条数，1 到 200；缺省 50。")),
    ]),
    Operation::new(
        (Method::Get, "sites/{site}/redemptions.csv"),
        Scope::Members,
        "exportRedemptions",
        words(
            "Redemptions as a table, newest first, 10,000 at the most. Cells that a spreadsheet would take for a formula begin with an apostrophe.",
            "以表格导出兑换记录，最新的在前，最多 10,000 条。可能被电子表格当作公式的单元格以撇号开头。",
        ),
        media("text/csv"),
        |call| Box::pin(table(call)),
    )
    .query(&[
        query("state", "to_hand_over", STATES),
        query("reward", "coupon", words("Of this reward alone.", "仅此奖励。")),
        query("member", "c-17", words("Of this member alone.", "仅此会员。")),
    ]),
    Operation::new(
        (Method::Put, "sites/{site}/redemptions/{redemption}/handed"),
        Scope::Members,
        "handOverRedemption",
        words(
            "Ticks a redemption off as handed over, or takes that back. It changes no points; what is held is handed out by the act `capture`, which ticks it off as well.",
            "将兑换勾选为已交付，或取消勾选。不影响积分；待处理的兑换用 `capture` 操作发放，同时即勾选。",
        ),
        nothing(),
        |call| Box::pin(hand(call)),
    )
    .body(json::<Over>(), SMALL, r#"{"handed": true}"#),
    Operation::new(
        (Method::Get, "sites/{site}/rewards"),
        Scope::Read,
        "getStock",
        words("How much of every reward is gone, and how many codes there are.", "各奖励的已兑换数量与兑换码数量。"),
        json::<Vec<Stock>>(),
        |call| Box::pin(stock(call)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/rewards/{reward}/codes"),
        Scope::Export,
        "listCodes",
        words("Codes of a reward, in order, in pages.", "奖励的兑换码，按序分页返回。"),
        json::<Codes>(),
        |call| Box::pin(list(call)),
    )
    .query(&[
        query("given", "0", words("1: only those given out; 0: only free ones.", "1：仅已发放；0：仅未发放。")),
        query("after", "SAVE-0100", words("The cursor: codes behind this one.", "游标：此码之后的兑换码。")),
        query("limit", "1000", words("How many, from 1 to 1,000; 1,000 without it.", "条数，1 到 1000；缺省 1000。")),
    ]),
    Operation::new(
        (Method::Post, "sites/{site}/rewards/{reward}/codes"),
        Scope::Configure,
        "addCodes",
        words(
            "Adds codes, a line each or the first column of a CSV; those that are there already are told and left out.",
            "添加兑换码：每行一个，或 CSV 的第一列；已存在的会列出并跳过。",
        ),
        json::<Added>(),
        |call| Box::pin(add(call)),
    )
    .body(json::<Text>(), CODES_BYTES, r#"{"text": "SAVE-0001\nSAVE-0002"}"#),
    Operation::new(
        (Method::Post, "sites/{site}/rewards/{reward}/codes/remove"),
        Scope::Admin,
        "removeCodes",
        words("Removes codes that nobody has: these, or without `codes` all.", "删除未发放的兑换码：指定的，或缺省 `codes` 时全部。"),
        json::<Removed>(),
        |call| Box::pin(remove(call)),
    )
    .body(json::<Which>(), CODES_BYTES, r#"{"codes": ["SAVE-0001"]}"#),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MemberAct"))]
struct Act {
    /// 1 to 64 of `[A-Za-z0-9._:-]`.
    id: String,
    #[cfg_attr(test, schemars(with = "serde_json::Value"))]
    action: Action,
    /// When it happened, in milliseconds since 1970, where that is not now: up to two years back.
    #[serde(default)]
    at: Option<Timestamp>,
}

/// Whether something was handed over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "HandOver"))]
pub(super) struct Over {
    pub handed: bool,
}

/// What an act wrote.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Acted {
    member: String,
    balance: i64,
    tier: Option<Name>,
    /// It had been done before under this id, and nothing was done now.
    again: bool,
    entries: Vec<Entry>,
}

/// Lines of a ledger.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Lines {
    member: String,
    /// After the newest of them.
    balance: i64,
    /// The hash that the oldest of them builds on.
    from: String,
    /// Whether there are older ones.
    more: bool,
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "CodesText"))]
struct Text {
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "CodesToRemove"))]
struct Which {
    #[serde(default)]
    codes: Option<Vec<String>>,
}

fn who(call: &Call<'_>) -> Result<Who, Fail> {
    Ok(Who::External(url::part(call.part("member")?)))
}

async fn act(mut call: Call<'_>) -> Result<Response, Fail> {
    let Act { id, action, at } = call.body().await?;
    let act = loyalty::Act { id, who: who(&call)?, action, at, by: String::new() };
    let done = ledger::told(call.env, &call.site()?, act).await?;
    reply::json(&Acted {
        member: done.shown.member.id,
        balance: done.shown.standing.balance,
        tier: done.shown.standing.tier,
        again: done.again,
        entries: done.entries,
    })
}

async fn history(call: Call<'_>) -> Result<Response, Fail> {
    let before = call.number("before", "a line's number")?;
    let limit = call.number("limit", "a number from 1 to 200")?.unwrap_or(50).clamp(1, PAGE);
    let History { member, balance, from, more, entries } =
        ledger::history(call.env, &call.site()?, who(&call)?, before, limit).await?;
    reply::json(&Lines { member, balance, from, more, entries })
}

async fn erase(call: Call<'_>) -> Result<Response, Fail> {
    let site = call.site()?;
    let shown = ledger::standing(call.env, &site, who(&call)?).await?;
    ledger::erase(call.env, &site, &shown.member.id).await?;
    Ok(Response::empty()?.with_status(204))
}

async fn list_redemptions(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&ledger::redemptions(call.env, &call.site()?, wanted(&call)?).await?)
}

async fn hand(mut call: Call<'_>) -> Result<Response, Fail> {
    let Over { handed } = call.body().await?;
    ledger::hand(call.env, &call.site()?, &url::part(call.part("redemption")?), handed).await?;
    reply::nothing()
}

async fn table(call: Call<'_>) -> Result<Response, Fail> {
    reply::typed(
        redemptions::table(call.env, &call.site()?, wanted(&call)?).await?,
        "text/csv; charset=utf-8",
        "no-store",
    )
}

fn wanted(call: &Call<'_>) -> Result<Wanted, Fail> {
    let word = call.query("state").filter(|word| !word.is_empty());
    let to_hand_over = word == Some(TO_HAND_OVER);
    let state = match word.filter(|_| !to_hand_over) {
        None => None,
        Some(word) => Some(
            State::parse(word).ok_or_else(|| Problem::malformed("state", "held, captured, voided or to_hand_over"))?,
        ),
    };
    let reward = call.query("reward").map(|name| Name::parse(name).map_err(|problem| problem.within("reward")));
    let cursor = |text: &str| {
        let (at, id) = text.split_once('.')?;
        Some((Timestamp(at.parse().ok()?), id.to_owned()))
    };
    let before = call.query("before").map(|text| {
        cursor(text).ok_or_else(|| Problem::malformed("before", "a moment, a dot and an id, as `next` tells them"))
    });
    let limit = call.number("limit", "a number from 1 to 200")?.unwrap_or(50).clamp(1, PAGE);
    let member = call.query("member").map(str::to_owned);
    let (reward, before) = (reward.transpose()?, before.transpose()?);
    Ok(Wanted { state, to_hand_over, reward, member, id: None, before, limit })
}

async fn stock(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&ledger::stock(call.env, &call.site()?).await?)
}

async fn list(call: Call<'_>) -> Result<Response, Fail> {
    let given = call.query("given").map(|text| text == "1");
    let after = call.query("after").map(str::to_owned);
    let limit = call.number("limit", "a number from 1 to 1,000")?.unwrap_or(CODES as u32);
    reply::json(&ledger::codes(call.env, &call.site()?, &call.name("reward")?, given, after, limit).await?)
}

async fn add(mut call: Call<'_>) -> Result<Response, Fail> {
    let Text { text } = call.body().await?;
    let codes = codes::read(&text);
    reply::json(&ledger::add_codes(call.env, &call.site()?, &call.name("reward")?, codes).await?)
}

async fn remove(mut call: Call<'_>) -> Result<Response, Fail> {
    let Which { codes } = call.body().await?;
    reply::json(&ledger::remove_codes(call.env, &call.site()?, &call.name("reward")?, codes).await?)
}
