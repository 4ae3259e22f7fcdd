//! Robots of WeCom groups: Markdown of at most 4,096 bytes. `<@userid>` and `<@all>` mention people, and there is no escape, so
//! signs that mean something are replaced by their wide forms.
//! <https://developer.work.weixin.qq.com/document/path/91770>

use serde_json::{Value, json};

use super::message::{Line, Message, cut_bytes};

const MOST: usize = 4_096;

pub fn body(message: &Message) -> Value {
    let mut text = format!("**{}**", plain(&message.title));
    for line in &message.lines {
        text.push('\n');
        text.push_str(&match line {
            Line::Fact(name, value) => format!("{}: {}", plain(name), plain(value).replace('\n', " ")),
            Line::Quote(asked, words) => {
                let quoted: Vec<String> = plain(words).lines().map(|line| format!("> {line}")).collect();
                format!("{}\n{}\n", plain(asked), quoted.join("\n"))
            }
            Line::Text(text) => plain(text),
        });
    }
    let link = message.link.as_ref().map(|(words, address)| format!("\n\n[{}]({address})", plain(words)));
    let link = link.unwrap_or_default();
    cut_bytes(&mut text, MOST.saturating_sub(link.len()));
    json!({ "msgtype": "markdown", "markdown": { "content": text + &link } })
}

fn plain(text: &str) -> String {
    let wide = |c: char| match c {
        '<' => '＜',
        '>' => '＞',
        '[' => '［',
        ']' => '］',
        '*' => '＊',
        '`' => '｀',
        '#' => '＃',
        '@' => '＠',
        other => other,
    };
    text.chars().map(wide).collect()
}
