//! In the browser every filled-in form of `tests/fixtures` asks what core asks, and ends as core says: with a receipt, or
//! with the same complaint at the same question.

use crate::steps::alive;
use anyhow::{Context, Result, ensure};
use rapport_core::i18n;
use rapport_tests::fixtures::{self, Field, Form, Problem, Verdict};
use rapport_tests::{Browser, Product, Site, browse, eventually, wait_for, widgets};
use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

/// Puts fields into the form as typing and choosing do, own words first, as those choose the box beside them. Returns what
/// the form then holds: the browser and the widget both have a say in that.
const FILL: &str = "
const form = [...document.querySelectorAll('rapport-widget')][0].shadowRoot.querySelector('form');
const given = arguments[0].filter(([, value]) => value);
for (const [name, value] of given.toSorted(([one], [other]) => other.endsWith('.other') - one.endsWith('.other'))) {
  const all = [...form.querySelectorAll('[data-q] [name]')].filter((control) => control.name === name);
  const boxes = all.filter((control) => ['radio', 'checkbox'].includes(control.type));
  const box = boxes.find((control) => control.value === value);
  if (box) box.checked = true; else if (all.length && !boxes.length) all[0].value = value;
  (box ?? all[0])?.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}
return [...new FormData(form)].filter(([, value]) => value);";

/// Presses the button until nothing new is asked, and tells what was asked on the way.
const WALK: &str = "
const form = [...document.querySelectorAll('rapport-widget')][0].shadowRoot.querySelector('form');
const seen = (it) => it.checkVisibility({ visibilityProperty: true });
const questions = [...form.querySelectorAll('[data-q]')];
const shown = () => questions.filter(seen).map((it) => it.dataset.q);
document.addEventListener('rapport:completed', ({ detail }) => { window.receipt = detail; });
const path = [];
for (let now, before = []; (now = shown()).join() !== before.join(); before = now) {
  path.push(...now.filter((name) => !path.includes(name)));
  if (arguments[0]) form.querySelector('.send').click();
}
const complaints = questions.filter((it) => it.querySelector('.error') && seen(it.querySelector('.error')));
return { path, one_by_one: form.dataset.kind === 'survey', complaints: complaints.map((it) => [it.dataset.q, it.dataset.shape, it.querySelector('.error').textContent]) };";

#[derive(Debug, Deserialize)]
struct Walk {
    path: Vec<String>,
    one_by_one: bool,
    /// Question, shape and words.
    complaints: Vec<(String, String, String)>,
}

/// How a case went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Held,
    /// No form in a browser can hold this: a field or value that it does not have, one ticked twice, half a ranking.
    Beyond,
}

