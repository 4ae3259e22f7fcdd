//! End to end: a customer walks through the demo shop and answers everything. Each answer is in KV once, and the owner's
//! page shows what anybody gets who counts the values in KV by hand.

use crate::dashboard::enter;
use crate::steps::Step::{Go, Pick, PickAndGo, Tick, Type};
use crate::steps::{Hand, Step, fill};
use anyhow::{Context, Result};
use rapport_tests::demo::{published, widgets};
use rapport_tests::site::answer;
use rapport_tests::{Browser, Product, Site, browse, eventually};
use serde_json::Value;

/// One widget on the way.
struct Stop {
    page: &'static str,
    /// What brings the widget up, where the page does not simply have it.
    clicks: &'static [&'static str],
    widget: &'static str,
    steps: &'static [Step],
    stored: &'static [(&'static str, &'static str)],
}

const WALK: &[Stop] = &[
    Stop {
        page: "/studio/",
        clicks: &["[data-view=cloth] .button", "[data-save]"],
        widget: "nps",
        steps: &[Pick("nps", "9"), Type("loved", "It lies flat."), Tick("quote", "yes"), Go],
        stored: &[("nps", "9"), ("loved", "It lies flat."), ("quote", "yes")],
    },
    Stop {
        page: "/studio/",
        clicks: &["form[data-widget=feedback] .tab"],
        widget: "feedback",
        steps: &[Pick("topic", "idea"), Type("message", "Squared paper."), Go],
        stored: &[("topic", "idea"), ("message", "Squared paper.")],
    },
    Stop {
        page: "/thanks/",
        clicks: &[],
        widget: "csat",
        steps: &[Pick("csat", "3"), Tick("wrong", "postage"), Type("why", "Dear."), Go],
        stored: &[("csat", "3"), ("wrong", "postage"), ("why", "Dear.")],
    },
    Stop { page: "/help/", clicks: &[], widget: "ces", steps: &[Pick("ces", "6"), Go], stored: &[("ces", "6")] },
    Stop {
        page: "/survey/",
        clicks: &[],
        widget: "customers",
        steps: &[
            PickAndGo("since", "longer"),
            Tick("uses", "lists"),
            Go,
            PickAndGo("most", "field"),
            Pick("aspects.paper", "great"),
            Go,
            PickAndGo("overall", "4"),
            Go,
            Type("filled", "3"),
            Go,
            Go,
            Go,
            Go,
            Go,
        ],
        stored: &[
            ("since", "longer"),
            ("uses", "lists"),
            ("most", "field"),
            ("aspects.paper", "great"),
            ("overall", "4"),
            ("filled", "3"),
        ],
    },
    Stop {
        page: "/journal/sewn-spines/",
        clicks: &[],
        widget: "cloth",
        steps: &[Pick("cloth", "kelp"), Go],
        stored: &[("cloth", "kelp")],
    },
    Stop {
        page: "/journal/sewn-spines/",
        clicks: &[],
        widget: "helpful",
        steps: &[Pick("helpful", "1"), Go],
        stored: &[("helpful", "1")],
    },
    Stop {
        page: "/notebook/",
        clicks: &[],
        widget: "stars",
        steps: &[Pick("stars", "5"), Go],
        stored: &[("stars", "5")],
    },
];

/// Views that led to no response go by beacon, and to KV only once the day is over: until then this is their record.
const EAVESDROP: &str = "
const send = navigator.sendBeacon.bind(navigator);
navigator.sendBeacon = (address, body) => {
  localStorage.setItem('beacons', (localStorage.getItem('beacons') ?? '') + body + '\\n');
  return send(address, body);
};";

#[test]
fn what_a_customer_answers_is_what_the_owner_reads() {
    browse(async |browser| {
        let product = Product::start().await?;
        let site = published(&product, &[]).await?;
        browser.before_page(EAVESDROP).await?;
        for stop in WALK {
            answer_at(browser, &product, stop).await.with_context(|| format!("{} on {}", stop.widget, stop.page))?;
        }
        // Away from the last page, so that it has reported everything.
        browser.open(&format!("{}/assets/icon.svg", product.demo.url())).await?;
        let beacons: String = browser.script("return localStorage.getItem('beacons') ?? '';", &[]).await?;

        eventually("every answer in KV", async || {
            Ok(site.responses()?.iter().filter(|response| response["complete"] == true).count() >= WALK.len())
        })
        .await?;
        let responses = site.responses()?;
        assert_eq!(responses.len(), WALK.len(), "each answer is in KV once");
        for stop in WALK {
            let response = responses.iter().find(|response| response["widget"] == stop.widget).context(stop.widget)?;
            for (field, value) in stop.stored {
                assert_eq!(answer(response, field), *value, "{field} of {}", stop.widget);
            }
        }
        compare(browser, &site, &by_hand(&responses, &beacons)?).await
    });
}

