//! In the browser every situation of `tests/fixtures` opens and closes the gates that core says, and what may come up does.

use anyhow::{Context, Result, ensure};
use rapport_tests::browser::Screen;
use rapport_tests::fixtures::{self, Situation, Visit};
use rapport_tests::{Browser, Host, Page, Product, Site, browse, widgets};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The present moment of every situation.
const NOW: i64 = 1_764_000_000_000;

/// Sets the stage before the script comes: what the device remembers, what the page says of the visitor, and a clock that
/// stands still. Another widget comes up, because the page asks for it, before any widget comes up by itself: as there is
/// one at a time, the one that is tested keeps waiting, and can be asked at leisure what its gates say.
const STAGE: &str = "
window.clock = stage.begin;
Date.now = () => window.clock;
localStorage.clear();
for (const [key, text] of Object.entries(stage.kept)) localStorage[`rapport:${stage.site}:${key}`] = text;
window.rapport = { q: stage.calls };
const awake = new MutationObserver(() => { awake.disconnect(); rapport.show('other'); });
new MutationObserver(() => {
  const host = document.querySelector('rapport-widget[name=other]');
  if (host) awake.observe(host.shadowRoot, { subtree: true, attributes: true, attributeFilter: ['class'] });
}).observe(document.documentElement, { childList: true });";

#[derive(Deserialize)]
struct Told {
    outcome: String,
    gates: Vec<Gate>,
}

#[derive(Deserialize)]
struct Gate {
    code: String,
    outcome: String,
    value: String,
}

#[test]
fn every_situation() {
    browse(async |browser| {
        // Paths matter here, so this site has an origin to itself.
        let host = Host::start().await?;
        let mut failures = Vec::new();
        for case in fixtures::targeting()? {
            if let Err(error) = check(browser, &host, &case).await.with_context(|| case.why.clone()) {
                failures.push(format!("{error:#}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        Ok(())
    });
}

async fn check(browser: &Browser, host: &Host, case: &Visit) -> Result<()> {
    let situation = &case.situation;
    let placement = json!({ "type": if situation.interrupts { "popover" } else { "inline" } });
    let tested = widgets::targeted(widgets::placed(widgets::nps(), placement), case.targeting.clone());
    let other = widgets::named(widgets::placed(widgets::csat(), json!({ "type": "popover" })), "other");
    let other = widgets::targeted(other, json!({ "event": { "name": "never" } }));
    let usual = json!({ "cooldown_days": 7, "per_visit": 1 });
    let settings = json!({ "origins": [host.origin()], "attention": case.attention.as_ref().unwrap_or(&usual) });
    let site = Product::shared().await?.site_with(&settings, &[tested, other]).await?;

    browser.screen(screen(&situation.device)?).await?;
    let path = situation.path.split('#').next().unwrap_or_default();
    host.put(path, page(&site, situation));
    browser.open(&format!("{}{}", host.origin(), situation.path)).await?;
    let form = "form.live[data-widget=nps]";
    let attribute: String = browser.any(form).await?.attr("data-when").await?.unwrap_or_default();
    ensure!(attribute == case.attribute, "the form carries `{attribute}`");
    act(browser, case).await?;

    let told: Told =
        browser.script("window.clock = arguments[0]; return rapport.explain('nps');", &[json!(NOW)]).await?;
    ensure!(told.outcome == case.outcome, "says {} and not {}", told.outcome, case.outcome);
    let gates: Vec<_> = told.gates.into_iter().map(|gate| (gate.code, gate.outcome, gate.value)).collect();
    ensure!(gates == case.gates, "says {gates:?} and not {:?}", case.gates);

    // The other one goes, and a call of the page makes it look again.
    browser.script::<()>("rapport.hide('other'); rapport.traits({}); return null;", &[]).await?;
    if case.outcome == "pass" {
        browser.find(&format!("{form} .q")).await?;
    } else {
        ensure!(!browser.shows(&format!("{form} .q")).await?, "it came up");
    }
    Ok(())
}

fn screen(device: &str) -> Result<Screen> {
    match device {
        "phone" => Ok(Screen::Phone),
        "desktop" => Ok(Screen::Desktop),
        other => anyhow::bail!("there is no {other} to look with"),
    }
}

fn page(site: &Site<'_>, situation: &Situation) -> Page {
    let mut calls = vec![json!(["traits", object(&situation.traits)])];
    calls.extend(situation.events.iter().map(|event| json!(["track", event.name, object(&event.properties)])));
    let begin = NOW - situation.seconds * 1_000;
    let stage = json!({
        "site": site.id, "begin": begin, "calls": calls,
        "kept": { "memory": memory(situation, begin), "draw": situation.draw.to_string() },
    });
    // Four windows high, so that scrolling is a matter of whole percents.
    Page::raw(&format!(
        "<!doctype html><html lang={}><head><meta charset=utf-8><title>Page</title>\
         <meta name=viewport content='width=device-width, initial-scale=1'>\
         <style>body {{ margin: 0; height: 400vh }}</style><script>const stage = {stage};{STAGE}</script>{}</head>\
         <body><button id=help>Help</button>{}</body></html>",
        situation.language,
        site.tag(),
        if situation.interrupts { "" } else { "<rapport-widget name=nps></rapport-widget>" },
    ))
}

/// As `rapport_core::attention::Memory` keeps it.
fn memory(situation: &Situation, begin: i64) -> String {
    let moment = |moment: Option<i64>| moment.map(|moment| moment.to_string()).unwrap_or_default();
    let [shown, invited, answered] = [situation.shown, situation.invited, situation.answered].map(moment);
    format!("{} {begin} {} nps,{shown},{invited},{answered}", situation.visits, situation.invitations)
}

/// What the visitor does on the page.
async fn act(browser: &Browser, case: &Visit) -> Result<()> {
    let situation = &case.situation;
    if situation.scrolled > 0 {
        let scroll = "return new Promise((done) => {
            addEventListener('scroll', () => done(null), { once: true });
            scrollTo(0, innerHeight * (arguments[0] * 4 / 100 - 1));
        });";
        browser.script::<()>(scroll, &[json!(situation.scrolled)]).await?;
    }
    if situation.leaving {
        let leave = "document.documentElement.dispatchEvent(new MouseEvent('mouseout', { bubbles: true, clientY: -5 })); return null;";
        browser.script::<()>(leave, &[]).await?;
    }
    if situation.clicked {
        browser.click(case.targeting["click"].as_str().context("a selector")?).await?;
    }
    Ok(())
}

fn object(fields: &[fixtures::Field]) -> Map<String, Value> {
    fields.iter().map(|(name, value)| (name.clone(), json!(value))).collect()
}
