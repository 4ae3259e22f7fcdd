//! The words that visitors see and the owner did not write, in 14 languages. Each language is one constant of one
//! struct, so a text that is missing in one of them does not compile.
//!
//! Holes are written `{n}`, `{max}`, `{site}`; [`fill`] and the widget fill them. Wordings with a limit are built so that
//! they read well with any number ("Characters at most: 200"); only votes and stars are counted by [`Plural`].

mod play;
mod strings;
mod plural;
mod negotiate;
pub mod badge;

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod hi;
mod id;
mod it;
mod ja;
mod ko;
mod pt_br;
mod ru;
mod zh_cn;
mod zh_tw;

use crate::model::text::{Locale, Text};

pub use negotiate::{accepted, strings, thousandths};
pub use play::{Play, play};
pub use plural::{Category, Plural, category};
pub use strings::{
    Choose, Direction, Form, Invalid, Number, Page, Quiz, Ranking, Scale, Status, Strings, Talk, Wording,
};

/// All languages, in the order in which they are offered.
pub const ALL: [&Strings; 14] = [
    &en::STRINGS,
    &zh_cn::STRINGS,
    &zh_tw::STRINGS,
    &ja::STRINGS,
    &ko::STRINGS,
    &es::STRINGS,
    &fr::STRINGS,
    &de::STRINGS,
    &pt_br::STRINGS,
    &it::STRINGS,
    &ru::STRINGS,
    &ar::STRINGS,
    &hi::STRINGS,
    &id::STRINGS,
];

/// Fills `{holes}`. A hole that nobody fills stays, and a value is never searched for holes.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let hole = after.split_once('}');
        match hole.and_then(|(name, tail)| values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value, tail)))
        {
            Some((value, tail)) => {
                filled.push_str(value);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// One text in all languages, for templates: `text(|s| s.wording.nps, &[("site", "Acme")])`.
pub fn text(pick: impl Fn(&Strings) -> &'static str, values: &[(&str, &str)]) -> Text {
    let in_language =
        |strings: &&Strings| Locale::parse(strings.tag).ok().map(|locale| (locale, fill(pick(strings), values)));
    Text::Many(ALL.iter().filter_map(in_language).collect())
}

#[cfg(test)]
mod tests;
