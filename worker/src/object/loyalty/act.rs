//! One act: something happens to a member's account, once, whatever is retried.

use std::borrow::Cow;
use std::rc::Rc;

use rapport_core::loyalty::action::{Action, Facts};
use rapport_core::loyalty::decide::decide;
use rapport_core::loyalty::denied::Denied;
use rapport_core::loyalty::program::{Program, Record};
use rapport_core::loyalty::standing::Standing;
use rapport_core::problem::Problem;
use rapport_core::time::Timestamp;

use super::super::transaction::{Write, transaction};
use super::super::{Object, alarm, config, hook, play, rebuild};
use super::row::Row;
use super::{entries, handed, member, people, stock, told, who};
use crate::command::hook::Kept;
use crate::command::ledger::Mark;
use crate::command::loyalty::{Act, Done, Outcome, Shown, Who};
use crate::problem::Fail;

/// What every act needs of the site.
#[derive(Clone)]
pub struct Context {
    pub program: Rc<Program>,
    pub paused: bool,
    /// Who wants to hear of what happens.
    pub hooks: Rc<Vec<Kept>>,
    /// When what is told now happened, where that was earlier.
    pub then: Option<Timestamp>,
}

/// What is asked.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    pub id: &'a str,
    pub action: &'a Action,
    /// The owner's server has said who this is, or it is the owner who asks.
    pub signed: bool,
}

impl Context {
    /// Of the programme that was published last.
    ///
    /// # Errors
    /// 404 where there is none.
    pub fn load(object: &Object) -> Result<Self, Fail> {
        let record: Option<Rc<Record>> = config::loyalty(object)?;
        let record = record.ok_or_else(Fail::not_found)?;
        let live = record.live.as_ref().ok_or_else(Fail::not_found)?;
        Ok(Self { program: Rc::new(live.program_now()), paused: record.paused, hooks: hook::all(object)?, then: None })
    }
}

/// 1. In one transaction: find the member, and do it.
/// 2. Arm the alarm in the same breath.
pub async fn act(object: &Rc<Object>, act: Act, now: Timestamp) -> Result<Outcome, Fail> {
    named(&act.id)?;
    if let Who::Proof(proof) = &act.who {
        member::heard(object, proof, now)?;
    }
    let context = Context { then: act.at.filter(|at| *at < now), ..Context::load(object)? };
    // 1.
    let (outcome, due) = transaction(&object.storage, |write| {
        ready(write)?;
        let Some((mut row, signed)) = who::resolve(write, &context, &act.who, now)? else {
            return Ok((Outcome::Denied(Denied::Identify), None));
        };
        let step = Step { id: &act.id, action: &act.action, signed };
        let outcome = within(write, &context, &mut row, step, now)?;
        if matches!(&outcome, Outcome::Done(done) if !done.again) {
            play::referral::after(write, &context, &mut row, &act.action, now)?;
            if let Action::Capture { hold, .. } = &act.action {
                handed::set(write, &Mark { id: hold.clone(), done: true, at: now, by: act.by.clone() })?;
            }
        }
        Ok::<_, Fail>((outcome, row.due))
    })?;
    // 2.
    let soon = now.plus_ms(alarm::SOON_MS);
    alarm::by(object, due.map_or(soon, |due| due.min(soon))).await?;
    Ok(outcome)
}

