//! Numbers in few characters. An account of two busy years has a thousand of them, is read and written with every act, and as JSON
//! of objects it is 20 KB. Five bits a character, the lowest first; 32 more says that another follows.

use core::fmt;
use core::marker::PhantomData;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::account::{DAY_MS, DayTotal, Lot, Totals};
use crate::time::Timestamp;

const DIGITS: &[u8; 64] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

/// Lists that are no longer than this are written as ever: they cost little, and a release back still reads them.
const SHORT: usize = 40;

/// What can be told in a row of numbers, given the one before.
pub(super) trait Packed: Sized {
    /// Nothing where this one cannot: then all are told as ever.
    fn pack(&self, before: Option<&Self>, out: &mut String) -> Option<()>;
    fn unpack(before: Option<&Self>, numbers: &mut Numbers<'_>) -> Option<Self>;
}

/// Adds a number that is not negative.
fn put(out: &mut String, number: i64) -> Option<()> {
    let mut rest = u64::try_from(number).ok()?;
    loop {
        let more = rest >> 5 != 0;
        let digit = (rest & 31) | (u64::from(more) << 5);
        out.push(char::from(*DIGITS.get(usize::try_from(digit).ok()?)?));
        rest >>= 5;
        if !more {
            return Some(());
        }
    }
}

/// The numbers of a text.
pub(super) struct Numbers<'a>(core::slice::Iter<'a, u8>);

impl Numbers<'_> {
    /// The next one, if there is one that is whole.
    pub fn next(&mut self) -> Option<i64> {
        let (mut number, mut shift) = (0_u64, 0_u32);
        for byte in self.0.by_ref() {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'z' => byte - b'a' + 10,
                b'A'..=b'Z' => byte - b'A' + 36,
                b'-' => 62,
                b'_' => 63,
                _ => return None,
            };
            number |= u64::from(digit & 31).checked_shl(shift).filter(|_| shift <= 60)?;
            if digit < 32 {
                return i64::try_from(number).ok();
            }
            shift += 5;
        }
        None
    }
}

/// For `#[serde(with)]`: one text, or the list that older releases wrote.
pub(super) fn serialize<T: Packed + Serialize, S: Serializer>(all: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    if all.len() <= SHORT {
        return serializer.collect_seq(all);
    }
    let mut text = String::new();
    let mut before = None;
    for each in all {
        if each.pack(before, &mut text).is_none() {
            return serializer.collect_seq(all);
        }
        before = Some(each);
    }
    serializer.serialize_str(&text)
}

pub(super) fn deserialize<'de, T: Packed + Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_any(Either(PhantomData))
}

struct Either<T>(PhantomData<T>);

impl<'de, T: Packed + Deserialize<'de>> Visitor<'de> for Either<T> {
    type Value = Vec<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a packed text or a list")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
        let mut numbers = Numbers(text.as_bytes().iter());
        let mut all: Vec<T> = Vec::new();
        while !numbers.0.as_slice().is_empty() {
            let next = T::unpack(all.last(), &mut numbers).ok_or_else(|| E::custom("a text that was not packed so"))?;
            all.push(next);
        }
        Ok(all)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(each) = list.next_element()? {
            all.push(each);
        }
        Ok(all)
    }
}

impl Packed for Lot {
    fn pack(&self, before: Option<&Self>, out: &mut String) -> Option<()> {
        // Ends of days, and never is one after all of them.
        let day = |lot: &Self| match lot.expires {
            None => Some(i64::from(i32::MAX)),
            Some(at) => Some(at.0 / DAY_MS).filter(|day| day * DAY_MS == at.0 && *day < i64::from(i32::MAX)),
        };
        put(out, day(self)? - before.map_or(Some(0), day)?)?;
        put(out, self.points)
    }

    fn unpack(before: Option<&Self>, numbers: &mut Numbers<'_>) -> Option<Self> {
        let last = before.map_or(Some(0), |lot| lot.expires.map(|at| at.0 / DAY_MS)).unwrap_or(i64::from(i32::MAX));
        let day = numbers.next()?.checked_add(last)?;
        let expires = (day != i64::from(i32::MAX)).then_some(Timestamp(day.checked_mul(DAY_MS)?));
        Some(Self { expires, points: numbers.next()? })
    }
}

