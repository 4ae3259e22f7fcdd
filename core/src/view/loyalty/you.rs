//! Friends, the member's own details, other devices, and the way out.

use maud::{Markup, html};

use super::{Account, Invite, Pen, Shown, isolated};
use crate::i18n::{self, fill, play};
use crate::loyalty::program::{Qualifies, Trigger};
use crate::loyalty::referral::{Brought, Doubt, Step};

/// The link is made by scripts, of the page's own address and the code.
pub(super) fn invite(invite: &Invite, pen: &Pen<'_>) -> Markup {
    let (b, words, program) = (&pen.s.badge, play(pen.shown.locale), pen.shown.program);
    let mine = program.rules.iter().find(|rule| rule.when == Trigger::Referral).map(|rule| rule.points);
    let theirs = program.referral.map(|referral| referral.welcome);
    let sides = [(words.you_get, mine), (words.friend_gets, theirs)];
    html! {
        @if let Some(came) = &invite.came { p class="hint" data-came { (words.invited) " " (self::came(came, pen.shown)) } }
        p class="hint" { (b.invite_note) }
        @if let Some(referral) = program.referral { p class="hint" { (qualifies(referral.qualifies, pen)) } }
        @for (words, points) in sides {
            @if let Some(points) = points.filter(|points| *points > 0) {
                p class="hint" { (fill(words, &[("n", &pen.points(points.into()))])) }
            }
        }
        @if invite.friends > 0 { p class="hint" { (fill(words.brought, &[("n", &pen.s.integer(invite.friends.into()))])) } }
        label class="line" { (b.your_link) input class="field" name="link" readonly data-code=(invite.code) value=(invite.code) dir="ltr"; }
        p class="row" {
            button class="act" type="button" data-copy-field="link" { (b.copy) }
            button class="act" type="button" data-share hidden { (b.share) }
            button class="act" type="button" data-qr aria-expanded="false" { (b.qr) }
        }
        div class="picture" data-picture hidden {}
    }
}

fn qualifies(qualifies: Qualifies, pen: &Pen<'_>) -> String {
    let words = play(pen.shown.locale);
    match qualifies {
        Qualifies::Purchase => words.terms_purchase.to_owned(),
        Qualifies::Response => words.terms_response.to_owned(),
        Qualifies::Visits { n } => fill(words.terms_visits, &[("n", &pen.s.integer(n.into()))]),
    }
}

/// Where the invitation stands by which a member came: if a rule has stopped it, which.
pub fn came(came: &Brought, shown: &Shown<'_>) -> String {
    let pen = Pen { shown, s: i18n::strings(shown.locale) };
    let (words, Some(rules)) = (play(shown.locale), shown.program.referral) else { return String::new() };
    let about = |words: &str, reason: &str| fill(words, &[("site", &isolated(&shown.site.name)), ("reason", reason)]);
    match came.step(&rules, shown.now) {
        Step::Waits => {
            let (b, welcome) = (&pen.s.badge, i64::from(rules.welcome));
            let when = match rules.qualifies {
                Qualifies::Purchase => b.when_purchase,
                Qualifies::Response => b.when_response,
                Qualifies::Visits { .. } => b.when_check_in,
            };
            if welcome > 0 { format!("{when}: +{}", pen.points(welcome)) } else { when.to_owned() }
        }
        Step::Lapsed => words.lapsed.to_owned(),
        Step::Look { doubt } => about(words.look, reason(doubt, words)),
        Step::Held { until } => fill(words.held, &[("day", &until.day().to_text())]),
        Step::Due | Step::Credited { .. } => words.credited.to_owned(),
        Step::Refused => {
            let why = came.verdict.as_ref().map_or("", |verdict| verdict.why.as_str());
            about(words.refused, &isolated(why))
        }
    }
}

const fn reason(doubt: Doubt, words: &'static i18n::Play) -> &'static str {
    match doubt {
        Doubt::Address => words.doubt_address,
        Doubt::Device => words.doubt_device,
        Doubt::Email => words.doubt_email,
        Doubt::Circle => words.doubt_circle,
        Doubt::Velocity => words.doubt_velocity,
    }
}

pub(super) fn draw(account: &Account, pen: &Pen<'_>) -> Markup {
    let b = &pen.s.badge;
    html! {
        @if let Some(profile) = &account.profile {
            div data-form="profile" {
                label class="line" { (b.name) input class="field" name="name" value=(profile.name) maxlength="60" autocomplete="name" dir="auto"; }
                label class="line" { (b.email) input class="field" name="email" type="email" value=(profile.email) maxlength="254" autocomplete="email" dir="ltr"; }
                // The year is nobody's business: the Worker forgets it. A birthday is told once.
                @if let Some(birthday) = profile.birthday {
                    p class="line" { (b.birthday) ": " bdi { (birthday.to_string()) } }
                } @else {
                    label class="line" { (b.birthday) input class="field" name="birthday" type="date"; }
                }
                @if pen.shown.program.leaderboard {
                    label class="tick" { input type="checkbox" name="board" value="yes" checked[profile.board]; (b.board) }
                }
                button class="act" type="button" data-act="profile" { (b.save) }
            }
        }
        @if !account.signed {
            h5 { (b.move_in) }
            p class="hint" { (b.move_note) }
            button class="act" type="button" data-act="phrase" { (b.phrase_make) }
            div data-phrase hidden {}
            (recover(pen))
        }
        h5 { (b.leave) }
        button class="act" type="button" data-ask { (b.leave) "\u{2026}" }
        div class="sure" hidden {
            p { (b.leave_note) }
            button class="act" type="button" data-act="leave" { (b.leave_yes) }
            button class="act" type="button" data-no { (b.cancel) }
        }
    }
}

/// Who comes with points from another device.
pub(super) fn arrive(pen: &Pen<'_>) -> Markup {
    html! { p class="hint" { (pen.s.badge.move_note) } (recover(pen)) }
}

fn recover(pen: &Pen<'_>) -> Markup {
    let b = &pen.s.badge;
    html! {
        div data-form="recover" {
            label class="line" { (b.phrase_enter) input class="field" name="phrase" inputmode="numeric" autocomplete="off" maxlength="60" dir="ltr"; }
            button class="act" type="button" data-act="recover" { (b.phrase_use) }
        }
    }
}
