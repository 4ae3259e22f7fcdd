//! The words of the loyalty badge.

pub mod ar;
pub mod de;
pub mod en;
pub mod es;
pub mod fr;
pub mod hi;
pub mod id;
pub mod it;
pub mod ja;
pub mod ko;
pub mod pt_br;
pub mod ru;
pub mod zh_cn;
pub mod zh_tw;

use super::Plural;

/// What the badge says. `{n}` and `{left}` are counted points, `{day}` and `{time}` moments, `{tier}`, `{what}` and `{site}`
/// names.
#[derive(Debug)]
pub struct Badge {
    pub points: Plural,
    pub title: &'static str,
    pub loading: &'static str,
    pub script: &'static str,
    pub join_title: &'static str,
    pub join: &'static str,
    pub join_note: &'static str,
    pub sign_in: &'static str,
    pub paused: &'static str,
    pub tier_next: &'static str,
    pub tier_top: &'static str,
    pub expiring: &'static str,
    pub streak: &'static str,
    pub check_in: &'static str,
    pub checked_in: &'static str,
    pub earn: &'static str,
    pub when_check_in: &'static str,
    pub when_response: &'static str,
    pub when_poll: &'static str,
    pub when_quiz: &'static str,
    pub when_referral: &'static str,
    pub when_purchase: &'static str,
    pub when_birthday: &'static str,
    pub when_profile: &'static str,
    pub when_event: &'static str,
    pub per: &'static str,
    pub done: &'static str,
    pub again: &'static str,
    pub rewards: &'static str,
    pub none: &'static str,
    pub lacking: &'static str,
    pub left: &'static str,
    pub tier_needed: &'static str,
    pub redeem: &'static str,
    pub confirm: &'static str,
    pub yes: &'static str,
    pub cancel: &'static str,
    pub yours: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
    pub open: &'static str,
    pub on_its_way: &'static str,
    pub invite: &'static str,
    pub invite_note: &'static str,
    pub your_link: &'static str,
    pub share: &'static str,
    pub draws: &'static str,
    pub history: &'static str,
    pub balance: &'static str,
    pub redeemed: &'static str,
    pub handed: &'static str,
    pub returned: &'static str,
    pub expired: &'static str,
    pub adjusted: &'static str,
    pub ticket: &'static str,
    pub won: &'static str,
    pub referred: &'static str,
    pub moved: &'static str,
    pub bonus: &'static str,
    pub reached: &'static str,
    pub older: &'static str,
    pub verified: &'static str,
    pub verified_note: &'static str,
    pub broken: &'static str,
    pub you: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub birthday: &'static str,
    pub board: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub move_in: &'static str,
    pub move_note: &'static str,
    pub phrase_make: &'static str,
    pub phrase_enter: &'static str,
    pub phrase_use: &'static str,
    pub leave: &'static str,
    pub leave_note: &'static str,
    pub leave_yes: &'static str,
    pub left_done: &'static str,
    pub waiting: &'static str,
    pub offline: &'static str,
    pub limited: &'static str,
    pub earned: &'static str,
    pub failed: &'static str,
    pub sold_out: &'static str,
    pub limit: &'static str,
    pub not_yet: &'static str,
    pub over: &'static str,
    pub counted: &'static str,
    pub had_all: &'static str,
    pub sign_in_spend: &'static str,
    pub qr: &'static str,
    pub messages: &'static str,
    /// `{n}` of them.
    pub unread: &'static str,
    /// Of a quiz, `{percent}`.
    pub best: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::ALL;

    fn holes(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        // The others are signs that Debug escapes.
        found.retain(|hole| hole.bytes().all(|byte| byte.is_ascii_lowercase()));
        found.sort_unstable();
        found
    }

    #[test]
    fn every_text_has_the_holes_of_the_english_one() {
        let said = |badge: &Badge| {
            let debug = format!("{badge:?}");
            debug.split('"').skip(1).step_by(2).skip(6).map(str::to_owned).collect::<Vec<_>>()
        };
        let english = said(&en::BADGE);
        for strings in ALL {
            for (text, original) in said(&strings.badge).iter().zip(&english) {
                assert_eq!(holes(text), holes(original), "{}: {text}", strings.tag);
            }
        }
    }
}
