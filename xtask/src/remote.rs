//! A deployment's API, asked by `curl`, which every system has: the build tool needs no TLS of its own for it.

use anyhow::{Context, Result, bail};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A deployment and the key that opens it.
#[derive(Clone, Debug)]
pub struct Remote {
    url: String,
    key: String,
}

/// What is sent along.
pub enum Body<'a> {
    Nothing,
    Json(&'a str),
    Lines(&'a str),
}

impl Remote {
    /// At `url`, with the owner's key or a token; without `key` that of the environment's `RAPPORT_KEY`.
    pub fn new(url: Option<String>, key: Option<String>) -> Result<Self> {
        let url = url.context("say where the deployment is: --url https://…")?;
        let key = key.or_else(|| std::env::var("RAPPORT_KEY").ok());
        let key = key.context("give the owner's key or a token: --key …, or RAPPORT_KEY in the environment")?;
        if !url.starts_with("https://") && !url.starts_with("http://localhost") && !url.starts_with("http://127.") {
            bail!("{url}: the key travels over https only");
        }
        if key.chars().any(|char| char.is_control() || char == '"' || char == '\\') {
            bail!("that is no key");
        }
        Ok(Self { url: url.trim_end_matches('/').to_owned(), key })
    }

    /// Asks for `path` below `/api/v1/` and returns the status and the text of the answer.
    pub fn ask(&self, method: &str, path: &str, body: &Body<'_>) -> Result<(u16, String)> {
        let (kind, text) = match body {
            Body::Nothing => ("", ""),
            Body::Json(text) => ("application/json", *text),
            Body::Lines(text) => ("text/plain", *text),
        };
        let mut curl = self.curl(method, path);
        curl.args(["--write-out", "\n%{http_code}"]);
        let file = std::env::temp_dir().join(format!("rapport-{}.body", std::process::id()));
        if !kind.is_empty() {
            std::fs::write(&file, text).context("could not write the body to a file")?;
            curl.args(["--header", &format!("Content-Type: {kind}")])
                .arg("--data-binary")
                .arg(format!("@{}", file.display()));
        }
        let output = self.run(curl);
        let _ = std::fs::remove_file(&file);
        let (text, status) =
            output?.rsplit_once('\n').map(|(text, status)| (text.to_owned(), status.to_owned())).unwrap_or_default();
        Ok((status.trim().parse().context("the deployment did not answer")?, text))
    }

    /// The same, and anything but 2xx is an error.
    pub fn done(&self, method: &str, path: &str, body: &Body<'_>) -> Result<String> {
        match self.ask(method, path, body)? {
            (200..=299, text) => Ok(text),
            (status, text) => bail!("{path}: {status} {text}"),
        }
    }

    /// Downloads into a file, however large.
    pub fn download(&self, path: &str, to: &Path) -> Result<()> {
        let mut curl = self.curl("GET", path);
        curl.arg("--fail").arg("--output").arg(to);
        self.run(curl).map(drop)
    }

    fn curl(&self, method: &str, path: &str) -> Command {
        let mut curl = Command::new("curl");
        // What is secret comes by the configuration on standard input: arguments are there for all to see.
        curl.args(["--silent", "--show-error", "--config", "-", "--request", method]);
        curl.arg(format!("{}/api/v1/{path}", self.url));
        curl
    }

    fn run(&self, mut curl: Command) -> Result<String> {
        let mut child = curl
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("curl is needed for this, and is not there")?;
        if let Some(mut input) = child.stdin.take() {
            writeln!(input, "header = \"Authorization: Bearer {}\"", self.key)?;
        }
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
