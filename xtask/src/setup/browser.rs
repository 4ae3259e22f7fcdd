//! The browsers of the tests, and their drivers.

use super::apt;
use crate::project::Project;
use crate::run::{exists, run};
use crate::say;
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Which browser the suites run in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    Chromium,
    Firefox,
    Webkit,
}

/// The version of the driver of Firefox, which comes as a crate: Debian has none.
const GECKODRIVER: &str = "0.37.1";

impl Browser {
    /// As it is called on the command line, and in `RAPPORT_BROWSER` for the suites.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "chromium" => Ok(Self::Chromium),
            "firefox" => Ok(Self::Firefox),
            "webkit" => Ok(Self::Webkit),
            other => bail!("there is no browser `{other}`: chromium, firefox or webkit"),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }
}

/// Makes sure that a browser and its WebDriver are here; only the browser tests need them.
pub fn browser(project: &Project, browser: Browser) -> Result<()> {
    match browser {
        Browser::Chromium => debian(
            &["chromium", "chromedriver"],
            &["chromium", "chromium-driver"],
            "the browser tests need `chromium` and `chromedriver` of one version on the PATH",
        ),
        Browser::Firefox => {
            debian(&["firefox-esr"], &["firefox-esr"], "these tests need `firefox-esr` on the PATH")?;
            geckodriver(project)
        }
        Browser::Webkit => debian(
            &["WebKitWebDriver", "Xvfb"],
            &["webkit2gtk-driver", "xvfb"],
            "these tests need `WebKitWebDriver` with its MiniBrowser, and `Xvfb` for a display",
        ),
    }
}

fn debian(programs: &[&str], packages: &[&str], need: &'static str) -> Result<()> {
    if programs.iter().all(|program| exists(program)) {
        return Ok(());
    }
    let step = say::step(&format!("installing {} from Debian, for the browser tests", packages.join(" and ")));
    apt::install(packages).context(need)?;
    step.done();
    Ok(())
}

fn geckodriver(project: &Project) -> Result<()> {
    let folder = project.path("target/tools");
    if folder.join("bin/geckodriver").is_file() || exists("geckodriver") {
        return Ok(());
    }
    let step = say::step("building geckodriver from its crate, for the browser tests");
    run(
        // Unoptimised, as it only passes messages on, and that is built in half the time.
        Command::new("cargo")
            .args(["install", "geckodriver", "--version", GECKODRIVER, "--locked", "--debug", "--quiet", "--root"])
            .arg(&folder)
            .env_remove("RUSTC")
            .current_dir(project.root()),
        "build geckodriver (is there a network?)",
    )?;
    step.done();
    Ok(())
}
