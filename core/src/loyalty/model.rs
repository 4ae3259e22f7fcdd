//! Any interleaving of what may happen, against a store that keeps only what was committed: the laws of the ledger.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::absorb::merge;
use super::account::Account;
use super::action::{Action, Answered, Facts};
use super::chain::{Head, verify};
use super::decide::{Decided, decide, settled};
use super::entry::{Entry, Kind};
use super::program::Program;
use super::tests::{name, program};
use crate::time::{Day, Timestamp};

const MEMBERS: usize = 3;
const STOCK: u32 = 4;
const HOUR_MS: i64 = 3_600_000;

/// What somebody asks for.
#[derive(Clone, Debug)]
enum Ask {
    CheckIn,
    Answer,
    Quiz(u32),
    Buy(u64),
    Redeem(&'static str),
    Capture,
    Void,
    Adjust(i64),
    Ticket,
    Expire,
    /// The account goes up in another's.
    Merge(usize),
    /// The same act again, as after a lost reply.
    Retry(prop::sample::Index),
}

#[derive(Clone, Debug)]
struct Step {
    member: usize,
    ask: Ask,
    /// Since the step before; clocks may go back.
    hours: i64,
    /// Everything after the decision is lost, and the device asks again.
    crash: bool,
}

/// What a site's object keeps, changed by whole transactions alone.
#[derive(Clone)]
struct Store {
    accounts: Vec<Account>,
    ledgers: Vec<Vec<Entry>>,
    /// By act: what it was, and how many entries it made.
    acted: BTreeMap<String, (usize, Action, usize)>,
    taken: u32,
    codes: Vec<String>,
}

impl Store {
    fn new() -> Self {
        Self {
            accounts: vec![Account::default(); MEMBERS],
            ledgers: vec![Vec::new(); MEMBERS],
            acted: BTreeMap::new(),
            taken: 0,
            codes: (0..STOCK).map(|code| format!("CODE{code}")).collect(),
        }
    }

    /// One transaction: what was decided, the stock that it takes, the code that it hands out.
    fn commit(&mut self, member: usize, decided: Decided) {
        for entry in &decided.entries {
            let coupon = |id: &str| self.ledgers[member].iter().any(|it| it.id == id && it.reference == "call");
            match entry.kind {
                Kind::Hold if entry.reference == "call" => self.taken += 1,
                Kind::Void if coupon(&entry.reference) => self.taken -= 1,
                Kind::Capture if entry.note.starts_with("CODE") => self.codes.retain(|code| *code != entry.note),
                _ => {}
            }
            self.ledgers[member].push(entry.clone());
        }
        self.accounts[member] = decided.account;
    }

