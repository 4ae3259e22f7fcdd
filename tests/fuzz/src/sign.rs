//! A token that is signed as the owner's server would.

use hmac::{Hmac, Mac};
use rapport_core::loyalty::token::{PREFIX, Secret};
use rapport_core::time::Timestamp;
use sha2::Sha256;

/// The secret of these tests.
pub fn secret() -> Secret {
    Secret { value: format!("{PREFIX}{}", "0f".repeat(32)), created: Timestamp(0), until: None }
}

/// `head` and `payload`, signed.
pub fn token(head: &str, payload: &str) -> String {
    let text = format!("{}.{}", base64url(head.as_bytes()), base64url(payload.as_bytes()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret().value.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    format!("{text}.{}", base64url(&mac.finalize().into_bytes()))
}

fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(char::from(DIGITS[(word >> (18 - 6 * digit) & 63) as usize]));
        }
    }
    text
}
