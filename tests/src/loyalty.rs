//! A customer's loyalty programme, and who its members are by the word of their server.

use crate::Site;
use anyhow::{Context, Result, ensure};
use rapport_core::loyalty::account::Account;
use rapport_core::loyalty::entry::Entry;
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

    /// A member's whole ledger, oldest first, and the balance, once the lines follow from one another and come to it; nothing where
    /// there is no member.
    pub async fn ledger(&self, member: &str) -> Result<Option<(Vec<Entry>, i64)>> {
        let (mut all, mut before, mut balance) = (Vec::new(), None::<u32>, None);
        loop {
            let cursor = before.map(|seq| format!("&before={seq}")).unwrap_or_default();
            let path = format!("sites/{}/members/{member}/ledger?limit=200{cursor}", self.id);
            let page = match self.product().api(Method::GET, &path, None).await {
                Ok(page) => page,
                Err(error) if error.to_string().contains("404") && all.is_empty() => return Ok(None),
                Err(error) => return Err(error),
            };
            let entries: Vec<Entry> = serde_json::from_value(page["entries"].clone())?;
            balance = balance.or_else(|| page["balance"].as_i64());
            before = entries.last().map(|entry| entry.seq);
            all.extend(entries);
            if page["more"] != true {
                break;
            }
        }
        all.reverse();
        let mut account = Account::default();
        for entry in &all {
            let follows = account.apply(entry).is_ok();
            ensure!(follows, "line {} of {member} does not follow from the one before", entry.seq);
        }
        let (balance, sum) = (balance.context("no balance")?, all.iter().map(|entry| entry.delta).sum::<i64>());
        ensure!(account.balance == balance, "the lines of {member} come to {}, not {balance}", account.balance);
        ensure!(sum == balance, "the sum of {member} is {sum}, not {balance}");
        Ok(Some((all, balance)))
    }

    /// What the owner's server tells of a customer.
    pub async fn told_of(&self, customer: &str, event: &Value) -> Result<()> {
        let path = format!("sites/{}/members/{customer}/events", self.id);
        self.product().api(Method::POST, &path, Some(event)).await?;
        Ok(())
    }
}
