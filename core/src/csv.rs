//! CSV as RFC 4180 has it, read leniently and written strictly.

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The line of the file on which it begins, from 1.
    pub line: u32,
    pub cells: Vec<String>,
}

/// Reads records out of a piece of a file.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    text: &'a str,
    separator: char,
    /// Whether the file ends with this piece.
    last: bool,
    at: usize,
    line: u32,
}

impl<'a> Reader<'a> {
    /// Begins with a piece whose first character stands on `line`. Of a piece that is not the `last`, a record that has no end
    /// yet is left for the next.
    pub const fn new(text: &'a str, separator: char, line: u32, last: bool) -> Self {
        Self { text, separator, last, at: 0, line }
    }

    /// Bytes of whole records read so far: where the next piece has to begin.
    pub const fn consumed(&self) -> usize {
        self.at
    }

    /// The line on which the next record begins.
    pub const fn line(&self) -> u32 {
        self.line
    }
}

impl Iterator for Reader<'_> {
    type Item = Record;

    /// The next record; lines without anything on them are passed over.
    fn next(&mut self) -> Option<Record> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let (cells, length, lines) = record(rest, self.separator, self.last)?;
            let line = self.line;
            self.at += length;
            self.line = self.line.saturating_add(lines);
            if cells.iter().any(|cell| !cell.is_empty()) {
                return Some(Record { line, cells });
            }
        }
    }
}

/// The first record of `text`, its length in bytes and in lines; none where it has no end.
fn record(text: &str, separator: char, last: bool) -> Option<(Vec<String>, usize, u32)> {
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut quoted, mut lines) = (false, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        if char == '\n' || (char == '\r' && chars.peek().is_none_or(|(_, next)| *next != '\n')) {
            lines += 1;
        }
        if quoted {
            match char {
                '"' if chars.next_if(|(_, next)| *next == '"').is_some() => cell.push('"'),
                '"' => quoted = false,
                // A line break within a cell is one, whoever wrote it.
                '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => {}
                '\r' => cell.push('\n'),
                _ => cell.push(char),
            }
            continue;
        }
        match char {
            '"' if cell.is_empty() => quoted = true,
            '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => {}
            // The other half of this line's end may stand in the next piece.
            '\r' if chars.peek().is_none() && !last => return None,
            '\n' | '\r' => {
                cells.push(cell);
                return Some((cells, at + char.len_utf8(), lines));
            }
            _ if char == separator => cells.push(core::mem::take(&mut cell)),
            _ => cell.push(char),
        }
    }
    last.then(|| {
        cells.push(cell);
        (cells, text.len(), lines + 1)
    })
}

/// The separator that a file's first line speaks for: `,`, `;` or a tab.
pub fn separator(text: &str) -> char {
    let mut quoted = false;
    let mut counts = [(',', 0), (';', 0), ('\t', 0)];
    for char in text.chars() {
        match char {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted && counts.iter().any(|(_, n)| *n > 0) => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(one, _)| *one == char).for_each(|(_, n)| *n += 1),
        }
    }
    let [first, rest @ ..] = counts;
    rest.into_iter().fold(first, |best, one| if one.1 > best.1 { one } else { best }).0
}

/// Appends one record.
pub fn write<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    let start = out.len();
    for cell in cells {
        if out.len() > start {
            out.push(',');
        }
        write_cell(out, cell);
        // So that an empty first cell is seen to be there.
        if out.len() == start {
            out.push_str("\"\"");
        }
    }
    out.push_str("\r\n");
}

