//! The drivers of the browsers, and sessions with them. One chromedriver serves a test binary; the others serve one browser each.

use super::Kind;
use super::wire::Wire;
use crate::{stage, wait_for};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use thirtyfour::{Capabilities, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
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

/// Asks the kernel to end a driver, and with it its browsers, if the tests die; part of util-linux.
const REAPER: &str = "/usr/bin/setpriv";

/// A browser and what belongs to it alone.
pub(super) struct Session {
    pub driver: WebDriver,
    /// Ended with the session.
    _own: Option<Child>,
}

/// A session with a fresh profile. `flags` are for Chromium.
pub(super) async fn session(kind: Kind, profile: &Path, wire: Option<&Wire>, flags: &[&str]) -> Result<Session> {
    let (own, port, capabilities) = match kind {
        Kind::Chromium => (None, chromedriver().await?, chromium(profile, flags)),
        Kind::Firefox => {
            let (child, port) = stage::on_runtime(geckodriver(profile.to_owned())).await?;
            (Some(child), port, firefox(wire))
        }
        Kind::Webkit => {
            let (child, port) = webkitdriver(profile).await?;
            (Some(child), port, webkit(wire)?)
        }
    };
    let capabilities = Capabilities::from(capabilities.as_object().context("capabilities are an object")?.clone());
    let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities);
    let driver = driver.await.with_context(|| format!("{kind:?} does not start"))?;
    driver.set_script_timeout(Duration::from_secs(20)).await?;
    driver.set_page_load_timeout(Duration::from_secs(30)).await?;
    if kind == Kind::Webkit {
        // Its own wish for a size counts for nothing under automation.
        driver.set_window_rect(0, 0, 1200, 900).await?;
    }
    Ok(Session { driver, _own: own })
}

fn chromium(profile: &Path, flags: &[&str]) -> Value {
    let mut arguments: Vec<String> = FLAGS.iter().chain(flags).map(|flag| (*flag).to_owned()).collect();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    json!({
        "browserName": "chrome",
        "pageLoadStrategy": "eager",
        "unhandledPromptBehavior": "ignore",
        "goog:chromeOptions": { "binary": "/usr/bin/chromium", "args": arguments, "excludeSwitches": ["enable-automation"] },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

fn firefox(wire: Option<&Wire>) -> Value {
    let port = wire.map_or(0, Wire::port);
    json!({
        "browserName": "firefox",
        "pageLoadStrategy": "eager",
        "unhandledPromptBehavior": "ignore",
        "webSocketUrl": true,
        "proxy": { "proxyType": "manual", "httpProxy": format!("127.0.0.1:{port}"), "sslProxy": format!("127.0.0.1:{port}") },
        "moz:firefoxOptions": {
            "binary": "/usr/bin/firefox-esr",
            "args": ["-headless", "--width", "1200", "--height", "900"],
            "prefs": {
                "network.proxy.allow_hijacking_localhost": true,
                "intl.accept_languages": "en-US",
                "messaging-system.rsexperimentloader.enabled": false,
                "services.settings.server": "data:,",
                // What a person would click in a prompt that no driver can reach.
                "dom.events.testing.asyncClipboard": true,
            },
        },
    })
}

/// The port of the one chromedriver.
async fn chromedriver() -> Result<u16> {
    static DRIVER: OnceCell<(Child, u16)> = OnceCell::const_new();
    // On the runtime's own thread: the kernel's promise is tied to the thread that starts the process.
    let start = async {
        let mut command = reaped("chromedriver");
        command.arg("--port=0");
        listening(command, "chromedriver", "successfully on port ").await
    };
    let (_, port) = DRIVER.get_or_try_init(|| stage::on_runtime(start)).await?;
    Ok(*port)
}

/// A geckodriver of its own, as each serves one session; it ends its Firefox, whose profile is in `folder`.
async fn geckodriver(folder: std::path::PathBuf) -> Result<(Child, u16)> {
    let installed = crate::product::root().join("target/tools/bin/geckodriver");
    let mut command = reaped(if installed.is_file() { installed.to_str().context("a path")? } else { "geckodriver" });
    // System access: media preferences and scripts are switched where the browser's own settings do it.
    command
        .args(["--port=0", "--websocket-port=0", "--allow-system-access"])
        .env("TMPDIR", &folder)
        .env("HOME", &folder);
    listening(command, "geckodriver", "Listening on 127.0.0.1:").await
}

fn webkit(wire: Option<&Wire>) -> Result<Value> {
    let browser = std::fs::read_dir("/usr/lib")?
        .flatten()
        .map(|entry| entry.path().join("webkit2gtk-4.1/MiniBrowser"))
        .find(|path| path.is_file())
        .context("WebKit's MiniBrowser is missing: run `cargo xtask setup`")?;
    Ok(json!({
        "browserName": "MiniBrowser",
        // What is asked of a page between its text and its last image is never answered by this driver.
        "pageLoadStrategy": "normal",
        "unhandledPromptBehavior": "ignore",
        "proxy": { "proxyType": "manual", "httpProxy": format!("127.0.0.1:{}", wire.map_or(0, Wire::port)) },
        "webkitgtk:browserOptions": { "binary": browser, "args": ["--automation"] },
    }))
}

/// A WebKitWebDriver of its own, with a browser that needs a display, and keeps what it keeps in `folder`.
async fn webkitdriver(folder: &Path) -> Result<(Child, u16)> {
    static DISPLAY: OnceCell<(Child, u16)> = OnceCell::const_new();
    let screen = async {
        let mut command = reaped("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
        listening(command, "Xvfb", "").await
    };
    let (_, display) = DISPLAY.get_or_try_init(|| stage::on_runtime(screen)).await?;
    // It does not tell which port it took.
    let port = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port();
    let mut command = reaped("WebKitWebDriver");
    for name in ["HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        command.env(name, folder);
    }
    for name in ["LANG", "LC_ALL", "LANGUAGE"] {
        command.env(name, "en_US.UTF-8");
    }
    command.env("DISPLAY", format!(":{display}")).env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1");
    command.arg(format!("--port={port}")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.kill_on_drop(true);
    let start = async move { command.spawn().context("WebKitWebDriver is missing: run `cargo xtask setup`") };
    let child = stage::on_runtime(start).await?;
    wait_for("WebKitWebDriver", async || Ok(Some(TcpStream::connect(("127.0.0.1", port)).await?))).await?;
    Ok((child, port))
}

fn reaped(program: &str) -> Command {
    if Path::new(REAPER).exists() {
        let mut reaper = Command::new(REAPER);
        reaper.args(["--pdeathsig", "TERM", "--", program]);
        reaper
    } else {
        Command::new(program)
    }
}

/// Starts a driver and reads its port, which follows `before` on a line of its output.
async fn listening(mut command: Command, name: &str, before: &str) -> Result<(Child, u16)> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("{name} is missing: run `cargo xtask setup`"))?;
    let mut lines = BufReader::new(child.stdout.take().with_context(|| format!("{name} has no output"))?).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some((_, port)) = line.split_once(before) {
            let port = port.trim_end_matches('.').parse()?;
            // The pipe stays open and is drained: a full one would stop the driver.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok((child, port));
        }
    }
    bail!("{name} ended before it listened")
}
