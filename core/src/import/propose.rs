//! What the columns of a file most likely are: a proposal for the owner to change.

use super::header::{Column, Head};
use super::mapping::{Mapping, Role};
use super::moment::{Clock, day_first, parse};
use super::source::Source;
use crate::csv::Record;
use crate::decimal::Decimal;
use crate::limits::{LABEL_CHARS, OPTIONS, QUESTIONS};
use crate::model::question::{Choice, Input, Look, Measure, Question};
use crate::model::text::Text;
use crate::model::widget::Widget;
use crate::name::Name;
use crate::problem::Problem;
use crate::validate::{RESERVED, is_email};

/// How a file could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub mapping: Mapping,
    /// The questions that the file answers; what `mapping` leads to, where no known widget is asked for.
    pub questions: Vec<Question>,
}

/// Different values from which on a column is words rather than choices.
const CHOICES: usize = 12;

/// What `head` and the first rows speak for: towards the questions of `widget`, or towards new ones.
pub fn propose(head: &Head, rows: &[Record], widget: Option<&Widget>) -> Proposal {
    let values = |at: usize| -> Vec<&str> {
        let cells = rows.iter().filter_map(|row| row.cells.get(at)).map(|cell| cell.trim());
        cells.filter(|cell| !cell.is_empty()).collect()
    };
    let mut roles: Vec<Role> = head.columns.iter().map(|column| fact(head.source, column)).collect();
    if !roles.contains(&Role::Moment) {
        // A table of nobody's: the first column that holds nothing but moments.
        let moments = |at: &usize| {
            let cells = values(*at);
            !cells.is_empty() && cells.iter().all(|cell| cell.len() > 7 && parse(cell, Clock::default()).is_some())
        };
        if let Some(role) = (0..roles.len()).find(moments).and_then(|at| roles.get_mut(at)) {
            *role = Role::Moment;
        }
    }
    let mut questions: Vec<Question> = Vec::new();
    let open: Vec<usize> =
        roles.iter().enumerate().filter(|(_, role)| **role == Role::Skip).map(|(at, _)| at).collect();
    for group in groups(&head.columns, &open) {
        let columns: Vec<(&Column, Vec<&str>)> =
            group.iter().filter_map(|at| Some((head.columns.get(*at)?, values(*at)))).collect();
        let Some((first, cells)) = columns.first() else { continue };
        if columns.iter().all(|(_, cells)| cells.is_empty()) || unwanted(head.source, &first.title) {
            continue;
        }
        let found = match widget {
            Some(widget) => known(widget, first, cells),
            None if questions.len() < QUESTIONS => made(&columns, head.source, &questions),
            None => None,
        };
        let Some(question) = found else { continue };
        for (at, (column, _)) in group.iter().zip(&columns) {
            if let Some(role) = roles.get_mut(*at) {
                *role = Role::Answer(question.name.clone(), within(&question, column));
            }
        }
        if widget.is_none() {
            questions.push(question);
        }
    }
    let moments = roles.iter().enumerate().filter(|(_, role)| **role == Role::Moment);
    let order = moments.flat_map(|(at, _)| values(at)).find_map(day_first);
    let clock = Clock { day_first: order.unwrap_or(false), ahead: 0 };
    Proposal { mapping: Mapping { source: head.source, clock, roles }, questions }
}

