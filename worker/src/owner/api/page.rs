//! The API's readable pages, generated with the document: complete without scripts, and searched with the browser's own search.

use maud::{DOCTYPE, Markup, html};
use serde_json::Value;
use worker::Method;

use super::AREAS;
use super::openapi::{errors, parts};
use super::operation::{Described, Operation, Shape, Words};
use crate::command::token::Scope;

/// A language of the pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    En,
    Zh,
}

impl Tongue {
    const fn of(self, words: Words) -> &'static str {
        self.pick(words.en, words.zh)
    }

    const fn pick(self, en: &'static str, zh: &'static str) -> &'static str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }
}

/// The page in one language; `document` has the schemas.
pub fn page(tongue: Tongue, document: &Value) -> Markup {
    let p = |en, zh| tongue.pick(en, zh);
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    html! {
        (DOCTYPE)
        html lang=(p("en", "zh-CN")) {
            head {
                meta charset="utf-8";
                title { (p("Rapport's API", "Rapport 的 API")) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href="/api/v1/api.css";
            }
            body {
                header {
                    p {
                        a href="/dashboard" { "Rapport" } " · "
                        a href=(p("/api/v1/zh-CN/", "/api/v1/")) hreflang=(p("zh-CN", "en")) lang=(p("zh-CN", "en")) { (p("中文", "English")) } " · "
                        a href="/api/v1/openapi.json" { "openapi.json" }
                    }
                    h1 { (p("Rapport's API", "Rapport 的 API")) }
                    p { (p("Everything that the dashboard does, for programs. Search this page with your browser.", "控制台能做的一切，程序也能做。可用浏览器在本页查找。")) }
                }
                nav aria-label=(p("Contents", "目录")) {
                    ul {
                        li { a href="#begin" { (p("How to begin", "如何开始")) } }
                        @for area in AREAS { li { a href={ "#" (area.name) } { (tongue.of(area.words)) } } }
                        li { a href="#webhooks" { (p("Receiving webhooks", "接收 Webhook")) } }
                        li { a href="#schemas" { (p("Types", "类型")) } }
                    }
                }
                main {
                    (begin(tongue))
                    @for area in AREAS {
                        section id=(area.name) {
                            h2 { (tongue.of(area.words)) }
                            @for operation in area.operations { (one(tongue, operation)) }
                        }
                    }
                    (webhooks(tongue))
                    section id="schemas" {
                        h2 { (p("Types", "类型")) }
                        @for (name, schema) in schemas.into_iter().flatten() {
                            details id={ "type-" (name) } {
                                summary { code { (name) } }
                                pre tabindex="0" { (serde_json::to_string_pretty(schema).unwrap_or_default()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn begin(tongue: Tongue) -> Markup {
    let p = |en, zh| tongue.pick(en, zh);
    let scopes = [
        p(
            "settings, widgets, figures and status; nothing that visitors wrote",
            "设置、组件、指标与状态；不含访客所写内容",
        ),
        p("what visitors answered: reading it and dealing with it", "访客的回答：查看与处理"),
        p("changing sites, widgets and connections", "修改站点、组件与连接"),
        p("all data at once, out and in, and erasing", "批量导出、导入与清除数据"),
        p("tokens, sessions and repairs, and all of the above", "令牌、会话与修复，以及以上全部"),
    ];
    html! {
        section id="begin" {
            h2 { (p("How to begin", "如何开始")) }
            p {
                (p("Make a token on the page ", "在"))
                a href="/dashboard/tokens" { (p("Tokens", "令牌页面")) }
                (p(", and send it with every call:", "创建令牌，并在每次调用时附上："))
            }
            pre tabindex="0" { "curl https://YOUR-WORKER/api/v1/sites -H 'Authorization: Bearer rpt_…'" }
            h3 { (p("What a token may do", "令牌的权限")) }
            dl { @for (scope, words) in Scope::ALL.into_iter().zip(scopes) { div { dt { code { (scope.as_str()) } } dd { (words) } } } }
            h3 { (p("What holds everywhere", "通用约定")) }
            ul {
                li { (p("Times are milliseconds since 1970 in UTC; days are written 2026-11-22.", "时间为 1970 年以来的毫秒数（UTC）；日期写作 2026-11-22。")) }
                li { (p("Lists come in pages: follow the header Link with rel=\"next\".", "列表分页返回：按响应头 Link 中 rel=\"next\" 继续。")) }
                li { (p("What is read with an ETag can be changed with If-Match; 412 says that somebody was faster.", "带 ETag 读取的内容可用 If-Match 修改；412 表示已被他人先改。")) }
                li { (p("Errors are problem documents (RFC 9457) with code, field, limit and hint.", "错误为问题文档（RFC 9457），含 code、field、limit 与 hint。")) }
                li { (p("After 429 and 503, wait as many seconds as Retry-After says.", "遇到 429 与 503 时，按 Retry-After 所示秒数等待。")) }
            }
        }
    }
}

fn one(tongue: Tongue, operation: &Operation) -> Markup {
    let p = |en, zh| tongue.pick(en, zh);
    let statuses: Vec<String> = errors(operation).iter().map(u16::to_string).collect();
    html! {
        article id=(operation.name) {
            h3 {
                span.method { (operation.method.to_string()) } " "
                code { "/api/v1/" (operation.path) }
            }
            p { (tongue.of(operation.summary)) }
            p.small { (operation.name) " · " (p("needs ", "需要 ")) code { (operation.scope.as_str()) } " · " (p("replies ", "返回 ")) (shape(tongue, &operation.reply)) " · " (p("errors ", "错误 ")) (statuses.join(", ")) }
            @if !operation.query.is_empty() {
                dl { @for parameter in operation.query { div { dt { code { (parameter.name) } } dd { (tongue.of(parameter.words)) } } } }
            }
            @if let Some(body) = &operation.body {
                p.small { (p("Takes ", "接收 ")) (shape(tongue, &body.shape)) (p(", at most ", "，最多 ")) (body.limit / 1024) " KB" }
            }
            pre tabindex="0" { (curl(operation)) }
        }
    }
}

fn curl(operation: &Operation) -> String {
    let mut path = operation.path.to_owned();
    for part in parts(operation.path) {
        let example = super::openapi::example(part);
        path = path.replace(&format!("{{{part}}}"), example);
    }
    let query: Vec<String> = operation.query.iter().map(|one| format!("{}={}", one.name, one.example)).collect();
    let address = if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) };
    let method = if operation.method == Method::Get { String::new() } else { format!(" -X {}", operation.method) };
    let body = operation.body.as_ref().map_or_else(String::new, |body| {
        format!(" \\\n  -H 'Content-Type: application/json' \\\n  -d '{}'", body.example)
    });
    format!("curl{method} 'https://YOUR-WORKER/api/v1/{address}' \\\n  -H 'Authorization: Bearer rpt_…'{body}")
}

fn shape(tongue: Tongue, shape: &Shape) -> Markup {
    match shape.of {
        Described::Nothing => html! { (tongue.pick("nothing (204)", "无内容（204）")) },
        Described::Text(kind) => html! { code { (kind) } },
        Described::Json(schema) => {
            let mut generator = schemars::SchemaGenerator::default();
            let value = schema(&mut generator).to_value();
            let many = value.pointer("/items/$ref").and_then(Value::as_str);
            let name = value.get("$ref").and_then(Value::as_str).or(many);
            let name = name.and_then(|name| name.rsplit('/').next());
            html! {
                @match name {
                    Some(name) => a href={ "#type-" (name) } { code { (name) @if many.is_some() { "[]" } } },
                    None => code { "JSON" },
                }
            }
        }
    }
}

fn webhooks(tongue: Tongue) -> Markup {
    let p = |en, zh| tongue.pick(en, zh);
    html! {
        section id="webhooks" {
            h2 { (p("Receiving webhooks", "接收 Webhook")) }
            p { (p(
                "Deliveries follow Standard Webhooks 1.0, for which there are libraries in most languages. The body is JSON with type, timestamp and data; the types are those of Event.",
                "投递遵循 Standard Webhooks 1.0，大多数语言都有现成的库。正文是 JSON，含 type、timestamp 与 data；type 的取值见 Event。",
            )) }
            pre tabindex="0" { "webhook-id: evt_…\nwebhook-timestamp: 1763856000\nwebhook-signature: v1,BASE64(HMAC-SHA256(secret, id + \".\" + timestamp + \".\" + body))" }
            ul {
                li { (p("The key is what stands behind whsec_, decoded from Base64. For a day after a change of secrets there are two signatures.", "密钥是 whsec_ 之后部分经 Base64 解码的结果。更换密钥后一天内会有两个签名。")) }
                li { (p("The same webhook-id is the same event: take it once.", "相同的 webhook-id 是同一事件：只处理一次。")) }
                li { (p("Answer with 2xx within ten seconds. Anything else is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h; 410 ends the connection, and so do five days of failures.", "请在十秒内以 2xx 响应。否则将在 5 秒、5 分、30 分、2、5、10、14、20、24 小时后重试；410 会停止连接，连续失败五天也会。")) }
            }
        }
    }
}
