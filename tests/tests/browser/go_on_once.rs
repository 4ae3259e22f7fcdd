//! A choice takes the visitor on by itself; whoever presses the button as well is not taken on twice.

use crate::steps::{alive, point};
use rapport_tests::{Product, browse};
use serde_json::{Value, json};

fn survey() -> Value {
    let choice = |name: &str, title: &str| {
        json!({ "name": name, "title": title, "required": true, "input": { "type": "choice", "options": [
            { "name": "yes", "label": "Yes" }, { "name": "no", "label": "No" } ] } })
    };
    json!({ "name": "survey", "kind": "survey", "label": "Two questions",
        "questions": [choice("one", "One?"), choice("two", "Two?"), choice("three", "Three?")] })
}

/// Chooses, and presses the button so many milliseconds later, as fast as no driver can.
const CHOOSE_AND_PRESS: &str = "
const root = document.querySelector('rapport-widget').shadowRoot;
const [option, wait] = arguments;
const label = root.querySelector(option);
label.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, detail: 1 }));
return new Promise((resolve) => {
  const press = () => { root.querySelector('.send').click(); resolve(true); };
  const next = () => root.querySelector(wait).checkVisibility() ? press() : setTimeout(next, 5);
  wait ? next() : setTimeout(press, 20);
});";

#[test]
fn a_choice_and_the_button_are_one_step() {
    browse(async |browser| {
        let site = Product::shared().await?.site(&[survey()]).await?;
        browser.open(&site.page("<rapport-widget name=survey></rapport-widget>")).await?;
        alive(browser).await?;
        // The button before the form has gone on, and just after.
        let before = json!(point("one", "yes"));
        browser.script::<bool>(CHOOSE_AND_PRESS, &[before, json!("")]).await?;
        browser.find(&point("two", "yes")).await?;
        let after = json!(point("two", "no"));
        browser.script::<bool>(CHOOSE_AND_PRESS, &[after, json!("[data-q=three]")]).await?;
        browser.find(&point("three", "yes")).await?;
        assert!(!browser.shows("[data-q=three] .error").await?);
        browser.click(&point("three", "yes")).await?;
        browser.click("button.send").await?;
        assert_eq!((site.only_answer("one").await?, site.only_answer("two").await?), ("yes".into(), "no".into()));
        Ok(())
    });
}
