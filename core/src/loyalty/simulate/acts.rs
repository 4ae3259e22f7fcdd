//! What was done, read back from what was written.

use super::{Lived, Simulator};
use crate::loyalty::account::Account;
use crate::loyalty::action::{Action, Answered, Role};
use crate::loyalty::entry::{Entry, Kind};
use crate::loyalty::program::{Rule, Trigger};
use crate::name::Name;
use crate::time::Timestamp;

/// One act of a member.
pub enum Act<'a> {
    Did {
        at: Timestamp,
        id: &'a str,
        action: Action,
    },
    /// What another member had came to this one, as it really was.
    Came {
        from: Box<Account>,
        member: String,
        at: Timestamp,
    },
    /// All of it went to another member.
    Left,
    /// By which rule is no longer known.
    Lost,
}

/// All acts of a member, in their order. What time did is left out: it does its own with another programme.
pub fn of<'a>(simulator: &Simulator<'_>, lived: &Lived<'a>) -> Vec<Act<'a>> {
    let acts = lived.entries.chunk_by(|a, b| a.id == b.id).filter_map(|act| read(simulator, lived, act));
    acts.chain(scored(simulator, lived)).collect()
}

/// Quizzes that were answered and gave nothing, as the rules in force ask for more. Of these only the best score is known and not
/// when: they count as if they had been answered today, so that a pass mark which is lowered is not taken for free.
fn scored<'a>(simulator: &Simulator<'_>, lived: &Lived<'a>) -> Vec<Act<'a>> {
    let one = |(quiz, best): &(Name, u32)| {
        let response = format!("quiz-{quiz}");
        let answered = Answered::Quiz { right: (*best).min(100), of: 100 };
        let action = Action::Response { response, widget: quiz.clone(), answered };
        let mut rules = simulator.live?.rules.iter().filter(|rule| rule.fits(&action)).peekable();
        rules.peek()?;
        let missed = rules.all(|rule| matches!(rule.when, Trigger::Quiz { pass, .. } if pass > *best));
        missed.then_some(Act::Did { at: simulator.now, id: "quiz", action })
    };
    lived.best.iter().filter_map(one).collect()
}

fn read<'a>(simulator: &Simulator<'_>, lived: &Lived<'_>, act: &'a [Entry]) -> Option<Act<'a>> {
    let of = |kind: Kind| act.iter().find(|entry| entry.kind == kind);
    let first = act.first()?;
    let did = |action: Action| Act::Did { at: first.at, id: &first.id, action };
    if let Some(entry) = of(Kind::MergedFrom) {
        let from = serde_json::from_str(&entry.note).ok()?;
        return Some(Act::Came { from: Box::new(from), member: entry.reference.clone(), at: entry.at });
    }
    if of(Kind::MergedInto).is_some() {
        return Some(Act::Left);
    }
    if let Some(entry) = of(Kind::Win) {
        let (draw, prize) = (Name::of(&entry.reference)?, Name::of(&entry.note)?);
        return Some(did(Action::Win { draw, prize }));
    }
    if let Some(entry) = of(Kind::Ticket) {
        let number = entry.note.parse().unwrap_or(0);
        return Some(did(Action::Ticket { draw: Name::of(&entry.reference)?, number }));
    }
    if let Some(entry) = of(Kind::Hold) {
        return Some(did(Action::Redeem { reward: Name::of(&entry.reference)? }));
    }
    if let Some(Entry { delta, note, .. }) = of(Kind::Adjust) {
        return Some(did(Action::Adjust { delta: *delta, why: note.clone() }));
    }
    if let Some(entry) = of(Kind::Refer) {
        let role = if entry.note.is_empty() { Role::Referred } else { Role::Referrer };
        return Some(did(Action::Refer { other: entry.reference.clone(), role }));
    }
    if let Some((entry, amount)) = act.iter().find_map(|entry| Some((entry, entry.amount?))) {
        let amount = u64::try_from(amount).ok()?;
        return Some(did(Action::Purchase { order: entry.note.clone(), amount }));
    }
    if of(Kind::Earn).is_some() {
        let earned = act.iter().filter(|entry| entry.kind == Kind::Earn);
        let action = earned.filter_map(|entry| by_rule(simulator, lived, entry)).next();
        return Some(action.map_or(Act::Lost, did));
    }
    if let Some(entry) = of(Kind::Capture) {
        return Some(did(Action::Capture { hold: entry.reference.clone(), note: entry.note.clone() }));
    }
    // One without a reason was time's.
    let void = act.iter().find(|entry| entry.kind == Kind::Void && !entry.note.is_empty())?;
    Some(did(Action::Void { hold: void.reference.clone(), why: void.note.clone() }))
}

/// What must have happened for a rule to give points.
fn by_rule(simulator: &Simulator<'_>, lived: &Lived<'_>, entry: &Entry) -> Option<Action> {
    let (name, once) = entry.reference.split_once('/').unwrap_or((&entry.reference, ""));
    let rules = simulator.live.into_iter().chain([simulator.draft]).flat_map(|program| &program.rules);
    let rule: &Rule = rules.into_iter().find(|rule| rule.name.as_str() == name)?;
    let response = |answered: Answered| {
        // A widget that there is no more is none that any rule names.
        let gone = Name::of("gone")?;
        let widget = Name::of(once).or_else(|| (lived.widget)(&entry.note)).unwrap_or(gone);
        Some(Action::Response { response: entry.note.clone(), widget, answered })
    };
    match &rule.when {
        Trigger::CheckIn { .. } => Some(Action::CheckIn),
        Trigger::Response { .. } => response(Answered::Survey),
        Trigger::Poll { .. } => response(Answered::Poll),
        Trigger::Quiz { pass, .. } => {
            // Passed it was; how well is known of the best time, since scores are kept.
            let best =
                lived.best.iter().find(|(quiz, _)| quiz.as_str() == once).map_or(0, |(_, best)| *best).max(*pass);
            response(Answered::Quiz { right: best.min(100), of: 100 })
        }
        Trigger::Birthday => Some(Action::Birthday),
        Trigger::Profile => Some(Action::Profile),
        Trigger::Event { event } => Some(Action::Event { event: event.clone(), note: entry.note.clone() }),
        // These are told by their kind or amount.
        Trigger::Referral | Trigger::Purchase { .. } => None,
    }
}
