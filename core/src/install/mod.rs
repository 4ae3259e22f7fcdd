//! Whether a page carries a site's tag as it should: from its HTML and its policies, as a Worker that fetches it sees
//! them. What scripts of the page add later, a tag manager's among them, cannot be seen in there, and is told so.

mod policy;
mod tag;

use crate::name::SiteId;
use tag::Element;

pub use tag::origin;

/// What was fetched.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Where: `https://example.com/shop`.
    pub address: &'a str,
    pub html: &'a str,
    /// Values of the header `Content-Security-Policy`.
    pub policies: &'a [String],
}

/// What it should carry.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The Worker's origin.
    pub worker: &'a str,
    pub site: &'a SiteId,
    /// The live widgets, and whether the page has to say where they stand.
    pub live: &'a [(&'a str, bool)],
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The tag is there, for this site.
    Found,
    /// A script of the page mentions the address of the tag: it may add it.
    Mentioned,
    /// No tag.
    Missing,
    /// No tag, but a tag manager that may add one.
    TagManager,
    /// A tag of another site: its id.
    OtherSite(String),
    /// A tag that loads from another deployment: its origin.
    OtherWorker(String),
    /// The tag, this many times.
    Repeated(usize),
    /// The page waits for the script, as `async` is missing.
    NotAsync,
    /// A tag with `http:` on a page with `https:`.
    Insecure,
    /// The page's policy forbids the script.
    PolicyScript,
    /// … or WebAssembly.
    PolicyWasm,
    /// … or sending answers.
    PolicyConnect,
    /// … or the Trusted Types policy.
    PolicyTypes,
    /// A place for a widget that is not live: its name.
    UnknownPlace(String),
    /// A live widget that needs a place, and has none on this page.
    NoPlace(String),
    /// Nothing of the site is live.
    NothingLive,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Nothing will be seen.
    Bad,
    /// Something will be missing.
    Mild,
    /// Good to know.
    Fine,
}

impl Finding {
    /// How bad it is.
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Missing
            | Self::OtherSite(_)
            | Self::OtherWorker(_)
            | Self::Insecure
            | Self::PolicyScript
            | Self::PolicyConnect => Weight::Bad,
            Self::TagManager
            | Self::Repeated(_)
            | Self::NotAsync
            | Self::PolicyWasm
            | Self::PolicyTypes
            | Self::UnknownPlace(_)
            | Self::NoPlace(_)
            | Self::NothingLive => Weight::Mild,
            Self::Found | Self::Mentioned => Weight::Fine,
        }
    }
}

/// Everything that can be told of a page, the worst first.
pub fn check(page: Page<'_>, expected: Expected<'_>) -> Vec<Finding> {
    let elements = tag::elements(page.html);
    let mut found = Vec::new();
    let mut ours = Vec::new();
    for element in &elements {
        match element.src(page.address).map(|src| source(&src, expected)) {
            Some(Source::Ours) => ours.push(element),
            Some(Source::Foreign(finding)) if !found.contains(&finding) => found.push(finding),
            _ => {}
        }
    }
    match ours.first() {
        Some(tag) => {
            found.push(Finding::Found);
            if ours.len() > 1 {
                found.push(Finding::Repeated(ours.len()));
            }
            if !tag.waits_for_nothing() {
                found.push(Finding::NotAsync);
            }
        }
        None => found.extend(absent(&found, &elements, expected)),
    }
    policies(&mut found, page, expected, &elements, ours.first().copied());
    places(&mut found, expected, &elements, !ours.is_empty());
    found.sort_by_key(Finding::weight);
    found
}

enum Source {
    Ours,
    Foreign(Finding),
    Other,
}

