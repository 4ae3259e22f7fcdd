//! Lists of codes, as owners have them: a line each, or a table whose first column has them.

use crate::csv::{Reader, separator};

/// The codes in `text`, in its order. Empty lines and a heading are passed over.
pub fn read(text: &str) -> Vec<String> {
    let mut codes: Vec<String> = Reader::new(text, separator(text), 1, true)
        .filter_map(|record| record.cells.into_iter().next())
        .map(|cell| cell.trim().trim_start_matches('\u{feff}').to_owned())
        .filter(|code| !code.is_empty())
        .collect();
    let heading = codes.first().is_some_and(|first| {
        ["code", "codes", "coupon", "coupon code", "voucher", "兑换码", "优惠码"]
            .contains(&first.to_lowercase().as_str())
    });
    if heading {
        codes.remove(0);
    }
    codes
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
}
