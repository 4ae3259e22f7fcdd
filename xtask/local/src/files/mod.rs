//! A folder as a web site, with the `_headers` and `_redirects` files that Cloudflare's static
//! assets know.

mod rules;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use rules::{Headers, Redirects};
use sha2::{Digest, Sha256};
use std::path::{Component, Path, PathBuf};

/// The folder. Files are read at each request, so that a change shows at the next reload.
#[derive(Clone)]
pub(crate) struct Folder {
    root: PathBuf,
    substitutions: Vec<(String, String)>,
}

impl Folder {
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), substitutions: Vec::new() }
    }

    /// From now on `{{NAME}}` reads `text` in every text file, `_headers` included.
    pub(crate) fn substitute(mut self, name: &str, text: &str) -> Self {
        self.substitutions.push((format!("{{{{{name}}}}}"), text.to_owned()));
        self
    }

    /// The file that `path` names, or nothing.
    pub(crate) async fn serve(&self, method: &Method, path: &str, wanted: &HeaderMap) -> Option<Response<Body>> {
        if method != Method::GET && method != Method::HEAD {
            return None;
        }
        let redirects = Redirects::parse(&self.text("_redirects").await);
        let file = match self.find(path).await {
            Some(file) => file,
            None => self.find(&redirects.target(path)?).await?,
        };
        let kind = media_type(&file);
        let mut bytes = tokio::fs::read(&file).await.ok()?;
        if let (true, Ok(text)) = (!self.substitutions.is_empty(), std::str::from_utf8(&bytes)) {
            bytes = self.filled(text.to_owned()).into_bytes();
        }
        let tag = HeaderValue::from_str(&format!("\"{}\"", digest(&bytes))).ok()?;
        let known = wanted.get(header::IF_NONE_MATCH).is_some_and(|known| {
            // A compressed reply carries the tag in its weak form.
            known.as_bytes().strip_prefix(b"W/").unwrap_or(known.as_bytes()) == tag.as_bytes()
        });
        let mut response = if known {
            let mut empty = Response::new(Body::empty());
            *empty.status_mut() = StatusCode::NOT_MODIFIED;
            empty
        } else {
            Response::new(Body::from(bytes))
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(header::ETAG, tag);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=0, must-revalidate"));
        Headers::parse(&self.text("_headers").await).apply(path, headers);
        Some(response)
    }

    /// The file for a path; `index.html` for a folder.
    async fn find(&self, path: &str) -> Option<PathBuf> {
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        let relative = Path::new(decoded.trim_start_matches('/'));
        let hidden = relative.components().any(|part| match part {
            // Their own rules, and what editors leave behind, are not part of the site.
            Component::Normal(name) => name.to_string_lossy().starts_with(['_', '.']),
            _ => true,
        });
        if hidden {
            return None;
        }
        let file = self.root.join(relative);
        let file = if file.is_dir() { file.join("index.html") } else { file };
        tokio::fs::metadata(&file).await.is_ok_and(|found| found.is_file()).then_some(file)
    }

    async fn text(&self, name: &str) -> String {
        let text = tokio::fs::read_to_string(self.root.join(name)).await;
        self.filled(text.unwrap_or_default())
    }

    fn filled(&self, text: String) -> String {
        self.substitutions.iter().fold(text, |text, (name, value)| text.replace(name, value))
    }
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("ico") => "image/x-icon",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
