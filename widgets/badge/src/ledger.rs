//! The chain of hashes, computed anew.

use rapport_core::chain::Head;
use rapport_core::scan::{take, whole};

use crate::{ITEM, PART};

/// Checks that lines lead from where they begin to the head that goes with the balance shown, and past the head that this
/// device remembers of an earlier visit. Parts: number, balance and hash before the first line; number, balance and hash of the
/// head; number and hash remembered, empty for none; then the lines, each with its hash. The head's number and hash where all
/// is well; else nothing.
pub fn verify(text: &str) -> Option<String> {
    let mut rest = Some(text);
    let mut part = || take(&mut rest, PART);
    let from = Head { seq: whole(part()?)?, balance: whole(part()?)?, hash: part()?.to_owned() };
    let to = Head { seq: whole(part()?)?, balance: whole(part()?)?, hash: part()?.to_owned() };
    let (seq, hash) = (part()?, part()?);
    let known = if seq.is_empty() { None } else { Some((whole::<u32>(seq)?, hash)) };
    let agrees = |head: &Head| known.is_none_or(|(seq, hash)| seq != head.seq || hash == head.hash);
    // What this device has seen cannot become less.
    let grown = known.is_none_or(|(seq, _)| seq <= to.seq);
    let mut head = from;
    let mut right = grown && agrees(&head);
    while let Some(item) = take(&mut rest, ITEM) {
        let mut parts = Some(item);
        let (Some(line), Some(hash)) = (take(&mut parts, PART), take(&mut parts, PART)) else { continue };
        head = head.follow(line, hash).ok()?;
        right &= agrees(&head);
    }
    (right && head == to).then(|| [part_of(head.seq), head.hash].concat())
}

fn part_of(seq: u32) -> String {
    let mut text = rapport_core::scan::digits(i64::from(seq));
    text.push(char::from(PART));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapport_core::chain::{ROOT, link};

    fn told(known: &str, tamper: bool) -> Option<String> {
        let (mut rows, mut head) = (String::new(), Head::default());
        for (index, delta) in [20, -5, 7].into_iter().enumerate() {
            let line = format!("{}|id|1|{delta}|earn|rule|||", index + 1);
            let hash = link(&head.hash, &line);
            head = head.follow(&line, &hash).ok()?;
            let shown = if tamper { line.replace("|7|", "|8|") } else { line };
            rows += &format!("{shown}\u{1f}{hash}\u{1e}");
        }
        verify(&format!("0\u{1f}0\u{1f}{ROOT}\u{1f}3\u{1f}22\u{1f}{}\u{1f}{known}\u{1f}{rows}", head.hash))
    }

    #[test]
    fn what_was_changed_is_found_and_what_was_remembered_is_held_against_it() {
        let head = told("\u{1f}", false);
        assert!(head.as_ref().is_some_and(|head| head.starts_with("3\u{1f}")), "{head:?}");
        assert_eq!(told("\u{1f}", true), None);
        assert_eq!(told(&head.clone().unwrap_or_default(), false), head);
        assert_eq!(told(&format!("2\u{1f}{ROOT}"), false), None, "another line than the one seen before");
        assert_eq!(told(&format!("9\u{1f}{ROOT}"), false), None, "less than was seen before");
        for junk in ["", "0", "a\u{1f}b\u{1f}c\u{1f}d", "\u{1f}\u{1f}\u{1f}\u{1f}\u{1f}\u{1f}\u{1f}\u{1f}"] {
            assert_eq!(verify(junk), None);
        }
    }
}
