//! Discord's webhooks: one embed, and nobody is mentioned whatever it says (`allowed_mentions`). A title takes 256 characters,
//! a description 4,096, an embed 6,000 in all. <https://discord.com/developers/docs/resources/webhook#execute-webhook>

use serde_json::{Value, json};

use super::message::{Line, Message, cut};

const TITLE: usize = 250;
const DESCRIPTION: usize = 4_000;

pub fn body(message: &Message) -> Value {
    let mut text = String::new();
    for line in &message.lines {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&match line {
            Line::Fact(name, value) => format!("**{}**  {}", plain(name), plain(value)),
            Line::Quote(asked, words) => {
                let quoted: Vec<String> = plain(words).lines().map(|line| format!("> {line}")).collect();
                format!("**{}**\n{}", plain(asked), quoted.join("\n"))
            }
            Line::Text(text) => plain(text),
        });
    }
    let (footer, address) = message.link.clone().unzip();
    // What is null is left out.
    let embed = json!({
        "title": cut(&plain(&message.title), TITLE),
        "description": cut(&text, DESCRIPTION),
        "url": address,
        "footer": footer.map(|text| json!({ "text": text })),
    });
    json!({ "embeds": [embed], "allowed_mentions": { "parse": [] } })
}

/// Escaped with backslashes, as Discord's Markdown has it; `@` is followed by nothing that it could name.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '~' | '`' | '|' | '>' | '<' | '[' | ']' | '(' | ')' | '#' | '-') {
            out.push('\\');
        }
        out.push(c);
        if c == '@' {
            out.push('\u{200b}');
        }
    }
    out
}
