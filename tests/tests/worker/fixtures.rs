//! The Worker judges every filled-in form of `tests/fixtures` as core does.

use anyhow::{Context, Result, ensure};
use rapport_tests::fixtures::{self, Form, Problem, Verdict};
use rapport_tests::{Site, wait_for};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::shared;
use crate::wire::{id, post};

#[test]
fn every_filled_in_form() {
    shared(async |product| {
        let forms = fixtures::forms()?;
        let site = product.site(&forms.widgets).await?;
        let mut failures = Vec::new();
        for case in &forms.cases {
            if let Err(error) = check(&site, case).await.with_context(|| case.why.clone()) {
                failures.push(format!("{error:#}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        Ok(())
    });
}

async fn check(site: &Site<'_>, case: &Form) -> Result<()> {
    let id = id();
    let mut delivery = crate::wire::response(&id, 1, &case.widget, case.complete, json!(case.fields));
    // A minute, so that nobody takes the visitor for a robot.
    delivery["response"]["active_ms"] = json!(60_000);
    let answer = post(site, &delivery).await?;
    match &case.verdict {
        Verdict::Accepted { accepted, keys, .. } => {
            ensure!(answer.status() == 200, "refused: {}", answer.text().await?);
            let kept = kept(site, &id, case.complete).await?;
            ensure!(kept["answers"] == json!(accepted), "kept {} and not {accepted:?}", kept["answers"]);
            let expected = with_moments(keys);
            ensure!(kept["keys"] == json!(expected), "counts {} and not {expected:?}", kept["keys"]);
        }
        Verdict::Refused { problems } => {
            let told = refusal(answer).await?;
            ensure!(told == *problems, "told {told:?} and not {problems:?}");
        }
    }
    Ok(())
}

/// The response as KV keeps it. One that is not complete waits half an hour for its rest before it goes there; until then
/// the owner reads it from the site's object.
async fn kept(site: &Site<'_>, id: &str, complete: bool) -> Result<Value> {
    if complete {
        let own = |response: &Value| response["id"] == id;
        return wait_for("the response in KV", async || Ok(site.responses()?.into_iter().find(own))).await;
    }
    let path = format!("sites/{}/responses?partial=1", site.id);
    let page = site.product().api(Method::GET, &path, None).await?;
    let all = page.as_array().context("a list of responses")?;
    all.iter().find(|response| response["id"] == id).cloned().context("the partial response")
}

/// The keys with what the Worker adds for the moments and the minute that the delivery tells of.
fn with_moments(keys: &[String]) -> Vec<String> {
    let mut all = vec!["seen".to_owned(), "started".to_owned()];
    for key in keys {
        all.push(key.clone());
        if key == "completed" {
            all.push(format!("time/{}", rapport_core::metrics::duration::bucket(60_000)));
        }
    }
    all
}

/// What a problem document says of the answers.
async fn refusal(answer: Response) -> Result<Vec<Problem>> {
    let status = answer.status();
    let document: Value = answer.json().await?;
    ensure!(status == 422, "{status}: {document}");
    let all = match document["problems"].as_array() {
        Some(all) => all.clone(),
        None => vec![document],
    };
    all.iter().map(problem).collect()
}

fn problem(told: &Value) -> Result<Problem> {
    let text = |name: &str| told[name].as_str().with_context(|| format!("`{name}` of {told}"));
    let field = text("field")?.strip_prefix("answers.").context("it is about an answer")?.to_owned();
    let limit = match &told["limit"] {
        Value::Null => None,
        Value::String(day) => Some(day.clone()),
        number => Some(number.to_string()),
    };
    Ok(Problem { field, code: text("code")?.to_owned(), limit })
}
