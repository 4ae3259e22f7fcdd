//! The part of the API that is the inbox.

use rapport_core::answer::Field;
use rapport_core::case::Change;
use rapport_core::inbox::{Desk, Filter};
use rapport_core::problem::Problem;
use serde::Deserialize;
use worker::{Method, Response};

use crate::command::inbox::{Changed, Counts, Found, Item};
use crate::command::token::Scope;
use crate::owner::api::{Call, Operation, json, query, words};
use crate::problem::Fail;
use crate::reply;

/// 500 ids and 20 changes with the longest texts, with room.
const CHANGE_BYTES: usize = 256 * 1_024;
const SMALL_BYTES: usize = 16 * 1_024;
/// Responses of a page: where nothing else is asked for, and at most.
const FEW: u32 = 50;
const MOST: u32 = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Changes {
    ids: Vec<String>,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Reply {
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Undo {
    token: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Block {
    blocked: bool,
}

/// The name of a view.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ViewName"))]
struct Name {
    name: String,
}

/// A view as it is sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Named {
    name: String,
    query: String,
}

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "sites/{site}/inbox"),
        Scope::Responses,
        "findResponses",
        words(
            "Responses that match all of a filter, newest first, with status, tags, note and thread. A page that is not full may \
             still have a next one: `until` tells how far was looked.",
            "符合全部筛选条件的回复，最新的在前，含状态、标签、备注与对话。未满的一页之后也可能还有下一页：`until` 表示已查到哪一天。",
        ),
        json::<Found>(),
        |call| Box::pin(find(call)),
    )
    .query(&[
        query("q", "refund", words("Words, all of which must be found; also Chinese.", "搜索词，须全部命中；支持中文。")),
        query("status", "new", words("new, read, planned, done, wont or spam.", "new、read、planned、done、wont 或 spam。")),
        query("widget", "nps", words("Of this widget.", "仅此组件。")),
        query("group", "nps/bad", words("good, mild or bad; nps, csat or ces; or both.", "good、mild、bad；nps、csat、ces；或两者组合。")),
        query("from", "2026-11-01", words("The first day, in UTC.", "起始日（UTC）。")),
        query("to", "2026-11-28", words("The last day.", "结束日。")),
        query("page", "/pricing", words("What the page's address begins with.", "页面地址的开头。")),
        query("language", "de", words("The page's language, with its regions.", "页面语言，包括其地区变体。")),
        query("country", "DE", words("The country, ISO 3166-1.", "国家（ISO 3166-1）。")),
        query("device", "phone", words("phone, tablet or desktop.", "phone、tablet 或 desktop。")),
        query("segment", "plan=pro", words("A trait and its value.", "一项属性及其值。")),
        query("tag", "bug", words("A tag.", "标签。")),
        query(
            "trust",
            "clean",
            words("clean, doubt, trap, fast, burst, blocked or test.", "clean、doubt、trap、fast、burst、blocked 或 test。"),
        ),
        query("complete", "yes", words("yes or no.", "yes 或 no。")),
        query("visitor", "5f0c2d", words("All from one visitor: its id as the responses have it.", "同一访客的回复：填回复中的访客 id。")),
        query("limit", "50", words("How many, from 1 to 200; 50 without it.", "条数，1 到 200；缺省 50。")),
        query("before", "3612672000000000", words("The cursor from `next`.", "`next` 给出的游标。")),
    ]),
    Operation::new(
        (Method::Get, "sites/{site}/inbox/counts"),
        Scope::Responses,
        "countResponses",
        words("How many responses of each status; 1000 means that many or more.", "各状态的回复数；1000 表示不少于该数。"),
        json::<Counts>(),
        |call| Box::pin(counts(call)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/inbox/desk"),
        Scope::Responses,
        "getDesk",
        words("Saved views, and who is blocked.", "保存的视图，以及被屏蔽的访客。"),
        json::<Desk>(),
        |call| Box::pin(desk(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/inbox/views"),
        Scope::Responses,
        "keepView",
        words("Keeps a filter under a name.", "以一个名称保存筛选条件。"),
        json::<Desk>(),
        |call| Box::pin(keep(call)),
    )
    .body(json::<Named>(), SMALL_BYTES, r#"{"name": "Angry in Germany", "query": "group=bad&country=DE"}"#),
    Operation::new(
        (Method::Post, "sites/{site}/inbox/views/drop"),
        Scope::Responses,
        "dropView",
        words("Forgets a saved view.", "删除保存的视图。"),
        json::<Desk>(),
        |call| Box::pin(forget(call)),
    )
    .body(json::<Name>(), SMALL_BYTES, r#"{"name": "Angry in Germany"}"#),
    Operation::new(
        (Method::Post, "sites/{site}/responses/change"),
        Scope::Responses,
        "changeResponses",
        words(
            "Changes status, tags, note, test mark, thread or news links of up to 500 responses: all or, where one is refused, none.",
            "更改最多 500 条回复的状态、标签、备注、测试标记、对话或动态链接：全部成功，或（有一项被拒时）全部不变。",
        ),
        json::<Changed>(),
        |call| Box::pin(change(call)),
    )
    .body(
        json::<Changes>(),
        CHANGE_BYTES,
        r#"{"ids": ["019ab0f2-0000-7000-8000-000000000000"], "changes": [{"status": "planned"}, {"tag": "bug"}]}"#,
    ),
    Operation::new(
        (Method::Post, "sites/{site}/responses/undo"),
        Scope::Responses,
        "undoChange",
        words("Takes one of the latest 50 changes back.", "撤销最近 50 次更改中的一次。"),
        json::<Changed>(),
        |call| Box::pin(undo(call)),
    )
    .body(json::<Undo>(), SMALL_BYTES, r#"{"token": "00000000000000000000000000000000"}"#),
    Operation::new(
        (Method::Get, "sites/{site}/responses/{id}"),
        Scope::Responses,
        "getResponse",
        words("One response, with what the owner makes of it.", "一条回复及其处理情况。"),
        json::<Item>(),
        |call| Box::pin(get(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/responses/{id}/reply"),
        Scope::Responses,
        "replyToResponse",
        words(
            "Writes to the visitor, who sees it in the widget on the next visit.",
            "回复访客；对方下次访问时会在组件里看到。",
        ),
        json::<Changed>(),
        |call| Box::pin(answer(call)),
    )
    .body(json::<Reply>(), SMALL_BYTES, r#"{"text": "Thank you, this is fixed now."}"#),
    Operation::new(
        (Method::Post, "sites/{site}/responses/{id}/block"),
        Scope::Responses,
        "blockVisitor",
        words(
            "Whether what this visitor sends is marked `blocked` and left out of the figures.",
            "此访客的后续回复是否标记为 `blocked` 并不计入指标。",
        ),
        json::<Desk>(),
        |call| Box::pin(block(call)),
    )
    .body(json::<Block>(), SMALL_BYTES, r#"{"blocked": true}"#)
    .errors(&[409]),
];

async fn find(call: Call<'_>) -> Result<Response, Fail> {
    let limit = call.number("limit", "a number from 1 to 200")?.unwrap_or(FEW).clamp(1, MOST);
    let cursor = |text: &str| text.parse().map_err(|_| Problem::malformed("before", "a cursor from `next`"));
    let before = call.query("before").map(cursor).transpose()?;
    let filter = Filter::from_fields(call.fields())?;
    let found = super::find(call.env, &call.site()?, filter, before, limit).await?;
    let next = found.next.map(|next| next.to_string());
    call.listed(&found, "before", next.as_deref())
}

async fn get(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&super::get(call.env, &call.site()?, call.part("id")?).await?)
}

async fn counts(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&super::counts(call.env, &call.site()?).await?)
}

async fn desk(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&super::desk(call.env, &call.site()?).await?)
}

async fn keep(mut call: Call<'_>) -> Result<Response, Fail> {
    let Named { name, query } = call.body().await?;
    let fields: Vec<Field> = crate::url::fields(&query).collect();
    let filter = Filter::from_fields(&fields).map_err(|problem| problem.within("query"))?;
    reply::json(&super::keep_view(call.env, &call.site()?, &name, &filter).await?)
}

async fn forget(mut call: Call<'_>) -> Result<Response, Fail> {
    let Name { name } = call.body().await?;
    reply::json(&super::drop_view(call.env, &call.site()?, &name).await?)
}

async fn change(mut call: Call<'_>) -> Result<Response, Fail> {
    let Changes { ids, changes } = call.body().await?;
    reply::json(&super::change(call.env, &call.site()?, ids, changes).await?)
}

async fn undo(mut call: Call<'_>) -> Result<Response, Fail> {
    let Undo { token } = call.body().await?;
    reply::json(&super::undo(call.env, &call.site()?, &token).await?)
}

async fn answer(mut call: Call<'_>) -> Result<Response, Fail> {
    let Reply { text } = call.body().await?;
    reply::json(&super::reply(call.env, &call.site()?, call.part("id")?, &text).await?)
}

async fn block(mut call: Call<'_>) -> Result<Response, Fail> {
    let Block { blocked } = call.body().await?;
    reply::json(&super::block(call.env, &call.site()?, call.part("id")?, blocked).await?)
}
