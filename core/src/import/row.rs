//! One row of a file: a response, or why it is none.

use super::header::Column;
use super::mapping::{Mapping, Role};
use super::{id, moment};
use crate::answer::{Answers, Field, part};
use crate::csv::Record;
use crate::delivery::Moment;
use crate::limits::{AHEAD_MS, TRAIT_CHARS, TRAITS};
use crate::model::question::{Choice, Input, Question};
use crate::model::text::Text;
use crate::model::widget::Widget;
use crate::name::{Name, SiteId};
use crate::problem::{Fault, Problem};
use crate::response::{Response, bare_page, keys};
use crate::time::Timestamp;
use crate::validate;

/// What rows are read for.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub site: &'a SiteId,
    pub widget: &'a Widget,
    pub version: u32,
    pub mapping: &'a Mapping,
    pub columns: &'a [Column],
    pub now: Timestamp,
    /// What is older than this is not kept here.
    pub oldest: Option<Timestamp>,
}

/// Why a row is no response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub line: u32,
    /// The heading of the column, where it is one column's fault.
    pub column: String,
    pub fault: Fault,
}

/// Reads one row.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn read(row: &Row<'_>, record: &Record) -> Result<Response, Refusal> {
    let refuse = |column: &str, fault: Fault| Refusal { line: record.line, column: column.to_owned(), fault };
    if record.cells.iter().skip(row.columns.len()).any(|cell| !cell.trim().is_empty()) {
        return Err(refuse("", Fault::TooMany { max: u32::try_from(row.columns.len()).unwrap_or(u32::MAX) }));
    }
    let at = row.moment(record)?;
    if at.0 - row.now.0 > AHEAD_MS {
        return Err(refuse(&row.heading(&Role::Moment), Fault::TooNew));
    }
    if let Some(oldest) = row.oldest.filter(|oldest| at < *oldest) {
        return Err(refuse(&row.heading(&Role::Moment), Fault::TooEarly { min: oldest.day() }));
    }
    let fields = row.fields(record);
    let (answers, complete) = row.answers(record, &fields).map_err(|problem| {
        let name = problem.field.split('.').next().unwrap_or_default();
        let from = |role: &Role| matches!(role, Role::Answer(question, _) if question == name);
        let column = row.mapping.roles.iter().zip(row.columns).find(|(role, _)| from(role));
        refuse(&column.map_or(problem.field.clone(), |(_, column)| column.full()), problem.fault)
    })?;
    if !answers.tell() {
        return Err(refuse("", Fault::Required));
    }
    let (site, source) = (row.site.as_str(), row.mapping.source.as_str());
    let whole: Vec<&str> = record.cells.iter().map(String::as_str).collect();
    let own = row.cell(record, &Role::Key);
    let mut told_apart = vec![site, row.widget.name.as_str(), source];
    // Without an id of its own, a row is what stands in it.
    told_apart.extend(own.map_or(whole, |key| vec![key]));
    let who = row.cell(record, &Role::Visitor);
    let (country, traits) = row.traits(record);
    Ok(Response {
        v: 1,
        id: id::derive(at, &told_apart),
        site: row.site.clone(),
        widget: row.widget.name.clone(),
        version: row.version,
        variant: None,
        revision: 1,
        complete,
        keys: keys(&answers, complete, &[Moment::Seen, Moment::Started], 0, false),
        answers: answers.fields(),
        active_ms: 0,
        page: bare_page(row.cell(record, &Role::Page).unwrap_or_default()),
        locale: row.cell(record, &Role::Locale).map(|locale| locale.chars().take(16).collect()).unwrap_or_default(),
        device: device(row.cell(record, &Role::Device).unwrap_or_default()).to_owned(),
        country,
        visitor: who.map(|who| id::visitor(&[site, source, who])).unwrap_or_default(),
        traits,
        doubts: Vec::new(),
        group: String::new(),
        received: at,
    })
}

