//! What a site's day takes, without running it: which call writes which rows, when an object is made anew, when an alarm is set and
//! rings. The rules are the Worker's, the numbers are held against the counters of workerd (`tests/tests/worker/scale.rs`).

use super::day::{DAY_MS, Event, Step};
use super::tally::{Counts, Kind, Taken};
use std::collections::VecDeque;

/// An isolate believes its memory of a configuration for so long (`worker/src/sites.rs`).
const FRESH_MS: u64 = 3_000;
/// A page is noted once an hour (`worker/src/object/sighting.rs`).
const HOUR_MS: u64 = 3_600_000;
/// The meter is written down a minute apart, or for so many calls (`worker/src/object/usage.rs`).
const METER_MS: u64 = 60_000;
const METER_CALLS: u64 = 50;
/// An alarm's distance after an answer, and the one that is set before anything else (`worker/src/object/alarm.rs`).
const SOON_MS: u64 = 15_000;
const FALLBACK_MS: u64 = 60_000;
/// A first part waits for its rest (`worker/src/object/ingest.rs`).
const PATIENCE_MS: u64 = 30 * 60_000;
/// A page of a ledger waits for more lines (`worker/src/object/loyalty/mod.rs`), here beside first parts.
const PAGES_MS: u64 = 30_000;
const PAGE: u32 = u32::MAX;
/// An object that nobody calls leaves memory; Cloudflare says after 70 to 140 seconds.
const IDLE_MS: u64 = 70_000;
/// A session's last use is noted (`worker/src/object/session.rs`).
const NOTED_MS: u64 = 600_000;

/// Rows written and read.
#[derive(Clone, Copy)]
struct Rows(u32, u32);

/// The view, in the row of its day.
const VIEW: Rows = Rows(1, 3);
/// The day's salt, which the first answer draws, and which is forgotten with the day.
const SALT: Rows = Rows(1, 0);
const FORGOTTEN: Rows = Rows(1, 1);
/// Where the tag stands.
const SIGHTING: Rows = Rows(1, 1);
const SEEN: Rows = Rows(0, 1);
/// Response, count, tally, visitor, audience, inbox and its index, outbox.
const ANSWER: Rows = Rows(8, 32);
/// The same without the visitor, with the words that wait for their index.
const REST: Rows = Rows(7, 27);
/// It leaves the outbox.
const SENT: Rows = Rows(1, 14);
/// The words of one answer, indexed.
const WORDS: Rows = Rows(2, 5);
/// What an object looks at when it is made anew, and beside that where there are answers.
const WAKE: Rows = Rows(0, 3);
const WAKE_ANSWERED: Rows = Rows(0, 1);
/// The meter.
const METER: Rows = Rows(1, 1);
/// A look at what there is to do, and with it an alarm that is set.
const LOOK: Rows = Rows(0, 20);
const SET: Rows = Rows(1, 20);
/// What an alarm looks at beside that.
const RING: Rows = Rows(0, 8);
/// Points for a member: the line, its id, the account, its short row, the outbox, and the log of who did it; and for a member who is new.
const ACT: Rows = Rows(7, 12);
const MEMBER: Rows = Rows(5, 4);
/// A session that is used.
const SESSION: Rows = Rows(1, 1);
/// What an overview shows, in so many reports.
const REPORTS: u32 = 3;
const OVERVIEW: Rows = Rows(0, 42);
/// A day that is closed: its views, the way of them to KV.
const CLOSE: Rows = Rows(3, 16);
/// One answer of it, compared with what KV has.
const AUDITED: Rows = Rows(0, 1);

/// When an object was called last, and when it wrote down the meter.
#[derive(Clone, Copy, Debug, Default)]
struct Object {
    called: Option<u64>,
    settled: Option<u64>,
}

/// The objects there are: the site's own, and the owner's.
const OWN: usize = 0;
const OWNER: usize = 1;

/// A site: what its objects hold, and what the place that serves it remembers.
#[derive(Clone, Debug, Default)]
pub struct Site {
    objects: [Object; 2],
    /// Calls since somebody wrote down the meter.
    calls: u64,
    /// When the alarm rings, and whether the object as it is now knows that.
    alarm: Option<u64>,
    known: bool,
    /// The day that has views or answers, whether it has a salt, and whether views.
    open: Option<u64>,
    salted: bool,
    viewed: bool,
    /// First parts by their visitors, and when they are sent without their rest.
    partial: VecDeque<(u32, u64)>,
    /// Answers of the day, and those of them whose words are not in the index yet.
    answers: u32,
    words: u32,
    fresh_until: u64,
    /// Hours in which script and delivery were passed on, and when they were noted.
    passed: [Option<u64>; 2],
    noted: [Option<u64>; 2],
    session: Option<u64>,
    /// Whether the member of all acts is known.
    member: bool,
}

