//! What somebody with a bare connection may try. Words that run are in `hostile_words`, forged forms, sessions and keys in
//! `authority` and `session`, wrong fields and floods in `inputs`, addresses of hooks and of pages in `hooks` and `install`.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rapport_tests::product::OWNER_KEY;
use rapport_tests::{Product, widgets};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::session::session;
use crate::wire::{count, deliver, id, nps, post, settled};
use crate::{own, shared};

/// Status line, headers and body of what comes back for exactly these bytes.
async fn raw(product: &Product, request: &str) -> Result<(u16, String)> {
    let mut stream = TcpStream::connect(product.url().trim_start_matches("http://")).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok()).context("no status")?;
    Ok((status, answer))
}

#[test]
fn a_made_up_host_ends_up_in_nobody_elses_page() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let mine = product.url();
        for path in [
            format!("/s/{}.js", site.id),
            format!("/m/{}", site.id),
            format!("/f/{}/nps", site.id),
            "/dashboard".to_owned(),
        ] {
            // First, so that whatever is kept of it would be there for the next one.
            let forged = format!(
                "GET {path} HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: worse.example\r\nX-Original-Url: /x\r\n\
                 X-Forwarded-Proto: gopher\r\nForwarded: host=worse.example\r\nConnection: close\r\n\r\n"
            );
            let (_, answer) = raw(product, &forged).await?;
            assert!(!answer.contains("worse.example") && !answer.contains("gopher:"), "{path} believes a header");
            let next = product.client().get(format!("{mine}{path}")).send().await?.text().await?;
            assert!(!next.contains("evil.example") && !next.contains("worse.example"), "{path} was poisoned");
        }
        // Nor does what nobody asks for change what is kept for the next one.
        let url = format!("{mine}/s/{}.js", site.id);
        let clean = product.client().get(&url).send().await?;
        let tag = clean.headers()["etag"].clone();
        let odd = product.client().get(format!("{url}?lang=%3Cscript%3E&x[]=1")).header("cookie", "a=b").send().await?;
        assert!(!odd.text().await?.contains("<script>"));
        let again = product.client().get(&url).send().await?;
        assert_eq!(again.headers()["etag"], tag);
        assert!(again.headers().get("set-cookie").is_none());
        Ok(())
    });
}

#[test]
fn no_path_leads_out_of_a_site() {
    // Of its own: nobody else may write meanwhile.
    own(async |product| {
        let product = &*product;
        let site = product.site(&[widgets::nps()]).await?;
        settled(&site).await?;
        let (name, keys) = (&site.id, product.cloud.kv.keys(""));
        let mut tried = 0;
        for id in [
            "..",
            "../@owner",
            "@owner",
            "%40owner",
            "..%2f@owner",
            "%2e%2e%2fc",
            "%00",
            &format!("{name}%00"),
            &format!("{name}%2f"),
            &format!("{name}%2f..%2fother"),
            &format!("{name}/"),
            &format!("{name}//"),
            &format!(" {name}"),
            &name.to_uppercase(),
            &format!("{name}%20"),
            &format!("{name}."),
            "s%C3%ADte-0000",
            "%ff%fe",
            "__proto__",
            "constructor",
            "-",
            "c/x",
            &"a".repeat(9_000),
        ] {
            for path in [
                format!("/s/{id}.js"),
                format!("/m/{id}"),
                format!("/e/{id}"),
                format!("/f/{id}/nps"),
                format!("/me/{id}"),
                format!("/badge/{id}/nps.svg"),
                format!("/f/{name}/{id}"),
                format!("/badge/{name}/{id}.svg"),
            ] {
                let method = if path.starts_with("/e/") || path.starts_with("/me/") { "POST" } else { "GET" };
                let body = nps(&crate::wire::id(), 9).to_string();
                let request = format!(
                    "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                    product.url().trim_start_matches("http://"),
                    body.len()
                );
                // Some are no HTTP at all, which the edge says.
                let Ok((status, answer)) = raw(product, &request).await else { continue };
                // A mistyped tag is harmless: a script without widgets.
                let harmless = path.starts_with("/s/") && !answer.contains("<form");
                assert!((300..500).contains(&status) || harmless, "{status} for {path}: {answer:.300}");
                tried += 1;
            }
        }
        assert!(tried > 120, "{tried}");
        assert_eq!(product.cloud.kv.keys(""), keys, "nothing was written anywhere");
        Ok(())
    });
}

