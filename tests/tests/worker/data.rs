//! The owner's data in and out: exports, a whole site from one deployment to another, other programs' files, one person,
//! retention.

use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Product, Site, eventually, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::wire::{count, counts, deliver, id, id_at, now, nps, post, response, settled};
use crate::{own, shared};

const DAY: i64 = 86_400_000;

/// What a GET of the owner's API answers, as text.
async fn text(product: &Product, path: &str) -> anyhow::Result<String> {
    let request = product.client().get(format!("{}/api/v1/{path}", product.url())).bearer_auth(OWNER_KEY);
    Ok(request.send().await?.error_for_status()?.text().await?)
}

async fn import(site: &Site<'_>, responses: &[Value]) -> anyhow::Result<Value> {
    let path = format!("sites/{}/import", site.id);
    site.product().api(Method::POST, &path, Some(&json!({ "responses": responses }))).await
}

/// A response of the past, as it is kept.
fn past(site: &Site<'_>, at: i64, point: u8, comment: &str) -> Value {
    json!({
        "v": 1, "id": id_at(at), "site": site.id, "widget": "nps", "version": 1, "revision": 1, "complete": true,
        "answers": [["nps", point.to_string()], ["missing", comment]],
        "keys": ["seen", "started", "answered", "completed", "q/nps", format!("q/nps/{point}"), "q/missing"],
        "active_ms": 5000, "page": "https://shop.example/cart", "locale": "en", "device": "phone", "country": "CH",
        "visitor": format!("visitor-{point}"), "traits": [["plan", "pro"]], "received": at,
    })
}

#[test]
fn tables_and_lines_of_any_length_are_streamed_and_redacted() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let many: Vec<Value> =
            (0..450).map(|n| past(&site, now() - n * 1_000, (n % 11) as u8, "=cmd|' /C calc'!A0")).collect();
        import(&site, &many).await?;
        let table = text(product, &format!("sites/{}/export.csv?widget=nps", site.id)).await?;
        let lines: Vec<&str> = table.split("\r\n").collect();
        assert_eq!(lines.len(), 452, "a heading, 450 rows and nothing behind the last");
        assert!(lines[0].starts_with("id,received,widget,"), "{}", lines[0]);
        assert!(lines[1].contains("\"'=cmd|' /C calc'!A0\"") && lines[1].contains("visitor-"), "{}", lines[1]);
        let words = text(product, &format!("sites/{}/export.csv?labels=yes&bom=yes", site.id)).await?;
        assert!(words.starts_with('\u{feff}') && words.contains("How likely"), "{}", &words[..200]);
        for path in ["export.csv?redact=text,contact,identity", "export.ndjson?redact=text,contact,identity"] {
            let redacted = text(product, &format!("sites/{}/{path}", site.id)).await?;
            for secret in ["calc", "visitor-", "shop.example", "CH", "plan"] {
                assert!(!redacted.contains(secret), "{secret} in {path}");
            }
            assert!(redacted.lines().count() >= 450);
        }
        let day = rapport_core::time::Timestamp(now()).day().plus(2);
        let none = text(product, &format!("sites/{}/export.ndjson?from={day}", site.id)).await?;
        assert_eq!(none, "");
        let refused = text(product, &format!("sites/{}/export.csv?redact=all", site.id)).await;
        assert!(refused.unwrap_err().to_string().contains("422"));
        Ok(())
    });
}

#[test]
fn an_export_of_several_pieces_is_whole() {
    shared(async |product| {
        const MANY: i64 = 1_500;
        let site = product.site(&[widgets::nps()]).await?;
        // Some 4 MB: a piece ends with the first one of those.
        let words = "是 long \"words\", ".repeat(130);
        let all: Vec<Value> = (0..MANY).map(|n| past(&site, now() - n * 1_000, (n % 11) as u8, &words)).collect();
        for some in all.chunks(300) {
            import(&site, some).await?;
        }
        let expected: std::collections::BTreeSet<&str> = all.iter().filter_map(|one| one["id"].as_str()).collect();
        let path = |name: &str| format!("sites/{}/{name}", site.id);
        let lines = text(product, &path("export.ndjson")).await?;
        assert!(lines.len() > 3 * 1_024 * 1_024, "{} bytes", lines.len());
        let lines: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        assert!(lines.is_sorted_by_key(|line| line["id"].as_str().map(str::to_owned)));
        assert_eq!(
            lines.iter().filter_map(|line| line["id"].as_str()).collect::<std::collections::BTreeSet<_>>(),
            expected
        );
        assert_eq!(lines.len(), expected.len());
        let table = text(product, &path("export.csv?bom=yes")).await?;
        assert_eq!(table.matches('\u{feff}').count(), 1);
        let rows = table.split("\r\n").filter(|row| expected.contains(row.split(',').next().unwrap_or_default()));
        assert_eq!((rows.count(), table.split("\r\n").count()), (expected.len(), expected.len() + 2));
        let whole = text(product, &path("export")).await?;
        assert!(whole.trim_end().ends_with(&format!("{{\"end\":{{\"responses\":{MANY}}}}}")));
        assert_eq!(whole.lines().filter(|line| line.starts_with("{\"response\":")).count(), expected.len());
        // A filter that finds the last of them alone passes over whole pieces.
        let one = text(product, &path("export.ndjson?q=nowhere")).await?;
        assert_eq!(one, "");
        Ok(())
    });
}

