//! The other side of a token, as the owner's server has it: for the demo shop and for tests.

use core::fmt::Write as _;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::name::SiteId;
use crate::time::Timestamp;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A token that says for `seconds` from `now` on that whoever has it is this customer. `member` and `name` are ids and names: what JSON would
/// escape is left out.
pub fn sign(site: &SiteId, (member, name): (&str, &str), now: Timestamp, seconds: i64, secret: &str) -> String {
    let plain =
        |text: &str| text.chars().filter(|sign| !matches!(sign, '"' | '\\') && !sign.is_control()).collect::<String>();
    let iat = now.0.div_euclid(1_000);
    let (member, name, exp) = (plain(member), plain(name), iat.saturating_add(seconds));
    let mut claims = format!(r#"{{"site":"{site}","member":"{member}","iat":{iat},"exp":{exp}"#);
    if !name.is_empty() {
        let _ = write!(claims, r#","name":"{name}""#);
    }
    claims.push('}');
    let mut token = base64url(br#"{"alg":"HS256","typ":"JWT"}"#);
    token.push('.');
    token += &base64url(claims.as_bytes());
    // HMAC takes keys of any length, so the error cannot occur.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(token.as_bytes());
    let signature = base64url(&mac.finalize().into_bytes());
    token.push('.');
    token + &signature
}

/// Without padding (RFC 7515, 2).
fn base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let held = three.iter().fold(0_u32, |held, byte| held << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            let digit = held >> (18 - 6 * place) & 63;
            text.extend(DIGITS.get(digit as usize).map(|digit| char::from(*digit)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loyalty::token::{Invalid, Secret, verify};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_signed_here_is_taken_there(member in "[!-~]{1,60}", at in 0_i64..4_000_000_000_000) {
            let (site, now) = (SiteId::parse("acme").unwrap(), Timestamp(at));
            let value = "rms_secret".to_owned();
            let token = sign(&site, (&member, "Ada \u{4f60}"), now, 600, &value);
            let secrets = [Secret { value, created: now, until: None }];
            let plain: String = member.chars().filter(|sign| !matches!(sign, '"' | '\\')).collect();
            match verify(&token, &secrets, &site, now) {
                Ok(claims) => prop_assert_eq!((claims.member, claims.name), (plain.clone(), "Ada \u{4f60}".to_owned())),
                Err(wrong) => prop_assert!(plain.is_empty() && wrong == Invalid::Member, "{wrong}: {token}"),
            }
            let late = now.plus_ms(600_000);
            prop_assert_eq!(verify(&token, &secrets, &site, late), Err(if plain.is_empty() { Invalid::Member } else { Invalid::Expired }));
        }
    }
}