fn write_cell(out: &mut String, cell: &str) {
    let risky = risky(cell);
    if !risky && !cell.contains([',', ';', '"', '\n', '\r', '\t']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    if risky {
        out.push('\'');
    }
    for char in cell.chars() {
        if char == '"' {
            out.push('"');
        }
        out.push(char);
    }
    out.push('"');
}

/// Whether a spreadsheet would take it for a formula (OWASP, "CSV Injection"). A plain negative number is none.
fn risky(cell: &str) -> bool {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    begins && cell.parse::<crate::decimal::Decimal>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, separator: char) -> Vec<Vec<String>> {
        Reader::new(text, separator, 1, true).map(|record| record.cells).collect()
    }

    #[test]
    fn what_others_write_is_read() {
        for (text, separator, expected) in [
            ("a,b\r\n1,2\r\n", ',', vec![vec!["a", "b"], vec!["1", "2"]]),
            ("a;b\n1;2", ';', vec![vec!["a", "b"], vec!["1", "2"]]),
            ("a\tb\r1\t2\r", '\t', vec![vec!["a", "b"], vec!["1", "2"]]),
            ("\"x, \"\"y\"\"\",\"two\r\nlines\"\n\n,\n", ',', vec![vec!["x, \"y\"", "two\nlines"]]),
            ("5\" nail,\"a\"b\n", ',', vec![vec!["5\" nail", "ab"]]),
            ("\"never closed,\nb", ',', vec![vec!["never closed,\nb"]]),
        ] {
            assert_eq!(read(text, separator), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let lines: Vec<u32> = Reader::new("a\n\"b\nc\"\r\n\r\nd\n", ',', 1, true).map(|record| record.line).collect();
        assert_eq!(lines, [1, 2, 5]);
    }

    #[test]
    fn separators_are_found() {
        for (text, expected) in
            [("a,b,c\n1;2;3", ','), ("\"a,b\";c\n", ';'), ("a\tb,c\td", '\t'), ("one\n", ','), ("", ',')]
        {
            assert_eq!(separator(text), expected, "{text:?}");
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("=1+1", "\"'=1+1\"\r\n"),
            ("+1", "\"'+1\"\r\n"),
            ("-A1", "\"'-A1\"\r\n"),
            ("@x", "\"'@x\"\r\n"),
            ("\tx", "\"'\tx\"\r\n"),
            ("\r=x", "\"'\r=x\"\r\n"),
            ("-5", "-5\r\n"),
            ("a=b", "a=b\r\n"),
            ("", "\"\"\r\n"),
        ] {
            let mut out = String::new();
            write(&mut out, [cell].into_iter());
            assert_eq!(out, expected, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(rows: Vec<(String, String)>) {
            let mut text = String::new();
            let clean = |cell: &str| format!("x{}", cell.replace('\r', ""));
            for (a, b) in &rows {
                write(&mut text, [clean(a).as_str(), &clean(b)].into_iter());
            }
            let expected: Vec<Vec<String>> = rows.iter().map(|(a, b)| vec![clean(a), clean(b)]).collect();
            prop_assert_eq!(read(&text, ','), expected);
        }

        /// However a file is cut into pieces, the records are the same.
        #[test]
        fn pieces_make_the_whole(text in "[ab,;\"\r\n]{0,60}", size in 1usize..20) {
            let whole: Vec<Record> = Reader::new(&text, ',', 1, true).collect();
            let (mut found, mut at, mut line, mut take) = (Vec::new(), 0, 1, size);
            while at < text.len() {
                let end = (at + take).min(text.len());
                let mut reader = Reader::new(&text[at..end], ',', line, end == text.len());
                found.extend(reader.by_ref());
                (line, at) = (reader.line(), at + reader.consumed());
                // A piece without a whole record is made larger.
                take = if reader.consumed() == 0 { take + size } else { size };
            }
            prop_assert_eq!(found, whole);
        }

        #[test]
        fn no_cell_ever_begins_a_formula(cell: String) {
            let mut text = String::new();
            write(&mut text, [cell.as_str()].into_iter());
            // What a spreadsheet takes for the cell: without the quotes around it, and a quote within is a character as any.
            let bare = text.strip_prefix('"').unwrap_or(&text);
            prop_assert!(cell.parse::<crate::decimal::Decimal>().is_ok() || !bare.starts_with(['=', '+', '-', '@', '\t']), "{text}");
        }
    }
}