#[test]
fn a_whole_site_moves_to_another_deployment_with_identical_numbers() {
    own(async |product| {
        let site = product.site(&[widgets::nps(), widgets::csat()]).await?;
        for point in 0..11 {
            deliver(&site, &nps(&id(), point)).await?;
        }
        deliver(&site, &response(&id(), 1, "csat", false, json!([["csat", "3"]]))).await?;
        let same = id();
        deliver(&site, &nps(&same, 4)).await?;
        deliver(&site, &nps(&same, 4)).await?;
        post(&site, &json!({ "v": 1, "views": [{ "widget": "nps", "version": 1, "moments": ["seen", "dismissed"] }] }))
            .await?;
        import(&site, &(0..30).map(|n| past(&site, now() - n * DAY / 3, 7, "x")).collect::<Vec<_>>()).await?;
        // What the owner made of them: one is tagged and a test, left out of the figures, and a view is kept.
        let change = format!("sites/{}/responses/change", site.id);
        for changes in [json!([{ "tag": "refund" }]), json!([{ "test": true }])] {
            product.api(Method::POST, &change, Some(&json!({ "ids": [same], "changes": changes }))).await?;
        }
        let view = json!({ "name": "Refunds", "query": "tag=refund" });
        product.api(Method::POST, &format!("sites/{}/inbox/views", site.id), Some(&view)).await?;
        let tagged = text(product, &format!("sites/{}/export.ndjson?tag=refund", site.id)).await?;
        assert!(tagged.lines().count() == 1 && tagged.contains(&same), "{tagged}");
        let file = text(product, &format!("sites/{}/export", site.id)).await?;
        assert!(
            file.starts_with("{\"head\":{\"rapport\":1,") && file.trim_end().ends_with("{\"end\":{\"responses\":43}}")
        );
        assert!(!file.contains(OWNER_KEY));

        let other = Product::start().await?;
        let moved = other.known_site(&site.id);
        let lines: Vec<&str> = file.lines().collect();
        // In pieces, one of them twice, as after a connection that broke.
        for piece in lines.chunks(15).chain(lines.chunks(15).take(1)) {
            let request = other.client().post(format!("{}/api/v1/sites/{}/take", other.url(), site.id));
            let answer = request.bearer_auth(OWNER_KEY).body(piece.join("\n")).send().await?;
            assert!(answer.status().is_success(), "{}", answer.text().await?);
        }
        let overview = async |site: &Site<'_>| -> anyhow::Result<Value> {
            let mut overview = site.overview().await?;
            overview.as_object_mut().unwrap().remove("status");
            Ok(overview)
        };
        assert_eq!(overview(&moved).await?, overview(&site).await?);
        let inbox = async |site: &Site<'_>, path: &str| {
            site.product().api(Method::GET, &format!("sites/{}/inbox{path}", site.id), None).await
        };
        for path in ["/counts", "/desk"] {
            assert_eq!(inbox(&moved, path).await?, inbox(&site, path).await?, "{path}");
        }
        eventually("the tagged one in the inbox", async || {
            Ok(inbox(&moved, "?tag=refund").await?["items"].as_array().is_some_and(|items| items.len() == 1))
        })
        .await?;
        settled(&moved).await?;
        assert_eq!(moved.responses()?.len(), 43);
        // And it is all in KV: the index can be lost.
        other.api(Method::POST, &format!("sites/{}/rebuild", site.id), None).await?;
        eventually("the end of the rebuild", async || Ok(moved.status().await?["rebuilding"].is_null())).await?;
        assert_eq!(counts(&moved).await?, counts(&site).await?);
        Ok(())
    });
}

#[test]
fn a_site_with_widgets_of_its_own_takes_no_other_in() {
    shared(async |product| {
        let (from, to) = (product.site(&[widgets::nps()]).await?, product.site(&[widgets::csat()]).await?);
        let file = text(product, &format!("sites/{}/export", from.id)).await?;
        let request = product.client().post(format!("{}/api/v1/sites/{}/take", product.url(), to.id));
        let answer = request.bearer_auth(OWNER_KEY).body(file).send().await?;
        assert_eq!(answer.status(), 422);
        assert!(answer.text().await?.contains("config.widgets"));
        Ok(())
    });
}

