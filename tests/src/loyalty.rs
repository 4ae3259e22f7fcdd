//! A customer's loyalty programme, and who its members are by the word of their server.

use crate::Site;
use anyhow::{Context, Result};
use hmac::{Hmac, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use std::time::{SystemTime, UNIX_EPOCH};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The badge as the gallery makes it, part of the page or a pill in its corner.
pub fn badge(inline: bool) -> Value {
    let corner = json!({ "type": "popover", "corner": "bottom_end" });
    let placement = if inline { json!({ "type": "inline" }) } else { corner };
    json!({ "name": "badge", "kind": "loyalty", "label": "Loyalty badge", "questions": [], "placement": placement })
}

impl Site<'_> {
    /// Publishes the ready-made programme, changed.
    pub async fn programme(&self, change: impl FnOnce(&mut Value)) -> Result<()> {
        let path = format!("sites/{}/loyalty", self.id);
        let mut program = self.product().api(Method::GET, &format!("{path}/template"), None).await?;
        change(&mut program);
        self.product().api(Method::PUT, &path, Some(&program)).await?;
        self.product().api(Method::POST, &format!("{path}/publish"), None).await?;
        Ok(())
    }

    /// A new secret with which the owner's server signs.
    pub async fn signer(&self) -> Result<String> {
        let made = self.product().api(Method::POST, &format!("sites/{}/signers", self.id), None).await?;
        Ok(made["secret"].as_str().context("a secret")?.to_owned())
    }

    /// The owner's server's word that whoever looks is this customer, for ten minutes.
    pub fn token(&self, customer: &str, secret: &str) -> Result<String> {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let jti = format!("{customer}-{seconds}");
        let claims = json!({ "site": self.id, "member": customer, "iat": seconds, "exp": seconds + 600, "jti": jti });
        let header = base64url(json!({ "alg": "HS256", "typ": "JWT" }).to_string().as_bytes());
        let body = format!("{header}.{}", base64url(claims.to_string().as_bytes()));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key will do");
        mac.update(body.as_bytes());
        Ok(format!("{body}.{}", base64url(&mac.finalize().into_bytes())))
    }

    /// What the owner's server tells of a customer.
    pub async fn told_of(&self, customer: &str, event: &Value) -> Result<()> {
        let path = format!("sites/{}/members/{customer}/events", self.id);
        self.product().api(Method::POST, &path, Some(event)).await?;
        Ok(())
    }
}

fn base64url(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let joined = three.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        (0..=three.len()).for_each(|place| text.push(char::from(DIGITS[(joined >> (18 - 6 * place) & 63) as usize])));
    }
    text
}
