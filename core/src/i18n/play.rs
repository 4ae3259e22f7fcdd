//! The words of prize draws: a page that anybody may look at.

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

use super::strings;
use crate::model::text::Locale;

/// What the page of a draw says.
#[derive(Debug)]
pub struct Play {
    /// `{draw}` is its name.
    pub title: &'static str,
    /// What it is about.
    pub fair: &'static str,
    pub at_once: &'static str,
    pub at_the_end: &'static str,
    pub begins: &'static str,
    pub over: &'static str,
    pub gone: &'static str,
    pub prizes: &'static str,
    /// `{n}` is the n in "one in n".
    pub odds: &'static str,
    /// `{left}`, `{stock}`.
    pub stock: &'static str,
    pub cost: &'static str,
    pub free: &'static str,
    /// Heading of the hash.
    pub before: &'static str,
    /// Heading of the seed.
    pub after: &'static str,
    /// In place of the seed.
    pub secret: &'static str,
    pub tickets: &'static str,
    pub none: &'static str,
    /// One ticket.
    pub number: &'static str,
    pub won: &'static str,
    pub how: &'static str,
    pub steps: &'static str,
    /// `{site}` is who draws.
    pub limit: &'static str,
    pub data: &'static str,
    pub missing: &'static str,
}

/// In the order of [`super::ALL`].
const ALL: [&Play; 14] = [
    &en::PLAY,
    &zh_cn::PLAY,
    &zh_tw::PLAY,
    &ja::PLAY,
    &ko::PLAY,
    &es::PLAY,
    &fr::PLAY,
    &de::PLAY,
    &pt_br::PLAY,
    &it::PLAY,
    &ru::PLAY,
    &ar::PLAY,
    &hi::PLAY,
    &id::PLAY,
];

/// The words in the language that the other words are in.
pub fn play(locale: &Locale) -> &'static Play {
    let tag = strings(locale).tag;
    let same = super::ALL.iter().zip(ALL).find(|(strings, _)| strings.tag == tag);
    same.map_or(&en::PLAY, |(_, play)| play)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_words_of_its_own() {
        for (strings, words) in super::super::ALL.iter().zip(ALL) {
            let locale = Locale::parse(strings.tag).unwrap();
            assert_eq!(play(&locale).title, words.title, "{}", strings.tag);
            let holes = |text: &str| text.matches(['{', '}']).count();
            assert_eq!(format!("{words:?}").matches("{draw}").count(), 1, "{}", strings.tag);
            assert_eq!(holes(words.stock) + holes(words.odds) + holes(words.limit), 8, "{}", strings.tag);
        }
    }
}
