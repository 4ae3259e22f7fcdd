//! What SQL finds is what `core` says a filter means, for any responses, cases and filters.
use rapport_core::case::Case;
use rapport_core::inbox::Filter;
use rapport_core::response::Response;
use rapport_tests::{Site, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::own;
use crate::wire::{id_at, now};

/// Numbers that are the same in every run (Knuth's MMIX).
struct Draw(u64);

impl Draw {
    fn of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from[(self.0 >> 33) as usize % from.len()]
    }
}

const WORDS: &[&str] =
    &["Refund please", "我要退款", "Très cher café", "", "slow 加载慢", "ΔΩ great", "it's \"fine\" - OR not*", "10 %"];

fn stored(site: &Site<'_>, draw: &mut Draw, at: i64) -> Value {
    let (score, mood) =
        [("2", "bad"), ("8", "mild"), ("10", "good")][draw.of(&["0", "1", "2"]).parse::<usize>().unwrap()];
    let doubts: Vec<&str> = draw.of(&["", "", "trap", "fast burst"]).split_whitespace().collect();
    let complete = draw.of(&["yes", "yes", "no"]) == "yes";
    json!({
        "v": 1, "id": id_at(at), "site": site.id, "widget": "nps", "version": 1, "revision": 1, "complete": complete,
        "answers": [["nps", score], ["best", draw.of(WORDS)]], "keys": ["answered", format!("q/nps/{score}")],
        "active_ms": 5000, "page": draw.of(&["", "https://a.example/", "https://a.example/pricing/pro", "http://b.example/pricing"]),
        "locale": draw.of(&["en", "de-AT", "de", "zh-CN", ""]), "device": draw.of(&["phone", "desktop"]),
        "country": draw.of(&["DE", "AT", "CN"]), "visitor": draw.of(&["one", "two", ""]), "group": format!("nps/{mood}"),
        "traits": [["plan", draw.of(&["pro", "free", "pro\nplan=x"])]], "doubts": doubts, "received": at,
    })
}

async fn import(site: &Site<'_>, responses: &[Value]) -> anyhow::Result<()> {
    let body = json!({ "responses": responses });
    site.product().api(Method::POST, &format!("sites/{}/import", site.id), Some(&body)).await?;
    Ok(())
}

async fn find(site: &Site<'_>, query: &str) -> anyhow::Result<Value> {
    site.product().api(Method::GET, &format!("sites/{}/inbox?{query}", site.id), None).await
}

#[test]
fn what_is_found_is_what_a_filter_means() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (mut draw, today) = (Draw(7), now());
        // Some of one moment, and of several days.
        let responses: Vec<Value> =
            (0..90).map(|n| stored(&site, &mut draw, today - (n / 9) * 7_200_000 * (n % 5))).collect();
        import(&site, &responses).await?;
        for response in &responses[..45] {
            let changes = match draw.of(&["0", "1", "2", "3", "4"]) {
                "0" => json!([{ "status": "done" }]),
                "1" => json!([{ "tag": "bug" }, { "tag": "très cher" }]),
                "2" => json!([{ "test": true }, { "note": "anrufen" }]),
                "3" => json!([{ "status": "spam" }]),
                _ => json!([{ "tag": "bug" }, { "status": "planned" }]),
            };
            let body = json!({ "ids": [response["id"]], "changes": changes });
            product.api(Method::POST, &format!("sites/{}/responses/change", site.id), Some(&body)).await?;
        }
        let everything = find(&site, "limit=200").await?;
        let items: Vec<(Response, Case)> = everything["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| {
                (
                    serde_json::from_value(item["response"].clone()).unwrap(),
                    serde_json::from_value(item["case"].clone()).unwrap(),
                )
            })
            .collect();
        assert_eq!(items.len(), 90);
        let day = |back: i64| rapport_core::time::Timestamp(today - back).day().to_string();
        let (first, second) = (day(0), day(86_400_000));
        for _ in 0..150 {
            let mut fields: Vec<(String, String)> = Vec::new();
            for (name, values) in [
                (
                    "q",
                    &["", "", "", "refund", "退款", "款", "caf", "TRÈS cher", "加载", "anr", "\"OR\" -*", "zzz", "δω"]
                        [..],
                ),
                ("status", &["", "", "new", "done", "spam", "planned", "all"]),
                ("group", &["", "", "bad", "nps", "nps/good", "csat"]),
                ("page", &["", "", "/", "/pricing", "a.example/pri", "https://b.example"]),
                ("language", &["", "", "de", "de-AT", "zh", "en"]),
                ("country", &["", "", "DE"]),
                ("device", &["", "", "phone"]),
                ("segment", &["", "", "plan=pro", "plan=free"]),
                ("tag", &["", "", "", "bug", "très cher", "bu"]),
                ("trust", &["", "", "clean", "doubt", "trap", "burst", "test", "blocked"]),
                ("complete", &["", "", "yes", "no"]),
                ("visitor", &["", "", "one"]),
                ("from", &["", "", &second]),
                ("to", &["", "", &first, &second]),
            ] {
                if draw.of(&["0", "0", "1"]) == "1" {
                    fields.push((name.to_owned(), draw.of(values).to_owned()));
                }
            }
            let filter = Filter::from_fields(&fields)?;
            let expected: Vec<&str> = items
                .iter()
                .filter(|(response, case)| filter.matches(response, Some(case)))
                .map(|(response, _)| response.id.as_str())
                .collect();
            let query = format!("{}&limit=200", filter.to_query());
            let found = find(&site, &query).await?;
            let found: Vec<&str> =
                found["items"].as_array().unwrap().iter().filter_map(|item| item["response"]["id"].as_str()).collect();
            assert_eq!(found, expected, "{query}");
        }
        Ok(())
    });
}
