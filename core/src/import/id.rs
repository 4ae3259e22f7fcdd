//! Ids out of what is imported: the same row makes the same id, so that importing it twice adds nothing.

use crate::id;
use crate::time::Timestamp;

/// FNV-1a with 128 bits. Nobody's secrets hang on it: whoever imports owns both the file and the site.
pub fn hash(parts: &[&str]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    // A byte that no text contains keeps the parts apart.
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    bytes.fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

/// The id of what happened at `at` and is told apart by `parts`.
pub fn derive(at: Timestamp, parts: &[&str]) -> String {
    let [a, b, c, d, e, f, g, h, i, j, ..] = hash(parts).to_be_bytes();
    id::make(at, [a, b, c, d, e, f, g, h, i, j])
}

/// A visitor's id that does not tell what it was made of at first sight: 32 hex digits, as devices make them.
pub fn visitor(parts: &[&str]) -> String {
    format!("{:032x}", hash(parts))
}
