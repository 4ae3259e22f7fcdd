//! The part of the API that is about data.

use rapport_core::answer::Field;
use rapport_core::export::Redaction;
use rapport_core::inbox::Filter;
use rapport_core::problem::Problem;
use serde::Deserialize;
use worker::{Method, Response};

use super::csv::{self, Done, Piece};
use super::person;
use crate::body::{self, Media};
use crate::command::data::{Erased, Export, Form, Restored, Taken};
use crate::command::token::Scope;
use crate::owner::api::{Call, Operation, Parameter, json, media, query, words};
use crate::problem::Fail;
use crate::reply;

/// A piece of a file, and of a whole site.
const PIECE_BYTES: usize = 512 * 1_024;
const SITE_BYTES: usize = 2 * 1_024 * 1_024;
const PIECE: &str = r#"{"widget": "nps", "roles": ["moment", "answer:nps"], "separator": ",", "line": 2, "last": true,
    "text": "2026-11-22 10:00,9\n"}"#;
/// 500 ids, with room.
const IDS_BYTES: usize = 64 * 1_024;
const IDS: &str = r#"{"ids": ["019ab0f2-0000-7000-8000-000000000000"], "at_once": false}"#;

const WIDGET: Parameter = query("widget", "nps", words("Of this widget alone.", "仅此组件。"));
const FROM: Parameter = query("from", "2026-11-01", words("From this day on, in UTC.", "起始日（UTC）。"));
const TO: Parameter = query("to", "2026-11-30", words("Up to this day, included.", "截止日（含）。"));
const STATUS: Parameter = query(
    "status",
    "new",
    words(
        "As in the inbox, as its other filters: group, page, language, country, device, segment, tag, trust, q.",
        "与收件箱相同；其他筛选项亦同：group、page、language、country、device、segment、tag、trust、q。",
    ),
);
const PARTIAL: Parameter = query("partial", "yes", words("Unfinished responses too.", "包括未完成的回复。"));
const REDACT: Parameter = query(
    "redact",
    "text,contact,identity",
    words(
        "Leaves out free text, addresses and consents, or visitor, country, page and traits.",
        "省略自由文本、联系方式与同意，或访客、国家、页面与特征。",
    ),
);
const LABELS: Parameter =
    query("labels", "yes", words("Headings and options in words instead of names.", "标题与选项使用文字而非名称。"));
