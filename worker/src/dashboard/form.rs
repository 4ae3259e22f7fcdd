//! Posted forms and queries, read as fields.

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
    fn fields_are_decoded() {
        let form = Form::parse("name=Caf%C3%A9+%26+co&text=a%0D%0Ab&hash=%23#x&empty=");
        assert_eq!(form.get("name"), "Café & co");
        assert_eq!(form.get("text"), "a\nb");
        assert_eq!((form.find("empty"), form.find("none"), form.get("none")), (Some(""), None, ""));
        assert!(form.get("hash").starts_with('#'));
    }
}
