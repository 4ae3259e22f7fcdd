//! The promises about bytes and requests until a question can be answered. What arrives meanwhile is for `cargo xtask size`.

use crate::steps::{alive, point};
use anyhow::Result;
use rapport_local::{Effect, Fault};
use rapport_tests::measure::bytes;
use rapport_tests::stage::run;
use rapport_tests::{Browser, Product, browse, widgets};

/// A little more than there is: 4,421 bytes of script with one live NPS widget. Who needs more says why in DESIGN.
const SCRIPT: usize = 4_470;

const WIDGET: &str = "<rapport-widget name=nps></rapport-widget>";

#[test]
fn of_bytes() -> Result<()> {
    run(async {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let bytes = bytes(&site).await?;
        assert!(bytes.script <= SCRIPT, "the script with one live NPS widget: {bytes:?}");
        assert!(bytes.loader <= 1_960, "the loader: {bytes:?}");
        Ok(())
    })
}

#[test]
fn of_requests() {
    browse(async |browser| {
        let product = Product::start().await?;
        let site = product.site(&[widgets::nps()]).await?;
        let script = format!("/s/{}.js", site.id);
        let page = site.page(WIDGET);

        // Nothing else arrives, and a score can be given.
        product.cloud.edge.fail(Fault::new(Effect::Stall).prefix("/pkg/"));
        browser.open(&page).await?;
        browser.click(&point("nps", "9")).await?;
        assert!(browser.ask::<bool>("[name=nps][value='9']", "it.checked").await?);
        assert_eq!(asked(browser).await?, [script.as_str()], "one request until a score can be given");

        product.cloud.edge.heal();
        browser.open(&page).await?;
        alive(browser).await?;
        let asked = asked(browser).await?;
        let kinds: Vec<&str> = asked.iter().map(|path| path.rsplit('.').next().unwrap_or_default()).collect();
        assert!(
            asked.contains(&script) && kinds == ["js", "js", "wasm"],
            "script, glue and WASM until all is there: {asked:?}"
        );
        Ok(())
    });
}

#[test]
fn of_patience_where_no_frame_is_drawn() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        // As in a frame that is not in sight, or a tab behind others.
        browser.before_page("window.requestAnimationFrame = () => 0;").await?;
        browser.open(&site.page(WIDGET)).await?;
        alive(browser).await
    });
}

/// What the page has fetched, but for what it sent; by kind.
async fn asked(browser: &Browser) -> Result<Vec<String>> {
    let mut paths: Vec<String> = browser
        .script(
            "return performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname)
               .filter((path) => !/^\\/(e\\/|favicon)/.test(path));",
            &[],
        )
        .await?;
    paths.sort_by_key(|path| path.rsplit('.').next().map(str::to_owned));
    Ok(paths)
}
