//! Sites, their settings and their widgets.

use rapport_core::model::config::Config;
use rapport_core::model::site::Site;
use rapport_core::model::widget::Widget;
use rapport_core::name::Name;
use rapport_core::problem::Problem;
use worker::{Method, Response};

use super::call::Call;
use super::operation::{Operation, json, words};
use crate::command::token::Scope;
use crate::command::{Edit, Listed};
use crate::edit;
use crate::owner;
use crate::problem::Fail;
use crate::reply;
use crate::route::Step;

/// A widget or a site with every limit used up.
const BYTES: usize = 512 * 1_024;
const SITE: &str = r#"{"id": "acme", "name": "Acme", "origins": ["https://acme.example"], "locale": "en"}"#;
const WIDGET: &str = r#"{"name": "nps", "kind": "nps", "label": "NPS", "questions": [{"name": "nps", "title": "How likely are you to recommend us?", "required": true, "input": {"type": "scale", "min": 0, "max": 10, "measures": "nps"}}]}"#;

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "sites"),
        Scope::Read,
        "listSites",
        words("Every site that the caller may see, by name.", "调用方可见的全部站点，按名称排序。"),
        json::<Vec<Listed>>(),
        |call| Box::pin(list(call)),
    )
    .filtered(),
    Operation::new(
        (Method::Post, "sites"),
        Scope::Configure,
        "createSite",
        words("Creates a site.", "创建站点。"),
        json::<Config>(),
        |call| Box::pin(create(call)),
    )
    .body(json::<Site>(), BYTES, SITE)
    .errors(&[409]),
    Operation::new(
        (Method::Get, "sites/{site}"),
        Scope::Read,
        "getSite",
        words(
            "The whole configuration: settings, and every widget with its drafts and versions.",
            "完整配置：设置，以及每个组件的草稿与各版本。",
        ),
        json::<Config>(),
        |call| Box::pin(config(call)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/settings"),
        Scope::Read,
        "getSettings",
        words("The site's own settings, with an ETag for If-Match.", "站点自身的设置，附 ETag 供 If-Match 使用。"),
        json::<Site>(),
        |call| Box::pin(settings(call)),
    ),
    Operation::new(
        (Method::Put, "sites/{site}/settings"),
        Scope::Configure,
        "putSettings",
        words(
            "Replaces the site's own settings. With If-Match it is refused if they have changed meanwhile.",
            "替换站点自身的设置。带 If-Match 时，若期间已被修改则拒绝。",
        ),
        json::<Config>(),
        |call| Box::pin(change(call)),
    )
    .body(json::<Site>(), BYTES, SITE)
    .errors(&[412]),
    Operation::new(
        (Method::Put, "sites/{site}"),
        Scope::Configure,
        "putSite",
        words("The same as putSettings, at the site's own address.", "与 putSettings 相同，使用站点自身的地址。"),
        json::<Config>(),
        |call| Box::pin(change(call)),
    )
    .body(json::<Site>(), BYTES, SITE)
    .errors(&[412]),
    Operation::new(
        (Method::Delete, "sites/{site}"),
        Scope::Admin,
        "deleteSite",
        words(
            "Deletes the site with everything that is kept of it, at the moment that the reply tells as `ends`, in 24 hours. Visitors see nothing of it at once. Until then settings without `ends` bring it back.",
            "删除站点及为其保存的一切，时间为回复中的 `ends`，即 24 小时后。访客立即看不到任何内容。在此之前，提交不含 `ends` 的设置即可恢复。",
        ),
        json::<Site>(),
        |call| Box::pin(delete(call)),
    ),
    Operation::new(
        (Method::Get, "sites/{site}/widgets/{widget}"),
        Scope::Read,
        "getWidget",
        words(
            "A widget's definition, the draft before the newest version, with an ETag for If-Match.",
            "组件定义：优先草稿，否则为最新版本；附 ETag 供 If-Match 使用。",
        ),
        json::<Widget>(),
        |call| Box::pin(widget(call)),
    ),
    Operation::new(
        (Method::Put, "sites/{site}/widgets/{widget}"),
        Scope::Configure,
        "putDraft",
        words(
            "Saves a widget's draft, or creates the widget. With If-Match it is refused if the definition has changed meanwhile.",
            "保存组件草稿，或创建组件。带 If-Match 时，若定义期间已被修改则拒绝。",
        ),
        json::<Config>(),
        |call| Box::pin(draft(call)),
    )
    .body(json::<Widget>(), BYTES, WIDGET)
    .errors(&[412]),
    Operation::new(
        (Method::Post, "sites/{site}/widgets/{widget}/{step}"),
        Scope::Configure,
        "stepWidget",
        words(
            "A step in a widget's life: publish, pause, resume, end, or discard its draft.",
            "组件状态变更：发布、暂停、恢复、结束，或放弃草稿。",
        ),
        json::<Config>(),
        |call| Box::pin(step(call)),
    )
    .errors(&[409]),
];

async fn list(call: Call<'_>) -> Result<Response, Fail> {
    let mut sites = owner::sites(call.env).await?;
    sites.retain(|listed| call.owner.knows(&listed.site));
    reply::json(&sites)
}

async fn create(mut call: Call<'_>) -> Result<Response, Fail> {
    let site = Site::parse(&call.text().await?)?;
    reply::json(&owner::create_site(call.env, site).await?)
}

async fn config(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&owner::config(call.env, &call.site()?).await?)
}

async fn delete(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&owner::delete_site(call.env, &call.site()?).await?.site)
}

async fn settings(call: Call<'_>) -> Result<Response, Fail> {
    let config = owner::config(call.env, &call.site()?).await?;
    call.tagged(&config.site, &edit::mark(Some(&config.site)))
}

async fn change(mut call: Call<'_>) -> Result<Response, Fail> {
    let site = Site::parse(&call.text().await?)?;
    let edit = Edit::Site { site, based_on: call.based_on()? };
    reply::json(&owner::edit(call.env, &call.site()?, edit).await?)
}

async fn widget(call: Call<'_>) -> Result<Response, Fail> {
    let (config, name) = (owner::config(call.env, &call.site()?).await?, call.name("widget")?);
    let newest = config.record(name.as_str()).and_then(edit::newest).ok_or_else(Fail::not_found)?;
    call.tagged(newest, &edit::mark(Some(newest)))
}

async fn draft(mut call: Call<'_>) -> Result<Response, Fail> {
    let widget = Widget::parse(&call.text().await?)?;
    if widget.name != call.name("widget")? {
        return Err(Problem::conflict("name", "it differs from the one in the address").into());
    }
    let edit = Edit::Draft { widget, based_on: call.based_on()? };
    reply::json(&owner::edit(call.env, &call.site()?, edit).await?)
}

async fn step(call: Call<'_>) -> Result<Response, Fail> {
    let step = Step::parse(call.part("step")?).ok_or_else(Fail::not_found)?;
    let edit = step.of(call.name("widget")?, call.based_on()?);
    reply::json(&owner::edit(call.env, &call.site()?, edit).await?)
}

impl Step {
    /// The change that it is for `widget`; what is published is what was seen.
    pub fn of(self, widget: Name, based_on: Option<String>) -> Edit {
        match self {
            Self::Publish => Edit::Publish { widget, based_on },
            Self::Pause => Edit::Pause { widget },
            Self::Resume => Edit::Resume { widget },
            Self::End => Edit::End { widget },
            Self::Discard => Edit::Discard { widget },
        }
    }
}