impl Site {
    /// Lives through the steps and the night after them.
    pub fn live(&mut self, steps: &[Step]) -> Taken {
        let mut taken = Taken::default();
        for step in steps {
            self.go_to(step.at, &mut taken);
            taken.add(Kind::Event(step.event), self.step(*step));
        }
        self.go_to(steps.last().map_or(0, |step| step.at) / DAY_MS * DAY_MS + 2 * DAY_MS - 1, &mut taken);
        taken
    }

    /// Rings whatever is to ring until then.
    pub fn go_to(&mut self, at: u64, taken: &mut Taken) {
        let mut now = 0;
        while let Some(rings) = self.alarm.filter(|rings| *rings <= at) {
            now = rings.max(now);
            let kind = if now.is_multiple_of(DAY_MS) { Kind::Midnight } else { Kind::Alarm };
            taken.add(kind, self.ring(now));
        }
    }

    /// What one step takes.
    pub fn step(&mut self, Step { at: now, event, visitor }: Step) -> Counts {
        let mut counts = Counts { requests: 1.0, ..Counts::default() };
        match event {
            Event::Script => {
                self.configured(now, &mut counts);
                if self.passed_on(0, now) {
                    self.call(OWN, now, &mut counts);
                    self.sighted(0, now, &mut counts);
                    self.meter(OWN, now, &mut counts);
                }
                return counts;
            }
            Event::Overview => {
                self.overview(now, &mut counts);
                return counts;
            }
            Event::Act => {
                self.act(now, &mut counts);
                return counts;
            }
            Event::View | Event::Whole | Event::Partial | Event::Rest => {}
        }
        self.configured(now, &mut counts);
        let passed_on = self.passed_on(1, now);
        self.call(OWN, now, &mut counts);
        if passed_on {
            self.sighted(1, now, &mut counts);
        }
        let today = now / DAY_MS;
        self.open = Some(today);
        if event != Event::View && !std::mem::replace(&mut self.salted, true) {
            counts.rows(SALT);
        }
        match event {
            Event::View => {
                counts.rows(VIEW);
                self.viewed = true;
                self.by((today + 1) * DAY_MS, now, &mut counts);
            }
            Event::Partial => {
                counts.rows(ANSWER);
                self.answers += 1;
                self.partial.push_back((visitor, now + PATIENCE_MS));
                self.by(now + PATIENCE_MS, now, &mut counts);
            }
            _ => {
                counts.rows(if event == Event::Whole { ANSWER } else { REST });
                self.answers += u32::from(event == Event::Whole);
                self.partial.retain(|(whose, _)| *whose != visitor);
                self.words += u32::from(event == Event::Rest);
                // What has just come in is due.
                self.partial.push_front((visitor, now));
                self.by(now + SOON_MS, now, &mut counts);
                self.partial.pop_front();
                counts.rows(SENT);
                counts.kv_writes += 1.0;
            }
        }
        self.meter(OWN, now, &mut counts);
        counts
    }

    fn ring(&mut self, now: u64) -> Counts {
        let mut counts = Counts { rings: 1.0, ..Counts::default() };
        self.alarm = None;
        self.woken(OWN, now, &mut counts);
        self.set(now + FALLBACK_MS, &mut counts);
        counts.rows(RING);
        if self.open.is_some_and(|day| day < now / DAY_MS) {
            self.open = None;
            counts.rows(CLOSE);
            if std::mem::take(&mut self.salted) {
                counts.rows(FORGOTTEN);
            }
            if std::mem::take(&mut self.viewed) {
                counts.kv_writes += 1.0;
            }
            // Yesterday is compared with KV.
            (0..std::mem::take(&mut self.answers)).for_each(|_| counts.rows(AUDITED));
            counts.kv_lists += 1.0;
            counts.kv_reads += 1.0;
        }
        while self.partial.front().is_some_and(|(_, due)| *due <= now) {
            self.partial.pop_front();
            counts.rows(SENT);
            counts.kv_writes += 1.0;
        }
        for _ in 0..std::mem::take(&mut self.words) {
            counts.rows(WORDS);
        }
        match self.wanted(now) {
            Some(at) => self.set(at, &mut counts),
            None => {
                counts.rows(LOOK);
                self.alarm = None;
            }
        }
        self.meter(OWN, now, &mut counts);
        counts
    }

