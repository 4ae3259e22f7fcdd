//! One visitor must not use up what is everybody's: each way that leads to a site's object, or writes, has the brake before it.

use anyhow::Result;
use rapport_tests::{Product, stage, widgets};
use reqwest::Method;

use crate::finish;
use crate::wire::{id, nps};

/// What members can ask for, by the last word of the address.
const ACTS: [&str; 10] =
    ["points", "check-in", "redeem", "claim", "draw", "referred", "profile", "recover", "devices", "leave"];

#[test]
fn every_door_that_leads_to_an_object_is_braked() {
    finish(stage::run(async {
        let limit = |binding, requests| rapport_local::Limit { binding, requests, seconds: 60 };
        // A visitor who has used up what one may ask for.
        let limits = vec![limit("RATE_VISITOR", 0), limit("RATE_SITE", 1_000)];
        let product = Product::start_with(|settings| rapport_local::Settings { limits, ..settings }).await?;
        let site = product.site(&[widgets::nps(), widgets::csat()]).await?;
        let before = site.status().await?["rows_written"].clone();
        let (name, body) = (&site.id, nps(&id(), 9).to_string());
        let mut doors = vec![
            (Method::POST, format!("/e/{name}")),
            (Method::POST, format!("/f/{name}/nps")),
            (Method::GET, format!("/f/{name}/nps?receipt={}", id())),
            (Method::POST, format!("/me/{name}")),
            (Method::GET, format!("/me/{name}/{}", id())),
            (Method::POST, format!("/me/{name}/{}", id())),
            (Method::GET, format!("/draw/{name}/raffle")),
            (Method::GET, format!("/draw/{name}/raffle.json")),
            (Method::GET, format!("/board/{name}")),
            (Method::GET, format!("/badge/{name}/csat.svg")),
            (Method::GET, format!("/badge/{name}/csat.json")),
        ];
        doors.extend(ACTS.map(|act| (Method::POST, format!("/me/{name}/{act}"))));
        for (method, path) in doors {
            assert_eq!(status(&product, method, &path, &body).await?, 429, "{path}");
        }
        // These are answered from memory, whoever asks.
        for path in
            [format!("/s/{name}.js"), format!("/m/{name}"), format!("/f/{name}/nps"), format!("/f/{name}/nps.css")]
        {
            assert_eq!(status(&product, Method::GET, &path, "").await?, 200, "{path}");
        }
        let after = site.status().await?["rows_written"].clone();
        let (before, after) = (before.as_u64().unwrap_or(0), after.as_u64().unwrap_or(0));
        // The meter writes a row now and then.
        assert!(after <= before + 2, "{before} rows before, {after} after");
        assert!(site.responses()?.is_empty());
        Ok(())
    }));
}

async fn status(product: &Product, method: Method, path: &str, body: &str) -> Result<u16> {
    let request = product.client().request(method, format!("{}{path}", product.url()));
    let request = request.header("origin", product.host.origin()).header("content-type", "text/plain");
    Ok(request.body(body.to_owned()).send().await?.status().as_u16())
}
