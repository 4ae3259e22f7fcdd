//! A site that is deleted: nobody sees it any more, a day later all of it is gone, and its id may begin anew.

use anyhow::{Result, ensure};
use rapport_local::Clock;
use rapport_tests::product::OWNER_KEY;
use rapport_tests::torture::{around, world};
use rapport_tests::{Product, eventually, widgets};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::wire::{deliver, id, nps, settled};

/// Sorts of values that are listed.
const PREFIXES: u64 = 7;

/// The answer's status, whatever it is.
async fn status(product: &Product, method: Method, address: &str, body: &Value) -> Result<StatusCode> {
    Ok(product.client().request(method, address).json(body).send().await?.status())
}

/// Tries to make a site. Whatever wakes an object, its alarm is overdue.
async fn create_again(product: &Product, site: &Value) -> Result<StatusCode> {
    let sites = format!("{}/api/v1/sites", product.url());
    let asked = product.client().post(&sites).bearer_auth(OWNER_KEY).json(site);
    Ok(asked.send().await?.status())
}

/// Starts the Worker again, so much later.
async fn later(product: &mut Product, clock: Clock, hours: i64) -> Result<Clock> {
    product.cloud.workerd.kill().await?;
    let later = Clock::starting(clock.now() + hours * 3_600_000, 1);
    product.cloud.workerd.set_around(Some(around::module(later, None, None)));
    product.cloud.workerd.launch().await?;
    Ok(later)
}

#[test]
fn a_site_that_is_deleted_is_gone_after_a_day() {
    crate::finish(rapport_tests::stage::run(async {
        let clock = Clock::starting(Clock::default().now(), 1);
        let mut product = world::product(clock).await?;
        let (site, other) = {
            let site = product.site(&[widgets::nps()]).await?;
            for point in 0..9 {
                deliver(&site, &nps(&id(), point)).await?;
            }
            settled(&site).await?;
            let other = product.site(&[widgets::nps()]).await?;
            deliver(&other, &nps(&id(), 9)).await?;
            settled(&other).await?;
            (site.id.clone(), other.id.clone())
        };
        let keys = |product: &Product, site: &str| {
            product.cloud.kv.keys("").into_iter().filter(|key| key.split('/').any(|part| part == site)).count()
        };
        let (all, others) = (keys(&product, &site), keys(&product, &other));
        let door = format!("{}/e/{site}", product.url());
        let path = format!("sites/{site}");

        // Brought back within the day, it is as it was.
        let deleted = product.api(Method::DELETE, &path, None).await?;
        ensure!(deleted["ends"].as_i64() > Some(clock.now()), "{deleted}");
        let again = product.api(Method::DELETE, &path, None).await?;
        assert_eq!(again["ends"], deleted["ends"], "deleted once more, it keeps its moment");
        assert_eq!(status(&product, Method::POST, &door, &nps(&id(), 7)).await?, StatusCode::NOT_FOUND);
        let manifest = format!("{}/m/{site}", product.url());
        assert_eq!(status(&product, Method::GET, &manifest, &Value::Null).await?, StatusCode::NOT_FOUND);
        let mut settings = product.api(Method::GET, &format!("{path}/settings"), None).await?;
        settings.as_object_mut().map(|settings| settings.remove("ends"));
        product.api(Method::PUT, &format!("{path}/settings"), Some(&settings)).await?;
        assert_eq!(status(&product, Method::POST, &door, &nps(&id(), 7)).await?, StatusCode::OK);
        let clock = later(&mut product, clock, 25).await?;
        assert_eq!(product.known_site(&site).status().await?["responses"], 10);

        product.api(Method::DELETE, &path, None).await?;
        let clock = later(&mut product, clock, 25).await?;
        let create = json!({ "id": site, "name": "Acme", "origins": [], "locale": "en" });
        let taken = create_again(&product, &create).await?;
        assert_eq!(taken, StatusCode::CONFLICT, "its id is not free before all of it is gone");
        eventually("nothing but the configuration", async || {
            create_again(&product, &create).await?;
            Ok(product.cloud.kv.keys("").iter().filter(|key| key.contains(&site)).eq([&format!("c/{site}")]))
        })
        .await?;
        let listed = product.api(Method::GET, "sites", None).await?;
        ensure!(!listed.to_string().contains(&site) && listed.to_string().contains(&other), "{listed}");

        // Lists lag: an hour after they were found empty they are read once more.
        let clock = later(&mut product, clock, 2).await?;
        product.cloud.kv.reset_counts();
        eventually("all lists to be read", async || {
            create_again(&product, &create).await?;
            Ok(product.cloud.kv.counts().lists >= PREFIXES)
        })
        .await?;
        later(&mut product, clock, 2).await?;
        let free = async || Ok(create_again(&product, &create).await? == StatusCode::OK);
        eventually("the id to be free", free).await?;
        let anew = product.api(Method::GET, &path, None).await?;
        assert_eq!((&anew["revision"], &anew["widgets"]), (&json!(1), &json!([])));
        assert_eq!(product.known_site(&site).status().await?["responses"], 0);
        ensure!(all > 9 && keys(&product, &other) == others, "the neighbour keeps what it has");
        Ok(())
    }));
}
