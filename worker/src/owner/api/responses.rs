//! Figures, and what visitors answered.

use rapport_core::name::Name;
use rapport_core::response::Response as Stored;
use serde::Serialize;
use worker::{Method, Response};

use super::call::Call;
use super::operation::{Operation, json, query, words};
use crate::clock::now;
use crate::command::token::Scope;
use crate::command::{Activity, Counts, Page, Status, Tally};
use crate::owner;
use crate::owner::period::Period;
use crate::problem::Fail;
use crate::reply;

/// Responses of a page: where nothing else is asked for, and at most.
const FEW: u32 = 50;
const MOST: u32 = 200;

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "sites/{site}/overview"),
        Scope::Read,
        "getOverview",
        words(
            "Counts of a period and of the one before, which all figures are made of.",
            "某一时段及其前一时段的计数，所有指标都由此得出。",
        ),
        json::<Shown>(),
        |call| Box::pin(overview(call)),
    )
    .query(&[
        query(
            "from",
            "2026-11-01",
            words(
                "The first day, in UTC; four weeks up to `to` without it.",
                "起始日（UTC）；缺省为 `to` 之前的四周。",
            ),
        ),
        query("to", "2026-11-28", words("The last day; today without it.", "结束日；缺省为今天。")),
    ]),
    Operation::new(
        (Method::Get, "sites/{site}/responses"),
        Scope::Responses,
        "listResponses",
        words(
            "Responses, newest first, in pages: the header Link leads to the next one.",
            "回复列表，最新的在前，分页返回：响应头 Link 指向下一页。",
        ),
        json::<Vec<Stored>>(),
        |call| Box::pin(list(call)),
    )
    .query(&[
        query("limit", "50", words("How many, from 1 to 200; 50 without it.", "条数，1 到 200；缺省 50。")),
        query(
            "before",
            "019ab0f2-0000-7000-8000-000000000000",
            words("The cursor: responses older than this id.", "游标：只返回早于此 id 的回复。"),
        ),
        query("widget", "nps", words("Of this widget alone.", "仅此组件。")),
        query("partial", "1", words("Unfinished ones too.", "包括未完成的回复。")),
    ]),
];

/// What a program gets of an overview.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Overview"))]
struct Shown {
    counts: Vec<Counts>,
    previous: Vec<Counts>,
    tally: Tally,
    activity: Activity,
    status: Status,
}

async fn overview(call: Call<'_>) -> Result<Response, Fail> {
    let to = call.day("to")?.unwrap_or_else(|| now().day());
    let from = call.day("from")?.unwrap_or_else(|| to.plus(-27));
    let overview = owner::overview(call.env, &call.site()?, Period::between(from, to)?).await?;
    reply::json(&Shown {
        counts: Counts::of(&overview.summary),
        previous: Counts::of(&overview.previous),
        tally: overview.tally,
        activity: overview.activity,
        status: overview.status,
    })
}

async fn list(call: Call<'_>) -> Result<Response, Fail> {
    let limit = call.number("limit", "a number from 1 to 200")?.unwrap_or(FEW).clamp(1, MOST);
    let widget = call.query("widget").map(|name| Name::parse(name).map_err(|problem| problem.within("widget")));
    let page = Page {
        limit,
        before: call.query("before").map(str::to_owned),
        widget: widget.transpose()?,
        partial: call.query("partial").is_some(),
    };
    let found = owner::responses(call.env, &call.site()?, page).await?;
    // A full page may be the last one; the next is then empty.
    let full = found.len() >= limit as usize;
    call.listed(&found, "before", found.last().filter(|_| full).map(|response| response.id.as_str()))
}
