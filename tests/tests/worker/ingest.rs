//! From the wire to KV: exactly once, whatever is repeated or reordered.

use rapport_tests::{eventually, widgets};
use serde_json::json;

use crate::shared;
use crate::wire::{count, counts, deliver, id, kv, nps, post, response, settled};

#[test]
fn an_answer_is_in_kv_once_and_counted_once() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let id = id();
        let receipt = deliver(&site, &nps(&id, 9)).await?;
        assert_eq!(receipt, json!({ "id": id, "revision": 1, "duplicate": false }));
        let stored = site.only_response().await?;
        assert_eq!(stored["answers"], json!([["nps", "9"]]));
        assert_eq!(stored["page"], "https://shop.example/cart", "query and fragment are nobody's business");
        assert_eq!(stored["visitor"].as_str().map(str::len), Some(32));
        for key in ["seen", "started", "answered", "completed", "q/nps", "q/nps/9"] {
            assert_eq!(count(&site, key).await?, 1, "{key}");
        }
        Ok(())
    });
}

#[test]
fn sending_again_changes_nothing() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let delivery = nps(&id(), 3);
        deliver(&site, &delivery).await?;
        let before = counts(&site).await?;
        for _ in 0..3 {
            assert_eq!(deliver(&site, &delivery).await?["duplicate"], true);
        }
        assert_eq!(counts(&site).await?, before);
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 1);
        let tally = site.overview().await?["tally"].clone();
        assert_eq!(tally, json!({ "received": 4, "accepted": 1, "duplicate": 3, "refused": {} }));
        Ok(())
    });
}

#[test]
fn the_highest_revision_wins_in_any_order() {
    shared(async |product| {
        let one = product.site(&[widgets::csat()]).await?;
        let other = product.site(&[widgets::csat()]).await?;
        let id = id();
        let revisions = [
            response(&id, 1, "csat", false, json!([["csat", "2"]])),
            response(&id, 2, "csat", false, json!([["csat", "4"]])),
            response(&id, 3, "csat", true, json!([["csat", "4"], ["why", "It arrived."]])),
        ];
        for index in [0, 1, 2] {
            deliver(&one, &revisions[index]).await?;
        }
        for index in [2, 0, 1, 2] {
            deliver(&other, &revisions[index]).await?;
        }
        assert_eq!(counts(&one).await?, counts(&other).await?);
        assert_eq!(count(&one, "q/csat/4").await?, 1);
        assert_eq!(count(&one, "q/csat/2").await?, 0);
        assert_eq!(one.only_answer("why").await?, "It arrived.");
        Ok(())
    });
}

#[test]
fn a_partial_answer_waits_so_that_a_response_costs_one_write() {
    shared(async |product| {
        let site = product.site(&[widgets::csat()]).await?;
        // The configuration goes to KV, too, and is not what this counts.
        settled(&site).await?;
        let id = id();
        deliver(&site, &response(&id, 1, "csat", false, json!([["csat", "5"]]))).await?;
        assert_eq!(site.status().await?["pending"], 1);
        // Another response of the same site goes to KV meanwhile, so there was every occasion to send.
        deliver(&site, &response(&crate::wire::id(), 1, "csat", true, json!([["csat", "1"]]))).await?;
        site.only_response().await?;
        assert_eq!(count(&site, "q/csat/5").await?, 1, "it is counted all the same");
        deliver(&site, &response(&id, 2, "csat", true, json!([["csat", "5"]]))).await?;
        eventually("both in KV", async || Ok(site.responses()?.len() == 2)).await
    });
}

#[test]
fn views_are_counted_and_cost_no_kv_write() {
    shared(async |product| {
        let site = product.site(&[widgets::nps(), widgets::csat()]).await?;
        settled(&site).await?;
        let beacon = json!({ "v": 1, "views": [
            { "widget": "nps", "version": 1, "moments": ["seen", "dismissed"] },
            { "widget": "csat", "version": 1, "moments": ["seen"] },
        ]});
        for _ in 0..5 {
            assert_eq!(post(&site, &beacon).await?.status(), 204);
        }
        assert_eq!(count(&site, "seen").await?, 10);
        assert_eq!(count(&site, "dismissed").await?, 5);
        assert_eq!(site.status().await?["pending"], 0);
        assert!(kv(product).keys(&format!("n/{}/", site.id)).is_empty(), "the day is not over");
        Ok(())
    });
}

#[test]
fn a_poll_tells_its_result() {
    shared(async |product| {
        let site = product.site(&[widgets::poll()]).await?;
        deliver(&site, &response(&id(), 1, "poll", true, json!([["next", "ink"]]))).await?;
        let receipt = deliver(&site, &response(&id(), 1, "poll", true, json!([["next", "pens"]]))).await?;
        assert_eq!(receipt["result"], json!([["", 2], ["ink", 1], ["pens", 1]]));
        Ok(())
    });
}

#[test]
fn a_widget_ends_when_it_has_enough() {
    shared(async |product| {
        let mut widget = widgets::nps();
        widget["stop_after"] = json!(2);
        let site = product.site(&[widget]).await?;
        for point in [1, 2] {
            deliver(&site, &nps(&id(), point)).await?;
        }
        let path = format!("sites/{}", site.id);
        let config = product.api(reqwest::Method::GET, &path, None).await?;
        assert_eq!(config["widgets"][0]["state"], "ended");
        deliver(&site, &nps(&id(), 3)).await?;
        assert_eq!(count(&site, "completed").await?, 3, "late answers are still taken");
        Ok(())
    });
}

#[test]
fn visitors_are_told_apart_but_their_addresses_are_not_kept() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        deliver(&site, &nps(&id(), 9)).await?;
        deliver(&site, &nps(&id(), 9)).await?;
        settled(&site).await?;
        let stored = site.responses()?;
        assert_eq!(stored[0]["visitor"], stored[1]["visitor"]);
        for response in &stored {
            assert!(!response.to_string().contains("127.0.0.1"), "{response}");
        }
        assert_eq!(site.overview().await?["activity"]["day"], 1);
        Ok(())
    });
}