#[test]
fn names_that_javascript_knows_are_names_like_others() {
    shared(async |product| {
        let mut widget = widgets::csat();
        widget["name"] = json!("constructor");
        widget["questions"][1]["name"] = json!("tostring");
        let site = product.site(&[widget]).await?;
        let mut delivery =
            crate::wire::response(&id(), 1, "constructor", true, json!([["csat", "5"], ["tostring", "__proto__"]]));
        delivery["context"]["traits"] = json!([["valueof", "constructor"], ["prototype", "__proto__"]]);
        deliver(&site, &delivery).await?;
        settled(&site).await?;
        assert_eq!(count(&site, "q/csat/5").await?, 1);
        assert_eq!(rapport_tests::site::answer(&site.responses()?[0], "tostring"), "__proto__");
        // And where a name is no name, it is refused as that.
        for (field, mut wrong) in [("context", delivery.clone()), ("response", delivery.clone())] {
            wrong[field]["__proto__"] = json!({ "polluted": true });
            let text = wrong.to_string();
            let answer = post(&site, &serde_json::from_str(&text)?).await?;
            assert_eq!(answer.status(), 422, "{text}");
        }
        Ok(())
    });
}

#[test]
fn bodies_that_never_end_hold_up_nobody() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let address = product.url().trim_start_matches("http://").to_owned();
        let mut slow = Vec::new();
        for n in 0..200 {
            let mut stream = TcpStream::connect(&address).await?;
            let head = format!(
                "POST /{}/{} HTTP/1.1\r\nHost: {address}\r\nContent-Length: 30000\r\n\r\n{{\"v\":1",
                if n % 2 == 0 { "e" } else { "me" },
                site.id
            );
            stream.write_all(head.as_bytes()).await?;
            slow.push(stream);
        }
        let since = Instant::now();
        for _ in 0..20 {
            deliver(&site, &nps(&id(), 9)).await?;
        }
        assert!(
            since.elapsed() < Duration::from_secs(10),
            "{:?} for 20 answers beside 200 slow bodies",
            since.elapsed()
        );
        drop(slow);
        assert_eq!(count(&site, "completed").await?, 20);
        Ok(())
    });
}

#[test]
fn a_body_that_lies_about_its_length_is_cut_at_the_limit() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let address = product.url().trim_start_matches("http://").to_owned();
        let mut stream = TcpStream::connect(&address).await?;
        let head = format!("POST /e/{} HTTP/1.1\r\nHost: {address}\r\nTransfer-Encoding: chunked\r\n\r\n", site.id);
        stream.write_all(head.as_bytes()).await?;
        let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
        let mut sent = 0_usize;
        // Until nobody listens any more, or there is an answer.
        let mut answer = [0; 12];
        while sent < 64 << 20 {
            match tokio::time::timeout(Duration::from_millis(1), stream.read_exact(&mut answer)).await {
                Ok(Ok(_)) => break,
                Ok(Err(error)) => return Err(error.into()),
                Err(_) => {}
            }
            if stream.write_all(chunk.as_bytes()).await.is_err() {
                break;
            }
            sent += 0x1000;
        }
        assert_eq!(String::from_utf8_lossy(&answer), "HTTP/1.1 413", "after {sent} bytes");
        assert!(sent < 8 << 20, "{sent} bytes were taken before it was refused");
        Ok(())
    });
}

/// What an answer tells somebody who guesses: everything but the time.
async fn told(
    product: &Product,
    method: Method,
    path: &str,
    body: &str,
    origin: &str,
) -> Result<(u16, Vec<String>, String)> {
    let request = product.client().request(method, format!("{}{path}", product.url())).header("origin", origin);
    let answer = request.header("content-type", "text/plain").body(body.to_owned()).send().await?;
    let status = answer.status().as_u16();
    let mut headers: Vec<String> = answer.headers().iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
    headers.retain(|line| !line.starts_with("date"));
    headers.sort();
    Ok((status, headers, answer.text().await?))
}

