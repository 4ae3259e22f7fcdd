//! English wording. Sources: the rules that survey methodology agrees on (Dillman, Smyth and Christian, "Internet, Phone,
//! Mail, and Mixed-Mode Surveys", chapters 4–6; Pew Research Center, "Writing survey questions").

use super::Role;
use super::words::Words;
use crate::review::Issue;

/// Turns that expect a yes.
const LEADING: &[&str] = &[
    "don't you",
    "don't you think",
    "wouldn't you",
    "wouldn't it",
    "aren't you",
    "isn't it",
    "isn't this",
    "isn't our",
    "didn't you",
    "haven't you",
    "you would agree",
    "you'd agree",
    "do you agree that",
    "would you agree that",
    "don't you agree",
    "as you know",
    "as everyone knows",
    "everyone knows",
    "everybody knows",
    "most people think",
    "most people agree",
    "most customers love",
    "obviously",
    "surely you",
    "surely",
    "how much do you love",
    "how much did you love",
    "how much do you enjoy",
    "how much did you enjoy",
    "how much better",
    "how much easier",
];
/// Praise of what is asked about, where it stands after "our" or "how".
const PRAISE: &[&str] = &[
    "amazing",
    "awesome",
    "award winning",
    "beautiful",
    "best in class",
    "brilliant",
    "delicious",
    "excellent",
    "exciting",
    "fantastic",
    "great",
    "improved",
    "incredible",
    "innovative",
    "new and improved",
    "outstanding",
    "perfect",
    "superb",
    "terrific",
    "wonderful",
    "world class",
];
/// Pairs that are one thing.
const ONE_THING: &[&str] = &[
    "friends and family",
    "family and friends",
    "friend and",
    "friends and colleagues",
    "terms and conditions",
    "pros and cons",
    "look and feel",
    "questions and answers",
    "trial and error",
    "research and development",
    "black and white",
    "up and running",
    "back and forth",
    "again and again",
    "more and more",
    "and above",
    "and below",
    "and over",
    "and under",
    "and us",
    "and our",
    "you and",
    "and you",
    "us and",
    "between",
];
/// A second question behind the first.
const SECOND: &[&str] = &[
    "and why",
    "and how",
    "and what",
    "and when",
    "and where",
    "and who",
    "and which",
    "and do you",
    "and would you",
    "and did you",
    "and are you",
    "and or",
];
const SECOND_IN_WORDS: &[&str] = &[
    "and what did",
    "and what do",
    "and what would",
    "and what should",
    "and how did",
    "and how would",
    "and where did",
];
const JARGON: &[&str] = &[
    "nps",
    "csat",
    "ces",
    "kpi",
    "kpis",
    "ux",
    "churn",
    "churned",
    "touchpoint",
    "touchpoints",
    "stakeholder",
    "stakeholders",
    "synergy",
    "synergies",
    "pain point",
    "pain points",
    "value proposition",
    "value prop",
    "customer journey",
    "user journey",
    "product market fit",
    "conversion rate",
    "deliverables",
    "leverage",
    "utilize",
    "utilise",
    "actionable",
];
const NEGATIVES: &[&str] = &["not", "no", "never", "without", "nothing", "nobody", "cannot"];

pub(super) fn issues(words: &Words<'_>, role: Role) -> Vec<Issue> {
    let mut issues = Vec::new();
    let asks = matches!(role, Role::Rated | Role::Asked);
    if asks && let Some(words) = leading(words) {
        issues.push(Issue::Leading { words });
    }
    if let Some(words) = two_things(words, role) {
        issues.push(Issue::DoubleBarrelled { words });
    }
    if asks && negatives(words) >= 2 {
        issues.push(Issue::DoubleNegative);
    }
    if let Some(word) = words.first(JARGON) {
        issues.push(Issue::Jargon { words: word.to_owned() });
    }
    let most = match role {
        Role::Rated | Role::Asked => 25,
        Role::Hint => 40,
        Role::Option => 15,
        Role::Consent | Role::Told => 60,
    };
    if words.count > most {
        issues.push(Issue::TooLong { count: words.count as u32, most: most as u32 });
    }
    issues
}

fn leading(words: &Words<'_>) -> Option<String> {
    if let Some(phrase) = words.first(LEADING) {
        return Some(phrase.to_owned());
    }
    PRAISE.iter().flat_map(|praise| [format!("our {praise}"), format!("how {praise}")]).find(|phrase| words.has(phrase))
}

fn two_things(words: &Words<'_>, role: Role) -> Option<String> {
    match role {
        Role::Rated => {
            let second = words.first(SECOND).map(str::to_owned);
            second.or_else(|| words.around("and", ONE_THING)).or_else(|| questions(words))
        }
        Role::Asked => words.first(SECOND_IN_WORDS).map(str::to_owned),
        // Consent to each purpose is given by itself (GDPR, recital 43).
        Role::Consent => words
            .first(&["and to receive", "and to get", "and to be contacted", "and receive", "and agree to receive"])
            .map(str::to_owned),
        Role::Hint | Role::Option | Role::Told => None,
    }
}

/// Two question marks.
fn questions(words: &Words<'_>) -> Option<String> {
    let marks = words.raw.matches('?').count().saturating_sub(words.raw.matches("??").count());
    (marks > 1).then(|| "? … ?".to_owned())
}

fn negatives(words: &Words<'_>) -> usize {
    words.iter().filter(|word| word.ends_with("n't") || NEGATIVES.contains(word)).count()
}