impl Row<'_> {
    fn moment(&self, record: &Record) -> Result<Timestamp, Refusal> {
        for role in [Role::Moment, Role::Begun] {
            if let Some(text) = self.cell(record, &role) {
                let malformed = || Refusal {
                    line: record.line,
                    column: self.heading(&role),
                    fault: Fault::Malformed { expected: "a date and time".into() },
                };
                return moment::parse(text, self.mapping.clock).ok_or_else(malformed);
            }
        }
        Err(Refusal { line: record.line, column: self.heading(&Role::Moment), fault: Fault::Required })
    }

    /// The form that a visitor would have sent.
    fn fields(&self, record: &Record) -> Vec<Field> {
        let mut fields = Vec::new();
        for (role, cell) in self.mapping.roles.iter().zip(&record.cells) {
            let (Role::Answer(name, within), cell) = (role, cell.trim()) else { continue };
            let question = self.widget.questions.iter().find(|question| question.name == *name);
            if let Some(question) = question.filter(|_| !cell.is_empty()) {
                answer(question, within.as_ref(), cell, &mut fields);
            }
        }
        fields
    }

    /// Whole, if it can be; else what there is of it.
    fn answers(&self, record: &Record, fields: &[Field]) -> Result<(Answers, bool), Problem> {
        let rules = self.widget.rules();
        let first =
            |problems: Vec<Problem>| problems.into_iter().next().unwrap_or_else(|| Problem::new("", Fault::Unknown));
        let finished = self.cell(record, &Role::Status).is_none_or(|status| {
            matches!(status.to_lowercase().as_str(), "completed" | "complete" | "yes" | "true" | "1" | "finished")
        });
        if finished {
            match validate::read(&rules, fields, true) {
                Ok(answers) => return Ok((answers, true)),
                Err(problems)
                    if problems.iter().all(|one| matches!(one.fault, Fault::Required | Fault::TooFew { .. })) => {}
                Err(problems) => return Err(first(problems)),
            }
        }
        validate::read(&rules, fields, false).map(|answers| (answers, false)).map_err(first)
    }

    /// The country by its code, and the traits. What is no code is told as a trait.
    fn traits(&self, record: &Record) -> (String, Vec<Field>) {
        let (mut country, mut traits) = (String::new(), Vec::new());
        for (role, cell) in self.mapping.roles.iter().zip(&record.cells) {
            let value = || cell.trim().chars().take(TRAIT_CHARS).collect::<String>();
            let code = cell.trim().len() == 2 && cell.trim().bytes().all(|byte| byte.is_ascii_alphabetic());
            match role {
                _ if cell.trim().is_empty() || traits.len() >= TRAITS => {}
                Role::Country if code => country = cell.trim().to_ascii_uppercase(),
                Role::Country => traits.push(("country".to_owned(), value())),
                Role::Trait(name) => traits.push((name.to_string(), value())),
                _ => {}
            }
        }
        (country, traits)
    }

    /// The first cell of that role with anything in it.
    fn cell<'r>(&self, record: &'r Record, wanted: &Role) -> Option<&'r str> {
        let cells = self.mapping.roles.iter().zip(&record.cells).filter(|(role, _)| *role == wanted);
        cells.map(|(_, cell)| cell.trim()).find(|cell| !cell.is_empty())
    }

    fn heading(&self, wanted: &Role) -> String {
        let column = self.mapping.roles.iter().zip(self.columns).find(|(role, _)| *role == wanted);
        column.map(|(_, column)| column.full()).unwrap_or_default()
    }
}

