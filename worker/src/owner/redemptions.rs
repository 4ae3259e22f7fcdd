//! What the owner does with redemptions: handing out, giving back, setting aside once more; and the table of them.

use rapport_core::csv;
use rapport_core::export::moment;
use rapport_core::loyalty::action::Action;
use rapport_core::name::{Name, SiteId};
use worker::Env;

use super::ledger;
use crate::command::loyalty::{Done, Handed, PAGE, Redemption, State, Wanted, Who};
use crate::digest::sha256;
use crate::problem::Fail;

/// Pages of one table: 10,000 redemptions.
const PAGES: usize = 50;

/// The word in addresses for those that the owner still has to hand over, whatever their state is.
pub const TO_HAND_OVER: &str = "to_hand_over";

impl State {
    /// Its word in addresses and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Captured => "captured",
            Self::Voided => "voided",
        }
    }

    /// Reads [`Self::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Held, Self::Captured, Self::Voided].into_iter().find(|state| state.as_str() == word)
    }
}

/// Hands out what was set aside. With a note, that is what the member gets; without one, of a reward with codes the next code.
///
/// # Errors
/// 404 without site or member, 409 where it was settled before.
pub async fn capture(env: &Env, site: &SiteId, member: &str, hold: &str, note: &str) -> Result<Done, Fail> {
    let action = Action::Capture { hold: hold.to_owned(), note: note.to_owned() };
    let done = ledger::act(env, site, of(member), id("c", hold), action).await?;
    super::note(env, format!("{site}: a reward handed out")).await?;
    Ok(done)
}

/// Gives points and stock back.
///
/// # Errors
/// As [`capture`].
pub async fn void(env: &Env, site: &SiteId, member: &str, hold: &str, why: &str) -> Result<Done, Fail> {
    let action = Action::Void { hold: hold.to_owned(), why: why.to_owned() };
    let done = ledger::act(env, site, of(member), id("v", hold), action).await?;
    super::note(env, format!("{site}: a redemption given back")).await?;
    Ok(done)
}

/// Takes that back as far as a ledger can: the reward is redeemed once more, by the rules of today.
///
/// # Errors
/// As [`capture`], and where points or stock are gone meanwhile.
pub async fn again(env: &Env, site: &SiteId, member: &str, hold: &str, reward: Name) -> Result<Done, Fail> {
    let done = ledger::act(env, site, of(member), id("r", hold), Action::Redeem { reward }).await?;
    super::note(env, format!("{site}: a redemption set aside again")).await?;
    Ok(done)
}

/// Redemptions as a table, newest first.
///
/// # Errors
/// 404 without the site.
pub async fn table(env: &Env, site: &SiteId, mut wanted: Wanted) -> Result<String, Fail> {
    let mut out = String::new();
    let head =
        ["moment", "reward", "member", "who", "points", "state", "code", "settled", "why", "id", "handed", "handed_by"];
    csv::write(&mut out, head.into_iter());
    wanted.limit = PAGE;
    for _ in 0..PAGES {
        let page = ledger::redemptions(env, site, wanted.clone()).await?;
        page.items.iter().for_each(|redemption| row(&mut out, redemption));
        wanted.before = page.next;
        if wanted.before.is_none() {
            break;
        }
    }
    super::note(env, format!("{site}: redemptions exported")).await?;
    Ok(out)
}

fn row(out: &mut String, redemption: &Redemption) {
    let Redemption { id, state, reward, member, who, at, points, code, settled, why, handed, .. } = redemption;
    let (at, points) = (moment(*at), points.to_string());
    let settled = settled.map(moment).unwrap_or_default();
    let (when, by) = over(handed.as_ref());
    let cells = [&at, reward, member, who, &points, state.as_str(), code, &settled, why, id, &when, by];
    csv::write(out, cells.into_iter());
}

/// When something was handed over and by whom, as cells of a table.
pub fn over(handed: Option<&Handed>) -> (String, &str) {
    handed.map_or_else(Default::default, |handed| (moment(handed.at), handed.by.as_str()))
}

fn of(member: &str) -> Who {
    Who::Member(member.to_owned())
}

/// The same step for the same hold is the same act, however often the button is pressed.
fn id(step: &str, hold: &str) -> String {
    format!("o:{step}:{}", sha256(hold).get(..40).unwrap_or_default())
}
