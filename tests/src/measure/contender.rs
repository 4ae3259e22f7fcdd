//! Who is measured: Rapport, the same widget written by hand, and what the field's products ship in their npm packages. Each has
//! a page of the same words, its own files compressed with brotli on another origin, and a control that can be answered first.

use crate::product::root;
use crate::{Page, Product, Site};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// One of them, published.
pub struct Contender {
    /// As the tables call it.
    pub name: String,
    /// Its page.
    pub page: String,
    /// What can be answered first.
    pub control: &'static str,
    /// Everything that is fetched until it is answerable, after brotli at its best.
    pub brotli: usize,
    /// Whether a module takes over later: a form of the class `live`.
    pub alive: bool,
}

/// Anything that takes a nine.
const NINE: &str = "input[value='9'], button[aria-label='Rate 9']";
/// Each product with its package, its entry under `tests/measure/rivals` and what can be answered first.
const RIVALS: [(&str, &str, &str, &str); 4] = [
    ("PostHog (slim, with surveys)", "posthog-js", "posthog", NINE),
    ("SurveyJS", "survey-js-ui", "surveyjs", NINE),
    ("Formbricks (surveys)", "@formbricks/surveys", "formbricks", NINE),
    ("Sentry feedback (no score: its message)", "@sentry/browser", "sentry", "textarea"),
];
const SURVEY: &str = "How likely are you to recommend us?";

/// All of them, Rapport first.
pub async fn publish(site: &Site<'_>) -> Result<Vec<Contender>> {
    let product = site.product();
    product.host.put("/measure/empty", Page::new("<p>Nothing here.</p>"));
    let mut all = vec![rapport(site).await?, by_hand(product)?];
    let folder = rivals();
    install(&folder)?;
    posthog_server(product);
    for (name, package, entry, control) in RIVALS {
        let package: Value =
            serde_json::from_slice(&fs::read(folder.join("node_modules").join(package).join("package.json"))?)?;
        let version = package["version"].as_str().unwrap_or("?");
        let (script, style) = bundle(&folder.join(format!("{entry}.js")))?;
        let (address, mut brotli) = put(product, &format!("{entry}.js"), &script, "text/javascript");
        let mut tag = format!("<script async src=\"{address}\"></script>");
        if let Some(style) = style {
            let (address, more) = put(product, &format!("{entry}.css"), &style, "text/css");
            tag = format!("<link rel=stylesheet href=\"{address}\">{tag}");
            brotli += more;
        }
        let page = page(product, entry, control, &tag, "<div id=rival></div>");
        all.push(Contender { name: format!("{name} {version}"), page, control, brotli, alive: false });
    }
    Ok(all)
}

/// Where their packages are.
pub(super) fn rivals() -> PathBuf {
    root().join("tests/measure/rivals")
}

/// The script as Cloudflare would send it, compressed; what comes after it comes from the Worker.
async fn rapport(site: &Site<'_>) -> Result<Contender> {
    let product = site.product();
    let script = product.client().get(site.script()).send().await?.error_for_status()?.text().await?;
    let (address, brotli) = put(product, "site.js", &script, "text/javascript");
    let tag = format!("<script async src=\"{address}\"></script>");
    let page = page(product, "rapport", NINE, &tag, "<rapport-widget name=nps></rapport-widget>");
    Ok(Contender { name: "Rapport".to_owned(), page, control: NINE, brotli, alive: true })
}

fn by_hand(product: &Product) -> Result<Contender> {
    let (script, _) = bundle(&root().join("tests/measure/handwritten.js"))?;
    let (address, brotli) = put(product, "handwritten.js", &script, "text/javascript");
    let tag = format!("<script async src=\"{address}\" data-endpoint=\"{address}\"></script>");
    let page = page(product, "handwritten", NINE, &tag, "<handwritten-nps></handwritten-nps>");
    let name = "by hand, JavaScript only".to_owned();
    Ok(Contender { name, page, control: NINE, brotli, alive: false })
}

/// The page with nothing on it, which the others have in common.
pub fn alone(product: &Product) -> Contender {
    let page = page(product, "alone", "p", "", "");
    Contender { name: "the page alone".to_owned(), page, control: "p", brotli: 0, alive: false }
}

fn page(product: &Product, name: &str, control: &str, tag: &str, place: &str) -> String {
    let begun = json!(control);
    let page = Page::new(&format!(
        "<script>window.begun = performance.now(); window.control = {begun}</script>{tag}
         <p>Words.</p><div style=\"min-height: 260px\">{place}</div><p>More words.</p>"
    ));
    product.host.put(&format!("/measure/{name}"), page)
}

/// Publishes a file, compressed, and tells its address on the other origin and its bytes on the wire.
fn put(product: &Product, name: &str, body: &str, kind: &str) -> (String, usize) {
    let path = format!("/measure/files/{name}");
    let page = Page::raw(body).header("content-type", kind).header("access-control-allow-origin", "*").brotli();
    let size = page.size();
    product.host.put(&path, page);
    (format!("{}{path}", product.host.other_origin()), size)
}

/// What PostHog's library asks its server for.
fn posthog_server(product: &Product) {
    let survey = json!({ "surveys": [{
        "id": "01", "name": "NPS", "type": "popover", "start_date": "2026-01-01T00:00:00Z", "end_date": null,
        "conditions": null, "appearance": {}, "current_iteration": null,
        "questions": [{ "type": "rating", "display": "number", "scale": 10, "id": "nps", "question": SURVEY,
            "lowerBoundLabel": "Not likely", "upperBoundLabel": "Very likely" }],
    }] });
    let config = json!({ "surveys": true, "hasFeatureFlags": false, "supportedCompression": [] });
    for (path, body) in [("api/surveys/", survey), ("array/phc_rival/config", config), ("e/", json!({}))] {
        let page = Page::raw(&body.to_string()).header("content-type", "application/json");
        product.host.put(&format!("/posthog/{path}"), page);
    }
}

/// Installs what the lock names, unless that is there.
pub(super) fn install(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.rapport-lock");
    if fs::read(&stamp).is_ok_and(|known| known == lock) {
        return Ok(());
    }
    let done = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefer-offline"])
        .current_dir(folder)
        // What is printed is the tables.
        .stdout(Stdio::null())
        .status()
        .context("npm is missing")?;
    ensure!(done.success(), "the packages of the rivals could not be installed: is there a network?");
    Ok(fs::write(stamp, lock)?)
}

/// Script and style sheet, minified.
fn bundle(entry: &Path) -> Result<(String, Option<String>)> {
    let name = entry.file_stem().context("an entry")?.to_string_lossy().into_owned();
    let folder = root().join("target/measure");
    let outfile = folder.join(format!("{name}.js"));
    let output = Command::new(root().join("node_modules/.bin/esbuild"))
        .arg(entry)
        .args(["--bundle", "--minify", "--format=iife", "--target=es2022", "--log-level=error"])
        .arg(format!("--outfile={}", outfile.display()))
        .output()
        .context("esbuild is missing: run `cargo xtask setup`")?;
    ensure!(output.status.success(), "esbuild: {}", String::from_utf8_lossy(&output.stderr));
    let style = folder.join(format!("{name}.css"));
    let style = if style.is_file() { Some(fs::read_to_string(style)?) } else { None };
    Ok((fs::read_to_string(outfile)?, style))
}
