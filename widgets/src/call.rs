//! Every way in which the hands can call. `www/loader/module/call.js` has the same numbers.

/// One way in which the hands can call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// The first call: site, privacy mode, days between invitations, invitations a visit.
    Start,
    /// A form is on the page, described as [`crate::widget::Widget::read`] expects.
    Attach,
    /// The page called `rapport.…`: name, then arguments.
    Api,
    /// Something was chosen or typed.
    Input,
    /// A click chose a point or an option.
    Pick,
    /// The button that sends, or Enter.
    Submit,
    Back,
    StartOver,
    Open,
    Close,
    /// Time to go on after a choice.
    Advance,
    /// Time to save what has been answered so far.
    Save,
    /// The form was in view for long enough.
    Seen,
    /// The Worker's verdict: status, id of the receipt, code of the problem, the Worker's clock.
    Verdict,
    /// Time to try again what could not be delivered.
    Retry,
    /// The page can be seen again, or for the first time.
    Visible,
    /// The page cannot be seen any more, or goes away.
    Hidden,
    /// There is a network again.
    Online,
    /// The address has changed, or the page came back from the back/forward cache.
    Route,
    /// How much of the page has been scrolled through, in percent.
    Scrolled,
    /// The visitor is about to leave.
    Leaving,
    /// What a widget waits for was clicked.
    Clicked,
    /// Time to look whether somebody may be invited.
    Look,
}

const CALLS: [Call; 23] = [
    Call::Start,
    Call::Attach,
    Call::Api,
    Call::Input,
    Call::Pick,
    Call::Submit,
    Call::Back,
    Call::StartOver,
    Call::Open,
    Call::Close,
    Call::Advance,
    Call::Save,
    Call::Seen,
    Call::Verdict,
    Call::Retry,
    Call::Visible,
    Call::Hidden,
    Call::Online,
    Call::Route,
    Call::Scrolled,
    Call::Leaving,
    Call::Clicked,
    Call::Look,
];

impl Call {
    /// The call of that number.
    pub fn of(kind: u8) -> Option<Self> {
        CALLS.get(usize::from(kind)).copied()
    }
}
