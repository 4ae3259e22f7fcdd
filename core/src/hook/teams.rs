//! A workflow of Microsoft Teams that waits for a webhook: an adaptive card. A message takes 28 KB. Words are runs of text,
//! which Teams does not read as Markdown; a mention would need an entity that is not there.
//! <https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook>

use serde_json::{Value, json};

use super::message::{Line, Message};

pub fn body(message: &Message) -> Value {
    let mut body = vec![rich(&[(&message.title, true)])];
    for line in &message.lines {
        body.push(match line {
            Line::Fact(name, value) => rich(&[(name, true), ("  ", false), (value, false)]),
            Line::Quote(asked, words) => json!({
                "type": "Container", "style": "emphasis", "items": [rich(&[(asked, true)]), rich(&[(words, false)])],
            }),
            Line::Text(text) => rich(&[(text, false)]),
        });
    }
    let actions: Vec<Value> = message
        .link
        .iter()
        .map(|(text, address)| json!({ "type": "Action.OpenUrl", "title": text, "url": address }))
        .collect();
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": body,
                "actions": actions,
            },
        }],
    })
}

fn rich(runs: &[(&str, bool)]) -> Value {
    let runs: Vec<Value> = runs
        .iter()
        .map(|(text, strong)| {
            json!({ "type": "TextRun", "text": text, "weight": if *strong { "bolder" } else { "default" } })
        })
        .collect();
    json!({ "type": "RichTextBlock", "inlines": runs })
}
