//! Copies of answers whose time is wrong: a device that is refused for it stamps its answer anew, so each id has one fate.

use anyhow::{Context, Result};
use rapport_local::{Clock, Entry};
use rapport_tests::torture::{around, world};
use rapport_tests::{Product, Site, stage, widgets};
use reqwest::redirect::Policy;
use serde_json::{Value, json};

use crate::finish;
use crate::wire::{count, deliver, id_at, nps, post, settled};

const HOUR_MS: i64 = 3_600_000;
const WEEK_MS: i64 = 7 * 24 * HOUR_MS;

/// From now on the Worker's clock is so much ahead of where it was.
async fn later(product: &mut Product, clock: Clock, ms: i64) -> Result<Clock> {
    let clock = Clock::starting(clock.now() + ms, 1);
    product.cloud.workerd.stop().await?;
    product.cloud.workerd.set_around(Some(around::module(clock, None, None)));
    product.cloud.workerd.launch().await?;
    Ok(clock)
}

/// Status and code of a delivery that is refused, and whether it tells the time.
async fn refused(site: &Site<'_>, delivery: &Value) -> Result<(u16, String, bool)> {
    let answer = post(site, delivery).await?;
    let status = answer.status().as_u16();
    let problem: Value = answer.json().await?;
    Ok((status, problem["code"].as_str().context("no code")?.to_owned(), problem["now"].is_i64()))
}

#[test]
fn a_copy_that_comes_too_late_of_what_has_arrived_is_a_duplicate() {
    finish(stage::run(async {
        let clock = Clock::starting(Clock::default().now(), 1);
        let mut product = world::product(clock).await?;
        let name = product.site(&[widgets::nps()]).await?.id;
        let almost = || id_at(clock.now() - WEEK_MS + HOUR_MS);
        let (arrived, partial, waiting, lost) = (almost(), almost(), almost(), almost());
        {
            let site = product.known_site(&name);
            deliver(&site, &nps(&arrived, 9)).await?;
            settled(&site).await?;
            let mut half = nps(&partial, 3);
            half["response"]["complete"] = json!(false);
            deliver(&site, &half).await?;
            let mut stored = site.responses()?.remove(0);
            stored["id"] = json!(waiting);
            // As the Worker leaves it where it cannot reach the object.
            let aside = json!({ "response": stored, "who": {} });
            product.cloud.kv.put(&format!("q/{name}/{waiting}/1"), Entry::new(aside.to_string()))?;
        }
        let clock = later(&mut product, clock, 2 * HOUR_MS).await?;
        let site = product.known_site(&name);
        for id in [&arrived, &waiting] {
            let receipt = deliver(&site, &nps(id, 9)).await?;
            assert_eq!((&receipt["id"], &receipt["duplicate"]), (&json!(id), &json!(true)));
        }
        assert!(product.cloud.kv.keys("q/").is_empty(), "what waited was fed");
        let mut rest = nps(&partial, 4);
        rest["response"]["revision"] = json!(2);
        let receipt = deliver(&site, &rest).await?;
        assert_eq!((&receipt["revision"], &receipt["duplicate"]), (&json!(2), &json!(false)));
        // What never arrived may be stamped anew, as its device is told.
        assert_eq!(refused(&site, &nps(&lost, 9)).await?, (422, "too_old".to_owned(), true));
        deliver(&site, &nps(&id_at(clock.now()), 9)).await?;
        settled(&site).await?;
        assert_eq!((count(&site, "completed").await?, site.responses()?.len()), (4, 4));
        let tally = site.overview().await?["tally"].clone();
        assert_eq!(tally["refused"], json!({ "too_old": 1 }), "{tally}");
        // After two weeks nothing changes any more, and a copy still is one.
        let clock = later(&mut product, clock, 8 * 24 * HOUR_MS).await?;
        let site = product.known_site(&name);
        rest["response"]["revision"] = json!(3);
        let receipt = deliver(&site, &rest).await?;
        assert_eq!((&receipt["revision"], &receipt["duplicate"]), (&json!(2), &json!(true)));
        // The form without scripts does the same.
        for (id, same) in [(&arrived, true), (&lost, false)] {
            let browser = reqwest::Client::builder().redirect(Policy::none()).build()?;
            let request = browser.post(site.hosted("nps")).header("content-type", "application/x-www-form-urlencoded");
            let answer =
                request.body(format!("id={id}&nps=7&version=1&started={}", clock.now() - 9_000)).send().await?;
            assert_eq!(answer.status(), 303);
            assert_eq!(answer.headers()["location"].to_str()?.contains(id.as_str()), same);
        }
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 5);
        Ok(())
    }));
}

#[test]
fn what_was_refused_for_its_time_does_not_arrive_by_another_copy() {
    finish(stage::run(async {
        let clock = Clock::starting(Clock::default().now(), 1);
        let mut product = world::product(clock).await?;
        let name = product.site(&[widgets::nps()]).await?.id;
        let fast = id_at(clock.now() + 3 * HOUR_MS);
        {
            let site = product.known_site(&name);
            assert_eq!(refused(&site, &nps(&fast, 9)).await?, (422, "too_new".to_owned(), true));
            // Its device does as it is told.
            deliver(&site, &nps(&id_at(clock.now()), 9)).await?;
        }
        later(&mut product, clock, 3 * HOUR_MS).await?;
        let site = product.known_site(&name);
        assert_eq!(refused(&site, &nps(&fast, 9)).await?, (422, "too_new".to_owned(), true));
        settled(&site).await?;
        assert_eq!((count(&site, "completed").await?, site.responses()?.len()), (1, 1));
        let tally = site.overview().await?["tally"].clone();
        assert_eq!((&tally["received"], &tally["refused"]), (&json!(3), &json!({ "too_new": 2 })), "{tally}");
        Ok(())
    }));
}
