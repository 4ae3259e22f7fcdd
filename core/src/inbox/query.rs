//! Filters in addresses.

use super::filter::{Filter, Trust, bare_address, is_group};
use crate::answer::Field;
use crate::case::Status;
use crate::limits::{PAGE_CHARS, SEARCH_CHARS, TAG_CHARS, TRAIT_CHARS};
use crate::name::Name;
use crate::problem::{Fault, Problem};
use crate::time::Day;

impl Filter {
    /// Reads the fields of a query. Empty ones and those of other names are passed over; `status=all` is any status.
    ///
    /// # Errors
    /// The first field that is none of ours, or too long.
    pub fn from_fields(fields: &[Field]) -> Result<Self, Problem> {
        let mut filter = Self::default();
        for (name, value) in fields {
            let value = value.trim();
            if !value.is_empty() {
                filter.set(name, value)?;
            }
        }
        Ok(filter)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), Problem> {
        let day = || Day::parse(value).ok_or_else(|| Problem::malformed(name, "a day such as 2026-11-22"));
        let short = |max: usize| {
            if value.chars().count() > max {
                return Err(Problem::new(name, Fault::TooLong { max: max as u32 }));
            }
            Ok(value.to_owned())
        };
        match name {
            "widget" => self.widget = Some(Name::parse(value).map_err(|problem| problem.within(name))?),
            "group" if is_group(value) => value.clone_into(&mut self.group),
            "group" => return Err(Problem::malformed(name, "good, mild or bad, or with a measure: nps/bad")),
            "from" => self.from = Some(day()?),
            "to" => self.to = Some(day()?),
            "page" => self.page = bare_address(&short(PAGE_CHARS)?).to_owned(),
            "language" => self.language = short(35)?,
            "country" => self.country = short(2)?.to_ascii_uppercase(),
            "device" => self.device = short(16)?,
            "segment" => {
                let segment = short(2 * TRAIT_CHARS + 1)?;
                let parts =
                    segment.split_once('=').ok_or_else(|| Problem::malformed(name, "a trait such as plan=pro"))?;
                self.segment = Some((parts.0.to_owned(), parts.1.to_owned()));
            }
            "tag" => self.tag = short(TAG_CHARS)?,
            "status" if value == "all" => self.status = None,
            "status" => self.status = Some(Status::parse(value).ok_or_else(|| Problem::new(name, Fault::NotAnOption))?),
            "trust" => self.trust = Some(Trust::parse(value).ok_or_else(|| Problem::new(name, Fault::NotAnOption))?),
            "complete" => match value {
                "yes" => self.complete = Some(true),
                "no" => self.complete = Some(false),
                _ => return Err(Problem::malformed(name, "yes or no")),
            },
            "visitor" => self.visitor = short(128)?,
            "q" => self.text = short(SEARCH_CHARS)?,
            _ => {}
        }
        Ok(())
    }

    /// The fields that [`Filter::from_fields`] reads.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = Vec::new();
        let mut put = |name, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                fields.push((name, value));
            }
        };
        put("q", Some(self.text.clone()));
        put("status", self.status.map(|status| status.as_str().to_owned()));
        put("widget", self.widget.as_ref().map(|widget| widget.as_str().to_owned()));
        put("group", Some(self.group.clone()));
        put("from", self.from.map(Day::to_text));
        put("to", self.to.map(Day::to_text));
        put("page", Some(self.page.clone()));
        put("language", Some(self.language.clone()));
        put("country", Some(self.country.clone()));
        put("device", Some(self.device.clone()));
        put("segment", self.segment.as_ref().map(|(name, value)| format!("{name}={value}")));
        put("tag", Some(self.tag.clone()));
        put("trust", self.trust.map(|trust| trust.as_str().to_owned()));
        put("complete", self.complete.map(|complete| if complete { "yes" } else { "no" }.to_owned()));
        put("visitor", Some(self.visitor.clone()));
        fields
    }

    /// The same as a query; `status=all` where any status is wanted.
    pub fn to_query(&self) -> String {
        let mut query = String::new();
        let all = self.status.is_none().then(|| ("status", "all".to_owned()));
        for (name, value) in self.fields().into_iter().chain(all) {
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(name);
            query.push('=');
            encode(&value, &mut query);
        }
        query
    }
}

/// Percent-encodes all but what needs none (RFC 3986, 2.3).
fn encode(value: &str, query: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            query.push(char::from(byte));
        } else {
            query.push('%');
            for nibble in [byte >> 4, byte & 15] {
                query.push(char::from(HEX.get(usize::from(nibble)).copied().unwrap_or(b'0')));
            }
        }
    }
}
