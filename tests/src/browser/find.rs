//! Finding things on the page, inside shadow roots too.

use super::Browser;
use crate::wait::wait_for;
use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::WebElement;

/// All elements that match, in document order, through every open shadow root.
const SEARCH: &str = "
const found = [];
const visit = (root) => {
  found.push(...root.querySelectorAll(arguments[0]));
  for (const element of root.querySelectorAll('*')) if (element.shadowRoot) visit(element.shadowRoot);
};
visit(document);
";

/// Whether a person could see it.
const VISIBLE: &str = "
const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  && element.getClientRects().length > 0;
";

impl Browser {
    /// The first element that matches and can be seen, once there is one.
    pub async fn find(&self, css: &str) -> Result<WebElement> {
        let body = format!("{SEARCH}{VISIBLE} return found.find(visible) ?? null;");
        self.element(&body, css, &format!("`{css}` to be seen")).await
    }

    /// The first element that matches, seen or not, once there is one.
    pub async fn any(&self, css: &str) -> Result<WebElement> {
        let body = format!("{SEARCH} return found[0] ?? null;");
        self.element(&body, css, &format!("`{css}`")).await
    }

    /// How many elements that match can be seen now.
    pub async fn count(&self, css: &str) -> Result<usize> {
        self.script(&format!("{SEARCH}{VISIBLE} return found.filter(visible).length;"), &[json!(css)]).await
    }

    /// Whether one that matches can be seen now.
    pub async fn shows(&self, css: &str) -> Result<bool> {
        Ok(self.count(css).await? > 0)
    }

    /// Waits until none that matches can be seen.
    pub async fn gone(&self, css: &str) -> Result<()> {
        let what = format!("`{css}` to be gone");
        wait_for(&what, async || Ok((!self.shows(css).await?).then_some(()))).await
    }

    /// The words that a person can read in the first element that matches and can be seen.
    pub async fn text(&self, css: &str) -> Result<String> {
        let body = format!("{SEARCH}{VISIBLE} return found.find(visible)?.innerText ?? null;");
        let what = format!("the text of `{css}`");
        wait_for(&what, async || self.script(&body, &[json!(css)]).await).await
    }

    /// Waits until the words in an element that matches contain `part`.
    pub async fn reads(&self, css: &str, part: &str) -> Result<()> {
        let body =
            format!("{SEARCH}{VISIBLE} return found.filter(visible).map((element) => element.innerText).join('\\n');");
        let mut last = String::new();
        let outcome = wait_for("the words", async || {
            last = self.script(&body, &[json!(css)]).await?;
            Ok(last.contains(part).then_some(()))
        });
        outcome.await.with_context(|| format!("`{css}` never said `{part}` but `{last}`"))
    }

    /// All that can be read on the page, in shadow roots too.
    pub async fn words(&self) -> Result<String> {
        let body = format!(
            "const of = (element) => element?.innerText ?? ''; {SEARCH} return [document.body, ...found.flatMap((host) => host.shadowRoot ? [...host.shadowRoot.children] : [])].map(of).join('\\n');"
        );
        self.script(&body, &[json!("*")]).await
    }

    /// Asks a question about the first element that matches, seen or not: `expression` may use `it`.
    pub async fn ask<T: serde::de::DeserializeOwned>(&self, css: &str, expression: &str) -> Result<T> {
        let body = format!(
            "{SEARCH} const it = found[0]; if (!it) throw new Error('no such element'); return ({expression});"
        );
        self.script(&body, &[json!(css)]).await.with_context(|| format!("asking `{css}`"))
    }

    /// What has the keyboard's focus, as `tag[name=value]`, through shadow roots.
    pub async fn focus(&self) -> Result<String> {
        let body = "
let it = document.activeElement;
while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
if (!it) return '';
const name = it.getAttribute('name') ?? it.dataset.do ?? it.id ?? '';
return it.localName + (name && `[${name}]`) + (it.type === 'radio' || it.type === 'checkbox' ? `=${it.value}` : '');";
        self.script(body, &[]).await
    }

    async fn element(&self, body: &str, css: &str, what: &str) -> Result<WebElement> {
        wait_for(what, async || {
            let found = self.driver.execute(body, [json!(css)]).await?;
            if found.json().is_null() { Ok(None) } else { Ok(Some(found.element()?)) }
        })
        .await
        .with_context(|| format!("looking for `{css}`"))
    }
}