#[test]
fn every_filled_in_form() {
    browse(async |browser| {
        let forms = fixtures::forms()?;
        let site = Product::shared().await?.site(&inline(&forms.widgets)).await?;
        // Each case is a visitor of its own; what a page before left unfinished is not theirs.
        browser.before_page("try { localStorage.clear(); } catch {}").await?;
        let (mut failures, mut beyond) = (Vec::new(), Vec::new());
        for case in forms.cases.iter().filter(|case| case.complete) {
            match whole(browser, &site, case).await.with_context(|| case.why.clone()) {
                Ok(Fate::Held) => {}
                Ok(Fate::Beyond) => beyond.push(case.why.as_str()),
                Err(error) => failures.push(format!("{error:#}")),
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        assert_eq!(beyond.len(), 14, "cases that no form can hold: {beyond:#?}");
        Ok(())
    });
}

#[test]
fn every_form_left_half_way() {
    browse(async |browser| {
        let forms = fixtures::forms()?;
        browser.before_page("try { localStorage.clear(); } catch {}").await?;
        let mut beyond = Vec::new();
        for case in forms.cases.iter().filter(|case| !case.complete) {
            let site = Product::shared().await?.site(&inline(&forms.widgets)).await?;
            if half(browser, &site, case).await.with_context(|| case.why.clone())? == Fate::Beyond {
                beyond.push(case.why.as_str());
            }
        }
        assert_eq!(
            beyond,
            ["A ranking under way is no answer yet."],
            "a ranking in a browser is whole at the first touch"
        );
        Ok(())
    });
}

fn inline(all: &[Value]) -> Vec<Value> {
    all.iter().cloned().map(|widget| widgets::placed(widget, json!({ "type": "inline" }))).collect()
}

/// Opens the widget, and fills it in if a form can hold that.
async fn fill(browser: &Browser, site: &Site<'_>, case: &Form) -> Result<Fate> {
    browser.open(&site.page(&format!("<rapport-widget name={}></rapport-widget>", case.widget))).await?;
    alive(browser).await?;
    let held: Vec<Field> = browser.script(FILL, &[json!(case.fields)]).await?;
    Ok(if sorted(&held) == sorted(&case.fields) { Fate::Held } else { Fate::Beyond })
}

async fn whole(browser: &Browser, site: &Site<'_>, case: &Form) -> Result<Fate> {
    if fill(browser, site, case).await? == Fate::Beyond {
        return Ok(Fate::Beyond);
    }
    let walk: Walk = browser.script(WALK, &[json!(true)]).await?;
    match &case.verdict {
        Verdict::Accepted { path, accepted, keys } => {
            ensure!(walk.complaints.is_empty(), "complains: {:?}", walk.complaints);
            ensure!(walk.path == *path, "asks {:?} and not {path:?}", walk.path);
            let receipt: Value =
                wait_for("a receipt", async || browser.script("return window.receipt ?? null;", &[]).await).await?;
            let own = |response: &Value| response["id"] == receipt["id"] && response["complete"] == true;
            let kept = wait_for("the response in KV", async || Ok(site.responses()?.into_iter().find(own))).await?;
            ensure!(kept["answers"] == json!(accepted), "kept {} and not {accepted:?}", kept["answers"]);
            let counted = of_answers(&kept);
            ensure!(counted == *keys, "counts {counted:?} and not {keys:?}");
        }
        Verdict::Refused { problems } => {
            // Where questions come one by one, the first that is wrong holds the visitor.
            let told = problems.iter().take(if walk.one_by_one { 1 } else { problems.len() });
            ensure!(walk.complaints.len() == told.len(), "complains {:?} and not {problems:?}", walk.complaints);
            for (problem, (question, shape, words)) in told.zip(&walk.complaints) {
                let asked = problem.field.split('.').next().unwrap_or_default();
                ensure!(question == asked, "complains at {question} and not at {asked}");
                let said = wording(problem, shape)?;
                ensure!(*words == said, "says `{words}` and not `{said}`");
            }
            ensure!(
                browser.script::<bool>("return window.receipt === undefined;", &[]).await?,
                "a receipt all the same"
            );
        }
    }
    Ok(Fate::Held)
}

async fn half(browser: &Browser, site: &Site<'_>, case: &Form) -> Result<Fate> {
    if fill(browser, site, case).await? == Fate::Beyond {
        return Ok(Fate::Beyond);
    }
    let Verdict::Accepted { path, accepted, keys } = &case.verdict else {
        anyhow::bail!("half a form is never refused")
    };
    let walk: Walk = browser.script(WALK, &[json!(false)]).await?;
    ensure!(walk.path == *path, "asks {:?} and not {path:?}", walk.path);
    browser.open("about:blank").await?;
    let partial = format!("sites/{}/responses?partial=1", site.id);
    let kept = async || site.product().api(Method::GET, &partial, None).await;
    if case.fields.is_empty() {
        ensure!(kept().await? == json!([]), "who has answered nothing has sent something");
        return Ok(Fate::Held);
    }
    eventually("the partial response", async || {
        let all = kept().await?;
        Ok(all[0]["complete"] == false && all[0]["answers"] == json!(accepted) && of_answers(&all[0]) == *keys)
    })
    .await?;
    Ok(Fate::Held)
}

/// What a response adds to the counts by its answers alone. The tests answer faster than people, so there is doubt.
fn of_answers(response: &Value) -> Vec<String> {
    let keys = response["keys"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let about = |key: &&str| !matches!(*key, "seen" | "started") && !key.starts_with("time/") && !key.starts_with('~');
    keys.filter(about).map(str::to_owned).collect()
}

/// What the visitor reads.
fn wording(problem: &Problem, shape: &str) -> Result<String> {
    let words = &i18n::accepted("en").context("English")?.invalid;
    let shape = shape.split([' ', ':', ';', '=']).next().unwrap_or_default();
    let text = match (problem.code.as_str(), shape) {
        ("required", "consent") => words.consent,
        ("required", _) => words.required,
        ("too_long", _) => words.too_long,
        ("too_many", _) => words.too_many,
        ("too_few", _) => words.too_few,
        ("too_low", _) => words.too_low,
        ("too_high", _) => words.too_high,
        ("too_early", _) => words.too_early,
        ("too_late", _) => words.too_late,
        ("malformed", "email") => words.malformed_email,
        ("malformed", "number") => words.malformed_number,
        ("malformed", "date") => words.malformed_date,
        (code, shape) => anyhow::bail!("no wording for {code} of {shape}"),
    };
    let limit = problem.limit.as_deref().unwrap_or_default();
    Ok(text.replace("{min}", limit).replace("{max}", limit))
}

/// For comparing: a form holds its fields in its own order, without empty ones, and a browser has its own line breaks.
fn sorted(fields: &[Field]) -> Vec<Field> {
    let given = fields.iter().filter(|(_, value)| !value.is_empty());
    let mut all: Vec<Field> = given.map(|(name, value)| (name.clone(), value.replace("\r\n", "\n"))).collect();
    all.sort();
    all
}