impl Packed for DayTotal {
    fn pack(&self, before: Option<&Self>, out: &mut String) -> Option<()> {
        let Self(day, Totals(points, spent, orders)) = self;
        put(out, i64::from(*day) - before.map_or(0, |total| i64::from(total.0)))?;
        put(out, *points)?;
        put(out, *spent)?;
        put(out, i64::from(*orders))
    }

    fn unpack(before: Option<&Self>, numbers: &mut Numbers<'_>) -> Option<Self> {
        let day = numbers.next()?.checked_add(before.map_or(0, |total| i64::from(total.0)))?;
        let totals = Totals(numbers.next()?, numbers.next()?, u32::try_from(numbers.next()?).ok()?);
        Some(Self(i32::try_from(day).ok()?, totals))
    }
}

#[cfg(test)]
mod tests {
    use crate::loyalty::account::{Account, DayTotal, Lot, Totals};
    use crate::time::{Day, Timestamp};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    #[test]
    fn what_older_releases_wrote_is_read_as_what_is_written_now() {
        let lot = |n: i32| Lot { expires: (n < 50).then(|| Day(20_500 + n).start()), points: 12 + 90 * i64::from(n) };
        let day = |n: i32| DayTotal(20_100 + n, Totals(12, 45_000 * i64::from(n), 2));
        let account =
            Account { lots: (0..51).map(lot).collect(), days: (0..50).map(day).collect(), ..Account::default() };
        let now = serde_json::to_value(&account).unwrap();
        assert!(now["lots"].is_string() && now["days"].is_string(), "{now}");
        assert_eq!(serde_json::from_value::<Account>(as_older_releases(&account)).unwrap(), account);
        // What is short stays as it was.
        let short = Account { lots: account.lots[..3].to_vec(), days: account.days[..3].to_vec(), ..account };
        assert_eq!(serde_json::to_value(&short).unwrap(), as_older_releases(&short));
        for broken in ["", "0", "zz_", "é"].map(|text| json!({ "days": text })) {
            assert_eq!(serde_json::from_value::<Account>(broken.clone()).is_ok(), broken["days"] == "", "{broken}");
        }
    }

    #[test]
    fn two_busy_years_are_short() {
        let of = |n: i32| {
            DayTotal(
                20_000 + n,
                Totals(12 + i64::from(n % 40), if n % 9 == 0 { 4_990 } else { 0 }, u32::from(n % 9 == 0)),
            )
        };
        let lot = |n: i32| Lot { expires: Some(Day(20_400 + n).start()), points: 12 + i64::from(n % 40) };
        let account =
            Account { days: (0..731).map(of).collect(), lots: (0..365).map(lot).collect(), ..Account::default() };
        let (now, before) = (serde_json::to_string(&account).unwrap(), as_older_releases(&account).to_string());
        assert!(now.len() < 6_000 && now.len() * 4 < before.len(), "{} of {}", now.len(), before.len());
        assert_eq!(serde_json::from_str::<Account>(&before).unwrap(), account);
        println!("two busy years: {} → {} bytes", before.len(), now.len());
    }

    fn as_older_releases(account: &Account) -> Value {
        let mut old = serde_json::to_value(account).unwrap();
        old["lots"] = json!(account.lots);
        old["days"] = json!(account.days);
        old
    }

    fn lots() -> impl Strategy<Value = Vec<Lot>> {
        // Not only ends of days: those are told as ever.
        let lot = (prop::option::of((-5_000_i64..5_000_000).prop_map(|n| Timestamp(n * 43_200_000))), 0..i64::MAX);
        prop::collection::vec(lot.prop_map(|(expires, points)| Lot { expires, points }), 0..90)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(
            mut lots in lots(),
            mut days in prop::collection::vec((-9_000..90_000_i32, -5..i64::MAX, 0..i64::MAX, any::<u32>()), 0..90),
        ) {
            lots.sort_by_key(|lot| lot.expires.map_or(i64::MAX, |at| at.0));
            days.sort_unstable();
            let days = days.into_iter().map(|(day, points, spent, orders)| DayTotal(day, Totals(points, spent, orders)));
            let account = Account { lots, days: days.collect(), ..Account::default() };
            let text = serde_json::to_string(&account).unwrap();
            prop_assert_eq!(serde_json::from_str::<Account>(&text).unwrap(), account);
        }
    }
}
