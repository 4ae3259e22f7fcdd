//! Conditions as rows of a question, a test and a value, joined by one word. What is more complex stays an expression.

use super::Node;
use crate::decimal::Decimal;
use crate::expr::{Comparison, Expr, Op, WORDS};
use crate::name::Name;

/// The tests that make sense for what a row speaks of, by their words in the form; the first is the usual one.
pub fn tests_of(root: &Node, question: &str) -> &'static [&'static str] {
    let name = question.split('.').next().unwrap_or_default();
    let asked = root.list("questions").iter().find(|other| other.text("name") == name);
    let several = asked.is_some_and(|other| !matches!(other.text("input.max"), "" | "1"));
    match kind_of(root, question) {
        "scale" | "number" | "date" | "ranking" => &["le", "lt", "ge", "gt", "eq", "ne", "answered", "unanswered"],
        "choice" if several && !question.contains('.') => &["has", "lacks", "answered", "unanswered"],
        "consent" => &["yes", "no"],
        "choice" | "matrix" | "text" => &["eq", "ne", "answered", "unanswered"],
        _ => &["answered", "unanswered"],
    }
}

/// One row.
struct Row {
    /// `question`, or `question.part`.
    question: String,
    test: &'static str,
    value: String,
}

/// The rows of an expression, where they say all of it.
pub(super) fn rows(expr: &Expr, root: &Node) -> Option<Node> {
    let mut stack: Vec<Item> = Vec::new();
    for op in expr.ops() {
        let item = match op {
            Op::Number(number) => Item::Literal(number.to_string()),
            Op::Word(word) => Item::Literal(word),
            Op::Answer(question, part) => Item::Answer(path(&question, part.as_ref())),
            Op::Answered(question, part) => Item::one(path(&question, part.as_ref()), "answered", String::new()),
            Op::Includes(question, option) => Item::one(question.to_string(), "has", option.to_string()),
            Op::Compare(comparison) => match (stack.pop()?, stack.pop()?) {
                (Item::Literal(value), Item::Answer(question)) => Item::one(question, word(comparison), value),
                _ => return None,
            },
            Op::Not => negated(stack.pop()?)?,
            Op::And => join(stack.pop()?, stack.pop()?, "and")?,
            Op::Or => join(stack.pop()?, stack.pop()?, "or")?,
            Op::Calculate(_) => return None,
        };
        stack.push(item);
    }
    let (joined, rows) = stack.pop()?.rows()?;
    let tests = rows.into_iter().map(|row| {
        let mut node = Node::object();
        node.set_text("question", row.question);
        node.set_text("is", row.test);
        node.set_text("value", row.value);
        node
    });
    let mut when = Node::object();
    when.set_text("join", joined.unwrap_or("and"));
    when.set("tests", Node::List(tests.collect()));
    // Rows say nothing of parentheses, and quote by the question's type.
    let same =
        expression(&when, root).and_then(|text| Expr::parse(&text).ok()).is_some_and(|said| said.ops() == expr.ops());
    same.then_some(when)
}

/// The expression that the rows make; none where no row is filled in.
pub(super) fn expression(when: &Node, root: &Node) -> Option<String> {
    let tests: Vec<String> = when.list("tests").iter().filter_map(|row| test(row, root)).collect();
    let joint = if when.text("join") == "or" { " or " } else { " and " };
    (!tests.is_empty()).then(|| tests.join(joint))
}

fn test(row: &Node, root: &Node) -> Option<String> {
    let (question, value) = (row.text("question").trim(), row.text("value").trim());
    if question.is_empty() {
        return None;
    }
    let sign = match row.text("is") {
        "answered" => return Some(format!("answered({question})")),
        "unanswered" => return Some(format!("not answered({question})")),
        "yes" => return Some(question.to_owned()),
        "no" => return Some(format!("not {question}")),
        "has" => return Some(format!("includes({question}, {value})")),
        "lacks" => return Some(format!("not includes({question}, {value})")),
        "ne" => "!=",
        "le" => "<=",
        "lt" => "<",
        "ge" => ">=",
        "gt" => ">",
        _ => "=",
    };
    Some(format!("{question} {sign} {}", literal(question, value, root)))
}

/// Numbers for scales and numbers, options by their names, anything else in quotes.
fn literal(question: &str, value: &str, root: &Node) -> String {
    let counted = matches!(kind_of(root, question), "scale" | "number" | "ranking");
    let bare = Name::of(value).is_some() && !WORDS.contains(&value);
    if (counted && value.parse::<Decimal>().is_ok()) || (bare && kind_of(root, question) != "text") {
        value.to_owned()
    } else if value.contains('\'') {
        format!("\"{}\"", value.replace('"', "”"))
    } else {
        format!("'{value}'")
    }
}

/// The type of the question that a row speaks of.
pub fn kind_of<'a>(root: &'a Node, question: &str) -> &'a str {
    let name = question.split('.').next().unwrap_or_default();
    let all = root.list("questions").iter();
    all.filter(|other| other.text("name") == name).map(|other| other.text("input.type")).next().unwrap_or_default()
}

enum Item {
    Literal(String),
    Answer(String),
    Rows(Option<&'static str>, Vec<Row>),
}

impl Item {
    fn one(question: String, test: &'static str, value: String) -> Self {
        Self::Rows(None, vec![Row { question, test, value }])
    }

    /// As rows, and what joins them where they are several. A consent is a condition by itself.
    fn rows(self) -> Option<(Option<&'static str>, Vec<Row>)> {
        match self {
            Self::Literal(_) => None,
            Self::Answer(question) => Some((None, vec![Row { question, test: "yes", value: String::new() }])),
            Self::Rows(joined, rows) => Some((joined, rows)),
        }
    }
}

fn negated(item: Item) -> Option<Item> {
    let (None, mut rows) = item.rows()? else { return None };
    let row = rows.first_mut()?;
    row.test = match row.test {
        "answered" => "unanswered",
        "has" => "lacks",
        "yes" => "no",
        _ => return None,
    };
    Some(Item::Rows(None, rows))
}

fn join(right: Item, left: Item, word: &'static str) -> Option<Item> {
    let ((left_joined, mut rows), (right_joined, more)) = (left.rows()?, right.rows()?);
    if [left_joined, right_joined].into_iter().flatten().any(|other| other != word) {
        return None;
    }
    rows.extend(more);
    Some(Item::Rows(Some(word), rows))
}

const fn word(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "eq",
        Comparison::Unequal => "ne",
        Comparison::Less => "lt",
        Comparison::LessOrEqual => "le",
        Comparison::Greater => "gt",
        Comparison::GreaterOrEqual => "ge",
    }
}

fn path(question: &Name, part: Option<&Name>) -> String {
    part.map_or_else(|| question.to_string(), |part| format!("{question}.{part}"))
}
