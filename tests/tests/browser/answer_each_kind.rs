//! Every kind of widget can be answered by mouse, by touch and by keys alone, and what is stored is what was given.

use crate::steps::Step::{Date, Go, Pick, PickAndGo, Tick, Type, Up};
use crate::steps::{Hand, Step, alive, fill, thanked};
use anyhow::{Context, Result};
use rapport_tests::browser::Screen;
use rapport_tests::site::answer;
use rapport_tests::{Product, browse, wait_for, widgets};

struct Row {
    widget: &'static str,
    steps: &'static [Step],
    stored: &'static [(&'static str, &'static str)],
}

const ROWS: &[Row] = &[
    Row {
        widget: "nps",
        steps: &[Pick("nps", "10"), Type("best", "The paper."), Go],
        stored: &[("nps", "10"), ("best", "The paper.")],
    },
    Row { widget: "csat", steps: &[Pick("csat", "4"), Go], stored: &[("csat", "4")] },
    Row { widget: "ces", steps: &[PickAndGo("ces", "2")], stored: &[("ces", "2")] },
    Row { widget: "stars", steps: &[PickAndGo("rating", "5")], stored: &[("rating", "5")] },
    Row { widget: "smileys", steps: &[PickAndGo("rating", "1")], stored: &[("rating", "1")] },
    Row { widget: "thumbs", steps: &[PickAndGo("rating", "1")], stored: &[("rating", "1")] },
    Row { widget: "poll", steps: &[Pick("next", "ink"), Go], stored: &[("next", "ink")] },
    Row {
        widget: "feedback",
        steps: &[Pick("category", "idea"), Type("words", "More ink."), Type("reply", "ann@example.com"), Go],
        stored: &[("category", "idea"), ("words", "More ink."), ("reply", "ann@example.com")],
    },
    Row {
        widget: "survey",
        steps: &[
            Go,
            Pick("role", "painter"),
            Go,
            Tick("tools", "brush"),
            Tick("tools", "pen"),
            Go,
            Type("brush", "A wide one"),
            Go,
            Type("years", "12"),
            Go,
            Date("since", "02282021"),
            Go,
            Up("order", "feel"),
            Up("order", "feel"),
            Go,
            Pick("parts.paper", "great"),
            Pick("parts.cover", "fine"),
            Go,
            Type("mail", "ann@example.com"),
            Go,
            Type("story", "It began in autumn."),
            Go,
            Tick("agree", "yes"),
            Go,
        ],
        stored: &[
            ("role", "painter"),
            ("tools", "pen|brush"),
            ("brush", "A wide one"),
            ("years", "12"),
            ("since", "2021-02-28"),
            ("order.price", "2"),
            ("order.look", "3"),
            ("order.feel", "1"),
            ("parts.paper", "great"),
            ("parts.cover", "fine"),
            ("mail", "ann@example.com"),
            ("story", "It began in autumn."),
            ("agree", "yes"),
        ],
    },
];

#[test]
fn by_mouse() {
    browse(async |browser| check(browser, Hand::Mouse).await);
}

#[test]
fn by_touch() {
    browse(async |browser| {
        browser.screen(Screen::Phone).await?;
        check(browser, Hand::Touch).await
    });
}

#[test]
fn by_keys_alone() {
    browse(async |browser| check(browser, Hand::Keys).await);
}

async fn check(browser: &rapport_tests::Browser, hand: Hand) -> Result<()> {
    let site = Product::shared().await?.site(&widgets::every_kind()).await?;
    let mut failures = Vec::new();
    for row in ROWS {
        let outcome: Result<()> = async {
            let page = site.page(&format!("<rapport-widget name={}></rapport-widget>", row.widget));
            browser.open(&page).await?;
            alive(browser).await?;
            fill(browser, hand, row.steps).await?;
            thanked(browser).await?;
            let response = wait_for("the response in KV", async || {
                let all = site.responses()?;
                Ok(all.into_iter().find(|response| response["widget"] == row.widget && response["complete"] == true))
            })
            .await?;
            for (field, value) in row.stored {
                assert_eq!(answer(&response, field), *value, "{field} of {}", row.widget);
            }
            Ok(())
        }
        .await;
        if let Err(error) = outcome.with_context(|| format!("{} by {hand:?}", row.widget)) {
            browser.picture(&format!("failed-{}-{hand:?}", row.widget)).await?;
            failures.push(format!("{error:#}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    assert_eq!(site.responses()?.len(), ROWS.len(), "each answer is stored once");
    Ok(())
}
