//! If the module traps, the page notices nothing and the form can still be sent.

use crate::steps::{alive, point, thanked};
use rapport_tests::{Product, browse, widgets};

/// Lets the page pull the trigger: from `window.crash = true` on, the next call into the module traps.
const TRIGGER: &str = "
const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...args) => {
  const instance = await instantiate.apply(WebAssembly, args);
  const armed = (work) => (...values) => {
    if (window.crash) throw new WebAssembly.RuntimeError('unreachable');
    return work(...values);
  };
  const exports = Object.fromEntries(Object.entries(instance.exports).map(([name, value]) =>
    [name, typeof value === 'function' ? armed(value) : value]));
  return { exports };
};";

#[test]
fn the_form_goes_on_without_the_module() {
    browse(async |browser| {
        browser.before_page(TRIGGER).await?;
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let page = site.page(
            "<rapport-widget name=nps></rapport-widget><p id=told></p><script>
             addEventListener('rapport:error', () => { told.textContent = 'told'; });
             setInterval(() => { document.title = 'still here'; }, 10);</script>",
        );
        browser.open(&page).await?;
        alive(browser).await?;
        browser.click(&point("nps", "9")).await?;
        browser.script::<()>("window.crash = true; return null;", &[]).await?;
        browser.click(&point("nps", "8")).await?;
        browser.find("form.basic").await?;
        browser.reads("#told", "told").await?;
        assert!(browser.ask::<bool>("[name=nps][value='8']", "it.checked").await?, "what was chosen is kept");
        browser.click("button.send").await?;
        thanked(browser).await?;
        assert_eq!(site.only_answer("nps").await?, "8");
        // `assert_quiet` then finds that nothing was thrown into the page.
        Ok(())
    });
}

#[test]
fn a_module_that_cannot_be_fetched() {
    browse(async |browser| {
        browser.expect_complaint("Failed to load resource");
        browser.expect_complaint("CORS policy");
        let product = Product::start().await?;
        product.cloud.edge.fail(rapport_local::Fault::new(rapport_local::Effect::Status(503)).prefix("/pkg/widgets."));
        let site = product.site(&[widgets::nps()]).await?;
        browser.open(&site.page("<rapport-widget name=nps></rapport-widget>")).await?;
        browser.find("form.basic").await?;
        browser.click(&point("nps", "9")).await?;
        browser.click("button.send").await?;
        thanked(browser).await?;
        assert_eq!(site.only_answer("nps").await?, "9");
        Ok(())
    });
}
