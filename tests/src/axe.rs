//! axe-core's judgement on what the page shows, shadow roots included.

use crate::Browser;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::json;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    html: String,
    #[serde(rename = "failureSummary", default)]
    summary: String,
}

impl Browser {
    /// Fails with every breach of WCAG 2.2 A and AA or of axe's best practices inside `css`, or on the whole page
    /// where it is empty. `skip` names rules that are the host page's affair. Style sheets are not read ahead: only a rule that
    /// is off by default wants them, and in shadow roots axe would write style elements, which the pages' policy forbids.
    pub async fn assert_accessible(&self, css: &str, skip: &[&str]) -> Result<()> {
        self.bring_axe().await?;
        let body = "
const [scope, skip] = arguments;
const rules = Object.fromEntries(skip.map((rule) => [rule, { enabled: false }]));
return axe.run(scope ? { include: [[scope]] } : document, { rules, preload: false, resultTypes: ['violations'] })
  .then((result) => result.violations.map(({ id, help, nodes }) =>
    ({ id, help, nodes: nodes.map(({ html, failureSummary }) => ({ html: html.slice(0, 240), failureSummary })) })));";
        let violations: Vec<Violation> = self.script(body, &[json!(css), json!(skip)]).await?;
        if violations.is_empty() {
            return Ok(());
        }
        let mut report = String::new();
        for Violation { id, help, nodes } in violations {
            report += &format!("{id}: {help}\n");
            for node in nodes {
                report += &format!("  {}\n    {}\n", node.html, node.summary.replace('\n', "\n    "));
            }
        }
        bail!("axe found barriers on {}:\n{report}", self.url().await?)
    }

    /// Past the page's Content-Security-Policy, which is about the page's own scripts.
    async fn bring_axe(&self) -> Result<()> {
        if self.script("return typeof axe === 'object';", &[]).await? {
            return Ok(());
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(path).context("axe-core is missing: run `cargo xtask setup`")?;
        self.evaluate(&source).await
    }
}
