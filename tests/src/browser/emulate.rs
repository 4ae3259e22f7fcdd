//! Other devices, lines and wishes than this machine's.

use super::{Browser, Kind};
use anyhow::{Result, bail};
use serde_json::json;
use std::sync::atomic::Ordering;

/// A network line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// As fast as this machine.
    Fast,
    /// 150 ms and 1.6 Mbit/s down, 750 kbit/s up: "slow 4G".
    Slow4g,
    /// None.
    Dead,
}

/// A window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 390 × 844 with touch.
    Phone,
    /// 1200 × 900.
    Desktop,
}

/// What the visitor's system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Media {
    Light,
    Dark,
    ReducedMotion,
    ForcedColors,
}

/// What Firefox calls them: integer preferences, and what they are by themselves.
const PREFERENCES: [(&str, i64); 4] = [
    ("layout.css.prefers-color-scheme.content-override", 2),
    ("ui.prefersReducedMotion", 0),
    ("browser.display.document_color_use", 0),
    ("ui.useAccessibilityTheme", 0),
];

impl Browser {
    /// Puts the page on another line.
    pub async fn line(&self, line: Line) -> Result<()> {
        if let Some(wire) = &self.wire {
            let bidi = self.kind == Kind::Firefox;
            // Firefox has none in one tab alone, and the page is told.
            wire.line(if bidi && line == Line::Dead { Line::Fast } else { line });
            if bidi {
                let offline = (line == Line::Dead).then(|| json!({ "type": "offline" }));
                let here = self.driver.window().await?;
                let conditions = json!({ "networkConditions": offline, "contexts": [here.to_string()] });
                self.bidi("emulation.setNetworkConditions", conditions).await?;
            } else if line != Line::Dead {
                // WebKit knows nothing of the proxy's line, and would not tell the page that it is back.
                self.script::<()>("dispatchEvent(new Event('online')); return null;", &[]).await?;
            }
            return Ok(());
        }
        let (offline, latency, down, up) = match line {
            Line::Fast => (false, 0.0, -1.0, -1.0),
            Line::Slow4g => (false, 150.0, 1_600_000.0 / 8.0, 750_000.0 / 8.0),
            Line::Dead => (true, 0.0, 0.0, 0.0),
        };
        self.devtools("Network.enable", json!({})).await?;
        self.devtools(
            "Network.emulateNetworkConditions",
            json!({ "offline": offline, "latency": latency, "downloadThroughput": down, "uploadThroughput": up }),
        )
        .await?;
        Ok(())
    }

    /// As an extension that blocks: addresses that match one of `patterns`, in which `*` stands for anything, are not reached.
    pub async fn block(&self, patterns: &[String]) -> Result<()> {
        if let Some(wire) = &self.wire {
            wire.block(patterns);
            return Ok(());
        }
        self.devtools("Network.enable", json!({})).await?;
        self.devtools("Network.setBlockedURLs", json!({ "urls": patterns })).await?;
        Ok(())
    }

    /// Lets pages read the clipboard without asking.
    pub async fn open_clipboard(&self) -> Result<()> {
        if self.kind == Kind::Chromium {
            let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
            self.devtools("Browser.grantPermissions", permissions).await?;
        }
        Ok(())
    }

    /// Forgets what was fetched before.
    pub async fn forget_cache(&self) -> Result<()> {
        match self.kind {
            Kind::Chromium => self.devtools("Network.clearBrowserCache", json!({})).await.map(drop),
            Kind::Firefox => self.chrome("Services.cache2.clear();", &[]).await,
            Kind::Webkit => bail!("WebKit's driver cannot"),
        }
    }

    /// Makes the processor `times` slower.
    pub async fn slow_processor(&self, times: f64) -> Result<()> {
        self.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": times })).await?;
        Ok(())
    }

    /// Changes the window.
    pub async fn screen(&self, screen: Screen) -> Result<()> {
        let (width, height, phone) = match screen {
            Screen::Phone => (390, 844, true),
            Screen::Desktop => (1200, 900, false),
        };
        match self.kind {
            Kind::Chromium => {
                self.devtools(
                    "Emulation.setDeviceMetricsOverride",
                    json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone }),
                )
                .await?;
                self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone })).await?;
            }
            Kind::Firefox => {
                let here = self.driver.window().await?.to_string();
                let viewport = json!({ "context": here, "viewport": { "width": width, "height": height } });
                self.bidi("browsingContext.setViewport", viewport).await?;
                // Coarse is 1; fine and hovering are 2 and 4.
                let pointers = if phone { 1 } else { 6 };
                self.preferences(&[
                    ("ui.primaryPointerCapabilities", pointers),
                    ("ui.allPointerCapabilities", pointers),
                ])
                .await?;
            }
            Kind::Webkit => self.driver.set_window_rect(0, 0, width, height).await?,
        }
        Ok(())
    }

    /// Asks for something as the visitor's system would.
    pub async fn prefer(&self, media: &[Media]) -> Result<()> {
        match self.kind {
            Kind::Chromium => {
                let features: Vec<_> = media
                    .iter()
                    .map(|media| match media {
                        Media::Light => json!({ "name": "prefers-color-scheme", "value": "light" }),
                        Media::Dark => json!({ "name": "prefers-color-scheme", "value": "dark" }),
                        Media::ReducedMotion => json!({ "name": "prefers-reduced-motion", "value": "reduce" }),
                        Media::ForcedColors => json!({ "name": "forced-colors", "value": "active" }),
                    })
                    .collect();
                self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
            }
            Kind::Firefox => {
                let mut wishes = PREFERENCES.to_vec();
                for wish in media {
                    wishes.extend_from_slice(match wish {
                        Media::Light => &[("layout.css.prefers-color-scheme.content-override", 1)],
                        Media::Dark => &[("layout.css.prefers-color-scheme.content-override", 0)],
                        Media::ReducedMotion => &[("ui.prefersReducedMotion", 1)],
                        Media::ForcedColors => {
                            &[("browser.display.document_color_use", 2), ("ui.useAccessibilityTheme", 1)]
                        }
                    });
                }
                self.preferences(&wishes).await?;
            }
            Kind::Webkit => bail!("WebKit's driver has no wishes"),
        }
        Ok(())
    }

    async fn preferences(&self, wishes: &[(&str, i64)]) -> Result<()> {
        let body = "for (const [name, value] of arguments[0]) Services.prefs.setIntPref(name, value);";
        self.chrome(body, &[json!(wishes)]).await
    }

    /// Switches the scripts of pages off or on again; takes effect with the next page.
    pub async fn allow_scripts(&self, allowed: bool) -> Result<()> {
        match self.kind {
            Kind::Chromium => {
                self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !allowed })).await?;
            }
            Kind::Firefox => {
                let body = "Services.prefs.setBoolPref('javascript.enabled', arguments[0]);";
                self.chrome(body, &[json!(allowed)]).await?;
            }
            Kind::Webkit => bail!("WebKit's driver cannot switch scripts off"),
        }
        self.scripts.store(allowed, Ordering::Relaxed);
        Ok(())
    }

    /// Runs a script in every page from now on, before its own.
    pub async fn before_page(&self, script: &str) -> Result<()> {
        match self.kind {
            Kind::Chromium => {
                self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
            }
            Kind::Firefox => {
                let function = json!({ "functionDeclaration": format!("() => {{ {script} }}") });
                self.bidi("script.addPreloadScript", function).await?;
            }
            Kind::Webkit => {
                if let Some(wire) = &self.wire {
                    wire.before(script);
                }
            }
        }
        Ok(())
    }
}
