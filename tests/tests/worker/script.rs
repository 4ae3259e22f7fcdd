//! The script that sites embed.

use rapport_tests::widgets;
use serde_json::{Value, json};

use crate::shared;

#[test]
fn loader_and_manifest_come_in_one_and_are_cached() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let first = product.client().get(site.script()).send().await?;
        assert_eq!(first.status(), 200);
        let headers = first.headers().clone();
        assert_eq!(headers["content-type"], "text/javascript; charset=utf-8");
        assert_eq!(headers["access-control-allow-origin"], "*");
        assert_eq!(headers["cross-origin-resource-policy"], "cross-origin");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert!(headers["cache-control"].to_str()?.starts_with("public, max-age=60, stale-while-revalidate="));
        let text = first.text().await?;
        assert!(text.contains("data-widget") && !text.contains("__MANIFEST__"));
        let again = product.client().get(site.script()).header("if-none-match", &headers["etag"]).send().await?;
        assert_eq!(again.status(), 304);
        assert_eq!(again.headers()["etag"], headers["etag"]);
        Ok(())
    });
}

#[test]
fn words_of_the_owner_cannot_leave_the_manifest() {
    shared(async |product| {
        let mut widget = widgets::nps();
        widget["thanks"] = json!("</script><script>alert(1)</script><!-- \u{2028}");
        let site = product.site(&[widget]).await?;
        let text = product.client().get(site.script()).send().await?.text().await?;
        assert!(!text.contains("</script>") && !text.contains("<!--") && !text.contains('\u{2028}'));
        let manifest =
            product.client().get(format!("{}/m/{}", product.url(), site.id)).send().await?.json::<Value>().await?;
        let html = manifest["widgets"]["nps"]["html"].as_str().unwrap();
        assert!(html.contains("&lt;/script&gt;"), "{html}");
        Ok(())
    });
}

#[test]
fn the_manifest_speaks_the_language_asked_for() {
    shared(async |product| {
        let mut widget = widgets::nps();
        widget["questions"][0]["title"] = json!({ "en": "How likely?", "de": "Wie wahrscheinlich?" });
        let site = product.site(&[widget]).await?;
        let url = format!("{}/m/{}", product.url(), site.id);
        let english = product.client().get(&url).send().await?.json::<Value>().await?;
        assert_eq!((&english["locale"], &english["locales"]), (&json!("en"), &json!(["de", "en"])));
        let german = product.client().get(format!("{url}?lang=de")).send().await?.json::<Value>().await?;
        assert!(german["widgets"]["nps"]["html"].as_str().unwrap().contains("Wie wahrscheinlich?"));
        Ok(())
    });
}

#[test]
fn a_mistyped_tag_is_harmless_and_looks_like_a_site_without_widgets() {
    shared(async |product| {
        let empty = product.site(&[]).await?;
        let unknown = product.client().get(format!("{}/s/no-such-site.js", product.url())).send().await?;
        let nothing = product.client().get(empty.script()).send().await?;
        assert_eq!((unknown.status().as_u16(), nothing.status().as_u16()), (200, 200));
        let (unknown, nothing) = (unknown.text().await?, nothing.text().await?.replace(&empty.id, "no-such-site"));
        assert_eq!(unknown, nothing);
        assert!(nothing.contains("rapport"), "the page's own calls find what they look for");
        Ok(())
    });
}

#[test]
fn variants_are_all_in_the_manifest() {
    shared(async |product| {
        let mut widget = widgets::nps();
        widget["variants"] = json!([{ "name": "a" }, { "name": "b", "weight": 3, "question": "Would you?" }]);
        let site = product.site(&[widget]).await?;
        let url = format!("{}/m/{}", product.url(), site.id);
        let manifest = product.client().get(url).send().await?.json::<Value>().await?;
        let variants = manifest["widgets"]["nps"]["variants"].as_array().unwrap();
        assert_eq!(
            (&variants[0][0], &variants[0][1], &variants[1][0], &variants[1][1]),
            (&json!("a"), &json!(1), &json!("b"), &json!(3))
        );
        assert!(variants[1][2].as_str().unwrap().contains("Would you?"));
        Ok(())
    });
}