const BOM: Parameter =
    query("bom", "yes", words("With a byte order mark, for Excel.", "带字节顺序标记，便于 Excel 打开。"));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Subject {
    text: String,
    #[serde(default)]
    at_once: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Ids {
    ids: Vec<String>,
    #[serde(default)]
    at_once: bool,
}

/// Everything of one person.
#[derive(serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Person"))]
struct About {
    responses: Vec<rapport_core::response::Response>,
    /// The last of them, where there may be more.
    next: Option<String>,
    /// Members of the loyalty programme, with their ledgers.
    members: Vec<person::Known>,
}

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Post, "sites/{site}/responses/erase"),
        Scope::Export,
        "eraseResponses",
        words(
            "Erases up to 500 responses; it can be taken back for ten minutes, unless `at_once` is set.",
            "清除最多 500 条回复；十分钟内可以撤回，除非设置了 `at_once`。",
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
    Operation::new(
        (Method::Get, "sites/{site}/export.csv"),
        Scope::Export,
        "exportTable",
        words(
            "Responses as a table, the oldest first. Cells that a spreadsheet would take for a formula begin with an apostrophe.",
            "以表格导出回复，最早的在前。可能被电子表格当作公式的单元格以撇号开头。",
        ),
        media("text/csv"),
        |call| Box::pin(table(call)),
    )
    .query(&[WIDGET, FROM, TO, STATUS, PARTIAL, REDACT, LABELS, BOM]),
    Operation::new(
        (Method::Get, "sites/{site}/export.ndjson"),
        Scope::Export,
        "exportLines",
        words("Responses as lines of JSON, the oldest first.", "以 JSON 行导出回复，最早的在前。"),
        media("application/x-ndjson"),
        |call| Box::pin(lines(call)),
    )
    .query(&[WIDGET, FROM, TO, STATUS, PARTIAL, REDACT]),
    Operation::new(
        (Method::Get, "sites/{site}/export"),
        Scope::Export,
        "exportSite",
        words(
            "The whole site: settings, widgets with all versions, responses and counts, the loyalty programme with its members, ledgers and codes, without secrets. takeSite takes it.",
            "整个站点：设置、组件及所有版本、回复与计数，忠诚度计划及其会员、账本与兑换码，不含密钥。可由 takeSite 导入。",
        ),
        media("application/x-ndjson"),
        |call| Box::pin(site(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/take"),
        Scope::Admin,
        "takeSite",
        words(
            "Takes in lines of exportSite, as text/plain: up to 2,000 lines a call, in their order. Lines that come again change \
             nothing. A site that is not there is made.",
            "导入 exportSite 的行（text/plain）：每次最多 2,000 行，按顺序。重复的行不会改变任何数据；站点不存在时自动创建。",
        ),
        json::<Taken>(),
        |call| Box::pin(take(call)),
    )
    .errors(&[409, 413, 415, 422]),
    Operation::new(
        (Method::Post, "sites/{site}/import/csv"),
        Scope::Export,
        "importTable",
        words(
            "Imports a piece of a table: up to 200 rows a call. Rows that are wrong are reported; rows that are known change nothing.",
            "导入表格的一段：每次最多 200 行。有误的行会被报告；已有的行不会改变任何数据。",
        ),
        json::<Done>(),
        |call| Box::pin(import(call)),
    )
    .body(json::<Piece>(), PIECE_BYTES, PIECE),
    Operation::new(
        (Method::Get, "sites/{site}/subject"),
        Scope::Export,
        "exportSubject",
        words(
            "Every response that bears a text as id, visitor, trait or answer, such as an e-mail address, and every member of the loyalty programme who is called so, with their ledger.",
            "所有以该文本作为编号、访客、特征或答案（例如邮箱地址）的回复，以及以此为标识的忠诚度会员及其账本。",
        ),
        json::<About>(),
        |call| Box::pin(subject(call)),
    )
    .query(&[query("text", "ada@example.com", words("The whole text, in whatever case.", "完整文本，不区分大小写。"))]),
    Operation::new(
        (Method::Post, "sites/{site}/subject/erase"),
        Scope::Export,
        "eraseSubject",
        words(
            "Erases what exportSubject finds. Responses can be taken back for ten minutes, as with eraseResponses; members cannot.",
            "清除 exportSubject 找到的内容。回复与 eraseResponses 一样，十分钟内可以撤回；会员不可撤回。",
        ),
        json::<Erased>(),
        |call| Box::pin(erase_subject(call)),
    )
    .body(json::<Subject>(), IDS_BYTES, r#"{"text": "ada@example.com", "at_once": false}"#),
];

/// What a query asks to be exported.
///
/// # Errors
/// 422 for an ill-formed name or day, or a redaction that there is not.
pub fn asked(form: Form, fields: &[Field]) -> Result<Export, Problem> {
    let find = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let mut filter = Filter::from_fields(fields)?;
    if find("partial").is_none() && filter.complete.is_none() {
        filter.complete = Some(true);
    }
    let mut redaction = Redaction::default();
    for part in find("redact").unwrap_or_default().split(',').filter(|part| !part.is_empty()) {
        match part {
            "text" => redaction.text = true,
            "contact" => redaction.contact = true,
            "identity" => redaction.identity = true,
            _ => return Err(Problem::malformed("redact", "text, contact and identity, separated by commas")),
        }
    }
    Ok(Export { form, filter, redaction, place: None })
}

async fn table(call: Call<'_>) -> Result<Response, Fail> {
    let form = Form::Csv { labels: call.query("labels").is_some(), mark: call.query("bom").is_some() };
    export(call, form).await
}

async fn lines(call: Call<'_>) -> Result<Response, Fail> {
    export(call, Form::Lines).await
}

async fn site(call: Call<'_>) -> Result<Response, Fail> {
    export(call, Form::Site).await
}

async fn export(call: Call<'_>, form: Form) -> Result<Response, Fail> {
    let asked = asked(form, call.fields())?;
    super::export(call.env, &call.site()?, &asked).await
}

async fn take(mut call: Call<'_>) -> Result<Response, Fail> {
    let text = body::text(&mut call.request, &[Media::Plain], SITE_BYTES).await?;
    reply::json(&super::take(call.env, &call.site()?, text).await?)
}

async fn import(mut call: Call<'_>) -> Result<Response, Fail> {
    let piece: Piece = call.body().await?;
    reply::json(&csv::import(call.env, &call.site()?, &piece).await?)
}

async fn subject(call: Call<'_>) -> Result<Response, Fail> {
    let (responses, more) = super::search(call.env, &call.site()?, call.query("text").unwrap_or_default()).await?;
    let next = responses.last().filter(|_| more).map(|response| response.id.clone());
    let members = person::members(call.env, &call.site()?, call.query("text").unwrap_or_default()).await?;
    reply::json(&About { responses, next, members })
}

async fn erase_subject(mut call: Call<'_>) -> Result<Response, Fail> {
    let Subject { text, at_once } = call.body().await?;
    let (erased, _) = super::erase_subject(call.env, &call.site()?, &text, at_once).await?;
    reply::json(&erased)
}

async fn erase(mut call: Call<'_>) -> Result<Response, Fail> {
    let Ids { ids, at_once } = call.body().await?;
    reply::json(&super::erase(call.env, &call.site()?, ids, at_once).await?)
}

async fn restore(mut call: Call<'_>) -> Result<Response, Fail> {
    let Ids { ids, .. } = call.body().await?;
    reply::json(&super::restore(call.env, &call.site()?, ids).await?)
}
