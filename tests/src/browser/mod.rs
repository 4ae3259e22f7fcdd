//! A real Chromium, driven as a visitor would: by mouse, keys and touch.

mod driver;
mod emulate;
mod find;
mod hands;
mod picture;
mod watch;

pub use emulate::{Line, Media, Screen};
pub use hands::key;
pub use watch::Feel;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;
use thirtyfour::WebDriver;
use watch::Watch;

/// One browser with a profile of its own: nothing is left of what other tests did.
pub struct Browser {
    driver: WebDriver,
    watch: Mutex<Watch>,
    scripts: AtomicBool,
    /// Removed with the browser.
    _profile: TempDir,
}

impl Browser {
    /// Starts one. `flags` are added to the command line of Chromium.
    pub async fn start(flags: &[&str]) -> Result<Self> {
        let profile = tempfile::Builder::new().prefix("rapport-browser-").tempdir()?;
        let driver = driver::session(profile.path(), flags).await?;
        let browser = Self { driver, watch: Mutex::default(), scripts: AtomicBool::new(true), _profile: profile };
        browser.observe_page().await?;
        Ok(browser)
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

    /// Sends a command of the DevTools protocol.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        self.driver.cdp().send_raw(method, parameters).await.with_context(|| format!("{method} failed"))
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