/// The same within a transaction that does more.
///
/// 1. What was done under this id is done: tell it again.
/// 2. Decide.
/// 3. Keep what was decided. Where a rule stands in the way, what time has done meanwhile is kept all the same.
pub fn within(
    write: &Write<'_>,
    context: &Context,
    row: &mut Row,
    step: Step<'_>,
    now: Timestamp,
) -> Result<Outcome, Fail> {
    let program = &*context.program;
    // 1.
    if let Some((member, entries)) = entries::of_act(&write.read(), step.id)? {
        if member != row.member.id {
            return Err(Problem::conflict("id", "this id was used for something else").into());
        }
        return Ok(Outcome::Done(Box::new(Done { entries, again: true, shown: shown(program, row, now) })));
    }
    // 2.
    let facts = facts(write, context, row, step)?;
    let action = with_code(write, program, row, step.action)?;
    match decide(program, &row.account, step.id, &action, &facts, context.then.unwrap_or(now)) {
        // 3.
        Ok(decided) => {
            entries::append(write, row, &decided.entries, Some(program), now)?;
            told::tell(write, &context.hooks, &row.member.id, &decided.entries, now)?;
            told::stocks(write, &context.hooks, program, &decided.entries, now)?;
            let shown = shown(program, row, now);
            Ok(Outcome::Done(Box::new(Done { entries: decided.entries, again: false, shown })))
        }
        Err(denied) => {
            settle(write, context, row, now)?;
            people::refusal::note(write, &row.member.id, step.action, &denied, now)?;
            Ok(Outcome::Denied(denied))
        }
    }
}

/// Writes down what time has done to an account.
pub fn settle(write: &Write<'_>, context: &Context, row: &mut Row, now: Timestamp) -> Result<(), Fail> {
    let program = &*context.program;
    let id = format!("e:{}:{}", row.member.id, row.account.seq);
    if let Ok(decided) = decide(program, &row.account, &id, &Action::Expire, &Facts::default(), now) {
        entries::append(write, row, &decided.entries, Some(program), now)?;
        told::tell(write, &context.hooks, &row.member.id, &decided.entries, now)?;
    }
    Ok(())
}

/// The member as shown: what time has done counts, written down or not.
pub fn shown(program: &Program, row: &Row, now: Timestamp) -> Shown {
    Shown { member: row.member.clone(), standing: Standing::of(program, &row.account, now), lines: row.account.seq }
}

/// What only the object knows.
fn facts(write: &Write<'_>, context: &Context, row: &Row, step: Step<'_>) -> Result<Facts, Fail> {
    let mut facts = of_member(context, row, step.signed);
    let reward = match step.action {
        Action::Redeem { reward } => Some(reward),
        Action::Win { draw, prize } => context.program.prize(draw, prize),
        _ => None,
    };
    if let Some(reward) = reward {
        stock::facts(&write.read(), &context.program, reward, &mut facts)?;
    }
    Ok(facts)
}

/// What the owner hands out has the pool's next code with it, unless they say something else.
fn with_code<'a>(write: &Write<'_>, program: &Program, row: &Row, action: &'a Action) -> Result<Cow<'a, Action>, Fail> {
    let Action::Capture { hold, note } = action else { return Ok(Cow::Borrowed(action)) };
    let held = row.account.holds.iter().find(|held| held.id == *hold).filter(|_| note.is_empty());
    let pooled = held.filter(|held| {
        let mut rewards = program.rewards.iter();
        rewards.any(|reward| reward.name.as_str() == held.reward && reward.has_pool())
    });
    let code = match pooled {
        Some(held) => stock::free(&write.read(), &held.reward)?,
        None => None,
    };
    Ok(match code {
        Some(code) => Cow::Owned(Action::Capture { hold: hold.clone(), note: code }),
        None => Cow::Borrowed(action),
    })
}

/// The part of it that is the same for every action.
pub fn of_member(context: &Context, row: &Row, signed: bool) -> Facts {
    let profile = &row.member.profile;
    Facts {
        paused: context.paused,
        identified: signed,
        left: None,
        code: None,
        birthday: profile.birthday.map(|birthday| (birthday.month, birthday.day)),
        profile_complete: profile.is_complete(),
    }
}

/// While members come back from KV, no account is whole.
pub fn ready(write: &Write<'_>) -> Result<(), Fail> {
    if rebuild::members_under_way(&write.read())? { Err(Fail::busy(5)) } else { Ok(()) }
}

/// Ids are part of what is hashed, and of nothing else.
pub fn named(id: &str) -> Result<(), Fail> {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'-');
    if (1..=64).contains(&id.len()) && id.bytes().all(inside) {
        Ok(())
    } else {
        Err(Problem::malformed("id", "1 to 64 of a-z, A-Z, 0-9, '.', '_', ':' and '-'").into())
    }
}
