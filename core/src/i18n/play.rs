//! The words of prize draws, of invitations, and of what members are refused.

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

/// What draws, invitations and the door of members say.
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
    /// Refusals: of a token that is over. `{site}`.
    pub sign_in_again: &'static str,
    /// Of a recovery phrase.
    pub wrong_phrase: &'static str,
    /// Of too many tries.
    pub busy: &'static str,
    /// Of a quiz, in per cent.
    pub not_passed: &'static str,
    /// Of what the programme no longer has.
    pub unknown: &'static str,
    /// The button for a ticket, in the badge; and its confirmation.
    pub take: &'static str,
    pub yes: &'static str,
    /// Why there is none. `{site}`.
    pub sign_in: &'static str,
    pub mine: &'static str,
    /// What became of a ticket.
    pub blank: &'static str,
    pub awaited: &'static str,
    /// `{n}` tickets.
    pub more: &'static str,
    /// The link to the page.
    pub check: &'static str,
    /// What makes a referral count.
    pub terms_purchase: &'static str,
    pub terms_response: &'static str,
    /// `{n}` days.
    pub terms_visits: &'static str,
    /// `{n}` are counted points.
    pub you_get: &'static str,
    pub friend_gets: &'static str,
    /// `{n}` friends.
    pub brought: &'static str,
    /// Where a referral stands, for who was brought.
    pub invited: &'static str,
    /// `{day}`.
    pub held: &'static str,
    pub credited: &'static str,
    pub lapsed: &'static str,
    /// `{site}`, and one of the reasons below.
    pub look: &'static str,
    pub refused: &'static str,
    /// Rules that suspect something.
    pub doubt_address: &'static str,
    pub doubt_device: &'static str,
    pub doubt_email: &'static str,
    pub doubt_circle: &'static str,
    pub doubt_velocity: &'static str,
    /// Rules that leave nothing to decide.
    pub bar_own: &'static str,
    pub bar_already: &'static str,
    pub bar_not_new: &'static str,
    pub bar_unknown: &'static str,
    /// The leaderboard.
    pub board: &'static str,
    pub board_none: &'static str,
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

    fn said(words: &Play) -> Vec<String> {
        format!("{words:?}").split('"').skip(1).step_by(2).map(str::to_owned).collect()
    }

    fn holes(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        // The others are signs that Debug escapes.
        found.retain(|hole| hole.bytes().all(|byte| byte.is_ascii_lowercase()));
        found.sort_unstable();
        found
    }

    #[test]
    fn every_language_has_words_of_its_own() {
        for (strings, words) in super::super::ALL.iter().zip(ALL) {
            let locale = Locale::parse(strings.tag).unwrap();
            assert_eq!(play(&locale).title, words.title, "{}", strings.tag);
            for (text, english) in said(words).iter().zip(&said(&en::PLAY)) {
                assert_eq!(holes(text), holes(english), "{}: {text}", strings.tag);
            }
        }
    }
}
