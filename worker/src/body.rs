//! Reading a request's body without ever holding more of it than allowed.

use futures_util::StreamExt;
use rapport_core::limits::BODY_BYTES;
use rapport_core::problem::Problem;
use worker::Request;

use crate::problem::Fail;

/// What the body claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    Json,
    Form,
    /// Parts: what a form with a file sends.
    Multipart,
    /// `text/plain`, which spares the browser a preflight and is what `sendBeacon` sends.
    Plain,
}

/// Reads the body as UTF-8 text, `limit` bytes at most, and stops as soon as there are more.
///
/// # Errors
/// 413 beyond the limit, 415 for compressed bodies and other types than `allowed`, 422 for bytes that are not UTF-8.
pub async fn text(request: &mut Request, allowed: &[Media], limit: usize) -> Result<String, Fail> {
    let headers = request.headers();
    if headers.get("content-encoding")?.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return Err(Fail::media("an uncompressed body"));
    }
    let media = headers.get("content-type")?.map_or(Some(Media::Plain), |kind| media(&kind));
    if !media.is_some_and(|media| allowed.contains(&media)) {
        return Err(Fail::media(
            "text/plain, application/json or application/x-www-form-urlencoded, as the address asks",
        ));
    }
    // A length that is announced is refused before anything is read; one that is not, or that lies, while reading.
    let announced = headers.get("content-length")?.and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Fail::too_large(limit));
    }
    if request.inner().body().is_none() {
        return Ok(String::new());
    }
    if announced.is_some() {
        // HTTP ends it where it was announced to end, so there is no need to take it piece by piece.
        let bytes = request.bytes().await?;
        return if bytes.len() > limit { Err(Fail::too_large(limit)) } else { utf8(bytes) };
    }
    let mut stream = request.stream()?;
    let mut bytes = Vec::with_capacity(1_024.min(limit));
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        if bytes.len() + chunk.len() > limit {
            return Err(Fail::too_large(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    utf8(bytes)
}

fn utf8(bytes: Vec<u8>) -> Result<String, Fail> {
    String::from_utf8(bytes).map_err(|_| Problem::malformed("", "text in UTF-8").into())
}

/// The body of a visitor's request.
pub async fn small(request: &mut Request, allowed: &[Media]) -> Result<String, Fail> {
    text(request, allowed, BODY_BYTES).await
}

fn media(header: &str) -> Option<Media> {
    match header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => Some(Media::Json),
        "application/x-www-form-urlencoded" => Some(Media::Form),
        "multipart/form-data" => Some(Media::Multipart),
        "text/plain" | "" => Some(Media::Plain),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        for (header, expected) in [
            ("application/json", Some(Media::Json)),
            ("Application/JSON; charset=utf-8", Some(Media::Json)),
            ("application/x-www-form-urlencoded", Some(Media::Form)),
            ("text/plain;charset=UTF-8", Some(Media::Plain)),
            ("multipart/form-data; boundary=x", Some(Media::Multipart)),
            ("text/html", None),
        ] {
            assert_eq!(media(header), expected, "{header}");
        }
    }
}
