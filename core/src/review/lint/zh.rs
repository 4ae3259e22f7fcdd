//! Chinese wording: the same rules, on characters, as there are no spaces to find words by.

use super::Role;
use crate::review::Issue;

const LEADING: &[&str] = &[
    "难道",
    "不觉得",
    "难道不",
    "您一定",
    "你一定",
    "您肯定",
    "你肯定",
    "想必",
    "众所周知",
    "大家都知道",
    "大家都认为",
    "大多数人都",
    "毫无疑问",
    "是否也认为",
    "是不是也觉得",
    "您是否同意我们",
    "你是否同意我们",
    "有多喜欢我们",
    "有多棒",
    "有多优秀",
    "有多出色",
    "是不是很好",
    "是不是很棒",
];
const PRAISE: &[&str] = &[
    "优质",
    "优秀",
    "出色",
    "卓越",
    "贴心",
    "一流",
    "全新升级",
    "领先",
    "完美",
    "精美",
    "超值",
    "热情周到",
    "顶级",
    "强大",
];
/// Where a word for "and" joins no two things to judge.
const ONE_THING: &[&str] = &[
    "朋友",
    "同事",
    "家人",
    "亲友",
    "我们",
    "相比",
    "比较",
    "沟通",
    "互动",
    "交流",
    "合作",
    "打交道",
    "预期",
    "期望",
    "之前",
    "以前",
    "以往",
    "参与",
    "与其",
    "与否",
    "和谐",
    "温和",
    "柔和",
    "饱和",
    "条款",
    "之间",
    "和您",
    "与您",
    "和你",
    "与你",
];
const JOINS: &[&str] = &["以及", "并且", "和", "与"];
const SECOND: &[&str] = &["以及为什么", "并说明", "为什么，", "，为什么", "并且为什么", "，以及"];
const JARGON: &[&str] = &[
    "NPS",
    "CSAT",
    "CES",
    "KPI",
    "净推荐值",
    "痛点",
    "触点",
    "赋能",
    "闭环",
    "抓手",
    "转化率",
    "留存率",
    "用户旅程",
    "颗粒度",
    "心智",
    "流失",
    "产品市场契合",
];
const NEGATIVES: &[&str] = &["不是不", "没有不", "不会不", "并非不", "不得不", "无不"];

/// Whether a text is Chinese: Han characters, and neither kana nor hangul.
pub(super) fn is(text: &str) -> bool {
    let other = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}');
    text.chars().any(han) && !text.chars().any(other)
}

fn han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

pub(super) fn issues(text: &str, role: Role) -> Vec<Issue> {
    let mut issues = Vec::new();
    let asks = matches!(role, Role::Rated | Role::Asked);
    if asks && let Some(words) = leading(text) {
        issues.push(Issue::Leading { words });
    }
    if let Some(words) = two_things(text, role) {
        issues.push(Issue::DoubleBarrelled { words });
    }
    if asks && first(text, NEGATIVES).is_some() {
        issues.push(Issue::DoubleNegative);
    }
    if let Some(word) = first(text, JARGON) {
        issues.push(Issue::Jargon { words: word.to_owned() });
    }
    let most = match role {
        Role::Rated | Role::Asked => 45,
        Role::Hint => 80,
        Role::Option => 30,
        Role::Consent | Role::Told => 120,
    };
    let count = text.chars().filter(|c| han(*c)).count();
    if count > most {
        issues.push(Issue::TooLong { count: count as u32, most: most as u32 });
    }
    issues
}

fn leading(text: &str) -> Option<String> {
    if let Some(phrase) = first(text, LEADING) {
        return Some(phrase.to_owned());
    }
    let praised = |praise: &&str| ["我们", "我们的", "本店"].iter().map(move |our| format!("{our}{praise}")).collect();
    PRAISE.iter().flat_map(|praise| -> Vec<String> { praised(praise) }).find(|phrase| text.contains(phrase.as_str()))
}

fn two_things(text: &str, role: Role) -> Option<String> {
    let marks = text.matches(['？', '?']).count();
    match role {
        Role::Rated => {
            let second = first(text, SECOND).map(str::to_owned);
            let joined =
                || first(text, JOINS).filter(|_| first(text, ONE_THING).is_none()).map(|join| around(text, join));
            second.or_else(joined).or_else(|| (marks > 1).then(|| "？…？".to_owned()))
        }
        Role::Asked => first(text, &["，不喜欢什么", "，以及您不", "又不喜欢什么", "还不喜欢什么"]).map(str::to_owned),
        Role::Consent => first(text, &["并接收", "并同意接收", "并订阅", "且同意接收", "以及接收"]).map(str::to_owned),
        Role::Hint | Role::Option | Role::Told => None,
    }
}

fn first<'p>(text: &str, phrases: &[&'p str]) -> Option<&'p str> {
    phrases.iter().copied().find(|phrase| text.contains(phrase))
}

/// The word with two characters on either side.
fn around(text: &str, word: &str) -> String {
    let (before, after) = text.split_once(word).unwrap_or((text, ""));
    let tail = before.chars().count().saturating_sub(2);
    before.chars().skip(tail).chain(word.chars()).chain(after.chars().take(2)).collect()
}
