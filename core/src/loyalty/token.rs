//! The word of the owner's server that a visitor is a certain customer: a JSON Web Token (RFC 7519) signed with HMAC-SHA256.
//! The algorithm is fixed, so a token cannot choose how it is looked at (RFC 8725, 3.1), and nothing in it is read before its
//! signature was found to be right. Strangers are told that a token is not valid; why, only the owner is told.

use core::fmt;

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::member::is_external;
use crate::json;
use crate::name::SiteId;
use crate::time::Timestamp;

/// Characters of a token.
pub const TOKEN_CHARS: usize = 2_048;
/// Seconds that a token may live.
pub const LIFE: i64 = 12 * 60 * 60;
/// Seconds by which the clock of the owner's server may be ahead.
const AHEAD: i64 = 60;
/// Characters of a token's own id.
const JTI_CHARS: usize = 100;
/// What a signing secret begins with, so that it is known for one wherever it turns up.
pub const PREFIX: &str = "rms_";

/// A secret that signs tokens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// [`PREFIX`] and 64 hex digits: 256 bits, which RFC 7518, 3.2 asks for.
    pub value: String,
    pub created: Timestamp,
    /// Until then, where a newer one has taken its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Claims {
    #[serde(alias = "aud")]
    pub site: String,
    /// The owner's id of the customer.
    #[serde(alias = "sub")]
    pub member: String,
    /// Seconds since 1970.
    pub iat: i64,
    pub exp: i64,
    /// The token's own id, for the owner's records.
    #[serde(default)]
    pub jti: String,
    /// What the owner knows of the customer, to fill their profile with.
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
}

/// Why a token is refused. For the owner alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// There is no signing secret.
    NoSecret,
    /// More than 2,048 characters.
    TooLong,
    /// Not three parts in base64url with JSON in the first two.
    Malformed,
    /// Signed by something else than HS256, or not at all.
    Algorithm,
    /// Signed with another secret, or changed since.
    Signature,
    /// A claim is missing or of another type.
    Claims,
    /// For another site.
    Site,
    /// No id of a customer, or one that is too long.
    Member,
    /// From the future.
    Early,
    /// Over.
    Expired,
    /// Valid for longer than twelve hours, or ends before it begins.
    Life,
}

impl Invalid {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::NoSecret,
        Self::TooLong,
        Self::Malformed,
        Self::Algorithm,
        Self::Signature,
        Self::Claims,
        Self::Site,
        Self::Member,
        Self::Early,
        Self::Expired,
        Self::Life,
    ];

    /// A stable word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoSecret => "no_secret",
            Self::TooLong => "too_long",
            Self::Malformed => "malformed",
            Self::Algorithm => "algorithm",
            Self::Signature => "signature",
            Self::Claims => "claims",
            Self::Site => "site",
            Self::Member => "member",
            Self::Early => "early",
            Self::Expired => "expired",
            Self::Life => "life",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|invalid| invalid.as_str() == word)
    }
}

/// For the log: which rule.
impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[derive(Deserialize)]
struct Header {
    #[serde(default)]
    alg: String,
    /// Extensions that must be understood; none is (RFC 7515, 4.1.11).
    #[serde(default)]
    crit: Option<Vec<String>>,
}

/// What `token` says, if one of `secrets` signed it for `site` and it is good at `now`.
///
/// 1. Its length and its three parts.
/// 2. The algorithm, which is HS256 and nothing else.
/// 3. The signature, in constant time, by each secret that is still good.
/// 4. What it says: for this site, about a customer, from when until when.
///
/// # Errors
/// The first rule that it breaks.
pub fn verify(token: &str, secrets: &[Secret], site: &SiteId, now: Timestamp) -> Result<Claims, Invalid> {
    if token.len() > TOKEN_CHARS {
        return Err(Invalid::TooLong);
    }
    let mut parts = token.split('.');
    let (Some(header), Some(payload), Some(signature), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Invalid::Malformed);
    };
    let decoded = |part: &str| unbase64url(part).ok_or(Invalid::Malformed);
    let head: Header = json::strict(&decoded(header)?).map_err(|_| Invalid::Malformed)?;
    if head.alg != "HS256" || head.crit.is_some() {
        return Err(Invalid::Algorithm);
    }
    let mut good = secrets.iter().filter(|secret| secret.until.is_none_or(|until| until > now)).peekable();
    if good.peek().is_none() {
        return Err(Invalid::NoSecret);
    }
    let signature = bytes(signature).ok_or(Invalid::Malformed)?;
    let signed = token.get(..header.len() + 1 + payload.len()).ok_or(Invalid::Malformed)?;
    if !good.any(|secret| signs(secret, signed.as_bytes(), &signature)) {
        return Err(Invalid::Signature);
    }
    let claims: Claims = json::strict(&decoded(payload)?).map_err(|_| Invalid::Claims)?;
    claims.check(site, now)?;
    Ok(claims)
}

impl Claims {
    fn check(&self, site: &SiteId, now: Timestamp) -> Result<(), Invalid> {
        let now = now.0.div_euclid(1_000);
        if self.site != site.as_str() {
            return Err(Invalid::Site);
        }
        if !is_external(&self.member) || self.jti.chars().count() > JTI_CHARS {
            return Err(Invalid::Member);
        }
        if self.iat > now.saturating_add(AHEAD) {
            return Err(Invalid::Early);
        }
        if self.exp <= now {
            return Err(Invalid::Expired);
        }
        let life = self.exp.saturating_sub(self.iat);
        if !(1..=LIFE).contains(&life) { Err(Invalid::Life) } else { Ok(()) }
    }
}

/// The text of a new secret of these random bytes.
pub fn secret(random: [u8; 32]) -> String {
    let mut text = String::from(PREFIX);
    for byte in random {
        for nibble in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(nibble), 16));
        }
    }
    text
}

/// The key is the secret's text as it is: nothing to decode wherever it is used.
fn signs(secret: &Secret, signed: &[u8], signature: &[u8]) -> bool {
    // HMAC takes keys of any length, so the error cannot occur.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.value.as_bytes()) else { return false };
    mac.update(signed);
    mac.verify_slice(signature).is_ok()
}

/// A signature's bytes. Some template languages, Shopify's among them, write an HMAC in hex and cannot do otherwise: 64 hex digits
/// would be 48 bytes in base64url, and no signature is that long, so neither spelling can be taken for the other.
fn bytes(signature: &str) -> Option<Vec<u8>> {
    let hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if signature.len() != 64 || !signature.bytes().all(|byte| hex(&byte)) {
        return unbase64url(signature);
    }
    signature.as_bytes().chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// Base64url without padding (RFC 7515, 2), and in one spelling only: bits that belong to no byte are zero.
fn unbase64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0_u32);
    for digit in text.bytes() {
        let six = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    (bits < 6 && held == 0).then_some(bytes)
}

mod sign;

pub use sign::sign;

#[cfg(test)]
mod tests;
