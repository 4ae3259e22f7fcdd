//! Lists of codes, as owners have them: a line each, or a table whose first column has them.

use crate::csv::{Reader, separator};
use crate::limits::CODE_CHARS;

/// A list, gone through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Well-formed ones, each once, in their order.
    pub codes: Vec<String>,
    /// Those that came a second time.
    pub twice: Vec<Line>,
    /// Those that cannot be codes.
    pub bad: Vec<Line>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1, as an editor counts them.
    pub line: u32,
    pub code: String,
}

/// The codes in `text`, in its order. Empty lines and a heading are passed over.
pub fn read(text: &str) -> Vec<String> {
    lines(text).into_iter().map(|line| line.code).collect()
}

/// The same with what is wrong with it.
pub fn list(text: &str) -> List {
    let (mut list, mut seen) = (List::default(), std::collections::BTreeSet::new());
    for line in lines(text) {
        if !is_code(&line.code) {
            list.bad.push(line);
        } else if seen.insert(line.code.clone()) {
            list.codes.push(line.code);
        } else {
            list.twice.push(line);
        }
    }
    list
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Reader::new(text, separator(text), 1, true)
        .filter_map(|record| Some(Line { line: record.line, code: record.cells.into_iter().next()? }))
        .map(|Line { line, code }| Line { line, code: code.trim().trim_start_matches('\u{feff}').to_owned() })
        .filter(|line| !line.code.is_empty())
        .collect();
    let heading = lines.first().is_some_and(|first| {
        ["code", "codes", "coupon", "coupon code", "voucher", "兑换码", "优惠码"]
            .contains(&first.code.to_lowercase().as_str())
    });
    if heading {
        lines.remove(0);
    }
    lines
}

/// Whether it can be one: without control characters, blanks at its ends or what separates the parts of a line of the ledger.
pub fn is_code(code: &str) -> bool {
    !code.is_empty()
        && code.chars().count() <= CODE_CHARS
        && code.trim() == code
        && !code.chars().any(|c| c.is_control() || c == '|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_tables() {
        for text in [
            "A-1\nB-2\n",
            "\u{feff}code\r\nA-1\r\n\r\nB-2",
            "Code,Value\nA-1,5\n\"B-2\",7\n",
            "code;until\n A-1 ;x\nB-2;y\n",
            "A-1\n\n\nB-2",
        ] {
            assert_eq!(read(text), ["A-1", "B-2"], "{text:?}");
        }
        assert!(read("").is_empty() && read("code\n").is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let long = "x".repeat(65);
        let list = list(&format!("code\nA-1\nA|2\nB-2\n\nA-1\n{long}\n"));
        let line = |line, code: &str| Line { line, code: code.to_owned() };
        assert_eq!(list.codes, ["A-1", "B-2"]);
        assert_eq!(list.twice, [line(6, "A-1")]);
        assert_eq!(list.bad, [line(3, "A|2"), line(7, &long)]);
    }
}
