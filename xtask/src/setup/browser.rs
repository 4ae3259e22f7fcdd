//! A browser and its driver for the tests.

use super::apt;
use crate::run::exists;
use crate::say;
use anyhow::{Context, Result};

/// Makes sure that Chromium and its WebDriver are here; only the browser tests need them.
pub fn browser() -> Result<()> {
    if exists("chromium") && exists("chromedriver") {
        return Ok(());
    }
    let step = say::step("installing Chromium and its driver from Debian, for the browser tests");
    apt::install(&["chromium", "chromium-driver"])
        .context("the browser tests need `chromium` and `chromedriver` of one version on the PATH")?;
    step.done();
    Ok(())
}
