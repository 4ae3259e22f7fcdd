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

/// HMAC-SHA256 of `message`.
pub fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with padding (RFC 4648, 4).
pub fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let joined = three.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let six = joined >> (18 - 6 * place) & 63;
            let digit = BASE64.get(six as usize).copied().filter(|_| place <= three.len());
            text.push(digit.map_or('=', char::from));
        }
    }
    text
}

/// What [`base64`] gave; padding may be missing.
pub fn unbase64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0_u32);
    for digit in text.trim_end_matches('=').bytes() {
        let six = BASE64.iter().position(|known| *known == digit)?;
        held = (held << 6 | u32::try_from(six).ok()?) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(bytes)
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
    fn base64_there_and_back() {
        // RFC 4648, 10.
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!((base64(bytes.as_bytes()).as_str(), unbase64(text)), (text, Some(bytes.into())));
        }
        assert_eq!(unbase64(&base64(&[0xff, 0xfe, 0, 1])), Some(vec![0xff, 0xfe, 0, 1]));
        assert_eq!(unbase64("a b"), None);
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
