//! Other devices, lines and wishes than this machine's.

use super::Browser;
use anyhow::Result;
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

impl Browser {
    /// Puts the page on another line.
    pub async fn line(&self, line: Line) -> Result<()> {
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

    /// Forgets what was fetched before.
    pub async fn forget_cache(&self) -> Result<()> {
        self.devtools("Network.clearBrowserCache", json!({})).await?;
        Ok(())
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
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone }),
        )
        .await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": phone })).await?;
        Ok(())
    }

    /// Asks for something as the visitor's system would.
    pub async fn prefer(&self, media: &[Media]) -> Result<()> {
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
        Ok(())
    }

    /// Switches the scripts of pages off or on again; takes effect with the next page.
    pub async fn allow_scripts(&self, allowed: bool) -> Result<()> {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !allowed })).await?;
        self.scripts.store(allowed, Ordering::Relaxed);
        Ok(())
    }

    /// Runs a script in every page from now on, before its own.
    pub async fn before_page(&self, script: &str) -> Result<()> {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        Ok(())
    }
}
