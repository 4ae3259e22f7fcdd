//! chromedriver, started once for a test binary, and sessions with it.

use crate::stage;
use anyhow::{Context, Result};
use serde_json::json;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use thirtyfour::{Capabilities, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::OnceCell;

/// No telemetry, no updates, no first-run pages; and the same pixels on every machine.
const FLAGS: [&str; 15] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-default-apps",
    "--force-device-scale-factor=1",
    "--hide-scrollbars",
    "--lang=en-US",
    "--window-size=1200,900",
    "--no-default-browser-check",
];

/// Asks the kernel to end chromedriver, and with it its browsers, if the tests die; part of util-linux.
const REAPER: &str = "/usr/bin/setpriv";

/// A session with a fresh profile.
pub(super) async fn session(profile: &Path, flags: &[&str]) -> Result<WebDriver> {
    let mut arguments: Vec<String> = FLAGS.iter().chain(flags).map(|flag| (*flag).to_owned()).collect();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let capabilities = json!({
        "browserName": "chrome",
        "pageLoadStrategy": "eager",
        "unhandledPromptBehavior": "ignore",
        "goog:chromeOptions": { "binary": "/usr/bin/chromium", "args": arguments, "excludeSwitches": ["enable-automation"] },
        "goog:loggingPrefs": { "browser": "ALL" },
    });
    let capabilities = Capabilities::from(capabilities.as_object().context("capabilities are an object")?.clone());
    let url = format!("http://127.0.0.1:{}", port().await?);
    let driver = WebDriver::new(url, capabilities).await.context("Chromium does not start")?;
    driver.set_script_timeout(Duration::from_secs(20)).await?;
    driver.set_page_load_timeout(Duration::from_secs(30)).await?;
    Ok(driver)
}

/// The port of the one chromedriver.
async fn port() -> Result<u16> {
    static DRIVER: OnceCell<(Child, u16)> = OnceCell::const_new();
    // On the runtime's own thread: the kernel's promise is tied to the thread that starts the process.
    let (_, port) = DRIVER.get_or_try_init(|| stage::on_runtime(start())).await?;
    Ok(*port)
}

async fn start() -> Result<(Child, u16)> {
    let mut command = if Path::new(REAPER).exists() {
        let mut reaper = Command::new(REAPER);
        reaper.args(["--pdeathsig", "TERM", "--", "chromedriver"]);
        reaper
    } else {
        Command::new("chromedriver")
    };
    let mut child = command
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .context("chromedriver is missing: run `cargo xtask setup`")?;
    let mut lines = BufReader::new(child.stdout.take().context("chromedriver has no output")?).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some((_, port)) = line.rsplit_once("successfully on port ") {
            let port = port.trim_end_matches('.').parse()?;
            // The pipe stays open and is drained: a full one would stop chromedriver.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok((child, port));
        }
    }
    anyhow::bail!("chromedriver ended before it listened")
}
