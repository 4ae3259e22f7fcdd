//! Configurations: strict, versioned, and visible at once.

use rapport_tests::{eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::shared;
use crate::wire::{count, deliver, id, nps, settled};

#[test]
fn answers_stay_with_the_version_that_asked_for_them() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let mut second = widgets::nps();
        second["questions"][0]["title"] = json!("And now?");
        site.publish(&second).await?;
        deliver(&site, &nps(&id(), 9)).await?;
        let mut newer = nps(&id(), 2);
        newer["response"]["version"] = json!(2);
        deliver(&site, &newer).await?;
        let overview = site.overview().await?;
        let versions: Vec<&Value> = overview["counts"].as_array().unwrap().iter().map(|row| &row["version"]).collect();
        assert_eq!(versions, [1, 2]);
        let config = product.api(Method::GET, &format!("sites/{}", site.id), None).await?;
        let widget = &config["widgets"][0];
        assert_eq!(widget["versions"][0]["widget"]["questions"][0]["title"], "How likely are you to recommend us?");
        assert_eq!(widget["versions"][1]["widget"]["questions"][0]["title"], "And now?");
        assert_eq!(count(&site, "completed").await?, 2);
        Ok(())
    });
}

#[test]
fn the_configuration_is_in_kv() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        settled(&site).await?;
        let entry = product.cloud.kv.get(&format!("c/{}", site.id)).expect("a configuration");
        let kept: Value = serde_json::from_str(&entry.value)?;
        assert_eq!(kept, product.api(Method::GET, &format!("sites/{}", site.id), None).await?);
        Ok(())
    });
}

#[test]
fn what_is_published_is_shown_within_seconds_and_what_is_paused_is_not() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let script = async || Ok::<_, anyhow::Error>(product.client().get(site.script()).send().await?.text().await?);
        assert!(!script().await?.contains("data-widget=\\\"csat\\\""));
        site.publish(&widgets::csat()).await?;
        eventually("the second widget", async || Ok(script().await?.contains("csat"))).await?;
        product.api(Method::POST, &format!("sites/{}/widgets/nps/pause", site.id), None).await?;
        eventually("the first one gone", async || Ok(!script().await?.contains("recommend us"))).await?;
        deliver(&site, &nps(&id(), 9)).await?;
        product.api(Method::POST, &format!("sites/{}/widgets/nps/resume", site.id), None).await?;
        eventually("the first one back", async || Ok(script().await?.contains("recommend us"))).await
    });
}

#[test]
fn wrong_configurations_are_refused_with_every_problem() {
    shared(async |product| {
        let site = product.site(&[]).await?;
        let mut widget = widgets::nps();
        widget["questions"][1]["show_if"] = json!("nps <= ");
        let answer = product.api(Method::PUT, &format!("sites/{}/widgets/nps", site.id), Some(&widget)).await;
        let text = answer.unwrap_err().to_string();
        assert!(text.contains("422") && text.contains("questions[1].show_if"), "{text}");
        let again = product
            .api(Method::POST, "sites", Some(&json!({ "id": site.id, "name": "X", "origins": [], "locale": "en" })))
            .await;
        assert!(again.unwrap_err().to_string().contains("409"));
        let publish = product.api(Method::POST, &format!("sites/{}/widgets/nps/publish", site.id), None).await;
        assert!(publish.unwrap_err().to_string().contains("404"));
        Ok(())
    });
}
