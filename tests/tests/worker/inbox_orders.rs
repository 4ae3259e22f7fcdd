//! Whatever is done in whatever order, figures are what `core` makes of the responses and cases that are there, and a rebuild
//! from KV says the same.

use std::collections::BTreeMap;

use rapport_core::case::{Case, left_out};
use rapport_core::response::Response;
use rapport_core::summary::{OUT, Summary};
use rapport_tests::{Site, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::inbox::find;
use crate::own;
use crate::wire::{counts, deliver, id, nps, response, settled};

/// Numbers that are the same in every run (SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 33) as usize % end
    }

    fn some(&mut self, ids: &[String]) -> Vec<String> {
        (0..=self.below(3)).filter_map(|_| ids.get(self.below(ids.len().max(1))).cloned()).collect()
    }
}

async fn ask(site: &Site<'_>, path: &str, body: &Value) -> anyhow::Result<Value> {
    site.product().api(Method::POST, &format!("sites/{}/{path}", site.id), Some(body)).await
}

async fn rebuild(site: &Site<'_>) -> anyhow::Result<()> {
    ask(site, "rebuild", &json!({})).await?;
    eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await
}

/// Everything in the inbox.
async fn held(site: &Site<'_>) -> anyhow::Result<Vec<(Response, Case)>> {
    let found = find(site, "limit=200").await?;
    let items = found["items"].as_array().unwrap().iter();
    items.map(|item| Ok((read(&item["response"])?, read(&item["case"])?))).collect()
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> anyhow::Result<T> {
    Ok(serde_json::from_value(value.clone())?)
}

/// What `core` makes of `held`, by widget, day and key.
fn expected(held: &[(Response, Case)]) -> BTreeMap<(String, String, String), i64> {
    let mut summary = Summary::empty();
    for (response, case) in held {
        let mut counted = response.counted().unwrap();
        if left_out(response, Some(case)) {
            counted.keys = vec![OUT.to_owned()];
        }
        counted.add_to(&mut summary, 1);
    }
    summary.iter().map(|(slot, n)| ((slot.widget.to_string(), slot.day.to_text(), slot.key.clone()), n)).collect()
}

/// The figures' counts, in the same form.
async fn figures(site: &Site<'_>) -> anyhow::Result<BTreeMap<(String, String, String), i64>> {
    let rows = counts(site).await?;
    let mut all = BTreeMap::new();
    for row in rows.as_array().unwrap() {
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        for (key, n) in row["keys"].as_object().unwrap() {
            *all.entry((text("widget"), text("day"), key.clone())).or_default() += n.as_i64().unwrap();
        }
    }
    all.retain(|_, n| *n != 0);
    Ok(all)
}

/// One thing that the owner does to `ids`.
fn change(draw: &mut Draw) -> Value {
    match draw.below(8) {
        0 => json!({ "status": "spam" }),
        1 => json!({ "status": "done" }),
        2 => json!({ "status": "new" }),
        3 => json!({ "test": true }),
        4 => json!({ "test": false }),
        5 => json!({ "tag": "bug" }),
        6 => json!({ "note": format!("note {}", draw.below(3)) }),
        _ => json!({ "reply": { "id": id(), "text": "We are on it." } }),
    }
}

/// One step of a story.
async fn step(site: &Site<'_>, draw: &mut Draw, ids: &mut Vec<String>, undo: &mut Vec<Value>) -> anyhow::Result<()> {
    let chosen = draw.some(ids);
    match draw.below(16) {
        0..=4 => {
            let (new, point) = (id(), draw.below(11));
            let words = if point <= 6 { "missing" } else { "best" };
            let answers = if draw.below(2) == 0 || (7..9).contains(&point) {
                json!([["nps", point.to_string()]])
            } else {
                json!([["nps", point.to_string()], [words, "很好 <b>café</b>"]])
            };
            deliver(site, &response(&new, 1, "nps", true, answers)).await?;
            ids.push(new);
        }
        5 | 6 => {
            // A later revision, in another mood; or the first one of that id, where it was erased for good.
            if let Some(one) = chosen.first() {
                let revision = 2 + draw.below(5) as u32;
                let answers = json!([["nps", draw.below(11).to_string()]]);
                deliver(site, &response(one, revision, "nps", true, answers)).await?;
            }
        }
        7..=10 => {
            let changes = [change(draw), change(draw)];
            let done = ask(site, "responses/change", &json!({ "ids": chosen, "changes": changes })).await?;
            undo.extend(done.get("undo").cloned());
        }
        11 => {
            if let Some(token) = undo.pop() {
                ask(site, "responses/undo", &json!({ "token": token })).await?;
            }
        }
        12 => drop(ask(site, "responses/erase", &json!({ "ids": chosen })).await?),
        13 => drop(ask(site, "responses/restore", &json!({ "ids": chosen })).await?),
        14 => drop(ask(site, "audit", &json!({})).await?),
        _ => rebuild(site).await?,
    }
    Ok(())
}

#[test]
fn figures_are_what_the_inbox_holds_and_a_rebuild_says_the_same() {
    own(async |product| {
        for seed in 1..=2 {
            let site = product.site(&[widgets::nps()]).await?;
            let (mut draw, mut ids, mut undo) = (Draw(seed), Vec::new(), Vec::new());
            for _ in 0..80 {
                step(&site, &mut draw, &mut ids, &mut undo).await?;
            }
            let live = held(&site).await?;
            assert!(live.iter().any(|(response, case)| left_out(response, Some(case))), "a story without spam: {seed}");
            assert_eq!(figures(&site).await?, expected(&live), "live, story {seed}");
            settled(&site).await?;
            rebuild(&site).await?;
            assert_eq!(held(&site).await?, live, "rebuilt, story {seed}");
            assert_eq!(figures(&site).await?, expected(&live), "rebuilt figures, story {seed}");
        }
        Ok(())
    });
}

#[test]
fn a_case_may_come_before_its_response() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let name = site.id.clone();
        let (one, two) = (id(), id());
        deliver(&site, &nps(&one, 2)).await?;
        deliver(&site, &nps(&two, 9)).await?;
        let changes = json!([{ "test": true }, { "tag": "bug" }, { "reply": { "id": id(), "text": "Thanks!" } }]);
        ask(&site, "responses/change", &json!({ "ids": [one], "changes": changes })).await?;
        settled(&site).await?;
        let (before, figures_before) = (held(&site).await?, figures(&site).await?);
        let kv = &product.cloud.kv;
        let lost = kv.keys(&format!("r/{}/", site.id)).into_iter().find(|key| key.ends_with(&one)).unwrap();
        kv.delete(&lost)?;
        product.cloud.workerd.kill().await?;
        crate::ledger::lose(product)?;
        product.cloud.workerd.launch().await?;
        let site = product.known_site(&name);
        rebuild(&site).await?;
        assert_eq!(held(&site).await?.len(), 1);
        assert_eq!(figures(&site).await?, expected(&held(&site).await?));
        // The device never saw its receipt, and sends it again.
        deliver(&site, &nps(&one, 2)).await?;
        let cases = |held: &[(Response, Case)]| held.iter().map(|(_, case)| case.clone()).collect::<Vec<_>>();
        assert_eq!(cases(&held(&site).await?), cases(&before));
        assert_eq!(figures(&site).await?, figures_before);
        Ok(())
    });
}

