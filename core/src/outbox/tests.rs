use super::*;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp(1_700_000_000_000);

fn entry(made: Timestamp, revision: u32, due: i64) -> Entry {
    Entry { due: NOW.plus_ms(due), ..Entry::new(id::make(made, [7; 10]), revision, "{}".into(), NOW) }
}

#[test]
fn every_status_has_a_meaning() {
    let fresh = entry(NOW, 1, 0);
    let restamped = Entry { restamped: true, ..fresh.clone() };
    for (status, code, receipt, entry, expected) in [
        (200, "", true, &fresh, Verdict::Delivered),
        (200, "", false, &fresh, Verdict::Retry),
        (204, "", false, &fresh, Verdict::Retry),
        (302, "", false, &fresh, Verdict::Retry),
        (0, "", false, &fresh, Verdict::Retry),
        (400, "malformed", false, &fresh, Verdict::Refused),
        (413, "too_long", false, &fresh, Verdict::Refused),
        (403, "", false, &fresh, Verdict::Retry),
        (400, "too_old", false, &fresh, Verdict::Restamp),
        (422, "too_new", false, &restamped, Verdict::Refused),
        (408, "", false, &fresh, Verdict::Retry),
        (425, "", false, &fresh, Verdict::Retry),
        (429, "rate_limited", false, &fresh, Verdict::Retry),
        (500, "internal", false, &fresh, Verdict::Retry),
        (503, "", false, &fresh, Verdict::Retry),
    ] {
        assert_eq!(verdict(status, code, receipt, entry), expected, "{status} {code}");
    }
}

#[test]
fn pauses_double_up_to_ten_minutes() {
    for (attempts, least, most) in [(1, 1_000, 2_000), (2, 2_000, 4_000), (5, 16_000, 32_000), (99, 300_000, 600_000)] {
        assert_eq!((pause_ms(attempts, 0, 0), pause_ms(attempts, u32::MAX, 0)), (least, most), "{attempts}");
    }
    assert_eq!(pause_ms(1, 0, 30), 30_000);
    assert_eq!(pause_ms(1, 0, u32::MAX), 600_000);
}

#[test]
fn the_highest_revision_of_the_longest_due_is_sent() {
    let (a, b) = (NOW.plus_ms(-1_000), NOW.plus_ms(-2_000));
    let entries = [entry(a, 1, -50), entry(a, 2, -10), entry(b, 1, -20), entry(NOW, 1, 30)];
    assert_eq!(next(&entries, NOW), Some(&entries[2]));
    assert_eq!(wake(&entries, NOW), Some(NOW.plus_ms(-20)));
    assert_eq!(next(&entries[..2], NOW), Some(&entries[1]));
    assert_eq!(next(&entries[3..], NOW), None);
    assert_eq!(wake(&entries[3..], NOW), Some(NOW.plus_ms(30)));
    // After a week nobody takes it any more.
    assert_eq!(next(&entries, NOW.plus_ms(OLDEST_MS + 1)), None);
    assert_eq!(wake(&[], NOW), None);
}

#[test]
fn one_tab_at_a_time() {
    let held = lease("", "a", NOW).unwrap();
    assert_eq!(lease(&held, "b", NOW.plus_ms(LEASE_MS - 1)), None);
    assert!(lease(&held, "a", NOW.plus_ms(5)).is_some());
    assert!(lease(&held, "b", NOW.plus_ms(LEASE_MS)).is_some());
    assert!(lease(&held, "b", NOW.plus_ms(-1_000_000)).is_some());
    assert!(lease("garbage", "b", NOW).is_some());
}

proptest! {
    #[test]
    fn storage_gives_back_what_it_got(revision: u32, attempts: u32, due in 0..1i64 << 48, restamped: bool, body in "(\\PC|\n){0,40}") {
        let entry = Entry { id: id::make(NOW, [1; 10]), revision, attempts, due: Timestamp(due), restamped, body };
        prop_assert_eq!(Entry::parse(&entry.to_text()), Some(entry));
    }

    #[test]
    fn whatever_storage_holds_is_read(text in "\\PC{0,40}\n?\\PC{0,10}") {
        let _ = Entry::parse(&text);
    }

    #[test]
    fn pauses_stay_in_bounds(attempts: u32, random: u32, after: u32) {
        prop_assert!((1_000..=LONGEST_MS).contains(&pause_ms(attempts, random, after)));
    }

    /// Only one of any number of tabs that ask in any order holds the lease at any moment.
    #[test]
    fn leases_exclude(asks in proptest::collection::vec((0..3usize, 0..9_000i64), 1..30)) {
        let (mut held, mut now, mut holder) = (String::new(), NOW, None::<(usize, Timestamp)>);
        for (tab, later) in asks {
            now = now.plus_ms(later);
            if let Some(text) = lease(&held, ["a", "b", "c"][tab], now) {
                prop_assert!(holder.is_none_or(|(other, until)| other == tab || until <= now));
                holder = Some((tab, now.plus_ms(LEASE_MS)));
                held = text;
            }
        }
    }
}
