//! Pages as they are out there: strict policies, odd places for the tag, storage that is blocked. On each the widget can be
//! answered, and the page's console stays clean but for what the page's own policy reports.

use crate::steps::{alive, answer_nps, nine_arrived};
use anyhow::{Context, Result};
use rapport_tests::browser::Kind;
use rapport_tests::{Browser, Page, Product, Site, browse, widgets};

const WIDGET: &str = "<rapport-widget name=nps></rapport-widget>";

/// One sort of page.
struct Row {
    name: &'static str,
    /// Of a page with `{tag}`, `{src}` and `{widget}`.
    document: &'static str,
    /// The policy, with `{worker}` for the Worker's origin.
    policy: &'static str,
    /// Whether WebAssembly may run.
    wasm: bool,
}

const PLAIN: &str =
    "<!doctype html><html lang=en><head><title>Page</title></head><body><h1>Page</h1>{tag}{widget}</body></html>";
const NONCE: &str = "<!doctype html><html lang=en><head><title>Page</title><script nonce=abc123 async src=\"{src}\"></script></head>\
                     <body><h1>Page</h1>{widget}</body></html>";

const ROWS: &[Row] = &[
    Row { name: "no policy", document: PLAIN, policy: "", wasm: true },
    Row {
        name: "the script in the head, not async",
        document: "<!doctype html><html lang=en><head><title>Page</title><script src=\"{src}\"></script></head><body><h1>Page</h1>{widget}</body></html>",
        policy: "",
        wasm: true,
    },
    Row {
        name: "the script before the body",
        document: "<!doctype html><html lang=en><head><title>Page</title></head>{tag}<body><h1>Page</h1>{widget}</body></html>",
        policy: "",
        wasm: true,
    },
    Row {
        name: "the script after the body",
        document: "<!doctype html><html lang=en><head><title>Page</title></head><body><h1>Page</h1>{widget}</body></html>{tag}",
        policy: "",
        wasm: true,
    },
    Row {
        name: "two copies of the script",
        document: "<!doctype html><html lang=en><head><title>Page</title>{tag}</head><body><h1>Page</h1>{widget}{tag}</body></html>",
        policy: "",
        wasm: true,
    },
    Row {
        name: "added by a tag manager",
        document: "<!doctype html><html lang=en><head><title>Page</title></head><body><h1>Page</h1>{widget}\
                   <script>const tag = document.createElement('script'); tag.src = '{src}'; document.head.append(tag);</script></body></html>",
        policy: "",
        wasm: true,
    },
    Row {
        name: "the element added later",
        document: "<!doctype html><html lang=en><head><title>Page</title>{tag}</head><body><h1>Page</h1>\
                   <script>addEventListener('load', () => { document.body.insertAdjacentHTML('beforeend', '{widget}'); });</script></body></html>",
        policy: "",
        wasm: true,
    },
    Row {
        name: "a quirks-mode page",
        document: "<html lang=en><title>Page</title><body><h1>Page</h1>{tag}{widget}",
        policy: "",
        wasm: true,
    },
    Row {
        name: "an XHTML-like strict host with WASM",
        document: PLAIN,
        policy: "default-src 'none'; script-src {worker} 'wasm-unsafe-eval'; connect-src {worker}",
        wasm: true,
    },
    Row {
        name: "a nonce, no inline styles",
        document: NONCE,
        policy: "default-src 'none'; script-src 'nonce-abc123' {worker} 'wasm-unsafe-eval'; connect-src {worker}; style-src 'self'",
        wasm: true,
    },
    Row {
        name: "strict-dynamic",
        document: NONCE,
        policy: "default-src 'none'; script-src 'nonce-abc123' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src {worker}; style-src 'none'",
        wasm: true,
    },
    Row {
        name: "Trusted Types with our policy",
        document: PLAIN,
        policy: "script-src {worker} 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types rapport",
        wasm: true,
    },
    Row {
        name: "Trusted Types without our policy",
        document: PLAIN,
        policy: "script-src {worker} 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'",
        wasm: true,
    },
    Row { name: "WASM forbidden", document: PLAIN, policy: "script-src {worker} 'unsafe-inline'", wasm: false },
    Row {
        name: "WASM and inline styles forbidden, Trusted Types",
        document: PLAIN,
        policy: "default-src 'none'; script-src {worker}; connect-src {worker}; require-trusted-types-for 'script'; trusted-types rapport",
        wasm: false,
    },
];

#[test]
fn whatever_the_page_allows() {
    browse(async |browser| {
        // What the browser says when a policy forbids something; the widget then takes the other way.
        browser.expect_complaint("Content Security Policy");
        browser.expect_complaint("Trusted");
        let mut failures = Vec::new();
        for row in ROWS {
            // It has Trusted Types, and no `setHTML` to go without a policy: there the page has to allow ours.
            if browser.kind() == Kind::Webkit && row.name == "Trusted Types without our policy" {
                continue;
            }
            if let Err(error) = check(browser, row).await.with_context(|| row.name) {
                browser.picture(&format!("failed-{}", row.name.replace(' ', "-"))).await?;
                failures.push(format!("{error:#}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n\n"));
        Ok(())
    });
}

async fn check(browser: &Browser, row: &Row) -> Result<()> {
    let product = Product::shared().await?;
    let site = product.site(&[widgets::nps()]).await?;
    let mut page = Page::raw(&document(&site, row.document));
    if !row.policy.is_empty() {
        page = page.header("content-security-policy", &row.policy.replace("{worker}", &product.url()));
    }
    browser.open(&site.page_at("", page)).await?;
    if row.wasm {
        alive(browser).await?;
        answer_nps(browser).await?;
    } else {
        browser.find("form.basic").await?;
        browser.click(&crate::steps::point("nps", "9")).await?;
        browser.click("button.send").await?;
        crate::steps::thanked(browser).await?;
    }
    assert_eq!(browser.count("form").await?, 1, "one form for one element");
    if row.wasm {
        nine_arrived(&site).await
    } else {
        anyhow::ensure!(site.only_answer("nps").await? == "9");
        Ok(())
    }
}

fn document(site: &Site<'_>, template: &str) -> String {
    template.replace("{tag}", &site.tag()).replace("{src}", &site.script()).replace("{widget}", WIDGET)
}

/// As Chromium does it when the visitor blocks all site data: touching a store throws.
pub async fn block_storage(browser: &Browser) -> Result<()> {
    browser
        .before_page(
            "for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) Object.defineProperty(window, name,
               { get() { throw new DOMException('blocked', 'SecurityError'); } });",
        )
        .await
}

#[test]
fn where_storage_is_blocked() {
    browse(async |browser| {
        block_storage(browser).await?;
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        browser.open(&site.page(WIDGET)).await?;
        alive(browser).await?;
        answer_nps(browser).await?;
        nine_arrived(&site).await
    });
}
