//! A customer's site: configured by the owner's API, embedded in pages, and with its answers in KV.

use crate::{Page, Product, wait_for};
use anyhow::{Context, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};

/// One site of a [`Product`].
pub struct Site<'product> {
    product: &'product Product,
    /// Its id.
    pub id: String,
}

impl Product {
    /// A new site with these widgets, published.
    pub async fn site(&self, widgets: &[Value]) -> Result<Site<'_>> {
        self.site_with(&json!({}), widgets).await
    }

    /// A site that was made before.
    pub fn known_site(&self, id: &str) -> Site<'_> {
        Site { product: self, id: id.to_owned() }
    }

    /// The same with other settings than the usual ones.
    pub async fn site_with(&self, settings: &Value, widgets: &[Value]) -> Result<Site<'_>> {
        let id = self.fresh_id();
        let mut body = json!({
            "id": id,
            "name": "Acme",
            "origins": [self.host.origin(), self.host.other_origin(), self.demo.url()],
            "locale": "en",
            // Invitations are what most tests are about, so nothing holds them back.
            "attention": { "cooldown_days": 0, "per_visit": 20 },
        });
        for (name, value) in settings.as_object().context("settings are an object")? {
            body[name] = value.clone();
        }
        self.api(Method::POST, "sites", Some(&body)).await?;
        let id = body["id"].as_str().context("a site has an id")?.to_owned();
        let site = Site { product: self, id };
        for widget in widgets {
            site.publish(widget).await?;
        }
        Ok(site)
    }
}

impl Site<'_> {
    /// Publishes a widget, or a new version of it.
    pub async fn publish(&self, widget: &Value) -> Result<()> {
        let name = widget["name"].as_str().context("a widget has a name")?;
        let path = format!("sites/{}/widgets/{name}", self.id);
        self.product.api(Method::PUT, &path, Some(widget)).await?;
        self.product.api(Method::POST, &format!("{path}/publish"), None).await?;
        Ok(())
    }

    /// The address of its script.
    pub fn script(&self) -> String {
        format!("{}/s/{}.js", self.product.url(), self.id)
    }

    /// The tag that its owner pastes.
    pub fn tag(&self) -> String {
        format!("<script async src=\"{}\"></script>", self.script())
    }

    /// The hosted page of a widget.
    pub fn hosted(&self, widget: &str) -> String {
        format!("{}/f/{}/{widget}", self.product.url(), self.id)
    }

    /// Publishes a page with the tag and `body`, and returns its address.
    pub fn page(&self, body: &str) -> String {
        self.page_at("", Page::new(&format!("{}{body}", self.tag())))
    }

    /// Publishes any page below the site's own path, and returns its address.
    pub fn page_at(&self, path: &str, page: Page) -> String {
        self.product.host.put(&format!("/{}{path}", self.id), page)
    }

    /// Every response in KV, as it is stored.
    pub fn responses(&self) -> Result<Vec<Value>> {
        let kv = &self.product.cloud.kv;
        let keys = kv.keys(&format!("r/{}/", self.id));
        let values = keys.iter().filter_map(|key| kv.get(key));
        values.map(|entry| Ok(serde_json::from_str(&entry.value)?)).collect()
    }

    /// The one complete response, once it is in KV; fails if there are more.
    pub async fn only_response(&self) -> Result<Value> {
        let response = wait_for("a complete response in KV", async || {
            Ok(self.responses()?.into_iter().find(|response| response["complete"] == true))
        })
        .await?;
        let count = self.responses()?.len();
        ensure!(count == 1, "{count} responses where one was given");
        Ok(response)
    }

    /// The one complete response's answer to a question: its form field's value, or values joined by `|`.
    pub async fn only_answer(&self, question: &str) -> Result<String> {
        Ok(answer(&self.only_response().await?, question))
    }

    /// Sends a delivery as a widget on the host page would.
    pub async fn deliver(&self, delivery: &Value) -> Result<()> {
        let address = format!("{}/e/{}", self.product.url(), self.id);
        let request = self.product.client().post(address).header("origin", self.product.host.origin());
        let response = request.body(delivery.to_string()).send().await?;
        let status = response.status();
        ensure!(status.is_success(), "ingest answered {status}: {}", response.text().await?);
        Ok(())
    }

    /// The owner's overview of the last days.
    pub async fn overview(&self) -> Result<Value> {
        self.product.api(Method::GET, &format!("sites/{}/overview", self.id), None).await
    }

    /// Its status: what is on its way to KV, and more.
    pub async fn status(&self) -> Result<Value> {
        self.product.api(Method::GET, &format!("sites/{}/status", self.id), None).await
    }

    /// The product that serves it.
    pub fn product(&self) -> &Product {
        self.product
    }
}

/// The values of a response's form fields called `name`, joined by `|`.
pub fn answer(response: &Value, name: &str) -> String {
    let fields = response["answers"].as_array().map(Vec::as_slice).unwrap_or_default();
    let values = fields.iter().filter(|field| field[0] == name).filter_map(|field| field[1].as_str());
    values.collect::<Vec<_>>().join("|")
}
