//! Rewards as the owner runs them: codes in by paste and by file, what is left, who took what, handing out and giving back.

use anyhow::Result;
use rapport_tests::browser::{Media, Screen};
use rapport_tests::{Browser, Product, Site, browse, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::dashboard::enter;

async fn act(site: &Site<'_>, member: &str, id: &str, action: Value) -> Result<Value> {
    let path = format!("sites/{}/members/{member}/acts", site.id);
    site.product().api(Method::POST, &path, Some(&json!({ "id": id, "action": action }))).await
}

/// The ready-made programme, in force, with a member who has points.
async fn programme(product: &'static Product) -> Result<Site<'static>> {
    let site = product.site(&[widgets::nps()]).await?;
    let path = format!("sites/{}/loyalty", site.id);
    let ready = product.api(Method::GET, &format!("{path}/template"), None).await?;
    product.api(Method::PUT, &path, Some(&ready)).await?;
    product.api(Method::POST, &format!("{path}/publish"), None).await?;
    for member in ["ada", "ben"] {
        act(&site, member, &format!("o:{member}"), json!({ "type": "adjust", "delta": 2_000, "why": "a start" }))
            .await?;
    }
    Ok(site)
}

async fn open(browser: &Browser, site: &Site<'_>, rest: &str) -> Result<()> {
    browser.open(&format!("{}/dashboard/s/{}/loyalty/{rest}", site.product().url(), site.id)).await
}

#[test]
fn codes_go_in_whole_or_not_at_all_and_lead_to_whom_they_went() {
    browse(async |browser| {
        let site = programme(Product::shared().await?).await?;
        enter(browser, site.product()).await?;
        open(browser, &site, "rewards").await?;
        browser.reads("#reward-coupon .chip", "None left").await?;
        browser.assert_accessible("", &[]).await?;
        browser.click("#reward-coupon .actions a").await?;
        browser.reads("h1", "Codes of").await?;

        // One line that cannot be a code, and nothing goes in.
        browser.expect_complaint("422");
        browser.fill("#codes-text", "A-1\nB|2\nC-3").await?;
        browser.click("button[value=add]").await?;
        browser.reads("[role=alert]", "line 2").await?;
        browser.reads(".sums", "0").await?;
        browser.assert_accessible("", &[]).await?;
        let codes: String = (0..5).map(|n| format!("A-{n}\n")).collect();
        browser.fill("#codes-text", &format!("code\n{codes}A-1\n")).await?;
        browser.click("button[value=add]").await?;
        browser.reads("#added", "5 codes added").await?;
        browser.reads("#added", "more than once").await?;
        browser.fill("#codes-text", "A-1\nB-1").await?;
        browser.click("button[value=add]").await?;
        browser.reads("#added", "1 were there already").await?;

        // Three go out: what is left is few.
        for n in 0..3 {
            act(&site, "ada", &format!("r{n}"), json!({ "type": "redeem", "reward": "coupon" })).await?;
        }
        open(browser, &site, "rewards").await?;
        browser.reads("#reward-coupon .chip", "Running low").await?;
        open(browser, &site, "rewards/coupon?given=yes").await?;
        browser.assert_accessible("", &[]).await?;
        browser.click("td a").await?;
        browser.reads(".redemptions", "A-0").await?;
        browser.reads(".redemptions", "ada").await?;
        assert_eq!(browser.count(".redemptions > li").await?, 1);

        // What nobody has can go, after it was said what that means.
        open(browser, &site, "rewards/coupon").await?;
        browser.click("#remove summary").await?;
        browser.reads("#remove", "3 codes that nobody has").await?;
        browser.click("#remove button").await?;
        browser.reads("[role=status]", "3 codes deleted").await?;
        Ok(())
    });
}

#[test]
fn what_waits_is_handed_out_or_given_back_and_that_can_be_undone() {
    browse(async |browser| {
        let site = programme(Product::shared().await?).await?;
        for (member, id) in [("ada", "h1"), ("ada", "h2"), ("ben", "h3")] {
            act(&site, member, id, json!({ "type": "redeem", "reward": "surprise" })).await?;
        }
        enter(browser, site.product()).await?;
        open(browser, &site, "rewards").await?;
        browser.reads("#reward-surprise", "3 to hand out").await?;
        browser.click("#reward-surprise p a").await?;
        eventually("three wait", async || Ok(browser.count(".redemptions > li").await? == 3)).await?;
        browser.assert_accessible("", &[]).await?;

        browser.click("#r-h1 details:first-of-type summary").await?;
        browser.fill("#note-h1", "in parcel 7").await?;
        browser.click("#r-h1 details[open] .main").await?;
        browser.reads("[role=status]", "Handed out").await?;
        eventually("two wait", async || Ok(browser.count(".redemptions > li").await? == 2)).await?;

        browser.click("#r-h2 details:last-of-type summary").await?;
        browser.fill("#why-h2", "out of stock").await?;
        browser.click("#r-h2 details[open] .risk").await?;
        browser.reads("[role=status]", "Given back: 150 points").await?;
        browser.click("[role=status] button").await?;
        browser.reads("[role=status]", "Set aside again").await?;
        eventually("two wait again", async || Ok(browser.count(".redemptions > li").await? == 2)).await?;

        // The wrong one was ticked off: it waits again, and then it was right after all.
        open(browser, &site, "redemptions?state=captured").await?;
        browser.reads("#r-h1", "Handed over on").await?;
        browser.click("#r-h1 button").await?;
        browser.reads("[role=status]", "to be handed over again").await?;
        browser.reads("#r-h1 .chip", "To hand over").await?;
        browser.click("#r-h1 button").await?;
        browser.reads("[role=status]", "Ticked off").await?;

        open(browser, &site, "redemptions?member=ada").await?;
        eventually("three of one member", async || Ok(browser.count(".redemptions > li").await? == 3)).await?;
        browser.reads(".redemptions", "out of stock").await?;
        open(browser, &site, "redemptions?member=nobody").await?;
        browser.reads("#none", "fits these filters").await?;

        // The same in a table that no spreadsheet runs.
        let path = format!("{}/api/v1/sites/{}/redemptions.csv?state=voided", site.product().url(), site.id);
        let request = site.product().client().get(path).bearer_auth(rapport_tests::product::OWNER_KEY);
        let table = request.send().await?.text().await?;
        assert!(
            table.starts_with("moment,reward,member,who,points,state,code,settled,why,id,handed,handed_by\r\n"),
            "{table}"
        );
        assert!(table.contains(",ada,150,voided,,") && table.contains(",out of stock,h2,,"), "{table}");

        browser.screen(Screen::Phone).await?;
        browser.prefer(&[Media::Dark]).await?;
        for page in ["rewards", "rewards/coupon", "redemptions"] {
            open(browser, &site, &format!("{page}?lang=zh-CN")).await?;
            browser
                .script::<()>("for (const fold of document.querySelectorAll('details')) fold.open = true;", &[])
                .await?;
            let over: f64 = browser.script("return document.documentElement.scrollWidth - innerWidth;", &[]).await?;
            assert!(over <= 0.0, "{page} is {over} px too wide");
            browser.assert_accessible("", &[]).await?;
        }
        Ok(())
    });
}
