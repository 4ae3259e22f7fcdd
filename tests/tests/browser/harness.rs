//! The tools of these suites, tried on a page that nobody else owns: a test that cannot fail proves nothing.

use anyhow::Result;
use rapport_tests::browser::{Kind, Line, Media, Screen, key};
use rapport_tests::product::root;
use rapport_tests::{Host, Page, browse};

const FORM: &str = "
<x-card></x-card>
<script>
customElements.define('x-card', class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = `<style>button { min-height: 44px }</style><form><label><input type=radio name=a value=1>1</label>
      <label><input type=radio name=a value=2>2</label><label>Words <input name=words></label><button type=button>Send</button><p></p></form>`;
    root.querySelector('button').onclick = (event) => { root.querySelector('p').textContent = `sent by ${event.pointerType || 'key'}`; };
  }
});
</script>";

#[test]
fn mouse_keys_and_fingers_reach_into_a_shadow_root() {
    browse(async |browser| {
        let host = Host::start().await?;
        browser.open(&host.put("/", Page::new(FORM))).await?;
        browser.click("button").await?;
        browser.reads("p", "sent by mouse").await?;
        browser.tap("button").await?;
        browser.reads("p", "sent by touch").await?;
        browser.fill("[name=words]", "hello").await?;
        assert_eq!(browser.ask::<String>("[name=words]", "it.value").await?, "hello");
        browser.tab_to("button").await?;
        browser.keys(key::ENTER).await?;
        browser.reads("p", "sent by key").await?;
        browser.click("[value='1']").await?;
        browser.keys(key::RIGHT).await?;
        assert_eq!(browser.focus().await?, "input[a]=2");
        browser.assert_accessible("", &[]).await
    });
}

#[test]
fn barriers_errors_and_shifts_are_noticed() {
    browse(async |browser| {
        let host = Host::start().await?;
        let page = "<img src=data:,><p id=low>pushed</p><script>
            setTimeout(() => { const box = document.createElement('div'); box.style.height = '300px'; low.before(box); }, 50);
            setTimeout(() => { throw new Error('thrown on purpose'); });
            Promise.reject(new Error('rejected on purpose'));</script>";
        browser.open(&host.put("/", Page::new(page))).await?;
        let barriers = browser.assert_accessible("", &[]).await.unwrap_err().to_string();
        assert!(barriers.contains("image-alt"), "{barriers}");
        rapport_tests::eventually("a shift", async || Ok(browser.feel().await?.shift > 0.0)).await?;
        let complaints = browser.complaints().await?.join("\n");
        assert!(complaints.contains("thrown on purpose"), "{complaints}");
        assert!(complaints.contains("rejected on purpose"), "{complaints}");
        browser.expect_complaint("on purpose");
        browser.expect_complaint("data:,");
        Ok(())
    });
}

#[test]
fn another_device_line_and_taste() {
    browse(async |browser| {
        let host = Host::start().await?;
        let address = host.put("/", Page::new("<p>here</p>"));
        browser.screen(Screen::Phone).await?;
        browser.prefer(&[Media::Dark, Media::ReducedMotion]).await?;
        browser.open(&address).await?;
        let facts: (f64, bool, bool, bool) = browser
            .script(
                "const is = (query) => matchMedia(query).matches;
                 return [innerWidth, is('(pointer: coarse)'), is('(prefers-color-scheme: dark)'), is('(prefers-reduced-motion)')];",
                &[],
            )
            .await?;
        assert_eq!(facts, (390.0, true, true, true));
        browser.prefer(&[Media::ForcedColors]).await?;
        let forced = "return matchMedia('(forced-colors: active)').matches;";
        rapport_tests::eventually("forced colours", async || browser.script(forced, &[]).await).await?;
        browser.line(Line::Dead).await?;
        let reached =
            async || -> Result<bool> { browser.script("return fetch('/').then(() => true, () => false);", &[]).await };
        assert!(!reached().await?);
        browser.line(Line::Fast).await?;
        assert!(reached().await?);
        browser.expect_complaint("ERR_INTERNET_DISCONNECTED");
        Ok(())
    });
}

#[test]
fn a_page_without_scripts_can_still_be_used() {
    browse(async |browser| {
        let host = Host::start().await?;
        let page = "<script>document.body.append('scripts run')</script><form action=/done><input name=word aria-label=Word><button>Go</button></form>";
        let address = host.put("/", Page::new(page));
        host.put("/done", Page::new("<p>done</p>"));
        browser.allow_scripts(false).await?;
        browser.open(&address).await?;
        assert!(!browser.text("body").await?.contains("scripts run"));
        browser.fill("[name=word]", "quiet").await?;
        browser.click("button").await?;
        browser.reads("p", "done").await?;
        assert!(browser.url().await?.ends_with("/done?word=quiet"));
        Ok(())
    });
}

#[test]
fn a_page_comes_back_from_the_cache() {
    browse(async |browser| {
        let host = Host::start().await?;
        let next = host.put("/next", Page::new("<p>next</p>"));
        let first = host.put(
            "/",
            Page::new(&format!(
                "<a href='{next}'>on</a><script>addEventListener('pageshow', (event) => {{ window.restored = event.persisted; }})</script>"
            )),
        );
        browser.open(&first).await?;
        browser.click("a").await?;
        browser.reads("p", "next").await?;
        browser.back().await?;
        rapport_tests::eventually("the page to come back", async || {
            browser.script("return window.restored === true;", &[]).await
        })
        .await
    });
}

#[test]
fn a_page_is_rendered_in_advance() {
    browse(async |browser| {
        let host = Host::start().await?;
        let next = host.put("/next", Page::new("<p>next</p><script>window.early = document.prerendering</script>"));
        let first = host.put("/", Page::new(&format!("<a href='{next}'>on</a>{}", in_advance(&next))));
        browser.open(&first).await?;
        rapport_tests::eventually("the next page to be asked for", async || Ok(host.visits("/next") > 0)).await?;
        browser.click("a").await?;
        browser.reads("p", "next").await?;
        assert!(browser.script::<bool>("return window.early;", &[]).await?, "it was not rendered in advance");
        Ok(())
    });
}

#[test]
fn what_other_browsers_are_excused_from_is_there() {
    for path in Kind::excused() {
        let (suite, test) = path.split_once("::").unwrap();
        let source = root().join(format!("tests/tests/browser/{suite}.rs"));
        let source = std::fs::read_to_string(&source).unwrap_or_else(|_| panic!("no suite {suite}"));
        assert!(source.contains(&format!("fn {test}")), "{suite} has no test {test}");
    }
}

/// Asks the browser to render a page before anybody goes there.
pub fn in_advance(address: &str) -> String {
    format!(
        "<script type=speculationrules>{{\"prerender\":[{{\"urls\":[\"{address}\"],\"eagerness\":\"immediate\"}}]}}</script>"
    )
}