    /// Who asks is looked for, and the site; then the site tells its counts, of two periods and of today, configuration, answers and
    /// meter.
    fn overview(&mut self, now: u64, counts: &mut Counts) {
        for (object, calls) in [(OWNER, 2), (OWN, 5), (OWNER, 2), (OWN, 1)] {
            for _ in 0..calls {
                self.call(object, now, counts);
                self.meter(object, now, counts);
            }
        }
        // Each report sees to the alarm, until one is known.
        if !self.known {
            match self.wanted(now) {
                Some(at) => self.set(at.max(now), counts),
                None => (0..REPORTS).for_each(|_| counts.rows(LOOK)),
            }
        }
        if self.session.is_none_or(|noted| now >= noted + NOTED_MS) {
            self.session = Some(now);
            counts.rows(SESSION);
        }
        counts.rows(OVERVIEW);
    }

    /// The site is looked for, a line is added to the log, and in between the member gets points.
    fn act(&mut self, now: u64, counts: &mut Counts) {
        for object in [OWNER, OWNER, OWN, OWNER] {
            self.call(object, now, counts);
            if object == OWN {
                self.by(now + SOON_MS, now, counts);
            }
            self.meter(object, now, counts);
        }
        counts.rows(ACT);
        // A page of the ledger, and of a member who is new, what is known of them.
        self.partial.push_back((PAGE, now + PAGES_MS));
        if !std::mem::replace(&mut self.member, true) {
            counts.rows(MEMBER);
            self.partial.push_back((PAGE, now + PAGES_MS));
        }
    }

    /// An object is called.
    fn call(&mut self, object: usize, now: u64, counts: &mut Counts) {
        counts.calls += 1.0;
        self.woken(object, now, counts);
    }

    fn woken(&mut self, object: usize, now: u64, counts: &mut Counts) {
        let called = self.objects[object].called.replace(now);
        if called.is_none_or(|called| now >= called + IDLE_MS) {
            counts.woken += 1.0;
            counts.rows(WAKE);
            if object == OWN && self.answers > 0 {
                counts.rows(WAKE_ANSWERED);
            }
            self.known &= object != OWN;
        }
    }

    /// Makes sure of an alarm, as `alarm::by` does.
    fn by(&mut self, due: u64, now: u64, counts: &mut Counts) {
        if self.known && self.alarm.is_some_and(|alarm| alarm <= due && alarm > now) {
            return;
        }
        let wanted = self.wanted(now).unwrap_or(due);
        self.set(due.min(if wanted > now { wanted } else { now + SOON_MS }), counts);
    }

    fn set(&mut self, at: u64, counts: &mut Counts) {
        counts.rows(SET);
        (self.alarm, self.known) = (Some(at), true);
    }

    fn wanted(&self, now: u64) -> Option<u64> {
        let sending = self.partial.iter().map(|(_, due)| *due).min();
        let indexing = (self.words > 0).then_some(now);
        let midnight = self.open.map(|_| (now / DAY_MS + 1) * DAY_MS);
        [sending, indexing, midnight].into_iter().flatten().min()
    }

    fn meter(&mut self, object: usize, now: u64, counts: &mut Counts) {
        self.calls += 1;
        let settled = &mut self.objects[object].settled;
        if settled.is_none_or(|settled| now >= settled + METER_MS) || self.calls >= METER_CALLS {
            counts.rows(METER);
            *settled = Some(now);
            self.calls = 0;
        }
    }

    fn configured(&mut self, now: u64, counts: &mut Counts) {
        if now >= self.fresh_until {
            counts.kv_reads += 1.0;
            self.fresh_until = now + FRESH_MS;
        }
    }

    /// Whether it is news to the place that serves the site.
    fn passed_on(&mut self, what: usize, now: u64) -> bool {
        let hour = Some(now / HOUR_MS);
        self.passed[what] != hour && {
            self.passed[what] = hour;
            true
        }
    }

    fn sighted(&mut self, what: usize, now: u64, counts: &mut Counts) {
        if self.noted.iter().any(Option::is_some) {
            counts.rows(SEEN);
        }
        if self.noted[what].is_none_or(|noted| now >= noted + HOUR_MS) {
            self.noted[what] = Some(now);
            counts.rows(SIGHTING);
        }
    }
}

impl Counts {
    fn rows(&mut self, Rows(written, read): Rows) {
        self.written += f64::from(written);
        self.read += f64::from(read);
    }
}
