//! The head of a file: whose it is, what its columns are called, and its first rows.

use super::source::Source;
use super::{COLUMNS, RECORD_BYTES};
use crate::csv::{Reader, Record, separator};
use crate::problem::{Fault, Problem};

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    /// The option or row that it is for, where a question has several columns.
    pub part: Option<String>,
}

/// What a file begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub separator: char,
    pub source: Source,
    pub columns: Vec<Column>,
    /// Bytes of all heading lines, a byte order mark included: where the rows begin.
    pub bytes: usize,
    /// The line on which the rows begin.
    pub line: u32,
}

impl Head {
    /// Reads the beginning of a file and whichever of its rows are whole. `last` if it is the whole file.
    ///
    /// # Errors
    /// Where there are no headings, or too many.
    pub fn read(text: &str, last: bool) -> Result<(Self, Vec<Record>), Problem> {
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let bare = text.get(mark..).unwrap_or_default();
        let separator = separator(bare);
        let mut reader = Reader::new(bare, separator, 1, last);
        let titles = reader.next().map(|record| record.cells).unwrap_or_default();
        if titles.len() < 2 {
            return Err(Problem::malformed("file", "a table with a line of headings and at least two columns"));
        }
        if titles.len() > COLUMNS {
            return Err(Problem::new("file", Fault::TooMany { max: u32::try_from(COLUMNS).unwrap_or(u32::MAX) }));
        }
        let source = Source::detect(&titles);
        let mut columns: Vec<Column> = titles.iter().map(|title| Column::of(title)).collect();
        let mut begin = (reader.consumed(), reader.line());
        let mut rows: Vec<Record> = Vec::new();
        if source == Source::SurveyMonkey
            && let Some(second) = reader.next()
        {
            if is_second(&titles, &second.cells) {
                join(&mut columns, &second.cells);
                begin = (reader.consumed(), reader.line());
            } else {
                rows.push(second);
            }
        }
        rows.extend(reader.by_ref());
        if rows.is_empty() && bare.len() - reader.consumed() > RECORD_BYTES {
            return Err(too_long());
        }
        Ok((Self { separator, source, columns, bytes: mark + begin.0, line: begin.1 }, rows))
    }
}

impl Column {
    /// Google Forms writes the row of a grid in brackets behind its question.
    fn of(title: &str) -> Self {
        let title = title.trim();
        let grid = title.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
        match grid {
            Some((question, row)) if !question.trim().is_empty() && !row.trim().is_empty() => {
                Self { title: question.trim().to_owned(), part: Some(row.trim().to_owned()) }
            }
            _ => Self { title: title.to_owned(), part: None },
        }
    }

    /// For people: the title, and the part behind it.
    pub fn full(&self) -> String {
        match &self.part {
            Some(part) => format!("{} – {part}", self.title),
            None => self.title.clone(),
        }
    }
}

/// What a record that never ends is told.
pub fn too_long() -> Problem {
    Problem::malformed("file", "a table whose rows have ends: a quotation mark is never closed")
}

/// SurveyMonkey's second line has options and rows; its first columns, which are about the respondent, have none.
fn is_second(titles: &[String], cells: &[String]) -> bool {
    cells.len() <= titles.len() && cells.first().is_some_and(|cell| cell.trim().is_empty())
}

/// A question's title stands over its first column only.
fn join(columns: &mut [Column], second: &[String]) {
    let mut title = String::new();
    for (column, part) in columns.iter_mut().zip(second) {
        let part = part.trim();
        if column.title.is_empty() {
            column.title.clone_from(&title);
        } else {
            title.clone_from(&column.title);
        }
        if !matches!(part, "" | "Response" | "Open-Ended Response") {
            column.part = Some(part.to_owned());
        }
    }
}
