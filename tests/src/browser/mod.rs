//! A real browser – Chromium, or another one where that is asked for – driven as a visitor would: by mouse, keys and touch.

mod bidi;
mod driver;
mod emulate;
mod find;
mod hands;
mod kind;
mod picture;
mod speak;
mod watch;
mod wire;

pub use emulate::{Line, Media, Screen};
pub use hands::key;
pub use kind::Kind;
pub use watch::Feel;

use anyhow::{Context, Result};
use bidi::Bidi;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;
use thirtyfour::WebDriver;
use watch::Watch;
use wire::Wire;

/// One browser with a profile of its own: nothing is left of what other tests did.
pub struct Browser {
    kind: Kind,
    driver: WebDriver,
    /// Ends its driver, where that is its own.
    _session: driver::Session,
    bidi: Option<Bidi>,
    /// What Chromium does by itself, and the others have done by a proxy.
    wire: Option<Wire>,
    watch: Mutex<Watch>,
    scripts: AtomicBool,
    /// Removed with the browser.
    _profile: TempDir,
}

impl Browser {
    /// Starts the one of this run. `flags` are added to the command line of Chromium.
    pub async fn start(flags: &[&str]) -> Result<Self> {
        let kind = Kind::chosen();
        let profile = tempfile::Builder::new().prefix("rapport-browser-").tempdir()?;
        let wire = if kind == Kind::Chromium { None } else { Some(Wire::start().await?) };
        let session = driver::session(kind, profile.path(), wire.as_ref(), flags).await?;
        let bidi = match session.driver.capabilities().get("webSocketUrl").and_then(Value::as_str) {
            Some(address) => Some(Bidi::connect(address).await?),
            None => None,
        };
        let browser = Self {
            kind,
            driver: session.driver.clone(),
            _session: session,
            bidi,
            wire,
            watch: Mutex::default(),
            scripts: AtomicBool::new(true),
            _profile: profile,
        };
        browser.observe_page().await?;
        Ok(browser)
    }

    /// Which browser it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Opens an address and waits until the document is parsed.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.driver.goto(url).await.with_context(|| format!("could not open {url}"))
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// Goes back in history.
    pub async fn back(&self) -> Result<()> {
        Ok(self.driver.back().await?)
    }

    /// The address of the page.
    pub async fn url(&self) -> Result<String> {
        Ok(self.driver.current_url().await?.to_string())
    }

    /// Runs a function body in the page; its parameters are `arguments`, and a promise is awaited.
    pub async fn script<T: DeserializeOwned>(&self, body: &str, arguments: &[Value]) -> Result<T> {
        let value = self.driver.execute(body, arguments).await.with_context(|| format!("script failed: {body}"))?;
        serde_json::from_value(value.json().clone())
            .with_context(|| format!("unexpected result {} of the script: {body}", value.json()))
    }

    /// The WebDriver session, for what has no method here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Ends the browser.
    pub async fn close(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }
}