async fn answer_at(browser: &Browser, product: &Product, stop: &Stop) -> Result<()> {
    browser.open(&format!("{}{}", product.demo.url(), stop.page)).await?;
    browser.any(&format!("form.live[data-widget={}]", stop.widget)).await?;
    for css in stop.clicks {
        browser.click(css).await?;
    }
    for step in stop.steps {
        match step {
            // There are other forms on the page.
            Go => browser.click(&format!("form[data-widget={}] button.send", stop.widget)).await?,
            step => fill(browser, Hand::Mouse, &[*step]).await?,
        }
    }
    browser.find(&format!("form[data-widget={}] .thanks", stop.widget)).await?;
    Ok(())
}

/// Figures by nothing but their definitions.
#[derive(Debug, Default)]
struct Figures {
    satisfied: usize,
    judged: usize,
    promoters: usize,
    detractors: usize,
    scored: usize,
    seen: usize,
    started: usize,
    answered: usize,
    completed: usize,
}

fn by_hand(responses: &[Value], beacons: &str) -> Result<Figures> {
    let mut figures = Figures::default();
    for response in responses {
        let counts =
            |key: &str| usize::from(response["keys"].as_array().is_some_and(|keys| keys.iter().any(|k| k == key)));
        figures.seen += counts("seen");
        figures.started += counts("started");
        figures.answered += usize::from(response["answers"].as_array().is_some_and(|answers| !answers.is_empty()));
        figures.completed += usize::from(response["complete"] == true);
        for widget in widgets()?.iter().filter(|widget| widget["name"] == response["widget"]) {
            for question in widget["questions"].as_array().context("a widget has questions")? {
                let input = &question["input"];
                let Ok(point) = answer(response, question["name"].as_str().unwrap_or_default()).parse::<i64>() else {
                    continue;
                };
                match input["measures"].as_str() {
                    Some("csat") => {
                        figures.judged += 1;
                        figures.satisfied +=
                            usize::from(point >= input["satisfied_from"].as_i64().context("a threshold")?);
                    }
                    Some("nps") => {
                        figures.scored += 1;
                        figures.promoters += usize::from(point >= 9);
                        figures.detractors += usize::from(point <= 6);
                    }
                    _ => {}
                }
            }
        }
    }
    for beacon in beacons.lines() {
        let beacon: Value = serde_json::from_str(beacon)?;
        for view in beacon["views"].as_array().into_iter().flatten() {
            let had = |moment: &str| {
                usize::from(view["moments"].as_array().is_some_and(|all| all.iter().any(|m| m == moment)))
            };
            figures.seen += had("seen");
            figures.started += had("started");
        }
    }
    Ok(figures)
}

/// Reads the owner's page as an owner does.
async fn compare(browser: &Browser, site: &Site<'_>, figures: &Figures) -> Result<()> {
    enter(browser, site.product()).await?;
    browser.open(&format!("{}/dashboard/s/{}", site.product().url(), site.id)).await?;
    let share = |hits: usize, of: usize| format!("{:.0}", 100.0 * hits as f64 / of as f64);
    let score = 100.0 * (figures.promoters as f64 - figures.detractors as f64) / figures.scored as f64;
    let Figures { satisfied, judged, scored, seen, started, answered, completed, .. } = *figures;
    for (metric, value, of) in [
        ("satisfaction", share(satisfied, judged), format!("of the {judged} who answered")),
        ("nps", format!("{score:.0}"), format!("of the {scored} who answered")),
        ("interaction", share(started, seen), format!("{started} of {seen} views")),
        ("response", share(answered, seen), format!("{answered} of {seen} views")),
        ("completion", share(completed, started), format!("{completed} of {started} started")),
    ] {
        let card = format!("article:has(#figure-{metric})");
        browser
            .reads(&format!("{card} .words"), &of)
            .await
            .with_context(|| format!("{metric}, by hand {figures:?}"))?;
        let shown = browser.text(&format!("{card} .value")).await?;
        let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, value, "{metric} says {shown}, by hand {figures:?}");
    }
    browser.reads("section:has(#intake)", &format!("{} accepted", WALK.len())).await
}
