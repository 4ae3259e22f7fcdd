//! Hashes, and their texts.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// SHA-256 as 64 hex digits.
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// A token of this randomness: `rpt_`, its hex digits, and eight digits of their hash, so that a mistyped one is known for one
/// without asking anybody.
pub fn token(bytes: &[u8]) -> String {
    let digits = hex(bytes);
    let check = sha256(&digits);
    format!("{TOKEN}{digits}{}", check.get(..8).unwrap_or_default())
}

/// Whether `text` could be a token.
pub fn is_token(text: &str) -> bool {
    let Some((digits, check)) = text.strip_prefix(TOKEN).and_then(|rest| rest.split_at_checked(40)) else {
        return false;
    };
    check.len() == 8 && sha256(digits).starts_with(check)
}

/// What every token begins with.
pub const TOKEN: &str = "rpt_";

/// HMAC-SHA256 of `parts`, cut to 128 bits, as 32 hex digits. A byte that no part contains keeps the parts apart.
pub fn keyed(key: &[u8], parts: &[&str]) -> String {
    // HMAC takes keys of any length, so the error cannot occur; without a key nobody is told apart from anybody.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    for part in parts {
        mac.update(part.as_bytes());
        mac.update(&[0xff]);
    }
    hex(mac.finalize().into_bytes().get(..16).unwrap_or_default())
}

/// The first 64 bits of SHA-256: what the audit XORs.
pub fn short(text: &str) -> u64 {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0'));
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0x0f)]).collect()
}

/// Whether two texts are equal, in time that depends on their lengths only.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |seen, (x, y)| seen | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_hashes() {
        // FIPS 180-2, appendix B.1, and RFC 4231, test case 2 (its message split over no separator cannot be used here,
        // so the keyed form is pinned by its properties instead).
        assert_eq!(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(short("abc"), 0xba78_16bf_8f01_cfea);
        assert_eq!(keyed(b"salt", &["a", "b"]).len(), 32);
        assert_ne!(keyed(b"salt", &["a", "b"]), keyed(b"salt", &["ab", ""]));
        assert_ne!(keyed(b"salt", &["a"]), keyed(b"pepper", &["a"]));
    }

    #[test]
    fn tokens() {
        let token = token(&[7; 20]);
        assert_eq!(token.len(), 52);
        assert!(is_token(&token));
        assert!(
            !is_token(&token.replace("07", "08")) && !is_token("rpt_") && !is_token(&token[1..]) && !is_token("rpt_é")
        );
    }

    #[test]
    fn comparison() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("abc", "ab"));
        assert!(same("", ""));
    }
}
