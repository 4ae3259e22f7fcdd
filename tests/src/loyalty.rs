//! A customer's loyalty programme, and who its members are by the word of their server.

use crate::Site;
use anyhow::{Context, Result};
use rapport_core::loyalty::token;
use rapport_core::name::SiteId;
use rapport_core::time::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

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
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        let site = SiteId::parse(&self.id).ok().context("a site has an id")?;
        Ok(token::sign(&site, (customer, ""), Timestamp(i64::try_from(now)?), 600, secret))
    }

    /// What the owner's server tells of a customer.
    pub async fn told_of(&self, customer: &str, event: &Value) -> Result<()> {
        let path = format!("sites/{}/members/{customer}/events", self.id);
        self.product().api(Method::POST, &path, Some(event)).await?;
        Ok(())
    }
}
