//! Prize draws, points for answers, and referrals.

use rapport_core::id;
use rapport_core::loyalty::board::Board;
use rapport_core::loyalty::entry::Entry;
use rapport_core::loyalty::referral::Step;
use rapport_core::name::Name;
use rapport_core::problem::{Fault, Problem};
use serde::{Deserialize, Serialize};
use worker::{Method, Response};

use super::call::Call;
use super::ledger::Over;
use super::operation::{Operation, json, media, nothing, query, words};
use crate::command::loyalty::{Done, PAGE, Who};
use crate::command::play::{Came, Command, Listed, Summary, Winner};
use crate::command::token::Scope;
use crate::owner::play;
use crate::problem::Fail;
use crate::reply;
use crate::url;

const SMALL: usize = 8 * 1_024;
const STEPS: [&str; 7] = ["waits", "lapsed", "look", "held", "due", "credited", "refused"];

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "sites/{site}/draws"),
        Scope::Read,
        "listDraws",
        words(
            "All prize draws that there ever were, newest first. Tickets and winners are public: `/draw/{site}/{draw}.json`.",
            "所有抽奖，最新的在前。抽奖券与中奖结果是公开的：`/draw/{site}/{draw}.json`。",
        ),
        json::<Vec<Summary>>(),
        |call| Box::pin(draws(call)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/draws/{draw}/winners"),
        Scope::Responses,
        "listDrawWinners",
        words("Who has won in a draw, by ticket, 200 at a time.", "抽奖的中奖者，按券号排列，每次 200 名。"),
        json::<Vec<Winner>>(),
        |call| Box::pin(winners(call)),
    )
    .query(&[
        query("after", "137", words("Behind this ticket.", "此券号之后。")),
        query(
            "to_hand_over",
            "1",
            words("1: only prizes that you still have to hand over.", "1：仅尚待您交付的奖品。"),
        ),
    ]),
    Operation::new(
        (Method::Get, "sites/{site}/draws/{draw}/winners.csv"),
        Scope::Members,
        "exportDrawWinners",
        words(
            "All winners of a draw as a table, and which prizes were handed over, when and by whom.",
            "以表格导出抽奖的全部中奖者，以及各奖品何时由谁交付。",
        ),
        media("text/csv"),
        |call| Box::pin(table(call)),
    ),
    Operation::new(
        (Method::Put, "sites/{site}/draws/{draw}/winners/{ticket}/handed"),
        Scope::Members,
        "handOverPrize",
        words(
            "Ticks a prize off as handed over, or takes that back: one that you hand over yourself.",
            "将须由您亲自交付的奖品勾选为已交付，或取消勾选。",
        ),
        nothing(),
        |call| Box::pin(hand(call)),
    )
    .body(json::<Over>(), SMALL, r#"{"handed": true}"#),
    Operation::new(
        (Method::Post, "sites/{site}/draws/{draw}/end"),
        Scope::Configure,
        "endDraw",
        words(
            "Ends a draw now: no more tickets, the seed is told, and what is drawn at the end is drawn. Cannot be undone.",
            "立即结束抽奖：不再发券，公布种子，并抽取应在结束时抽取的奖品。无法撤销。",
        ),
        nothing(),
        |call| Box::pin(end(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/members/{member}/tickets"),
        Scope::Configure,
        "takeTicket",
        words(
            "Takes a ticket of a draw for a member, once under its id: a UUIDv7 that was made on the member's device.",
            "为会员领取一张抽奖券（同一 id 只领取一次），id 为会员设备上生成的 UUIDv7。",
        ),
        json::<Played>(),
        |call| Box::pin(ticket(call)),
    )
    .body(json::<Ticket>(), SMALL, r#"{"id": "019ab0f2-5c00-7abc-8def-0123456789ab", "draw": "autumn"}"#)
    .errors(&[409]),
    Operation::new(
        (Method::Post, "sites/{site}/members/{member}/claims"),
        Scope::Configure,
        "claimResponse",
        words(
            "Gives a member the points for a completed response of theirs, once.",
            "为会员已完成的答复发放积分，每份答复一次。",
        ),
        json::<Played>(),
        |call| Box::pin(claim(call)),
    )
    .body(json::<Claim>(), SMALL, r#"{"response": "019ab0f2-5c00-7abc-8def-0123456789ab"}"#)
    .errors(&[409]),
    Operation::new(
        (Method::Post, "sites/{site}/members/{member}/code"),
        Scope::Configure,
        "getReferralCode",
        words("The code of a member's link, made when it is first asked for.", "会员推荐链接的代码，首次请求时生成。"),
        json::<Code>(),
        |call| Box::pin(code(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/members/{member}/referred"),
        Scope::Configure,
        "noteReferral",
        words("Notes that a new member came by the link with this code.", "记录新会员通过此代码的链接到来。"),
        json::<Noted>(),
        |call| Box::pin(referred(call)),
    )
    .body(json::<Code>(), SMALL, r#"{"code": "7k2m9xqp"}"#)
    .errors(&[409]),
    Operation::new(
        (Method::Get, "sites/{site}/leaderboard"),
        Scope::Responses,
        "getLeaderboard",
        words(
            "Members who asked to be on the leaderboard, the first 50, and those whose names you took off.",
            "选择上榜的会员（前 50 名），以及被你移除名称的会员。",
        ),
        json::<Board>(),
        |call| Box::pin(board(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/leaderboard/{member}"),
        Scope::Configure,
        "listOnLeaderboard",
        words(
            "Takes a name off the leaderboard, or puts it back. `member` is the id in the list.",
            "将名称移出排行榜或恢复。`member` 为列表中的 id。",
        ),
        nothing(),
        |call| Box::pin(list(call)),
    )
    .body(json::<Listing>(), SMALL, r#"{"listed": false}"#),
    Operation::new(
        (Method::Get, "sites/{site}/referrals"),
        Scope::Responses,
        "listReferrals",
        words("Referrals at one stage, newest first.", "处于某一阶段的推荐，最新的在前。"),
        json::<Vec<Listed>>(),
        |call| Box::pin(referrals(call)),
    )
    .query(&[
        query(
            "step",
            "look",
            words(
                "waits, lapsed, look (for you to decide), held, due, credited or refused; look without it.",
                "waits、lapsed、look（待您决定）、held、due、credited 或 refused；缺省 look。",
            ),
        ),
        query("limit", "50", words("How many, from 1 to 200; 50 without it.", "条数，1 到 200；缺省 50。")),
    ]),
    Operation::new(
        (Method::Post, "sites/{site}/referrals/{member}"),
        Scope::Configure,
        "decideReferral",
        words(
            "Your word on a referral that a rule stopped. `member` is the id in the list; a refusal needs a reason.",
            "对被规则拦下的推荐作出决定。`member` 为列表中的 id；拒绝须说明理由。",
        ),
        nothing(),
        |call| Box::pin(decide(call)),
    )
    .body(json::<Decision>(), SMALL, r#"{"approved": true, "why": "they share an office"}"#),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Ticket {
    id: String,
    draw: Name,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Claim {
    response: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ReferralCode"))]
struct Code {
    code: String,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ReferralNoted"))]
struct Noted {
    step: Step,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ReferralDecision"))]
struct Decision {
    approved: bool,
    #[serde(default)]
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "LeaderboardListing"))]
struct Listing {
    listed: bool,
}

/// What was written into the ledger.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Played {
    member: String,
    balance: i64,
    /// It had been done before, and nothing was done now.
    again: bool,
    entries: Vec<Entry>,
}

impl From<Done> for Played {
    fn from(Done { entries, again, shown }: Done) -> Self {
        Self { member: shown.member.id, balance: shown.standing.balance, again, entries }
    }
}

fn who(call: &Call<'_>) -> Result<Who, Fail> {
    Ok(Who::External(url::part(call.part("member")?)))
}

/// Ids that are made on devices.
fn made(field: &'static str, text: String) -> Result<String, Fail> {
    match id::moment(&text) {
        Some(_) => Ok(text),
        None => Err(Problem::malformed(field, "a UUIDv7 in lower case").into()),
    }
}

async fn draws(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&play::ask::<Vec<Summary>>(call.env, &call.site()?, Command::Draws).await?)
}

async fn winners(call: Call<'_>) -> Result<Response, Fail> {
    let draw = Name::parse(call.part("draw")?).map_err(|_| Fail::not_found())?;
    let after = call.number("after", "a ticket's number")?.unwrap_or(0);
    let command = Command::Winners { draw, after, to_hand_over: call.query("to_hand_over") == Some("1") };
    reply::json(&play::ask::<Vec<Winner>>(call.env, &call.site()?, command).await?)
}

async fn table(call: Call<'_>) -> Result<Response, Fail> {
    let draw = Name::parse(call.part("draw")?).map_err(|_| Fail::not_found())?;
    let table = play::winners_table(call.env, &call.site()?, &draw).await?;
    reply::typed(table, "text/csv; charset=utf-8", "no-store")
}

async fn hand(mut call: Call<'_>) -> Result<Response, Fail> {
    let Over { handed } = call.body().await?;
    let draw = Name::parse(call.part("draw")?).map_err(|_| Fail::not_found())?;
    let ticket = call.part("ticket")?.parse().map_err(|_| Fail::not_found())?;
    play::hand(call.env, &call.site()?, draw, ticket, handed).await?;
    reply::nothing()
}

async fn end(call: Call<'_>) -> Result<Response, Fail> {
    let draw = Name::parse(call.part("draw")?).map_err(|_| Fail::not_found())?;
    play::end(call.env, &call.site()?, draw).await?;
    reply::nothing()
}

async fn ticket(mut call: Call<'_>) -> Result<Response, Fail> {
    let Ticket { id, draw } = call.body().await?;
    let command = Command::Take { id: made("id", id)?, who: who(&call)?, draw };
    reply::json(&Played::from(play::act(call.env, &call.site()?, command).await?))
}

async fn claim(mut call: Call<'_>) -> Result<Response, Fail> {
    let Claim { response } = call.body().await?;
    let response = made("response", response)?;
    reply::json(&Played::from(play::claim(call.env, &call.site()?, who(&call)?, response).await?))
}

async fn code(call: Call<'_>) -> Result<Response, Fail> {
    let code = play::ask(call.env, &call.site()?, Command::Code { who: who(&call)? }).await?;
    reply::json(&Code { code })
}

async fn referred(mut call: Call<'_>) -> Result<Response, Fail> {
    let Code { code } = call.body().await?;
    let command = Command::Referred { who: who(&call)?, code, address: String::new() };
    match play::referred(call.env, &call.site()?, command).await? {
        Came::Noted(step) => reply::json(&Noted { step }),
        Came::Barred(_) => Err(Fail::not_found()),
    }
}

async fn referrals(call: Call<'_>) -> Result<Response, Fail> {
    let step = call.query("step").unwrap_or("look").to_owned();
    if !STEPS.contains(&step.as_str()) {
        return Err(Problem::new("step", Fault::NotAnOption).into());
    }
    let limit = call.number("limit", "a number from 1 to 200")?.unwrap_or(50).clamp(1, PAGE);
    reply::json(&play::ask::<Vec<Listed>>(call.env, &call.site()?, Command::Referrals { step, limit }).await?)
}

async fn board(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&play::ask::<Board>(call.env, &call.site()?, Command::Places).await?)
}

async fn list(mut call: Call<'_>) -> Result<Response, Fail> {
    let Listing { listed } = call.body().await?;
    let member = made("member", url::part(call.part("member")?))?;
    play::list(call.env, &call.site()?, member, listed).await?;
    reply::nothing()
}

async fn decide(mut call: Call<'_>) -> Result<Response, Fail> {
    let Decision { approved, why } = call.body().await?;
    let member = made("member", url::part(call.part("member")?))?;
    play::judge(call.env, &call.site()?, member, approved, why).await?;
    reply::nothing()
}
