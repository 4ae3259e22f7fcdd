//! What must hold of a configuration beyond its form. Everything that is wrong is told at once, each with its full path,
//! so that an owner need not fix and retry error by error.

mod site;
mod widget;
mod kind;
mod question;
mod expression;
mod targeting;

use std::borrow::Cow;

use crate::model::text::Text;
use crate::name::Name;
use crate::problem::{Fault, Problem};

/// Problems under way to one list.
#[derive(Default)]
struct Found(Vec<Problem>);

impl Found {
    fn put(&mut self, field: &str, fault: Fault) {
        self.0.push(Problem::new(field, fault));
    }

    fn conflict(&mut self, field: &str, why: impl Into<Cow<'static, str>>) {
        self.0.push(Problem::conflict(field, why));
    }

    /// Takes over what was found within `outer`.
    fn within(&mut self, outer: &str, found: impl IntoIterator<Item = Problem>) {
        self.0.extend(found.into_iter().map(|problem| problem.within(outer)));
    }

    fn text(&mut self, field: &str, text: Option<&Text>) {
        self.within(field, text.map(Text::check).unwrap_or_default());
    }

    /// A single line of plain text that is not shown to visitors.
    fn line(&mut self, field: &str, text: &str, max: u32) {
        if text.trim().is_empty() {
            self.put(field, Fault::Required);
        } else if text.chars().count() > max as usize {
            self.put(field, Fault::TooLong { max });
        } else if text.chars().any(char::is_control) {
            self.0.push(Problem::malformed(field, "free of control characters"));
        }
    }

    fn count(&mut self, field: &str, count: usize, min: usize, max: usize) {
        if count < min {
            self.put(field, Fault::TooFew { min: min as u32 });
        } else if count > max {
            self.put(field, Fault::TooMany { max: max as u32 });
        }
    }

    fn range(&mut self, field: &str, value: u32, min: u32, max: u32) {
        if value < min {
            self.put(field, Fault::TooLow { min: min.into() });
        } else if value > max {
            self.put(field, Fault::TooHigh { max: max.into() });
        }
    }

    /// Names that occur a second time.
    fn unique<'a>(&mut self, field: impl Fn(usize) -> String, names: impl Iterator<Item = &'a Name>) {
        let mut seen: Vec<&Name> = Vec::new();
        for (index, name) in names.enumerate() {
            if seen.contains(&name) {
                self.put(&field(index), Fault::Twice);
            }
            seen.push(name);
        }
    }
}

#[cfg(test)]
mod tests;
