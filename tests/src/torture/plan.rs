//! What a seed means: who answers what and when, what the network does to it, how KV fails, and when the power is cut.

use rapport_core::history::rng::Rng;
use rapport_local::{Effect, Fault, Operation};
use std::time::Duration;

/// How much faster than real time the torture runs: half an hour, for which a partial answer may wait, is then six seconds.
pub const RATE: u32 = 300;
/// How long visitors come and KV fails.
pub const TROUBLED: Duration = Duration::from_secs(5);
const HOUR_MS: i64 = 3_600_000;

/// All of it. The same seed gives the same plan; what the machine's scheduler makes of it differs from run to run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Names the plan.
    pub seed: u64,
    /// Visitors, each with an answer.
    pub visitors: Vec<Visitor>,
    /// When KV fails, and how.
    pub faults: Vec<(Duration, Trouble)>,
    /// When the power is cut.
    pub cuts: Vec<Duration>,
    /// When the owner asks for a rebuild, in the midst of it all.
    pub rebuild: Option<Duration>,
    /// When the owner publishes a second version of a widget.
    pub publish: Duration,
    /// When the owner erases a response that has arrived.
    pub erase: Vec<Duration>,
    /// Acts of members: when, and who does what.
    pub acts: Vec<(Duration, u32, Act)>,
    /// Deliveries that nobody may take.
    pub junk: Vec<Duration>,
    /// Beacons of views.
    pub views: Vec<Duration>,
}

/// One visitor, one answer, in one or several revisions.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// When the first revision is given.
    pub at: Duration,
    /// How long ago, by the device's clock, the answer's id was made.
    pub age_ms: i64,
    /// How far the device's clock is off.
    pub skew_ms: i64,
    /// 0 is the nps, 1 the csat widget.
    pub widget: usize,
    /// The score of each revision, the time after the one before, and whether it is complete.
    pub revisions: Vec<(u8, Duration, bool)>,
    /// After how many failures the tab is closed for good, if ever.
    pub gives_up: Option<u32>,
    /// Draws the network's moods and the device's pauses.
    pub dice: u64,
}

/// What the network does to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Through,
    /// It arrives twice, at different places.
    Twice,
    /// It does not arrive.
    Lost,
    /// It arrives, and its answer does not.
    Unheard,
    /// It does not arrive now, but later.
    Late(Duration),
}

/// How KV fails.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    /// On everything, or only on an operation; for so long.
    Fails(Option<Operation>, Effect, Duration),
}

/// What a member does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The owner gives so many points, or takes them.
    Adjust(i64),
    /// Redeems one of ten.
    Mug,
    /// Redeems a code.
    Coupon,
    /// Checks in.
    CheckIn,
}

impl Plan {
    /// The plan of a seed.
    pub fn of(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let rng = &mut rng;
        let visitors = (0..12 + rng.below(16)).map(|_| Visitor::draw(rng)).collect();
        let faults = (0..rng.below(5)).map(|_| (moment(rng), Trouble::draw(rng))).collect();
        Self {
            seed,
            visitors,
            faults,
            // Several plans share a world, and nobody gets anywhere while it starts again.
            cuts: if rng.chance(120) { vec![moment(rng)] } else { Vec::new() },
            rebuild: rng.chance(300).then(|| moment(rng)),
            publish: moment(rng),
            erase: (0..rng.below(3)).map(|_| moment(rng)).collect(),
            acts: (0..rng.below(30)).map(|_| (moment(rng), rng.below(3), Act::draw(rng))).collect(),
            junk: (0..rng.below(5)).map(|_| moment(rng)).collect(),
            views: (0..rng.below(8)).map(|_| moment(rng)).collect(),
        }
    }
}

impl Visitor {
    fn draw(rng: &mut Rng) -> Self {
        // Mostly sane; else up to two days off, but never so little ahead that an answer becomes acceptable by waiting.
        let skew_ms = match rng.below(6) {
            0 => i64::from(rng.below(48)) * HOUR_MS + 2 * HOUR_MS,
            1 => -(i64::from(rng.below(48)) * HOUR_MS),
            _ => i64::from(rng.below(240_000)) - 120_000,
        };
        // Up to a week, some of them too old.
        let age_ms = if rng.chance(300) { i64::from(rng.below(8 * 24)) * HOUR_MS } else { 0 };
        let mut revisions = Vec::new();
        for _ in 0..rng.weighted(&[0, 5, 3, 2]) {
            revisions.push((rng.below(6) as u8, Duration::from_millis(u64::from(rng.below(900))), false));
        }
        // One in ten never finishes.
        if let Some(last) = revisions.last_mut() {
            last.2 = !rng.chance(100);
        }
        Self {
            at: moment(rng),
            age_ms,
            skew_ms,
            widget: rng.below(2) as usize,
            revisions,
            gives_up: rng.chance(80).then(|| rng.below(3)),
            dice: rng.next(),
        }
    }
}

impl Fate {
    /// What happens to the next request.
    pub fn draw(rng: &mut Rng) -> Self {
        match rng.weighted(&[60, 12, 8, 10, 10]) {
            0 => Self::Through,
            1 => Self::Twice,
            2 => Self::Lost,
            3 => Self::Unheard,
            _ => Self::Late(Duration::from_millis(u64::from(rng.below(2_500)))),
        }
    }
}

impl Trouble {
    fn draw(rng: &mut Rng) -> Self {
        let operation =
            [None, Some(Operation::Write), Some(Operation::Read), Some(Operation::List), Some(Operation::Delete)]
                [rng.below(5) as usize];
        let effect = match rng.below(5) {
            0 => Effect::Status(503),
            1 => Effect::Status(429),
            2 => Effect::ApplyThenStatus(500),
            3 => Effect::ApplyThenStatus(429),
            _ => Effect::Delay(Duration::from_millis(u64::from(rng.below(800)))),
        };
        Self::Fails(operation, effect, Duration::from_millis(u64::from(200 + rng.below(2_500))))
    }

    /// The rules for KV, for what belongs to `site` alone.
    pub fn faults(self, site: &str) -> Vec<Fault> {
        let Self::Fails(operation, effect, time) = self;
        let kinds = ["c", "r", "h", "n", "k", "t", "d", "l", "p", "q"];
        let rule = |kind: &str| {
            let fault = Fault::new(effect).prefix(&format!("{kind}/{site}")).lasting(time);
            operation.map_or(fault.clone(), |operation| fault.on(operation))
        };
        kinds.into_iter().map(rule).collect()
    }
}

impl Act {
    fn draw(rng: &mut Rng) -> Self {
        match rng.below(6) {
            0 | 1 => Self::Adjust(i64::from(rng.below(40))),
            2 => Self::Adjust(-i64::from(rng.below(10))),
            3 => Self::Mug,
            4 => Self::Coupon,
            _ => Self::CheckIn,
        }
    }
}

fn moment(rng: &mut Rng) -> Duration {
    Duration::from_millis(u64::from(rng.below(TROUBLED.as_millis() as u32)))
}
