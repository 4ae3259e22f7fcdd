//! Secrets that sign who a member is, and the helpers that owners copy: run as they stand, their tokens are taken.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use rapport_tests::{Site, eventually, product::root, stage, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{own, shared};

async fn secret(site: &Site<'_>) -> Result<String> {
    let made = site.product().api(Method::POST, &format!("sites/{}/signers", site.id), None).await?;
    Ok(made["secret"].as_str().context("a secret")?.to_owned())
}

async fn check(site: &Site<'_>, token: &str) -> Result<Value> {
    let body = json!({ "token": token });
    site.product().api(Method::POST, &format!("sites/{}/signers/check", site.id), Some(&body)).await
}

/// The very text that the dashboard offers, for this site.
fn snippet(name: &str, site: &Site<'_>) -> Result<String> {
    let path = root().join("worker/src/dashboard/loyalty/connect/snippets").join(name);
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    Ok(text.replace("\"SITE\"", &format!("\"{}\"", site.id)))
}

/// What a program prints, with the secret in its environment.
fn run(program: &str, arguments: &[&str], secret: &str) -> Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .env("RAPPORT_SECRET", secret)
        .stdin(Stdio::null())
        .output()
        .with_context(|| program.to_owned())?;
    ensure!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

fn scratch(name: &str, text: &str) -> Result<PathBuf> {
    let path = stage::temporary()?.join(name);
    std::fs::write(&path, text)?;
    Ok(path)
}

/// A token from Node.js.
fn by_node(site: &Site<'_>, secret: &str, customer: &str) -> Result<String> {
    let call = format!(
        "\nconsole.log(rapportToken({}));\n",
        json!({ "id": customer, "name": "Zoë 字", "email": "z@shop.example" })
    );
    let path = scratch(&format!("{}-token.mjs", site.id), &format!("{}{call}", snippet("node.mjs.txt", site)?))?;
    run("node", &[&path.to_string_lossy()], secret)
}

/// A token from Python.
fn by_python(site: &Site<'_>, secret: &str, customer: &str) -> Result<String> {
    let call = format!("\nprint(rapport_token({}, \"Zoë 字\", \"z@shop.example\"))\n", json!(customer));
    let path = scratch(&format!("{}-token.py", site.id), &format!("{}{call}", snippet("python.py.txt", site)?))?;
    run("python3", &[&path.to_string_lossy()], secret)
}

#[test]
fn the_helpers_that_owners_copy_are_taken_as_they_stand() {
    shared(async |product| {
        let (site, other) = (product.site(&[widgets::nps()]).await?, product.site(&[]).await?);
        let secret = secret(&site).await?;
        ensure!(secret.starts_with("rms_") && secret.len() == 68, "{secret}");
        for token in [by_node(&site, &secret, "c-7")?, by_python(&site, &secret, "c-7")?] {
            let told = check(&site, &token).await?;
            assert_eq!((&told["why"], &told["member"]), (&Value::Null, &json!("c-7")), "{token}");
            assert_eq!(check(&other, &token).await?["why"], "no_secret");
        }
        for (token, why) in [
            (by_node(&site, "rms_wrong", "c-7")?, "signature"),
            (by_python(&site, &secret, "")?, "member"),
            (by_node(&other, &secret, "c-7")?, "site"),
            ("eyJhbGciOiJub25lIn0.e30.".to_owned(), "algorithm"),
            ("eyJhbGciOiJIUzUxMiJ9.e30.AAAA".to_owned(), "algorithm"),
            ("x".repeat(3_000), "too_long"),
            (String::new(), "malformed"),
        ] {
            assert_eq!(check(&site, &token).await?["why"], why, "{token:.40}");
        }
        Ok(())
    });
}

#[test]
fn one_secret_takes_the_others_place_and_survives_the_loss_of_the_object() {
    own(async |product| {
        let site = product.site(&[]).await?;
        let list = async || product.api(Method::GET, &format!("sites/{}/signers", site.id), None).await;
        assert_eq!(list().await?["secrets"], json!([]));
        let old = secret(&site).await?;
        let token = by_node(&site, &old, "c-7")?;
        let new = secret(&site).await?;
        assert_ne!(old, new);
        assert_eq!(check(&site, &token).await?["why"], Value::Null, "the old one is good for a week");
        assert_eq!(check(&site, &by_node(&site, &new, "c-7")?).await?["why"], Value::Null);
        let known = list().await?;
        assert!(!known.to_string().contains(&new[4..]), "never told again");
        assert_eq!(
            (known["secrets"].as_array().map(Vec::len), known["secrets"][0]["until"].is_null()),
            (Some(2), true)
        );
        let id = known["secrets"][1]["id"].as_str().context("an id")?.to_owned();
        let end = format!("sites/{}/signers/{id}", site.id);
        product.api(Method::DELETE, &end, None).await?;
        assert_eq!(check(&site, &token).await?["why"], "signature", "ended at once");
        assert!(product.api(Method::DELETE, &end, None).await.is_err());
        // KV has it, and nothing else than the site's object and KV does.
        eventually("the secret in KV", async || {
            let kept = product.cloud.kv.get(&format!("p/{}", site.id));
            Ok(kept.is_some_and(|kept| kept.value.contains(&new) && !kept.value.contains(&old)))
        })
        .await
    });
}
