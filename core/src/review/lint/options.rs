//! Lists of options: whether everybody finds an answer that is true, and only one of them.

use crate::model::question::{Choice, Question};
use crate::model::text::{Locale, Text};
use crate::model::widget::{Kind, Widget};
use crate::review::Issue;

/// Options of a choice that are still weighed, of a ranking, rows and columns of a matrix.
pub(super) const CHOICE: usize = 12;
pub(super) const RANKING: usize = 7;
pub(super) const ROWS: usize = 8;
pub(super) const COLUMNS: usize = 7;

/// Words of options that anybody can choose.
const OUT: &[&str] = &[
    "none",
    "other",
    "prefer not",
    "not sure",
    "don't know",
    "do not know",
    "neither",
    "not applicable",
    "something else",
    "somewhere else",
    "anything else",
    "no preference",
    "doesn't apply",
    "can't say",
    "n/a",
    "其他",
    "其它",
    "都不",
    "都没有",
    "不清楚",
    "不确定",
    "不知道",
    "不愿",
    "不适用",
    "说不清",
    "没有",
    "无所谓",
    "以上皆非",
    "別的",
    "别的",
];
/// Words of options that are steps from one end to the other, where everybody finds a place.
const STEPS: &[&str] = &[
    "very",
    "partly",
    "perhaps",
    "maybe",
    "部分",
    "也许",
    "somewhat",
    "not at all",
    "slightly",
    "extremely",
    "always",
    "often",
    "sometimes",
    "rarely",
    "never",
    "daily",
    "weekly",
    "monthly",
    "every day",
    "a week",
    "a month",
    "a year",
    "first time",
    "agree",
    "satisfied",
    "less than",
    "more than",
    "too ",
    "about right",
    "yes",
    "better",
    "worse",
    "easy",
    "hard",
    "difficult",
    "beginner",
    "advanced",
    "非常",
    "比较",
    "有点",
    "一般",
    "完全",
    "总是",
    "经常",
    "偶尔",
    "有时",
    "从不",
    "每天",
    "每周",
    "每月",
    "每年",
    "第一次",
    "同意",
    "满意",
    "太",
    "刚好",
    "更好",
    "更差",
    "容易",
    "困难",
    "少于",
    "多于",
    "以上",
    "以下",
    "是",
    "否",
    "不",
];
/// Questions whose list of answers nobody knows in full.
const OPEN: &[&str] = &[
    "why ",
    "reason",
    "how did you hear",
    "how did you find",
    "how did you come",
    "where did you hear",
    "what stopped",
    "what kept you",
    "为什么",
    "原因",
    "怎么知道",
    "如何知道",
    "从哪里",
    "从哪儿",
    "何处得知",
    "是什么让",
];

/// Whether somebody is forced into an answer that is not theirs.
pub(super) fn way_out(widget: &Widget, question: &Question, options: &[Choice], other: bool) -> Option<Issue> {
    // In a quiz a wrong option is the point of it.
    if widget.kind == Kind::Quiz || other || options.iter().any(|option| says(&option.label, OUT)) {
        return None;
    }
    if says(&question.title, OPEN) {
        return Some(Issue::NoOther);
    }
    // Who is asked one thing only, or finds a place between two ends, is not forced.
    let steps = options.iter().filter(|option| says(&option.label, STEPS) || numbered(&option.label)).count();
    let forced = question.required && widget.questions.len() > 1 && options.len() > 2 && steps * 2 < options.len();
    forced.then_some(Issue::NoWayOut)
}

/// Options that say the same, or that both hold for the same number, with the place of the later one.
pub(super) fn clashes(options: &[Choice], site: &Locale) -> Vec<(usize, Issue)> {
    let labels: Vec<&str> = options.iter().map(|option| option.label.get(site).trim()).collect();
    let mut found = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let earlier = labels.get(..index).unwrap_or_default();
        if earlier.iter().any(|other| other.eq_ignore_ascii_case(label)) {
            found.push((index, Issue::SameLabel { words: (*label).to_owned() }));
        } else if let Some((low, high)) = range(label) {
            let both = |other: &&&str| range(other).is_some_and(|(least, most)| low <= most && least <= high);
            if let Some(other) = earlier.iter().find(both) {
                found.push((index, Issue::Overlap { words: format!("{other} / {label}") }));
            }
        }
    }
    found
}

fn says(text: &Text, words: &[&str]) -> bool {
    let has = |text: &str| {
        let text = text.replace('’', "'").to_ascii_lowercase();
        words.iter().any(|word| text.contains(word))
    };
    match text {
        Text::One(text) => has(text),
        Text::Many(texts) => texts.values().any(|text| has(text)),
    }
}

fn numbered(text: &Text) -> bool {
    let has = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    match text {
        Text::One(text) => has(text),
        Text::Many(texts) => texts.values().any(|text| has(text)),
    }
}

/// Both ends of "1–5", "1 to 5", "1至5".
fn range(label: &str) -> Option<(u64, u64)> {
    let digits = |text: &str| -> Option<u64> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let (low, high) = ["–", "—", " to ", "至", "到", "-", "~"].iter().find_map(|between| label.split_once(between))?;
    let (low, high) = (digits(low)?, digits(high)?);
    (low <= high).then_some((low, high))
}