#[test]
fn who_guesses_learns_nothing_from_status_headers_or_body() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let other = product.site(&[widgets::nps()]).await?;
        let (known, elsewhere, erased) = (id(), id(), id());
        deliver(&site, &nps(&known, 9)).await?;
        deliver(&site, &nps(&erased, 9)).await?;
        deliver(&other, &nps(&elsewhere, 9)).await?;
        let body = json!({ "ids": [erased], "at_once": true });
        product.api(Method::POST, &format!("sites/{}/responses/erase", site.id), Some(&body)).await?;
        let own = product.host.origin();
        let page = async |id: &str| told(product, Method::GET, &format!("/me/{}/{id}", site.id), "", &own).await;
        let nothing = page(&id()).await?;
        assert_ne!(page(&known).await?, nothing, "the author sees it");
        for (what, id) in [("another site's", &elsewhere), ("an erased one", &erased)] {
            assert_eq!(page(id).await?, nothing, "{what} looks like one that never was");
        }
        let ask = async |id: &str| {
            let body = json!({ "ids": [id] }).to_string();
            told(product, Method::POST, &format!("/me/{}", site.id), &body, &own).await
        };
        let nothing = ask(&id()).await?;
        for id in [&known, &elsewhere, &erased] {
            assert_eq!(ask(id).await?, nothing, "no reply, no news");
        }
        // Sites: one that is not there, and one that is, to somebody from elsewhere.
        let foreign = "https://elsewhere.example";
        for (method, path) in [(Method::POST, "/e/{}"), (Method::POST, "/me/{}"), (Method::POST, "/me/{}/check-in")] {
            let body =
                if path.starts_with("/e/") { nps(&id(), 9).to_string() } else { json!({ "ids": [id()] }).to_string() };
            let there = told(product, method.clone(), &path.replace("{}", &site.id), &body, foreign).await?;
            let absent = told(product, method, &path.replace("{}", "no-such-site"), &body, foreign).await?;
            assert_eq!(there, absent, "{path}");
            assert_eq!(there.0, 404, "{path}");
        }
        Ok(())
    });
}

#[test]
fn an_answer_that_is_replayed_or_taken_over_is_counted_once() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let name = id();
        deliver(&site, &nps(&name, 9)).await?;
        // From many addresses, with other words under the same revision.
        for n in 0..20 {
            let request = product.client().post(format!("{}/e/{}", product.url(), site.id));
            let request =
                request.header("cf-connecting-ip", format!("198.51.100.{n}")).header("origin", product.host.origin());
            let answer = request.body(nps(&name, n % 9).to_string()).send().await?;
            assert_eq!(answer.json::<Value>().await?["duplicate"], true);
        }
        settled(&site).await?;
        assert_eq!((count(&site, "completed").await?, count(&site, "q/nps/9").await?), (1, 1));
        Ok(())
    });
}

/// Methods that nobody has declared are refused wherever they are sent to, and not taken for reading.
#[test]
fn a_method_that_nobody_knows_is_refused() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let name = &site.id;
        let paths = [
            "/".to_owned(),
            "/healthz".to_owned(),
            "/dashboard/sign-in".to_owned(),
            "/api/v1/sites".to_owned(),
            format!("/s/{name}.js"),
            format!("/m/{name}"),
            format!("/e/{name}"),
            format!("/f/{name}/nps"),
        ];
        for path in paths {
            for method in ["QUERY", "PROPFIND", "PURGE"] {
                let request = product.client().request(method.parse()?, format!("{}{path}", product.url()));
                assert_eq!(request.bearer_auth(OWNER_KEY).send().await?.status(), 405, "{method} {path}");
            }
        }
        Ok(())
    });
}

#[test]
fn who_asks_by_the_wrong_method_is_told_the_right_ones() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let answer = id();
        deliver(&site, &nps(&answer, 9)).await?;
        let read = "HEAD, GET";
        let rows = [
            ("POST", "/healthz".to_owned(), read),
            ("OPTIONS", format!("/s/{}.js", site.id), read),
            ("GET", format!("/e/{}", site.id), "POST, OPTIONS"),
            ("QUERY", format!("/e/{}", site.id), "POST, OPTIONS"),
            ("PUT", format!("/f/{}/nps", site.id), "HEAD, GET, POST"),
            ("DELETE", format!("/me/{}/{answer}", site.id), "HEAD, GET, POST, OPTIONS"),
            ("DELETE", "/api/v1/sites".to_owned(), "HEAD, GET, POST"),
            ("POST", format!("/api/v1/sites/{}", site.id), "HEAD, GET, PUT, DELETE"),
            ("PUT", "/dashboard/sign-in".to_owned(), "HEAD, GET, POST"),
            ("QUERY", "/dashboard".to_owned(), "HEAD, GET, POST"),
        ];
        for (method, path, allowed) in rows {
            let request = product.client().request(method.parse()?, format!("{}{path}", product.url()));
            let response = request.bearer_auth(OWNER_KEY).send().await?;
            let told =
                response.headers().get("allow").map(|methods| methods.to_str().map(str::to_owned)).transpose()?;
            assert_eq!((response.status().as_u16(), told.as_deref()), (405, Some(allowed)), "{method} {path}");
        }
        let leave = product.client().get(format!("{}/dashboard/sign-out", product.url()));
        let response = leave.header("cookie", session(product).await?).send().await?;
        assert_eq!(response.status(), 405);
        assert_eq!(response.headers()["allow"], "POST");
        Ok(())
    });
}
