//! Posted forms and queries, read as fields.

use worker::Request;

use crate::body::{self, Media};
use crate::problem::Fail;
use crate::url;

/// Fields of any form of ours are fewer; more are not looked at.
const MOST: usize = 4_000;

/// Names and values, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `a=1&b=2` (WHATWG URL, 5.1), with line breaks as the owner's computer has them made plain.
    pub fn parse(text: &str) -> Self {
        Self(url::fields(text).take(MOST).map(|(name, value)| (name, value.replace("\r\n", "\n"))).collect())
    }

    /// Reads a request's body, `limit` bytes at most.
    ///
    /// # Errors
    /// As [`body::text`].
    pub async fn read(request: &mut Request, limit: usize) -> Result<Self, Fail> {
        let kind = request.headers().get("content-type")?.unwrap_or_default();
        let text = body::text(request, &[Media::Form, Media::Multipart], limit).await?;
        Ok(kind.split_once("boundary=").map_or_else(
            || Self::parse(&text),
            |(_, boundary)| Self::multipart(&text, boundary.split(';').next().unwrap_or_default().trim_matches('"')),
        ))
    }

    /// Reads parts (RFC 7578): what a form with a file sends. A file is the text in it.
    pub fn multipart(text: &str, boundary: &str) -> Self {
        let line = format!("\r\n--{boundary}");
        let whole = format!("\r\n{text}");
        let part = |part: &str| {
            let (head, value) = part.strip_prefix("\r\n")?.split_once("\r\n\r\n")?;
            let name = head.split_once("name=\"")?.1.split('"').next()?;
            Some((name.to_owned(), value.replace("\r\n", "\n")))
        };
        Self(whole.split(&line).skip(1).take(MOST).filter_map(part).collect())
    }

    /// Fields that were read elsewhere.
    pub const fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// Every field.
    pub fn fields(&self) -> &[(String, String)] {
        &self.0
    }

    /// The first value of `name`; an absent one is empty.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    /// Every value of `name`, as boxes to tick have them.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The first value of `name`, if it is there.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read() {
        let text = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n2\r\n--x\r\nContent-Disposition: form-data; \
                    name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\nh,i\r\n\r\n--x--\r\n";
        let form = Form::multipart(text, "x");
        assert_eq!((form.get("a"), form.get("file")), ("1\n2", "h,i\n"));
        for broken in ["", "--x", "--x\r\n", "--x\r\nname=\"\r\n\r\n", "\r\n\r\n"] {
            assert_eq!(Form::multipart(broken, "x").find("a"), None, "{broken:?}");
        }
    }

    #[test]
    fn fields_are_decoded() {
        let form = Form::parse("name=Caf%C3%A9+%26+co&text=a%0D%0Ab&hash=%23#x&empty=");
        assert_eq!(form.get("name"), "Café & co");
        assert_eq!(form.get("text"), "a\nb");
        assert_eq!((form.find("empty"), form.find("none"), form.get("none")), (Some(""), None, ""));
        assert!(form.get("hash").starts_with('#'));
    }
}