#[test]
fn rows_of_a_table_are_imported_once_and_each_refused_one_is_reported() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let piece = |text: &str, line: u32, last: bool| {
            json!({
                "widget": "nps", "source": "delighted", "roles": ["moment", "answer:nps", "answer:best", "trait:email"],
                "columns": ["When", "Score", "Comment", "Email"], "separator": ",", "line": line, "last": last, "text": text,
            })
        };
        let path = format!("sites/{}/import/csv", site.id);
        let file =
            "2020-01-02 03:04,9,\"two\nlines\",a@x.example\n2020-01-03 03:04,11,,\n2020-01-04 03:04,3,bad,b@x.ex";
        let first = product.api(Method::POST, &path, Some(&piece(file, 2, false))).await?;
        assert_eq!((&first["accepted"], &first["line"], &first["end"]), (&json!(1), &json!(5), &json!(false)));
        assert_eq!(first["refused"][0]["line"], 4);
        assert_eq!(
            (&first["refused"][0]["column"], &first["refused"][0]["code"]),
            (&json!("Score"), &json!("too_high"))
        );
        let at = usize::try_from(first["consumed"].as_u64().unwrap())?;
        let rest = format!("{}ample\n", &file[at..]);
        let second = product.api(Method::POST, &path, Some(&piece(&rest, 5, true))).await?;
        assert_eq!((&second["accepted"], &second["end"]), (&json!(1), &json!(true)));
        let mut trial = piece(&rest, 5, true);
        trial["try"] = json!(true);
        assert_eq!(product.api(Method::POST, &path, Some(&trial)).await?["duplicate"], 1);
        let again = product.api(Method::POST, &path, Some(&piece(&rest, 5, true))).await?;
        assert_eq!((&again["accepted"], &again["duplicate"]), (&json!(0), &json!(1)));
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 2);
        Ok(())
    });
}

#[test]
fn a_person_is_found_and_erased_by_any_of_their_marks() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let mut of_ada = past(&site, now() - DAY, 9, "mine");
        of_ada["traits"] = json!([["email", "Ada@X.example"]]);
        let mut also = past(&site, now() - 2 * DAY, 8, "ada@x.example");
        also["visitor"] = json!("someone");
        import(&site, &[of_ada, also, past(&site, now(), 1, "not ada@x.example at all")]).await?;
        let path = format!("sites/{}/subject?text=ada%40x.example", site.id);
        let found = product.api(Method::GET, &path, None).await?;
        assert_eq!(found["responses"].as_array().unwrap().len(), 2);
        let erase = format!("sites/{}/subject/erase", site.id);
        let body = json!({ "text": "ada@x.example", "at_once": true });
        let erased = product.api(Method::POST, &erase, Some(&body)).await?;
        assert_eq!(erased["ids"].as_array().unwrap().len(), 2);
        assert_eq!(count(&site, "completed").await?, 1);
        assert_eq!(product.api(Method::GET, &path, None).await?["responses"], json!([]));
        eventually("nothing owed", async || Ok(site.status().await?["erasing"] == 0)).await?;
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 1);
        Ok(())
    });
}

#[test]
fn what_is_older_than_is_kept_goes_and_its_counts_stay() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let old: Vec<Value> = (0..12).map(|n| past(&site, now() - 40 * DAY - n * 1_000, 9, "old")).collect();
        import(&site, &old).await?;
        import(&site, &[past(&site, now() - 3 * DAY, 2, "new")]).await?;
        settled(&site).await?;
        let before = text(product, &format!("sites/{}/overview?from={}", site.id, days_ago(60))).await?;
        let before: Value = serde_json::from_str(&before)?;
        let mut settings = product.api(Method::GET, &format!("sites/{}/settings", site.id), None).await?;
        settings["retention_days"] = json!(30);
        product.api(Method::PUT, &format!("sites/{}/settings", site.id), Some(&settings)).await?;
        let kv = &product.cloud.kv;
        eventually("one response left", async || Ok(site.status().await?["responses"] == 1)).await?;
        eventually("KV swept", async || Ok(kv.keys(&format!("r/{}/", site.id)).len() == 1)).await?;
        settled(&site).await?;
        assert!(!kv.keys(&format!("k/{}/", site.id)).is_empty());
        let overview = async || -> anyhow::Result<Value> {
            let text = text(product, &format!("sites/{}/overview?from={}", site.id, days_ago(60))).await?;
            Ok(serde_json::from_str(&text)?)
        };
        assert_eq!(overview().await?["counts"], before["counts"]);
        assert_eq!(overview().await?["activity"], before["activity"]);
        // Nothing brings it back, and a rebuild finds the same numbers.
        assert_eq!(import(&site, &old[..1]).await?, json!({ "accepted": 0, "duplicate": 0, "erased": 1 }));
        product.api(Method::POST, &format!("sites/{}/rebuild", site.id), None).await?;
        eventually("the end of the rebuild", async || Ok(site.status().await?["rebuilding"].is_null())).await?;
        assert_eq!(overview().await?["counts"], before["counts"]);
        Ok(())
    });
}

fn days_ago(days: i64) -> String {
    rapport_core::time::Timestamp(now() - days * DAY).day().to_string()
}
