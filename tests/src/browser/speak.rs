//! What WebDriver has no words for, in each browser's own language.

use super::{Browser, Kind};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{RequestData, SessionId};

/// Whether scripts run in the page, which is `content`, or in Firefox itself, which is `chrome`.
#[derive(Debug)]
struct Place(&'static str);

impl FormatRequestData for Place {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let address = format!("/session/{session}/moz/context");
        RequestData::new(reqwest::Method::POST, address).add_body(json!({ "context": self.0 }))
    }
}

impl Browser {
    /// Sends a command of Chromium's DevTools protocol.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        ensure!(self.kind == Kind::Chromium, "{method}: {:?} does not speak Chromium's language", self.kind);
        self.driver.cdp().send_raw(method, parameters).await.with_context(|| format!("{method} failed"))
    }

    /// Sends a command of WebDriver BiDi.
    pub(super) async fn bidi(&self, method: &str, parameters: Value) -> Result<Value> {
        let bidi = self.bidi.as_ref().with_context(|| format!("{method}: {:?} has no BiDi here", self.kind))?;
        bidi.send(method, parameters).await
    }

    /// Runs a function body in Firefox itself.
    pub(super) async fn chrome(&self, body: &str, arguments: &[Value]) -> Result<()> {
        self.driver.handle().cmd(Place("chrome")).await?;
        let outcome = self.driver.execute(body, arguments).await;
        self.driver.handle().cmd(Place("content")).await?;
        outcome.with_context(|| format!("Firefox refuses {body}"))?;
        Ok(())
    }

    /// Evaluates a script in the page as it is, whatever its policy allows the page itself.
    pub async fn evaluate(&self, source: &str) -> Result<()> {
        match self.kind {
            Kind::Chromium => self.devtools("Runtime.evaluate", json!({ "expression": source })).await.map(drop),
            Kind::Firefox => {
                let target = json!({ "context": self.driver.window().await?.to_string() });
                let call = json!({ "expression": format!("{source};0"), "target": target, "awaitPromise": false });
                self.bidi("script.evaluate", call).await.map(drop)
            }
            Kind::Webkit => self.driver.execute(source, []).await.map(drop).context("WebKit refuses the script"),
        }
    }
}