/// What a script's address is to us: ours looks like `{worker}/s/{site}.js`.
fn source(address: &str, expected: Expected<'_>) -> Source {
    let bare = address.split(['?', '#']).next().unwrap_or_default();
    let Some((origin, file)) = bare.rsplit_once("/s/") else { return Source::Other };
    let Some(id) = file.strip_suffix(".js") else { return Source::Other };
    let host = |origin: &str| origin.split_once("://").map(|(_, host)| host.to_owned());
    if origin == expected.worker {
        return match SiteId::parse(id) {
            Ok(site) if site == *expected.site => Source::Ours,
            _ => Source::Foreign(Finding::OtherSite(id.chars().take(64).collect())),
        };
    }
    if host(origin) == host(expected.worker) && origin.starts_with("http://") {
        return Source::Foreign(Finding::Insecure);
    }
    // Many a shop has scripts below `/s/`: only one that is named like the site is taken for a tag.
    if id == expected.site.as_str() {
        return Source::Foreign(Finding::OtherWorker(origin.chars().take(120).collect()));
    }
    Source::Other
}

/// What to say where there is no tag of this site.
fn absent(found: &[Finding], elements: &[Element<'_>], expected: Expected<'_>) -> Option<Finding> {
    if !found.is_empty() {
        return None;
    }
    let address = format!("/s/{}.js", expected.site);
    let loads = |element: &&Element<'_>| {
        element.is("script")
            && (element.text.contains(&address)
                || (element.text.contains(expected.worker) && element.text.contains(expected.site.as_str())))
    };
    let manages = |element: &&Element<'_>| {
        let known = ["googletagmanager.com", "tagmanager", "matomo", "tealium", "segment.com", "adobedtm"];
        let src = element.get("src").unwrap_or_default();
        element.is("script") && known.iter().any(|name| src.contains(name) || element.text.contains(name))
    };
    Some(if elements.iter().any(|element| loads(&element)) {
        Finding::Mentioned
    } else if elements.iter().any(|element| manages(&element)) {
        Finding::TagManager
    } else {
        Finding::Missing
    })
}

