//! Robots of Feishu and Lark: a post of text elements. Elements are not read for mentions, but `<at>` is in plain messages, so
//! its bracket is made harmless all the same. A body takes 20 KB. With a signature check, time and signature are in the body.
//! <https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot>

use serde_json::{Value, json};

use super::message::{Line, Message};
use crate::time::Timestamp;

pub fn body(message: &Message, signed: Option<(Timestamp, String)>) -> Value {
    let mut content: Vec<Value> = message
        .lines
        .iter()
        .map(|line| match line {
            Line::Fact(name, value) => json!([bold(name), text(&format!("  {value}"))]),
            Line::Quote(asked, words) => json!([bold(asked), text(&format!("\n{words}"))]),
            Line::Text(words) => json!([text(words)]),
        })
        .collect();
    if let Some((words, address)) = &message.link {
        content.push(json!([{ "tag": "a", "text": plain(words), "href": address }]));
    }
    let post = json!({ "post": { "zh_cn": { "title": plain(&message.title), "content": content } } });
    match signed {
        Some((at, sign)) => {
            let timestamp = at.0.div_euclid(1_000).to_string();
            json!({ "timestamp": timestamp, "sign": sign, "msg_type": "post", "content": post })
        }
        None => json!({ "msg_type": "post", "content": post }),
    }
}

fn text(text: &str) -> Value {
    json!({ "tag": "text", "text": plain(text) })
}

fn bold(text: &str) -> Value {
    json!({ "tag": "text", "text": plain(text), "style": ["bold"] })
}

fn plain(text: &str) -> String {
    text.replace('<', "＜").replace('>', "＞")
}
