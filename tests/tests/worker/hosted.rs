//! The hosted page, as a browser without scripts uses it.

use rapport_tests::{eventually, widgets};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use serde_json::json;

use crate::shared;
use crate::wire::count;

/// A browser that shows where it is sent.
fn browser() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

/// The value of a hidden field.
fn hidden(html: &str, name: &str) -> String {
    let (_, rest) =
        html.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("no {name} in {html}"));
    rest.split('"').next().unwrap().to_owned()
}

async fn post(url: &str, fields: &[(&str, &str)]) -> anyhow::Result<Response> {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
    let request = browser().post(url).header("content-type", "application/x-www-form-urlencoded");
    Ok(request.body(pairs.join("&")).send().await?)
}

#[test]
fn looking_records_nothing_and_prefills() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        for _ in 0..3 {
            let answer = product.client().get(format!("{}?nps=9", site.hosted("nps"))).send().await?;
            assert_eq!(answer.status(), 200);
            let policy = answer.headers()["content-security-policy"].to_str()?.to_owned();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
            assert!(policy.contains("frame-ancestors 'none'"));
            let html = answer.text().await?;
            assert!(html.contains("value=\"9\" checked"), "{html}");
        }
        assert!(site.responses()?.is_empty());
        assert_eq!(site.overview().await?["counts"].as_array().map(Vec::len), Some(0));
        Ok(())
    });
}

#[test]
fn a_form_posted_without_scripts_is_an_answer_and_reloading_is_not_another() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let html = product.client().get(site.hosted("nps")).send().await?.text().await?;
        let (id, version, started) = (hidden(&html, "id"), hidden(&html, "version"), hidden(&html, "started"));
        // Without scripts every field is sent, those of other branches too.
        let fields = [
            ("nps", "9"),
            ("missing", ""),
            ("best", "The paper"),
            ("better", "lost"),
            ("trap", ""),
            ("id", &id),
            ("version", &version),
            ("started", &started),
            ("page", "https://shop.example/"),
        ];
        let answer = post(&site.hosted("nps"), &fields).await?;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let location = answer.headers()["location"].to_str()?.to_owned();
        assert!(location.contains(&id), "{location}");
        let thanks = product.client().get(format!("{}{location}", product.url())).send().await?;
        assert!(thanks.text().await?.contains("Thank you for your score."));
        // The browser's way back and forth.
        assert_eq!(post(&site.hosted("nps"), &fields).await?.status(), StatusCode::SEE_OTHER);
        let stored = site.only_response().await?;
        assert_eq!(stored["answers"], serde_json::json!([["nps", "9"], ["best", "The paper"]]));
        assert_eq!(count(&site, "completed").await?, 1);
        Ok(())
    });
}

#[test]
fn what_is_missing_is_said_beside_the_question_and_nothing_is_lost() {
    shared(async |product| {
        let site = product.site(&[widgets::survey()]).await?;
        let answer = post(&site.hosted("survey"), &[("years", "12"), ("mail", "nobody")]).await?;
        assert_eq!(answer.status(), 422);
        let html = answer.text().await?;
        assert!(
            html.contains("role=\"alert\"") && html.contains("value=\"12\"") && html.contains("value=\"nobody\""),
            "{html}"
        );
        assert!(site.responses()?.is_empty());
        eventually("the refusal in the tally", async || Ok(site.overview().await?["tally"]["refused"]["required"] == 1))
            .await
    });
}

