//! One visitor must not use up what is everybody's: each way that leads to a site's object, or writes, has the brake before it.

use anyhow::Result;
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Product, stage, widgets};
use reqwest::Method;
use sha2::{Digest, Sha256};

use crate::finish;
use crate::wire::{id, nps};

const FORM: &str = "application/x-www-form-urlencoded";

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
            (Method::GET, "/healthz".to_owned()),
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

/// The brake is before the owner's object, which everything of the owner's needs.
#[test]
fn nobody_alone_keeps_the_owner_out() {
    finish(stage::run(async {
        let limit = |binding, requests| rapport_local::Limit { binding, requests, seconds: 60 };
        let limits = vec![limit("RATE_VISITOR", 1_000), limit("RATE_OWNER", 4)];
        let product = Product::start_with(|settings| rapport_local::Settings { limits, ..settings }).await?;
        let digits = "0123456789".repeat(4);
        let check: String = Sha256::digest(&digits).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let made_up = format!("Bearer rpt_{digits}{check}");
        let cookie = format!("__Host-rapport={}", "0".repeat(64));
        let from = |address: &'static str, method: Method, path: &str| {
            product.client().request(method, format!("{}{path}", product.url())).header("cf-connecting-ip", address)
        };
        let (guesser, owner) = ("198.51.100.7", "198.51.100.8");
        // Fewer than what the object itself has enough of.
        for turn in 0..4 {
            let guess = from(guesser, Method::GET, "/api/v1/sites").header("authorization", &made_up);
            assert_eq!(guess.send().await?.status(), 401, "guess {turn}");
        }
        let sites = || from(guesser, Method::GET, "/api/v1/sites");
        for (what, guess) in [
            ("a token", sites().header("authorization", &made_up)),
            ("a key", sites().header("authorization", "Bearer not-the-key")),
            ("a cookie", sites().header("cookie", &cookie)),
            ("a cookie for a page", from(guesser, Method::GET, "/dashboard").header("cookie", &cookie)),
            (
                "the door",
                from(guesser, Method::POST, "/dashboard/sign-in")
                    .header("content-type", FORM)
                    .body(format!("key={OWNER_KEY}")),
            ),
        ] {
            let answer = guess.send().await?;
            assert_eq!(answer.status(), 429, "{what}");
            assert!(answer.headers().contains_key("retry-after"), "{what}");
        }
        // Who shows nothing causes nothing, and others are not held up.
        assert_eq!(sites().send().await?.status(), 401);
        let honest = from(owner, Method::GET, "/api/v1/sites").bearer_auth(OWNER_KEY);
        assert_eq!(honest.send().await?.status(), 200);
        Ok(())
    }));
}

async fn status(product: &Product, method: Method, path: &str, body: &str) -> Result<u16> {
    let request = product.client().request(method, format!("{}{path}", product.url()));
    let request = request.header("origin", product.host.origin()).header("content-type", "text/plain");
    Ok(request.body(body.to_owned()).send().await?.status().as_u16())
}
