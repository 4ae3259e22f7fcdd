//! The chain of hashes through a ledger. Each line is hashed with the hash before it, so nothing can be altered, dropped or
//! moved without every later hash being another. The badge keeps the last head that it saw, and so even a ledger that was
//! written anew from the start is found.

use sha2::{Digest, Sha256};

/// The hash before the first line.
pub const ROOT: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A place in the chain: how many lines lead to it, what they come to, and the hash of the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: u32,
    pub balance: i64,
    pub hash: String,
}

/// The first line that is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Torn {
    /// The number that this line should have.
    pub seq: u32,
}

impl Default for Head {
    fn default() -> Self {
        Self { seq: 0, balance: 0, hash: ROOT.to_owned() }
    }
}

impl Head {
    /// The head after this line.
    ///
    /// # Errors
    /// The line is not the next one, its points are no number, or its hash is another.
    pub fn follow(&self, line: &str, hash: &str) -> Result<Self, Torn> {
        let seq = self.seq.saturating_add(1);
        let mut parts = line.split('|');
        let number = parts.next().and_then(|part| part.parse::<u32>().ok());
        let delta = parts.nth(2).and_then(|part| part.parse::<i64>().ok());
        let balance = delta.and_then(|delta| self.balance.checked_add(delta)).filter(|balance| *balance >= 0);
        match balance {
            Some(balance) if number == Some(seq) && link(&self.hash, line) == hash => {
                Ok(Self { seq, balance, hash: hash.to_owned() })
            }
            _ => Err(Torn { seq }),
        }
    }
}

/// The hash of a line: lower-case hex SHA-256 over the hash before, a line feed, and the line.
pub fn link(before: &str, line: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(before.as_bytes());
    digest.update(b"\n");
    digest.update(line.as_bytes());
    hex(&digest.finalize())
}

/// Whether these lines lead from one head to the other: numbers without gaps, hashes, and a balance that never goes below 0.
///
/// # Errors
/// The first line that does not follow; the one after the last where lines are missing or too many.
pub fn verify<'a>(from: &Head, rows: impl IntoIterator<Item = (&'a str, &'a str)>, to: &Head) -> Result<(), Torn> {
    let mut head = from.clone();
    for (line, hash) in rows {
        head = head.follow(line, hash)?;
    }
    if head == *to { Ok(()) } else { Err(Torn { seq: head.seq.saturating_add(1) }) }
}

/// Lower-case, two digits a byte.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from(if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 }));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chain(deltas: &[i64]) -> (Vec<(String, String)>, Head) {
        let (mut rows, mut head) = (Vec::new(), Head::default());
        for (index, delta) in deltas.iter().enumerate() {
            let line = format!("{}|id{index}|1000|{delta}|earn|visit||| a note | with a bar", index + 1);
            let hash = link(&head.hash, &line);
            head = head.follow(&line, &hash).unwrap();
            rows.push((line, hash));
        }
        (rows, head)
    }

    fn told(rows: &[(String, String)], to: &Head) -> Result<(), Torn> {
        verify(&Head::default(), rows.iter().map(|(line, hash)| (line.as_str(), hash.as_str())), to)
    }

    #[test]
    fn the_hash_that_anybody_can_compute() {
        // printf '%s\n%s' 0…0 '1|a|0|5|earn|visit|||' | sha256sum
        assert_eq!(
            link(ROOT, "1|a|0|5|earn|visit|||"),
            "4361728893b3073d1c408189681a2778f07737e04dba9b35064b7718f9161964"
        );
    }

    #[test]
    fn a_balance_below_zero_is_no_ledger() {
        let line = "1|a|0|-5|adjust||||";
        assert_eq!(Head::default().follow(line, &link(ROOT, line)), Err(Torn { seq: 1 }));
    }

    proptest! {
        #[test]
        fn what_was_altered_dropped_or_swapped_is_found(
            deltas in prop::collection::vec(0..1_000i64, 2..20), at in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(),
        ) {
            let (rows, head) = chain(&deltas);
            prop_assert_eq!(told(&rows, &head), Ok(()));
            let at = at.index(rows.len());

            let mut dropped = rows.clone();
            dropped.remove(at);
            prop_assert!(told(&dropped, &head).is_err());

            let mut swapped = rows.clone();
            swapped.swap(at, (at + 1) % rows.len());
            prop_assert!(told(&swapped, &head).is_err());

            let mut altered = rows.clone();
            let line = &mut altered[at].0;
            let place = byte.index(line.len());
            let other = if &line[place..=place] == "7" { "8" } else { "7" };
            line.replace_range(place..=place, other);
            prop_assert_eq!(told(&altered, &head), Err(Torn { seq: at as u32 + 1 }));

            // Even one who computes all later hashes anew does not reach the head that somebody remembers.
            let (mut forged, mut before) = (Vec::new(), ROOT.to_owned());
            for (line, _) in &altered {
                before = link(&before, line);
                forged.push((line.clone(), before.clone()));
            }
            prop_assert!(told(&forged, &head).is_err());
        }

        #[test]
        fn no_text_panics(line in "\\PC*", hash in "\\PC*") {
            let _ = Head::default().follow(&line, &hash);
        }
    }
}