impl Proposal {
    /// The widget that is made for its questions. `name` has to be free.
    ///
    /// # Errors
    /// Where there is nothing to ask, or too much.
    pub fn widget(&self, name: &Name, label: &str) -> Result<Widget, Vec<Problem>> {
        let text = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let questions = serde_json::to_string(&self.questions).unwrap_or_default();
        let json = format!(r#"{{"name":"{name}","kind":"survey","label":{},"questions":{questions}}}"#, text(label));
        Widget::parse(&json)
    }
}

/// What is no answer, by its heading.
fn fact(source: Source, column: &Column) -> Role {
    let title = column.title.to_lowercase();
    let named = |name: &str| Name::of(name).map_or(Role::Skip, Role::Trait);
    match title.as_str() {
        "submit date (utc)" | "end date" | "timestamp" | "date submitted" | "responded at" | "response date"
        | "response time" | "created at" | "submitted at" | "时间戳记" | "时间戳" | "提交时间" => {
            Role::Moment
        }
        "start date (utc)" | "start date" | "stage date (utc)" => Role::Begun,
        "#" | "respondent id" | "response id" | "survey response id" | "token" => Role::Key,
        "number" if source == Source::Hotjar => Role::Key,
        "response type" => Role::Status,
        "hotjar user id" | "network id" | "person id" => Role::Visitor,
        "user" if source == Source::Hotjar => Role::Visitor,
        "source url" | "page" | "url" | "page url" => Role::Page,
        "country" => Role::Country,
        "device" | "device type" => Role::Device,
        "locale" | "language" => Role::Locale,
        "browser" | "os" if source == Source::Hotjar => named(&title),
        "email" | "email address" | "username" if source != Source::Table => named("email"),
        "name" if source == Source::Delighted => named("name"),
        "first name" | "last name" | "custom data 1" if source == Source::SurveyMonkey => named(&slug(&title)),
        _ => Role::Skip,
    }
}

/// What the programs write beside the answers and nobody needs here, an address of the internet above all.
fn unwanted(source: Source, title: &str) -> bool {
    let title = title.to_lowercase();
    match source {
        Source::SurveyMonkey => matches!(title.as_str(), "collector id" | "ip address"),
        Source::Typeform => matches!(title.as_str(), "tags" | "ending"),
        Source::Delighted => {
            title == "survey type" || title.contains("permalink") || title.ends_with(" at") || title.ends_with(" id")
        }
        Source::Hotjar => matches!(title.as_str(), "recording url" | "tags" | "sentiment"),
        _ => title.is_empty(),
    }
}

/// Neighbours of one title and several parts are one question.
fn groups(columns: &[Column], open: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in open {
        let Some(column) = columns.get(*at) else { continue };
        let before = groups.last_mut().filter(|group| {
            let last = group.last().and_then(|last| Some((*last, columns.get(*last)?)));
            last.is_some_and(|(last, one)| last + 1 == *at && one.title == column.title && column.part.is_some())
        });
        match before {
            Some(group) => group.push(*at),
            None => groups.push(vec![*at]),
        }
    }
    groups
}

/// The widget's own question of that wording, else the first that fits a score or a comment.
fn known(widget: &Widget, column: &Column, cells: &[&str]) -> Option<Question> {
    let title = column.title.to_lowercase();
    let same = |question: &&Question| {
        let worded = |text: &str| text.trim().to_lowercase() == title;
        slug(&title) == question.name.as_str()
            || match &question.title {
                Text::One(text) => worded(text),
                Text::Many(texts) => texts.values().any(|text| worded(text)),
            }
    };
    let mut questions = widget.questions.iter();
    let found = questions.clone().find(same).or_else(|| match title.as_str() {
        "score" => questions.find(|question| matches!(question.input, Input::Scale { .. })),
        "comment" => questions.find(|question| matches!(question.input, Input::Text { .. })),
        _ if cells.iter().all(|cell| is_email(cell)) => questions.find(|question| question.input == Input::Email),
        _ => None,
    });
    found.cloned()
}

/// The part of `question` that a column is for.
fn within(question: &Question, column: &Column) -> Option<Name> {
    let part = column.part.as_ref()?.to_lowercase();
    let find = |choices: &[Choice]| {
        let same = |choice: &&Choice| match &choice.label {
            Text::One(text) => text.to_lowercase() == part,
            Text::Many(texts) => texts.values().any(|text| text.to_lowercase() == part),
        };
        choices.iter().find(same).map(|choice| choice.name.clone())
    };
    match &question.input {
        Input::Choice { options, other, .. } => find(options).or_else(|| Name::of("other").filter(|_| *other)),
        Input::Matrix { rows, .. } => find(rows),
        Input::Ranking { options } => find(options),
        _ => None,
    }
}

/// A question whose answers such cells could be.
fn made(columns: &[(&Column, Vec<&str>)], source: Source, known: &[Question]) -> Option<Question> {
    let (first, cells) = columns.first()?;
    let taken: Vec<&str> = known.iter().map(|question| question.name.as_str()).collect();
    let input = if columns.len() > 1 { grid(columns) } else { one(&first.title, cells, source) };
    let title = first.full();
    let title = if columns.len() > 1 { &first.title } else { &title };
    let title: String = title.replace(['{', '}'], "").chars().take(LABEL_CHARS as usize).collect();
    let title = if title.trim().is_empty() { "…".to_owned() } else { title };
    let name = free(&slug(&first.title), "question", &taken)?;
    Some(Question { name, title: Text::One(title), hint: None, required: false, show_if: None, input })
}

/// Several columns: choices, where each cell repeats its heading, else rows of a table.
fn grid(columns: &[(&Column, Vec<&str>)]) -> Input {
    let part = |column: &Column| column.part.clone().unwrap_or_else(|| column.title.clone());
    let repeats =
        |(column, cells): &(&Column, Vec<&str>)| cells.iter().all(|cell| *cell == part(column) || *cell == "1");
    let other = |(column, _): &(&Column, Vec<&str>)| part(column).to_lowercase().starts_with("other");
    let parts = |columns: &[(&Column, Vec<&str>)]| choices(columns.iter().map(|(column, _)| part(column)));
    if columns.iter().all(|column| repeats(column) || other(column)) {
        let own: Vec<_> = columns.iter().filter(|column| !other(column)).cloned().collect();
        let options = parts(if own.len() > 1 { &own } else { columns });
        let max = u32::try_from(options.len() + 1).unwrap_or(u32::MAX);
        return Input::Choice {
            options,
            other: true,
            shuffle: false,
            min: 1,
            max,
            correct: Vec::new(),
            explanation: None,
        };
    }
    let values = distinct(columns.iter().flat_map(|(_, cells)| cells.iter().copied()));
    let values = if values.len() < 2 { vec!["1", "2"] } else { values };
    Input::Matrix { rows: parts(columns), columns: choices(values.into_iter().map(str::to_owned)) }
}

fn one(title: &str, cells: &[&str], source: Source) -> Input {
    let title = title.to_lowercase();
    let speaks = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let points: Vec<i32> = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
    let usual = points.iter().filter(|point| (0..=10).contains(*point)).count();
    // A score stays one where a few rows are wrong: those are refused, and reported.
    let score = source == Source::Delighted && title == "score" || speaks(&["nps"]);
    if score && usual * 10 >= cells.len() * 9 && usual > 0 {
        return scale(0, 10, Some(Measure::Nps), None);
    }
    if points.len() == cells.len() {
        let (low, high) = (points.iter().min().copied().unwrap_or(0), points.iter().max().copied().unwrap_or(0));
        let nps = speaks(&["nps", "recommend", "likely", "推荐"]) || (source == Source::Delighted && title == "score");
        match (low, high) {
            (0.., ..=10) if nps => return scale(0, 10, Some(Measure::Nps), None),
            (1.., ..=7) if speaks(&["effort", "easy", "ease", "省力", "轻松"]) => {
                return scale(1, 7, Some(Measure::Ces), None);
            }
            (1.., ..=5) if speaks(&["satisf", "csat", "rate", "rating", "满意", "评分"]) => {
                return scale(1, 5, Some(Measure::Csat), Some(4));
            }
            (1.., ..=5) => return scale(1, 5, None, None),
            (0.., ..=10) => return scale(0, 10, None, None),
            _ => {}
        }
    }
    if cells.iter().all(|cell| is_email(cell)) {
        return Input::Email;
    }
    if cells.iter().all(|cell| cell.parse::<Decimal>().is_ok()) {
        return Input::Number { min: None, max: None };
    }
    if cells.iter().all(|cell| cell.len() >= 8 && parse(cell, Clock::default()).is_some()) {
        return Input::Date { min: None, max: None };
    }
    let short = cells.iter().all(|cell| cell.chars().count() <= 80);
    let values = distinct(cells.iter().copied());
    if short && (2..=CHOICES).contains(&values.len()) && cells.len() >= values.len() * 2 {
        return choice(values, 1);
    }
    let pieces: Vec<&str> =
        cells.iter().flat_map(|cell| cell.split([',', ';'])).map(str::trim).filter(|p| !p.is_empty()).collect();
    let parts = distinct(pieces.iter().copied());
    if short && pieces.len() > cells.len() && (2..=CHOICES).contains(&parts.len()) && pieces.len() >= parts.len() * 2 {
        let most = parts.len() + 1;
        return choice(parts, most);
    }
    Input::Text { long: true, max: None, placeholder: None }
}

const fn scale(min: i32, max: i32, measures: Option<Measure>, satisfied_from: Option<i32>) -> Input {
    Input::Scale { min, max, low: None, high: None, look: Look::Numbers, measures, satisfied_from }
}

fn choice(values: Vec<&str>, max: usize) -> Input {
    let options = choices(values.into_iter().map(str::to_owned));
    let max = u32::try_from(max).unwrap_or(1);
    // The file may go on with values that its beginning does not have.
    Input::Choice { options, other: true, shuffle: false, min: 1, max, correct: Vec::new(), explanation: None }
}

/// Options of these words, each under a name of its own.
fn choices(words: impl Iterator<Item = String>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for words in words.take(OPTIONS) {
        let taken: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).chain(["other"]).collect();
        let label: String = words.chars().take(LABEL_CHARS as usize).collect();
        if let Some(name) = free(&slug(&words), "option", &taken) {
            choices.push(Choice { name, label: Text::One(label) });
        }
    }
    choices
}

fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct: Vec<&str> = Vec::new();
    for value in values {
        // What has more than this is words anyway.
        if distinct.len() <= OPTIONS && !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}

/// What of `text` may stand in a name.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for char in text.chars() {
        match char.to_ascii_lowercase() {
            kept @ ('a'..='z' | '0'..='9') => slug.push(kept),
            _ if !slug.is_empty() && !slug.ends_with('_') => slug.push('_'),
            _ => {}
        }
    }
    let cut: String = slug.trim_start_matches(|char: char| !char.is_ascii_lowercase()).chars().take(24).collect();
    cut.trim_end_matches('_').to_owned()
}

/// `wanted` as a name, with a number behind it if it is taken; `instead` where nothing is left of it.
fn free(wanted: &str, instead: &str, taken: &[&str]) -> Option<Name> {
    let base = if wanted.is_empty() { instead } else { wanted };
    let fits = |name: &str| !taken.contains(&name) && !RESERVED.contains(&name);
    if !wanted.is_empty() && fits(base) {
        return Name::of(base);
    }
    (1..1_000).map(|number| format!("{base}_{number}")).find(|name| fits(name)).and_then(|name| Name::of(&name))
}
