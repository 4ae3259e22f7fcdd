//! From nothing to a live widget in five minutes: what the owner clicks and fills in, counted.

use std::cell::Cell;
use std::time::Instant;

use anyhow::Result;
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Browser, Page, Product, browse, eventually};

/// The most that it may take.
const MOST: usize = 25;

/// The owner's hand, which counts.
struct Hand<'a> {
    browser: &'a Browser,
    clicks: Cell<usize>,
    fields: Cell<usize>,
}

impl Hand<'_> {
    async fn click(&self, css: &str) -> Result<()> {
        self.clicks.set(self.clicks.get() + 1);
        self.browser.click(css).await
    }

    async fn fill(&self, css: &str, text: &str) -> Result<()> {
        self.fields.set(self.fields.get() + 1);
        self.browser.fill(css, text).await
    }
}

#[test]
fn from_an_empty_deployment_to_the_first_figure() {
    browse(async |browser| {
        let product = Product::start().await?;
        let began = Instant::now();
        let owner = Hand { browser, clicks: Cell::new(0), fields: Cell::new(0) };

        // Sign in.
        browser.open(&format!("{}/dashboard", product.url())).await?;
        owner.fill("#key", OWNER_KEY).await?;
        owner.click("#sign-in button").await?;

        // A site.
        owner.click("main a[href='/dashboard/new']").await?;
        owner.fill("#name", "Little shop").await?;
        owner.fill("#address", &product.host.origin()).await?;
        owner.click("main button[type=submit]").await?;

        // A widget from the gallery, as it is.
        browser.reads("h1", "Add a widget").await?;
        owner.click("main button[value=nps]").await?;
        owner.click("button[value=publish]").await?;
        browser.reads(".chip", "Live").await?;

        // The tag, put on a page of another origin.
        owner.click(".tabs a[href$='/install']").await?;
        let tag = browser.text("#embed-tag").await?;
        owner.click("[data-copy=embed-tag]").await?;
        browser.reads("#sightings", "has not been seen here yet").await?;
        let shop = product.host.put("/shop", Page::new(&tag));

        // A visitor answers.
        let visitor = Browser::start(&[]).await?;
        let answered = answer(&visitor, &shop).await;
        visitor.close().await?;
        answered?;

        // The page notices by itself, and the figure is there.
        browser.reads("#sightings", "Works").await?;
        owner.click(".tabs li:first-child a").await?;
        browser.reads("[aria-labelledby=figure-nps]", "of the 1 who answered").await?;

        let (clicks, fields) = (owner.clicks.get(), owner.fields.get());
        let seconds = began.elapsed().as_secs_f32();
        println!("five minutes: {clicks} clicks, {fields} fields, {seconds:.0} s of a fast hand");
        assert!(clicks + fields <= MOST, "{clicks} clicks and {fields} fields");
        eventually("the answer in KV", async || Ok(!product.cloud.kv.keys("r/").is_empty())).await?;
        Ok(())
    });
}

async fn answer(visitor: &Browser, shop: &str) -> Result<()> {
    visitor.open(shop).await?;
    // The template waits for people who come back; the shop's own script asks now.
    eventually("the tag to be at work", async || {
        visitor.script::<bool>("return !!window.rapport?.show && (window.rapport.show('nps'), true);", &[]).await
    })
    .await?;
    visitor.click("label:has(> input[value='9'])").await?;
    visitor.click("button.send").await?;
    crate::steps::thanked(visitor).await
}
