//! Targeting as a form attribute: words separated by spaces, `page=/shop/** delay=10 trait=plan;is,pro,team`. The widget
//! reads it without a JSON parser.

use core::fmt;

use super::{Device, EventFilter, Filter, Frequency, Targeting, Visitors};
use crate::name::Name;
use crate::scan::{cut, take, whole};
use crate::time::Day;

/// The text is not what [`Targeting`]'s `Display` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Garbled;

impl Targeting {
    /// Reads what [`fmt::Display`] wrote.
    ///
    /// # Errors
    /// [`Garbled`]; such a widget is best not shown.
    pub fn parse(text: &str) -> Result<Self, Garbled> {
        Self::read(text).ok_or(Garbled)
    }

    fn read(text: &str) -> Option<Self> {
        let mut targeting = Self::default();
        let mut rest = Some(text);
        while let Some(word) = take(&mut rest, b' ') {
            let (key, value) = cut(word, b'=');
            let value = value.unwrap_or_default();
            match key {
                "" => {}
                "page" => targeting.pages.push(unescape(value)),
                "not" => targeting.not_pages.push(unescape(value)),
                "delay" => targeting.delay_seconds = Some(whole(value)?),
                "scroll" => targeting.scroll_percent = Some(whole(value)?),
                "exit" => targeting.exit_intent = true,
                "click" => targeting.click = Some(unescape(value)),
                "event" => targeting.event = Some(EventFilter { name: Name::of(value)?, filters: Vec::new() }),
                "prop" => targeting.event.as_mut()?.filters.push(filter(value)?),
                "device" => targeting.devices.push(Device::parse(value)?),
                "lang" => targeting.languages.push(unescape(value)),
                "new" => targeting.visitors = Some(Visitors::New),
                "returning" => targeting.visitors = Some(Visitors::Returning),
                "visits" => targeting.min_visits = Some(whole(value)?),
                "trait" => targeting.traits.push(filter(value)?),
                "sample" => targeting.sample_percent = Some(whole(value)?),
                "always" => targeting.frequency = Some(Frequency::Always),
                "once" => targeting.frequency = Some(Frequency::Once),
                "unanswered" => targeting.frequency = Some(Frequency::UntilAnswered),
                "every" => targeting.frequency = Some(Frequency::EveryDays(whole(value)?)),
                "free" => targeting.ignore_budget = true,
                "from" => targeting.from = Some(Day::parse(value)?),
                "until" => targeting.until = Some(Day::parse(value)?),
                _ => return None,
            }
        }
        Some(targeting)
    }
}

fn filter(text: &str) -> Option<Filter> {
    let (name, mut rest) = cut(text, b';');
    let name = Name::of(name)?;
    let mut filter = Filter { name, is: Vec::new(), is_not: Vec::new(), at_least: None, at_most: None, missing: false };
    while let Some(part) = take(&mut rest, b';') {
        let (key, mut values) = cut(part, b',');
        match key {
            "is" => list(&mut values, &mut filter.is),
            "not" => list(&mut values, &mut filter.is_not),
            "min" => filter.at_least = Some(values?.parse().ok()?),
            "max" => filter.at_most = Some(values?.parse().ok()?),
            "missing" => filter.missing = true,
            _ => return None,
        }
    }
    Some(filter)
}

fn list(values: &mut Option<&str>, list: &mut Vec<String>) {
    while let Some(value) = take(values, b',') {
        list.push(unescape(value));
    }
}

/// Undoes [`Escaped`].
fn unescape(text: &str) -> String {
    let (start, mut rest) = cut(text, b'%');
    let mut plain = String::from(start);
    while let Some(piece) = take(&mut rest, b'%') {
        let code = match piece.as_bytes() {
            [high, low, ..] => nibble(*high).zip(nibble(*low)),
            _ => None,
        };
        match code {
            // Only signs of ASCII are ever escaped.
            Some((high, low)) => {
                plain.push(char::from((high << 4 | low) & 0x7f));
                plain.push_str(piece.get(2..).unwrap_or_default());
            }
            None => {
                plain.push('%');
                plain.push_str(piece);
            }
        }
    }
    plain
}

/// The value of a hexadecimal digit.
pub(super) fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

impl fmt::Display for Targeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Words { f, first: true };
        for page in &self.pages {
            words.put("page", Escaped(page))?;
        }
        for page in &self.not_pages {
            words.put("not", Escaped(page))?;
        }
        words.maybe("delay", self.delay_seconds)?;
        words.maybe("scroll", self.scroll_percent)?;
        words.flag("exit", self.exit_intent)?;
        words.maybe("click", self.click.as_deref().map(Escaped))?;
        if let Some(event) = &self.event {
            words.put("event", &event.name)?;
            for filter in &event.filters {
                words.put("prop", filter)?;
            }
        }
        for device in &self.devices {
            words.put("device", device.as_str())?;
        }
        for language in &self.languages {
            words.put("lang", Escaped(language))?;
        }
        words.flag("new", self.visitors == Some(Visitors::New))?;
        words.flag("returning", self.visitors == Some(Visitors::Returning))?;
        words.maybe("visits", self.min_visits)?;
        for filter in &self.traits {
            words.put("trait", filter)?;
        }
        words.maybe("sample", self.sample_percent)?;
        match self.frequency {
            None => {}
            Some(Frequency::Always) => words.flag("always", true)?,
            Some(Frequency::Once) => words.flag("once", true)?,
            Some(Frequency::UntilAnswered) => words.flag("unanswered", true)?,
            Some(Frequency::EveryDays(days)) => words.put("every", days)?,
        }
        words.flag("free", self.ignore_budget)?;
        words.maybe("from", self.from)?;
        words.maybe("until", self.until)
    }
}

struct Words<'a, 'f> {
    f: &'a mut fmt::Formatter<'f>,
    first: bool,
}

impl Words<'_, '_> {
    fn flag(&mut self, key: &str, set: bool) -> fmt::Result {
        if !set {
            return Ok(());
        }
        if !self.first {
            self.f.write_str(" ")?;
        }
        self.first = false;
        self.f.write_str(key)
    }

    fn put(&mut self, key: &str, value: impl fmt::Display) -> fmt::Result {
        self.flag(key, true)?;
        write!(self.f, "={value}")
    }

    fn maybe(&mut self, key: &str, value: Option<impl fmt::Display>) -> fmt::Result {
        value.map_or(Ok(()), |value| self.put(key, value))
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.name)?;
        for (key, values) in [("is", &self.is), ("not", &self.is_not)] {
            if !values.is_empty() {
                write!(f, ";{key}")?;
                values.iter().try_for_each(|value| write!(f, ",{}", Escaped(value)))?;
            }
        }
        if let Some(least) = self.at_least {
            write!(f, ";min,{least}")?;
        }
        if let Some(most) = self.at_most {
            write!(f, ";max,{most}")?;
        }
        f.write_str(if self.missing { ";missing" } else { "" })
    }
}

struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for char in self.0.chars() {
            match char {
                '\0'..=' ' | '%' | ',' | ';' | '\x7f' => write!(f, "%{:02X}", u32::from(char))?,
                _ => write!(f, "{char}")?,
            }
        }
        Ok(())
    }
}
