//! Members as the owner looks at them, and the figures of the programme.

use rapport_core::loyalty::people::figures::Figures;
use rapport_core::loyalty::people::insight::Insight;
use rapport_core::loyalty::people::rfm::Group;
use rapport_core::loyalty::people::stage::Stage;
use rapport_core::problem::Problem;
use serde::Deserialize;
use worker::{Method, Response};

use super::call::Call;
use super::members::member;
use super::operation::{Operation, json, nothing, query, words};
use crate::clock::now;
use crate::command::people::{Sort, Wanted};
use crate::command::token::Scope;
use crate::owner::members::{Known, found};
use crate::owner::people::{self, Export, Whole};
use crate::problem::Fail;
use crate::reply;

const BYTES: usize = 16 * 1_024;
const FEW: u32 = 50;
const MOST: u32 = 200;

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "sites/{site}/members"),
        Scope::Members,
        "listMembers",
        words(
            "Members, who was here last first, each with stage, churn risk, group and value.",
            "会员列表，最近活跃的在前，含生命周期、流失风险、分组与客户价值。",
        ),
        json::<Vec<Known>>(),
        |call| Box::pin(list(call)),
    )
    .query(&[
        query("limit", "50", words("How many, from 1 to 200; 50 without it.", "条数，1 到 200；缺省 50。")),
        query("after", "495840.019ab0f2-0000-7000-8000-000000000000", words("The cursor.", "游标。")),
        query(
            "q",
            "ada",
            words(
                "In name, e-mail address or your id; or the whole of ours.",
                "姓名、邮箱或您的 id 的一部分；或本系统完整的 id。",
            ),
        ),
        query("tier", "gold", words("Of this tier; `-` for none.", "此等级；`-` 表示没有等级。")),
        query(
            "stage",
            "at_risk",
            words("new, active, loyal, at_risk or lost.", "new、active、loyal、at_risk 或 lost。"),
        ),
        query("group", "high", words("high, middle or low by RFM.", "按 RFM：high、middle 或 low。")),
        query("sort", "balance", words("seen, which it is without it, or balance.", "seen（缺省）或 balance。")),
    ]),
    Operation::new(
        (Method::Get, "sites/{site}/members/{member}"),
        Scope::Members,
        "getMember",
        words(
            "One member, by your id of the customer or by ours, with everything that is known of them.",
            "按您的顾客 id 或本系统的 id 读取一位会员的全部信息。",
        ),
        json::<Whole>(),
        |call| Box::pin(get(call)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/members/{member}/export"),
        Scope::Members,
        "exportMember",
        words(
            "Everything of one member, to hand out to them: profile, ledger, responses. It has 20,000 lines; where there are more, `next` says how to go on.",
            "一位会员的全部数据，可交给本人：资料、账本、答卷。每次最多 20,000 行，更多时用 `next` 继续。",
        ),
        json::<Export>(),
        |call| Box::pin(export(call)),
    )
    .query(&[query("before", "20001", words("Only lines older than this one.", "只返回早于此行的记录。"))]),
    Operation::new(
        (Method::Put, "sites/{site}/members/{member}/note"),
        Scope::Members,
        "noteMember",
        words("Your own note about a member, which nobody else sees.", "您对会员的备注，仅您可见。"),
        nothing(),
        |call| Box::pin(note(call)),
    )
    .body(json::<Note>(), BYTES, r#"{"text": "Rang twice about the mug."}"#),
    Operation::new(
        (Method::Post, "sites/{site}/members/{member}/sign-out"),
        Scope::Members,
        "signOutMember",
        words(
            "Signs all devices of a member out and ends the recovery phrase.",
            "退出会员的所有设备，并使恢复短语失效。",
        ),
        nothing(),
        |call| Box::pin(sign_out(call)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/loyalty/figures"),
        Scope::Members,
        "getLoyaltyFigures",
        words(
            "Loyalty rate, redemption, referral, liability, stages, groups and cohorts.",
            "忠诚率、兑换、推荐、积分负债、生命周期、分组与同期群。",
        ),
        json::<Figures>(),
        |call| Box::pin(figures(call)),
    ),
];

/// The owner's note.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "MemberNote"))]
struct Note {
    text: String,
}

async fn list(call: Call<'_>) -> Result<Response, Fail> {
    let wanted = wanted(&call)?;
    let found = people::find(call.env, &call.site()?, wanted).await?;
    let next = found.next.as_ref().map(|(key, member)| format!("{key}.{member}"));
    let now = now();
    let of = |(shown, person)| {
        let insight = Some(Insight::of(&person, &found.census, now));
        Known { insight, ..Known::of(shown) }
    };
    let items: Vec<Known> = found.items.into_iter().map(of).collect();
    call.listed(&items, "after", next.as_deref())
}

fn wanted(call: &Call<'_>) -> Result<Wanted, Fail> {
    let text = |name: &str| call.query(name).unwrap_or_default().to_owned();
    let one_of = |name: &str, words: &'static str| Problem::malformed(name, words);
    let stage = call
        .query("stage")
        .map(|word| Stage::parse(word).ok_or_else(|| one_of("stage", "new, active, loyal, at_risk or lost")));
    let group =
        call.query("group").map(|word| Group::parse(word).ok_or_else(|| one_of("group", "high, middle or low")));
    let sort = call.query("sort").map(|word| Sort::parse(word).ok_or_else(|| one_of("sort", "seen or balance")));
    let after =
        call.query("after").map(|text| cursor(text).ok_or_else(|| one_of("after", "as the header Link has it")));
    Ok(Wanted {
        text: text("q"),
        tier: text("tier"),
        stage: stage.transpose()?,
        group: group.transpose()?,
        sort: sort.transpose()?.unwrap_or_default(),
        after: after.transpose()?,
        limit: call.number("limit", "a number from 1 to 200")?.unwrap_or(FEW).clamp(1, MOST),
    })
}

/// A place in the list: what it is sorted by, a dot, and the member.
pub fn cursor(text: &str) -> Option<(i64, String)> {
    let (key, member) = text.split_once('.')?;
    Some((key.parse().ok()?, member.to_owned()))
}

async fn get(call: Call<'_>) -> Result<Response, Fail> {
    let (site, id) = id(&call).await?;
    reply::json(&Whole::of(people::one(call.env, &site, &id).await?, now()))
}

async fn export(call: Call<'_>) -> Result<Response, Fail> {
    let (site, id) = id(&call).await?;
    let before = call.number("before", "a line's number")?;
    reply::json(&people::export(call.env, &site, &id, before).await?)
}

async fn note(mut call: Call<'_>) -> Result<Response, Fail> {
    let Note { text } = call.body().await?;
    let (site, id) = id(&call).await?;
    people::note(call.env, &site, &id, &text).await?;
    Ok(Response::empty()?.with_status(204))
}

async fn sign_out(call: Call<'_>) -> Result<Response, Fail> {
    let (site, id) = id(&call).await?;
    people::sign_out(call.env, &site, &id).await?;
    Ok(Response::empty()?.with_status(204))
}

async fn figures(call: Call<'_>) -> Result<Response, Fail> {
    let site = call.site()?;
    let config = crate::owner::config(call.env, &site).await?;
    let figures = people::figures(call.env, &site, &config).await?;
    reply::json(&figures.ok_or_else(Fail::not_found)?)
}

/// The site, and our id of the member, who may be named by the owner's.
async fn id(call: &Call<'_>) -> Result<(rapport_core::name::SiteId, String), Fail> {
    let site = call.site()?;
    crate::owner::known(call.env, &site).await?;
    let (_, shown) = found(call.env, &site, &member(call)?).await?;
    Ok((site, shown.member.id))
}
