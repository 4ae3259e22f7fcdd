//! Ids whose time is wrong. A device whose copy is refused for it stamps the answer anew, so of each id one thing must be true
//! for good: it was taken once, or it is refused each time.

use crate::id;
use crate::limits::{AHEAD_MS, LATEST_MS, OLDEST_MS};
use crate::time::Timestamp;

/// Until when it must be remembered that an id was refused: as long as another copy of it might be in time, be it that the
/// moment of a fast clock is reached, or that two places' clocks differ. Nothing where that cannot be: an id that is far too
/// old stays so, and no copy is under way for longer than answers may be.
pub fn refused_until(id: &str, now: Timestamp) -> Option<Timestamp> {
    let made = id::moment(id)?;
    let over = made.0.saturating_add(OLDEST_MS + AHEAD_MS);
    let reached = made.0.saturating_sub(now.0) <= OLDEST_MS + AHEAD_MS;
    (reached && over > now.0).then_some(Timestamp(over))
}

/// Whether a response that has arrived may still change: days are closed for good after [`LATEST_MS`].
pub fn changes(id: &str, now: Timestamp) -> bool {
    id::moment(id).is_some_and(|made| now.0.saturating_sub(made.0) <= LATEST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    proptest! {
        /// Whatever is refused for its time, and comes again within a week when it would be in time, is remembered then.
        #[test]
        fn what_was_refused_once_is_not_taken_later(
            off in prop_oneof![-OLDEST_MS - 60_000..-OLDEST_MS, AHEAD_MS + 1..AHEAD_MS + OLDEST_MS],
            later in 0..OLDEST_MS,
            apart in -60_000..60_000i64,
        ) {
            let fine = |id: &str, now: Timestamp| {
                id::moment(id).is_some_and(|made| now.0 - made.0 <= OLDEST_MS && made.0 - now.0 <= AHEAD_MS)
            };
            let name = id::make(NOW.plus_ms(off), [7; 10]);
            prop_assert!(!fine(&name, NOW));
            for then in [later + apart, off - AHEAD_MS, apart, 0].map(|ms| NOW.plus_ms(ms.clamp(-60_000, OLDEST_MS))) {
                prop_assert!(!fine(&name, then) || refused_until(&name, NOW).is_some_and(|until| until > then));
            }
        }

        /// Nothing is remembered for longer than three weeks.
        #[test]
        fn nothing_is_remembered_for_good(off in -(1i64 << 45)..1i64 << 45) {
            let until = refused_until(&id::make(NOW.plus_ms(off), [7; 10]), NOW);
            prop_assert!(until.is_none_or(|until| until > NOW && until <= NOW.plus_ms(3 * OLDEST_MS)));
        }
    }

    #[test]
    fn answers_settle_after_two_weeks() {
        let id = id::make(NOW, [1; 10]);
        assert!(changes(&id, NOW) && changes(&id, NOW.plus_ms(LATEST_MS)));
        assert!(!changes(&id, NOW.plus_ms(LATEST_MS + 1)) && !changes("no id", NOW));
    }
}
