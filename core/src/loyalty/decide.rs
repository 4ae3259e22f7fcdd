//! What happens. The site's object stores what is decided here in one transaction and decides nothing itself.

use super::account::Account;
use super::action::{Action, Facts, Role};
use super::denied::Denied;
use super::entry::{Entry, Kind};
use super::pen::{Line, Pen};
use super::program::Program;
use crate::time::Timestamp;

/// What to store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// All carry the act's id. None where nothing changes.
    pub entries: Vec<Entry>,
    /// After them.
    pub account: Account,
}

/// Decides one act.
///
/// 1. What time has done is settled: holds that nobody honoured, tiers, points.
/// 2. The action itself.
/// 3. The tier that it leads to.
///
/// # Errors
/// The rule that stands in the way; then nothing happens, and what time has done is left to [`Action::Expire`].
pub fn decide(
    program: &Program,
    account: &Account,
    id: &str,
    action: &Action,
    facts: &Facts,
    now: Timestamp,
) -> Result<Decided, Denied> {
    if !account.merged_into.is_empty() {
        return Err(Denied::Merged);
    }
    let mut pen = Pen::new(account, id, now);
    // 1.
    pen.settle(program)?;
    // 2.
    match action {
        Action::Redeem { reward } => pen.redeem(program, reward, facts)?,
        Action::Capture { hold, note } => pen.capture(hold, note)?,
        Action::Void { hold, why } => {
            pen.void(hold, why)?;
            // What expired meanwhile expires at once.
            pen.expire(program)?;
        }
        Action::Adjust { delta, why } => pen.adjust(program, *delta, why)?,
        Action::Ticket { draw, number } => pen.ticket(program, draw, *number, facts)?,
        Action::Win { draw, prize } => pen.win(program, draw, prize, facts)?,
        Action::Expire => {}
        Action::Refer { other, role: Role::Referred } => {
            let welcome = i64::from(program.referral.ok_or(Denied::Unknown)?.welcome);
            let expires = program.expires(pen.now);
            pen.write(Line::new(Kind::Refer, welcome, other).expires(expires))?;
        }
        _ if !facts.identified && !program.anonymous => return Err(Denied::Identify),
        _ => pen.earn(program, action, facts)?,
    }
    // 3.
    pen.climb_or_fall(program)?;
    Ok(Decided { entries: pen.entries, account: pen.account })
}

/// The account as it is now, when nobody has touched it for a while: what is shown.
pub fn settled(program: &Program, account: &Account, now: Timestamp) -> Account {
    decide(program, account, "", &Action::Expire, &Facts::default(), now)
        .map_or_else(|_| account.clone(), |decided| decided.account)
}

impl Pen<'_> {
    fn settle(&mut self, program: &Program) -> Result<(), Denied> {
        // Tiers first: they fall at moments that have passed, and entries follow each other in time.
        self.climb_or_fall(program)?;
        self.void_overdue()?;
        self.expire(program)
    }
}
