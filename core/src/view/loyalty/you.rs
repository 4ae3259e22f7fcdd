//! Friends, the member's own details, other devices, and the way out.

use maud::{Markup, html};

use super::{Account, Invite, Pen};

/// The link is made by scripts, of the page's own address and the code.
pub(super) fn invite(invite: &Invite, pen: &Pen<'_>) -> Markup {
    let b = &pen.s.badge;
    html! {
        p class="hint" { (b.invite_note) }
        label class="line" { (b.your_link) input class="field" name="link" readonly data-code=(invite.code) value=(invite.code) dir="ltr"; }
        p class="row" {
            button class="act" type="button" data-copy-field="link" { (b.copy) }
            button class="act" type="button" data-share hidden { (b.share) }
        }
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
