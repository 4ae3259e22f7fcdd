//! Slack's incoming webhooks: blocks of `mrkdwn`, in which `&`, `<` and `>` are escaped, so that neither links nor mentions such
//! as `<!channel>` come out of a visitor's words. A section takes 3,000 characters, a message 50 blocks.
//! <https://docs.slack.dev/messaging/formatting-message-text>

use serde_json::{Value, json};

use super::message::{Line, Message, cut};

/// Characters of a section, some below what is taken: an escape must not be cut.
const SECTION: usize = 2_900;

pub fn body(message: &Message) -> Value {
    let mut blocks = vec![section(&format!("*{}*", plain(&message.title)))];
    for line in &message.lines {
        blocks.push(section(&match line {
            Line::Fact(name, value) => format!("*{}*  {}", plain(name), plain(value)),
            Line::Quote(asked, words) => format!("*{}*\n{}", plain(asked), quoted(&plain(words))),
            Line::Text(text) => plain(text),
        }));
    }
    if let Some((text, address)) = &message.link {
        blocks.push(section(&format!("<{}|{}>", escaped(address), plain(text))));
    }
    // What notifications show.
    json!({ "text": escaped(&message.title), "blocks": blocks })
}

fn section(text: &str) -> Value {
    json!({ "type": "section", "text": { "type": "mrkdwn", "text": cut(text, SECTION), "verbatim": true } })
}

/// A zero-width space keeps a sign from being read as layout: there is no escape for those.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in escaped(text).chars() {
        if matches!(c, '*' | '_' | '~' | '`') {
            out.push('\u{200b}');
        }
        out.push(c);
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}