#[test]
fn language_and_frame_stay_when_the_form_comes_back() {
    shared(async |product| {
        let mut widget = widgets::nps();
        widget["questions"][0]["title"] = json!({ "en": "How likely?", "de": "Wie wahrscheinlich?" });
        widget["thanks"] = json!({ "en": "Thank you.", "de": "Vielen Dank." });
        let site = product.site(&[widget]).await?;
        let framable = format!("frame-ancestors {}", product.host.origin());
        let form = product.client().get(format!("{}?lang=de&embed", site.hosted("nps"))).send().await?.text().await?;
        let (_, action) = form.split_once("action=\"").unwrap();
        let action = action.split('"').next().unwrap().replace("&amp;", "&");
        let mistaken = post(&action, &[("nps", "12")]).await?;
        let policy = mistaken.headers()["content-security-policy"].to_str()?.to_owned();
        assert!(policy.contains(&framable), "{policy}");
        assert!(mistaken.text().await?.contains("Wie wahrscheinlich?"));
        let location = post(&action, &[("nps", "9")]).await?.headers()["location"].to_str()?.to_owned();
        let thanks = product.client().get(format!("{}{location}", product.url())).send().await?;
        let policy = thanks.headers()["content-security-policy"].to_str()?.to_owned();
        assert!(policy.contains(&framable), "{policy}");
        assert!(thanks.text().await?.contains("Vielen Dank."));
        Ok(())
    });
}

#[test]
fn widgets_that_are_not_there() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let status = async |url: String| anyhow::Ok(product.client().get(url).send().await?.status().as_u16());
        assert_eq!(status(site.hosted("nothing")).await?, 404);
        assert_eq!(status(format!("{}/f/no-such-site/nps", product.url())).await?, 404);
        product.api(reqwest::Method::POST, &format!("sites/{}/widgets/nps/end", site.id), None).await?;
        eventually("a closed survey", async || Ok(status(site.hosted("nps")).await? == 410)).await
    });
}

#[test]
fn a_poll_shows_its_result_without_scripts() {
    shared(async |product| {
        let site = product.site(&[widgets::poll()]).await?;
        let answer = post(&site.hosted("poll"), &[("next", "ink")]).await?;
        let location = answer.headers()["location"].to_str()?.to_owned();
        let thanks = product.client().get(format!("{}{location}", product.url())).send().await?.text().await?;
        assert!(thanks.contains("100"), "{thanks}");
        Ok(())
    });
}

#[test]
fn a_quiz_tells_score_and_reasons_without_scripts_and_only_afterwards() {
    shared(async |product| {
        let site = product.site(&[widgets::quiz()]).await?;
        let form = product.client().get(site.hosted("quiz")).send().await?.text().await?;
        assert!(!form.contains("fourteen hours"), "{form}");
        let answer = post(&site.hosted("quiz"), &[("sleep", "nine"), ("legs", "spider"), ("legs", "scorpion")]).await?;
        let location = answer.headers()["location"].to_str()?.to_owned();
        let thanks = product.client().get(format!("{}{location}", product.url())).send().await?.text().await?;
        for words in ["1 of 2 right", "Not quite. The answer: About 14.", "It is fourteen hours.", "Right."] {
            assert!(thanks.contains(words), "{words}: {thanks}");
        }
        Ok(())
    });
}

#[test]
fn the_style_sheet_is_a_file_of_its_own() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let html = product.client().get(site.hosted("nps")).send().await?.text().await?;
        let (_, rest) = html.split_once("rel=\"stylesheet\" href=\"").unwrap();
        let sheet =
            product.client().get(format!("{}{}", product.url(), rest.split('"').next().unwrap())).send().await?;
        assert_eq!(sheet.headers()["content-type"], "text/css; charset=utf-8");
        assert!(sheet.text().await?.contains(".rapport"));
        Ok(())
    });
}

#[test]
fn only_the_owners_origins_may_frame_it() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let answer = product.client().get(format!("{}?embed", site.hosted("nps"))).send().await?;
        let policy = answer.headers()["content-security-policy"].to_str()?.to_owned();
        assert!(policy.contains(&format!("frame-ancestors {}", product.host.origin())), "{policy}");
        // In a sandbox without an origin the page's own styles come from another one.
        let styles = product.client().get(format!("{}.css", site.hosted("nps"))).send().await?;
        assert_eq!(styles.headers()["cross-origin-resource-policy"], "cross-origin");
        Ok(())
    });
}
