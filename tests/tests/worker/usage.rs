//! What is told of quotas, against what the local KV and the objects really did.

use anyhow::{Context, Result};
use rapport_tests::{Site, widgets};

use crate::own;
use crate::session::{browser, session};
use crate::wire::{deliver, id, nps, settled};

/// The number on the card of this name.
async fn told(site: &Site<'_>, cookie: &str, name: &str) -> Result<u64> {
    let url = format!("{}/dashboard/s/{}/settings/usage", site.product().url(), site.id);
    let html = browser().get(url).header("cookie", cookie).send().await?.text().await?;
    let (_, rest) = html.split_once(&format!("<h3>{name}</h3>")).with_context(|| format!("no {name} in {html}"))?;
    let (_, rest) = rest.split_once("class=\"value\">").context("a value")?;
    Ok(rest.split('<').next().unwrap_or_default().replace(',', "").trim().parse()?)
}

#[test]
fn quotas_are_counted_nearly_and_never_too_high() {
    own(async |product| {
        const ANSWERS: u64 = 120;
        let site = product.site(&[widgets::nps()]).await?;
        let cookie = session(product).await?;
        for _ in 0..ANSWERS {
            deliver(&site, &nps(&id(), 9)).await?;
        }
        settled(&site).await?;
        let writes = product.cloud.kv.counts().writes;
        let counted = told(&site, &cookie, "Values written to KV").await?;
        // At most fifty calls wait to be written down.
        assert!(counted <= writes && counted + 60 >= writes, "{counted} of {writes} KV writes");
        let requests = told(&site, &cookie, "Requests to the Worker").await?;
        assert!((ANSWERS / 2..ANSWERS * 3).contains(&requests), "{requests} requests");
        let rows = told(&site, &cookie, "Rows written").await?;
        let written = site.status().await?["rows_written"].as_u64().context("rows")?;
        assert!(rows <= written && rows * 2 >= written, "{rows} of {written} rows");

        // What is used up is said where the owner looks first.
        for _ in writes..1_100 {
            deliver(&site, &nps(&id(), 9)).await?;
        }
        settled(&site).await?;
        let url = format!("{}/dashboard/s/{}", product.url(), site.id);
        let overview = browser().get(url).header("cookie", &cookie).send().await?.text().await?;
        assert!(overview.contains("“Values written to KV” is used up for today"), "{overview}");
        Ok(())
    });
}