/// What a cell answers, as form fields. What makes no sense goes in as it is, for the validation to tell.
fn answer(question: &Question, within: Option<&Name>, cell: &str, fields: &mut Vec<Field>) {
    let name = question.name.as_str();
    let mut put = |field: String, value: &str| fields.push((field, value.to_owned()));
    match (&question.input, within) {
        (Input::Choice { .. }, Some(part_name)) if part_name.as_str() == "other" => {
            put(part(&question.name, "other"), cell)
        }
        // A column of its own for each option: anything but a no means that it was chosen.
        (Input::Choice { .. }, Some(option)) => {
            if !matches!(cell.to_lowercase().as_str(), "0" | "no" | "false" | "否") {
                put(name.to_owned(), option.as_str());
            }
        }
        (Input::Choice { options, other, max, .. }, None) => {
            for chosen in split(cell, options, *max > 1) {
                match find(options, chosen) {
                    Some(option) => put(name.to_owned(), option),
                    None if *other => put(part(&question.name, "other"), chosen),
                    None => put(name.to_owned(), chosen),
                }
            }
            together(fields, &part(&question.name, "other"));
        }
        (Input::Matrix { columns, .. }, Some(row)) => {
            put(part(&question.name, row.as_str()), find(columns, cell).unwrap_or(cell))
        }
        (_, Some(within)) => put(part(&question.name, within.as_str()), cell),
        (Input::Scale { .. }, None) => put(name.to_owned(), point(cell)),
        (Input::Date { .. }, None) => {
            let day = moment::parse(cell, moment::Clock::default()).map(|at| at.day().to_string());
            put(name.to_owned(), day.as_deref().unwrap_or(cell));
        }
        (Input::Consent { .. }, None) => {
            let no = matches!(cell.to_lowercase().as_str(), "0" | "no" | "false" | "否");
            put(name.to_owned(), if no { "no" } else { "yes" });
        }
        _ => put(name.to_owned(), cell),
    }
}

/// `9`, `9.0` and `9 - very likely` are a point of a scale.
fn point(cell: &str) -> &str {
    let end = cell.char_indices().find(|(at, char)| !(char.is_ascii_digit() || (*at == 0 && *char == '-')));
    let (number, rest) = end.and_then(|(at, _)| cell.split_at_checked(at)).unwrap_or((cell, ""));
    let words = rest.trim_start_matches(".0").trim_start();
    if words.is_empty() || words.starts_with(['-', '–', '—', ':', '(', '/']) { number } else { cell }
}

/// The several choices of one cell: known options first, whatever stands between separators otherwise.
fn split<'a>(cell: &'a str, options: &[Choice], several: bool) -> Vec<&'a str> {
    const SEPARATORS: [char; 5] = [',', ';', '|', '\n', '、'];
    if !several || find(options, cell).is_some() {
        return vec![cell];
    }
    let mut chosen = Vec::new();
    let mut rest = cell;
    while !rest.is_empty() {
        rest = rest.trim_start_matches(|char: char| char.is_whitespace() || SEPARATORS.contains(&char) || char == '/');
        // An option's own words may contain a comma, so each end is tried, the furthest first.
        let ends = rest.char_indices().filter(|(_, char)| SEPARATORS.contains(char)).map(|(at, _)| at);
        let mut ends: Vec<usize> = ends.collect();
        ends.push(rest.len());
        let known = ends.iter().rev().find(|end| rest.get(..**end).is_some_and(|words| find(options, words).is_some()));
        let end = known.or(ends.first()).copied().unwrap_or(rest.len());
        let (words, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        if !words.trim().is_empty() {
            chosen.push(words.trim());
        }
        rest = after;
    }
    chosen
}

/// Several words of the visitor's own are one answer.
fn together(fields: &mut Vec<Field>, other: &str) {
    let words: Vec<String> =
        fields.iter().filter(|(field, _)| field == other).map(|(_, words)| words.clone()).collect();
    if words.len() > 1 {
        fields.retain(|(field, _)| field != other);
        fields.push((other.to_owned(), words.join(", ")));
    }
}

/// The option whose words or name these are.
fn find<'a>(options: &'a [Choice], words: &str) -> Option<&'a str> {
    let wanted = words.trim().to_lowercase();
    let same = |text: &str| text.trim().to_lowercase() == wanted;
    let found = options.iter().find(|option| {
        same(option.name.as_str())
            || match &option.label {
                Text::One(text) => same(text),
                Text::Many(texts) => texts.values().any(|text| same(text)),
            }
    });
    found.map(|option| option.name.as_str())
}

fn device(cell: &str) -> &'static str {
    match cell.to_lowercase().as_str() {
        "phone" | "mobile" | "smartphone" => "phone",
        "tablet" => "tablet",
        "desktop" | "computer" | "pc" | "laptop" => "desktop",
        _ => "",
    }
}
