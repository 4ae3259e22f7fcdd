//! The helpers that owners copy, in the languages that this machine has an interpreter or a compiler of: run as they stand, their
//! tokens are taken. What is not here is named, and passed over; Node.js and Python are in `member_tokens`.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use rapport_tests::{Site, product::root, stage, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::member_door::secret;
use crate::shared;

const NAME: &str = "Zoë 字 O'Neil";

/// The very text that the dashboard offers, for this site.
fn text(name: &str, site: &str) -> Result<String> {
    let path = root().join("worker/src/dashboard/loyalty/connect/snippets").join(name);
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    Ok(text.replace("\"SITE\"", &format!("\"{site}\"")).replace("'SITE'", &format!("'{site}'")))
}

/// What a program prints in `folder`, with the secret in its environment; nothing where the machine does not have it.
fn run(folder: &Path, secret: &str, program: &str, arguments: &[&str]) -> Result<Option<String>> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("RAPPORT_SECRET", secret).stdin(Stdio::null());
    command
        .env("GOCACHE", folder.join("cache"))
        .env("GOFLAGS", "-mod=mod")
        .env("CARGO_TARGET_DIR", folder.join("target"));
    let Ok(output) = command.output() else {
        println!("skipped: there is no {program} here");
        return Ok(None);
    };
    let said = String::from_utf8_lossy(&output.stderr);
    if program == "cargo" && said.contains("--offline") {
        println!("skipped: Rust, as the crates that it names are not on this machine");
        return Ok(None);
    }
    ensure!(output.status.success(), "{program}: {said}");
    Ok(Some(String::from_utf8(output.stdout)?.trim().to_owned()))
}

/// The token of each language that is here.
fn tokens(site: &str, secret: &str) -> Result<Vec<(&'static str, String)>> {
    let folder = stage::temporary()?.join(format!("{site}-snippets"));
    let put = |name: &str, text: &str| -> Result<()> {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().context("a folder")?)?;
        Ok(std::fs::write(path, text)?)
    };
    let name = NAME.replace('\'', "\\'");
    put(
        "token.php",
        &format!("{}\necho rapport_token('c-7', '{name}', 'z@shop.example');\n", text("php.php.txt", site)?),
    )?;
    // As much of WordPress as it asks for.
    let wordpress = format!(
        "<?php\ndefine('RAPPORT_SECRET', getenv('RAPPORT_SECRET'));
        function add_action($hook, $do) {{ if ($hook === 'wp_head') $do(); }}
        function is_user_logged_in() {{ return true; }}
        function wp_get_current_user() {{
            return (object) ['ID' => 7, 'display_name' => '{name}', 'user_email' => 'z@shop.example'];
        }}
        function wp_json_encode($data) {{ return json_encode($data); }}
        function wp_generate_uuid4() {{ return 'd9428888-122b-41e1-b85c-61e1f4a0c7a5'; }}
        function wp_print_inline_script_tag($script) {{ echo $script; }}
        {}",
        text("wordpress.php.txt", site)?
    );
    put("wordpress.php", &wordpress)?;
    let call = format!("\nputs rapport_token(\"c-7\", name: \"{NAME}\", email: \"z@shop.example\")\n");
    put("token.rb", &format!("{}{call}", text("ruby.rb.txt", site)?))?;
    put("go.mod", "module shop\n\ngo 1.19\n")?;
    put("rapport/token.go", &text("go.go.txt", site)?)?;
    let main = format!(
        "package main\n\nimport (\n\t\"fmt\"\n\t\"shop/rapport\"\n)\n\nfunc main() {{\n\ttoken, err := rapport.Token(\"c-7\", \"{NAME}\", \"z@shop.example\")\n\tif err != nil {{\n\t\tpanic(err)\n\t}}\n\tfmt.Println(token)\n}}\n"
    );
    put("main.go", &main)?;
    let rust = text("rust.rs.txt", site)?;
    let crates = rust.lines().next().and_then(|line| line.strip_prefix("// Cargo.toml: ")).context("its crates")?;
    let manifest = crates.replace(", ", "\n");
    put(
        "shop/Cargo.toml",
        &format!("[package]\nname = \"shop\"\nedition = \"2024\"\n\n[dependencies]\n{manifest}\n\n[workspace]\n"),
    )?;
    let call = format!(
        "\nfn main() {{ println!(\"{{}}\", rapport_token(\"c-7\", \"{NAME}\", \"z@shop.example\").unwrap()); }}\n"
    );
    put("shop/src/main.rs", &format!("{rust}{call}"))?;

    let commands: [(&str, &str, &[&str]); 5] = [
        ("PHP", "php", &["token.php"]),
        ("WordPress", "php", &["wordpress.php"]),
        ("Ruby", "ruby", &["-w", "token.rb"]),
        ("Go", "go", &["run", "."]),
        ("Rust", "cargo", &["run", "--quiet", "--offline", "--manifest-path", "shop/Cargo.toml"]),
    ];
    let mut tokens = Vec::new();
    for (language, program, arguments) in commands {
        if let Some(said) = run(&folder, secret, program, arguments)? {
            // In a page it stands among the words that hand it over.
            let token = said.split('"').find(|part| part.matches('.').count() == 2).unwrap_or_default();
            tokens.push((language, token.to_owned()));
        }
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(tokens)
}

async fn check(site: &Site<'_>, token: &str) -> Result<Value> {
    let path = format!("sites/{}/signers/check", site.id);
    site.product().api(Method::POST, &path, Some(&json!({ "token": token }))).await
}

#[test]
fn helpers_in_other_languages_are_taken_as_they_stand() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let secret = secret(&site).await?;
        let tokens = tokens(&site.id, &secret)?;
        println!("run: {:?}", tokens.iter().map(|(language, _)| language).collect::<Vec<_>>());
        for (language, token) in &tokens {
            let told = check(&site, token).await?;
            let member = if *language == "WordPress" { "7" } else { "c-7" };
            assert_eq!((&told["why"], &told["member"]), (&Value::Null, &json!(member)), "{language}: {token}");
        }
        Ok(())
    });
}