fn policies(
    found: &mut Vec<Finding>,
    page: Page<'_>,
    expected: Expected<'_>,
    elements: &[Element<'_>],
    tag: Option<&Element<'_>>,
) {
    let metas = elements.iter().filter(|element| {
        element.is("meta")
            && element.get("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("content-security-policy"))
    });
    let metas = metas.filter_map(|element| element.get("content"));
    let asked = policy::Asked {
        page: tag::origin(page.address),
        worker: expected.worker,
        script: &format!("{}/s/{}.js", expected.worker, expected.site),
        ingest: &format!("{}/e/{}", expected.worker, expected.site),
        nonce: tag.and_then(|tag| tag.get("nonce")),
    };
    // Every policy has to allow it; a header may hold several.
    let headers = page.policies.iter().flat_map(|value| value.split(','));
    for text in headers.chain(metas) {
        for finding in policy::breaches(text, &asked) {
            if !found.contains(&finding) {
                found.push(finding);
            }
        }
    }
}

fn places(found: &mut Vec<Finding>, expected: Expected<'_>, elements: &[Element<'_>], tagged: bool) {
    if expected.live.is_empty() {
        found.push(Finding::NothingLive);
        return;
    }
    let places: Vec<&str> = elements
        .iter()
        .filter(|element| element.is("rapport-widget"))
        .filter_map(|element| element.get("name"))
        .collect();
    for name in &places {
        let finding = Finding::UnknownPlace(name.chars().take(64).collect());
        if expected.live.iter().all(|(live, _)| live != name) && !found.contains(&finding) {
            found.push(finding);
        }
    }
    if tagged {
        for (name, _) in expected.live.iter().filter(|(name, inline)| *inline && !places.contains(name)) {
            found.push(Finding::NoPlace((*name).to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKER: &str = "https://rapport.example.workers.dev";
    const TAG: &str = r#"<script async src="https://rapport.example.workers.dev/s/acme.js"></script>"#;

    fn look(html: &str, policies: &[&str], live: &[(&str, bool)]) -> Vec<Finding> {
        let policies: Vec<String> = policies.iter().map(|text| (*text).to_owned()).collect();
        let site = SiteId::parse("acme").unwrap();
        let page = Page { address: "https://shop.example/a", html, policies: &policies };
        check(page, Expected { worker: WORKER, site: &site, live })
    }

    fn tags(html: &str) -> Vec<Finding> {
        look(html, &[], &[("nps", false)])
    }

    #[test]
    fn the_tag_is_found_however_it_is_written() {
        let found = [Finding::Found];
        assert_eq!(tags(TAG), found);
        assert_eq!(tags(&format!("<!doctype html><html><head>{TAG}</head>")), found);
        assert_eq!(tags("<SCRIPT SRC=//rapport.example.workers.dev/s/acme.js?lang=de ASYNC></SCRIPT>"), found);
        assert_eq!(tags("<script type=module src='https://rapport.example.workers.dev/s/acme.js'></script>"), found);
        assert_eq!(tags("<script defer src = \"https://rapport.example.workers.dev/s/acme.js\"></script>"), found);
    }

    #[test]
    fn what_is_wrong_with_the_tag() {
        assert_eq!(tags("<p>Hello</p>"), [Finding::Missing]);
        assert_eq!(tags(&format!("<!-- {TAG} -->")), [Finding::Missing]);
        assert_eq!(tags(&TAG.replace("acme", "acmee")), [Finding::OtherSite("acmee".into())]);
        assert_eq!(
            tags(&TAG.replace("rapport.example", "old.example")),
            [Finding::OtherWorker("https://old.example.workers.dev".into())]
        );
        assert_eq!(tags(&TAG.replace("https:", "http:")), [Finding::Insecure]);
        assert_eq!(tags(&TAG.replace(" async", "")), [Finding::NotAsync, Finding::Found]);
        assert_eq!(tags(&TAG.repeat(3)), [Finding::Repeated(3), Finding::Found]);
        assert_eq!(tags(r#"<script src="https://cdn.example/s/shop.js"></script>"#), [Finding::Missing]);
    }

    #[test]
    fn what_cannot_be_seen_is_told() {
        let gtm = r#"<script async src="https://www.googletagmanager.com/gtm.js?id=GTM-1"></script>"#;
        assert_eq!(tags(gtm), [Finding::TagManager]);
        let own = format!("<script>load('{WORKER}', 'acme')</script>");
        assert_eq!(tags(&own), [Finding::Mentioned]);
        assert_eq!(tags(&format!("{gtm}{TAG}")), [Finding::Found]);
    }

    #[test]
    fn places_and_widgets_fit_each_other() {
        let live = [("nps", true), ("bar", false)];
        assert_eq!(look(TAG, &[], &live), [Finding::NoPlace("nps".into()), Finding::Found]);
        let placed = format!(r#"{TAG}<rapport-widget name="nps"></rapport-widget><rapport-widget name="npz">"#);
        assert_eq!(look(&placed, &[], &live), [Finding::UnknownPlace("npz".into()), Finding::Found]);
        assert_eq!(look(TAG, &[], &[]), [Finding::NothingLive, Finding::Found]);
    }

    #[test]
    fn policies_are_weighed() {
        let good = format!("default-src 'none'; script-src 'self' {WORKER} 'wasm-unsafe-eval'; connect-src {WORKER}");
        let live = [("nps", false)];
        assert_eq!(look(TAG, &[&good], &live), [Finding::Found]);
        assert_eq!(
            look(TAG, &["default-src 'self'"], &live),
            [Finding::PolicyScript, Finding::PolicyConnect, Finding::PolicyWasm, Finding::Found]
        );
        let typed = format!("{good}; require-trusted-types-for 'script'; trusted-types default");
        assert_eq!(look(TAG, &[&typed], &live), [Finding::PolicyTypes, Finding::Found]);
        assert_eq!(look(TAG, &[&format!("{typed} rapport")], &live), [Finding::Found]);
        // A second policy, by a meta element, is a policy as well.
        let meta = format!(r#"<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">{TAG}"#);
        assert_eq!(look(&meta, &[&good], &live), [Finding::PolicyConnect, Finding::Found]);
        assert_eq!(look(TAG, &["frame-ancestors 'none'", "img-src *"], &live), [Finding::Found]);
        let strict = "script-src 'nonce-r4nd0m' 'strict-dynamic' 'wasm-unsafe-eval'";
        assert_eq!(look(TAG, &[strict], &live), [Finding::PolicyScript, Finding::Found]);
        assert_eq!(look(&TAG.replace("async", "async nonce=r4nd0m"), &[strict], &live), [Finding::Found]);
    }
}
