//! What a page learns of its widgets: events that bubble out of the shadow root, and `rapport.on`.

use crate::steps::{alive, point, thanked};
use rapport_tests::{Product, browse, widgets};
use serde_json::Value;

const LISTEN: &str = "<script>
window.heard = [];
for (const name of ['seen', 'started', 'answered', 'completed', 'dismissed', 'error']) {
  document.body.addEventListener('rapport:' + name, (event) => heard.push([name, event.target.localName, event.detail]));
}
window.rapport = window.rapport || { q: [] };
rapport.q.push(['on', 'completed', (detail) => { window.told = detail; }]);
</script>";

#[test]
fn events_say_what_happened_to_which_widget() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        browser.open(&site.page(&format!("{LISTEN}<rapport-widget name=nps></rapport-widget>"))).await?;
        alive(browser).await?;
        browser.click(&point("nps", "9")).await?;
        browser.click("button.send").await?;
        thanked(browser).await?;
        let heard: Vec<(String, String, Value)> = browser.script("return window.heard;", &[]).await?;
        let names: Vec<&str> = heard.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(
            names.iter().filter(|name| **name != "answered").collect::<Vec<_>>(),
            [&"seen", &"started", &"completed"]
        );
        assert_eq!(names.iter().rev().nth(1), Some(&"answered"), "{names:?}");
        for (name, target, detail) in &heard {
            assert_eq!(
                (target.as_str(), &detail["widget"], &detail["version"]),
                ("rapport-widget", &"nps".into(), &1.into()),
                "{name}"
            );
        }
        let response = site.only_response().await?;
        let told: Value = browser.script("return window.told;", &[]).await?;
        assert_eq!((&told["id"], &told["answers"]), (&response["id"], &response["answers"]));
        Ok(())
    });
}

#[test]
fn calls_from_before_the_script_are_answered() {
    browse(async |browser| {
        let placed = widgets::placed(widgets::nps(), serde_json::json!({ "type": "popover" }));
        let asleep = widgets::targeted(placed, serde_json::json!({ "event": { "name": "never" } }));
        let site = Product::shared().await?.site(&[asleep]).await?;
        let calls = "<script>
            window.rapport = { q: [['traits', { plan: 'pro' }], ['show', 'nps']] };
            addEventListener('load', async () => { window.why = await rapport.explain('nps'); });
        </script>";
        browser.open(&site.page(calls)).await?;
        browser.find(&point("nps", "9")).await?;
        rapport_tests::eventually("an explanation", async || {
            browser.script("return window.why?.widget == 'nps' && window.why.up;", &[]).await
        })
        .await
    });
}