    fn facts(&self, action: &Action) -> Facts {
        let call = matches!(action, Action::Redeem { reward } if *reward == *"call");
        Facts {
            identified: true,
            left: call.then(|| STOCK - self.taken),
            code: self.codes.first().cloned(),
            ..Facts::default()
        }
    }
}

fn asks() -> impl Strategy<Value = Ask> {
    prop_oneof![
        3 => Just(Ask::CheckIn),
        2 => Just(Ask::Answer),
        1 => (0..5u32).prop_map(Ask::Quiz),
        3 => (0..60_000u64).prop_map(Ask::Buy),
        5 => prop::sample::select(vec!["mug", "coupon", "call", "golden"]).prop_map(Ask::Redeem),
        2 => Just(Ask::Capture),
        3 => Just(Ask::Void),
        3 => (-200..400i64).prop_map(Ask::Adjust),
        1 => Just(Ask::Ticket),
        1 => Just(Ask::Expire),
        1 => (0..MEMBERS).prop_map(Ask::Merge),
        4 => any::<prop::sample::Index>().prop_map(Ask::Retry),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..MEMBERS, asks(), prop_oneof![4 => 0..40i64, 1 => -48..0i64, 1 => 200..1_500i64], any::<bool>());
    prop::collection::vec(step.prop_map(|(member, ask, hours, crash)| Step { member, ask, hours, crash }), 1..60)
}

fn programs() -> impl Strategy<Value = Program> {
    let expiry = prop::sample::select(vec![
        serde_json::json!({"type": "never"}),
        serde_json::json!({"type": "after", "days": 20}),
        serde_json::json!({"type": "inactive", "days": 15}),
    ]);
    let fall = prop::sample::select(vec![
        serde_json::json!({"type": "at_once"}),
        serde_json::json!({"type": "after", "days": 10}),
        serde_json::json!({"type": "one_step", "days": 5}),
        serde_json::json!({"type": "never"}),
    ]);
    (expiry, fall).prop_map(|(expiry, fall)| {
        program(&serde_json::json!({"expiry": expiry, "ladder": {"days": 30, "fall": fall}}))
    })
}

/// The action that a step stands for; none where there is nothing that it could be about.
fn action(ask: &Ask, account: &Account) -> Option<Action> {
    let hold = || account.holds.first().map(|hold| hold.id.clone());
    Some(match ask {
        Ask::CheckIn => Action::CheckIn,
        Ask::Answer => Action::Response { response: "r".to_owned(), widget: name("nps"), answered: Answered::Survey },
        Ask::Quiz(right) => Action::Response {
            response: "q".to_owned(),
            widget: name("capitals"),
            answered: Answered::Quiz { right: *right, of: 4 },
        },
        Ask::Buy(amount) => Action::Purchase { order: "o".to_owned(), amount: *amount },
        Ask::Redeem(reward) => Action::Redeem { reward: name(reward) },
        Ask::Capture => Action::Capture { hold: hold()?, note: String::new() },
        Ask::Void => Action::Void { hold: hold()?, why: "so".to_owned() },
        Ask::Adjust(delta) => Action::Adjust { delta: *delta, why: "so".to_owned() },
        Ask::Ticket => Action::Ticket { draw: name("summer"), number: 1 },
        Ask::Expire => Action::Expire,
        Ask::Merge(_) | Ask::Retry(_) => return None,
    })
}

fn sum(ledger: &[Entry], kinds: &[Kind]) -> i64 {
    ledger.iter().filter(|entry| kinds.contains(&entry.kind)).map(|entry| entry.delta).sum()
}

/// The laws that hold after every transaction.
fn lawful(store: &Store, program: &Program) -> Result<(), TestCaseError> {
    prop_assert!(store.taken <= STOCK);
    let mut spent_by = BTreeMap::<&str, u32>::new();
    let mut codes = Vec::new();
    for (account, ledger) in store.accounts.iter().zip(&store.ledgers) {
        let balance: i64 = ledger.iter().map(|entry| entry.delta).sum();
        prop_assert_eq!(balance, account.balance);
        prop_assert!(balance >= 0);
        prop_assert_eq!(account.lots.iter().map(|lot| lot.points).sum::<i64>(), balance);
        prop_assert!(account.lots.iter().all(|lot| lot.points > 0));
        let dates: Vec<i64> = account.lots.iter().map(|lot| lot.expires.map_or(i64::MAX, |at| at.0)).collect();
        prop_assert!(dates.is_sorted_by(|one, other| one < other));

        // Nothing comes from nowhere: what came in is there, set aside, redeemed, expired, or went over.
        let came = sum(ledger, &[Kind::Earn, Kind::Streak, Kind::Win, Kind::Refer, Kind::Adjust, Kind::MergedFrom]);
        let expired = -sum(ledger, &[Kind::Expire]);
        let over = -sum(ledger, &[Kind::MergedInto]);
        let tickets = -sum(ledger, &[Kind::Ticket]);
        let captured = -sum(ledger, &[Kind::Hold]) - sum(ledger, &[Kind::Void]) - account.held();
        prop_assert_eq!(came, balance + account.held() + captured + tickets + expired + over);

        // The entries alone make the account, also after a way through JSON.
        let mut replayed = Account::default();
        for entry in ledger {
            let travelled: Entry = serde_json::from_str(&serde_json::to_string(entry).unwrap()).unwrap();
            prop_assert_eq!(&travelled, entry);
            prop_assert_eq!(replayed.apply(&travelled), Ok(()));
        }
        prop_assert_eq!(&replayed, account);
        let stored: Account = serde_json::from_str(&serde_json::to_string(account).unwrap()).unwrap();
        prop_assert_eq!(&stored, account);

        let lines: Vec<(String, &str)> = ledger.iter().map(|entry| (entry.line(), entry.hash.as_str())).collect();
        let head = Head { seq: account.seq, balance, hash: account.hash.clone() };
        let rows = lines.iter().map(|(line, hash)| (line.as_str(), *hash));
        prop_assert_eq!(verify(&Head::default(), rows, &head), Ok(()));

        for entry in ledger {
            if entry.kind == Kind::Hold {
                *spent_by.entry(&entry.id).or_default() += 1;
            }
            if entry.kind == Kind::Capture && !entry.note.is_empty() {
                codes.push(entry.note.clone());
            }
        }
        let later = Timestamp(account.at.0 + 40 * 24 * HOUR_MS);
        prop_assert!(settled(program, account, later).balance >= 0);
    }
    prop_assert!(spent_by.values().all(|times| *times == 1), "one spend an id");
    let handed = codes.len();
    codes.sort();
    codes.dedup();
    prop_assert_eq!(codes.len(), handed, "no code twice");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_happens_the_ledger_holds(program in programs(), steps in steps()) {
        let (mut store, mut now) = (Store::new(), Day::parse("2026-01-05").unwrap().start());
        for (index, Step { member, ask, hours, crash }) in steps.iter().enumerate() {
            now = now.plus_ms(hours * HOUR_MS);
            let before = store.accounts[*member].clone();
            let id = format!("act-{index}");
            match ask {
                Ask::Retry(which) if !store.acted.is_empty() => {
                    // The object answers from what the first one did, which is all there still.
                    let known: Vec<&String> = store.acted.keys().collect();
                    let (of, _, entries) = &store.acted[known[which.index(known.len())]];
                    prop_assert!(store.ledgers[*of].len() >= *entries);
                }
                Ask::Retry(_) => {}
                Ask::Merge(into) if into != member => {
                    let (from_id, into_id) = (format!("m{member}"), format!("m{into}"));
                    let other = store.accounts[*into].clone();
                    let both = before.balance + other.balance;
                    let Ok((theirs, ours)) = merge(&before, &from_id, &other, &into_id, &id, now) else { continue };
                    if *crash {
                        prop_assert_eq!(&store.accounts[*member], &before);
                        let again = merge(&before, &from_id, &other, &into_id, &id, now);
                        prop_assert_eq!(again, Ok((theirs.clone(), ours.clone())));
                    }
                    prop_assert_eq!((theirs.account.balance, ours.account.balance), (0, both));
                    store.commit(*member, theirs);
                    store.commit(*into, ours);
                    prop_assert!(merge(&store.accounts[*member], &from_id, &store.accounts[*into], &into_id, "x", now).is_err());
                }
                Ask::Merge(_) => {}
                ask => {
                    let Some(action) = action(ask, &before) else { continue };
                    let facts = store.facts(&action);
                    let Ok(decided) = decide(&program, &before, &id, &action, &facts, now) else {
                        prop_assert_eq!(&store.accounts[*member], &before);
                        continue;
                    };
                    if *crash {
                        // Nothing of it was kept, so the retry decides the very same.
                        prop_assert_eq!(decide(&program, &before, &id, &action, &facts, now), Ok(decided.clone()));
                    }
                    prop_assert!(decided.entries.iter().all(|entry| entry.id == id));
                    let count = decided.entries.len();
                    store.commit(*member, decided);
                    store.acted.insert(id, (*member, action, count));
                }
            }
            lawful(&store, &program)?;
        }
    }

    #[test]
    fn an_altered_dropped_or_swapped_entry_is_found(
        steps in steps(), at in any::<prop::sample::Index>(), how in 0..4u8,
    ) {
        let program = program(&serde_json::json!({}));
        let (mut account, mut ledger, mut now) = (Account::default(), Vec::new(), Timestamp(1_750_000_000_000));
        for (index, Step { ask, hours, .. }) in steps.iter().enumerate() {
            now = now.plus_ms(hours * HOUR_MS);
            let Some(action) = action(ask, &account) else { continue };
            let facts = Facts { identified: true, ..Facts::default() };
            if let Ok(decided) = decide(&program, &account, &format!("a{index}"), &action, &facts, now) {
                ledger.extend(decided.entries);
                account = decided.account;
            }
        }
        prop_assume!(ledger.len() > 1);
        let place = at.index(ledger.len());
        let mut forged = ledger.clone();
        match how {
            0 => drop(forged.remove(place)),
            1 => forged.swap(place, (place + 1) % ledger.len()),
            2 => forged[place].delta += 1,
            _ => forged[place].note.push('x'),
        }
        let mut replayed = Account::default();
        let whole = forged.iter().try_for_each(|entry| replayed.apply(entry));
        prop_assert!(whole.is_err() || replayed.hash != account.hash);
    }
}