#[test]
fn whatever_looks_like_markup_comes_back_as_it_was_sent() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        for text in [
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "{{constructor.constructor('alert(1)')()}}",
            "'; DROP TABLE inbox; --",
            "=HYPERLINK(\"https://evil.example\")",
            "javascript:alert(1)",
            "\u{202e}txt.exe",
            "<!--]]>\\u003cb\\u003e%3Cb%3E",
        ] {
            let one = id();
            deliver(&site, &response(&one, 1, "nps", true, json!([["nps", "3"], ["missing", text]]))).await?;
            let changes = json!([{ "note": text }, { "tag": text.chars().take(40).collect::<String>() },
                { "reply": { "id": id(), "text": text } }]);
            ask(&site, "responses/change", &json!({ "ids": [one], "changes": changes })).await?;
            // Overrides of the direction of writing are taken out wherever text comes in.
            let kept = text.replace('\u{202e}', "");
            let item = site.product().api(Method::GET, &format!("sites/{}/responses/{one}", site.id), None).await?;
            assert_eq!(item["response"]["answers"][1][1], kept);
            assert_eq!((&item["case"]["note"], &item["case"]["thread"][0]["text"]), (&json!(kept), &json!(kept)));
            // And it is found by itself, quoting or not.
            let query: String = form(text);
            let found = find(&site, &format!("q={query}")).await?;
            let ids: Vec<&Value> =
                found["items"].as_array().unwrap().iter().map(|item| &item["response"]["id"]).collect();
            assert!(ids.contains(&&json!(one)), "{text} is not found by itself");
        }
        Ok(())
    });
}

/// Percent-encodes every byte.
fn form(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
