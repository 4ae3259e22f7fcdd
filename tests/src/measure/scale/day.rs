//! A day on a site: who comes when, and what they do.

/// Something that happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// A page asks for the script.
    Script,
    /// It tells that its widget was seen.
    View,
    /// A score, and that is all.
    Whole,
    /// A score, after which words are asked for.
    Partial,
    /// … and the words.
    Rest,
    /// The owner looks at the overview.
    Overview,
    /// The owner's server gives a member points.
    Act,
}

/// When, in milliseconds of the first day, and who.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub at: u64,
    pub event: Event,
    pub visitor: u32,
}

pub const DAY_MS: u64 = 86_400_000;
/// From the first moment to the last of a visit: milliseconds after which a view or a score comes, and then words.
const LOOKING_MS: u64 = 4_000;
const WRITING_MS: u64 = 20_000;

impl Event {
    /// As the tables call it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Script => "a script",
            Self::View => "a view",
            Self::Whole => "an answer",
            Self::Partial => "an answer's first part",
            Self::Rest => "its second part, with words",
            Self::Overview => "an overview",
            Self::Act => "an act",
        }
    }
}

/// Visits within the first `span` milliseconds of a day, at moments drawn at random, with so many answers for each, of which every
/// other one has words; each by somebody else. The owner looks once. In order of time.
pub fn visits(count: u64, answered: f64, span: u64, random: &mut u64) -> Vec<Step> {
    let mut steps = vec![Step { at: span / 2, event: Event::Overview, visitor: 0 }];
    // So many answers are due before that visitor.
    let due = |visitor: u32| (f64::from(visitor) * answered + 1e-6) as u64;
    for visitor in 0..u32::try_from(count).unwrap_or(u32::MAX) {
        let at = next(random) % span.saturating_sub(LOOKING_MS + WRITING_MS).max(1);
        let mut then = |after: u64, event| steps.push(Step { at: at + after, event, visitor });
        then(0, Event::Script);
        if due(visitor + 1) == due(visitor) {
            then(LOOKING_MS, Event::View);
        } else if due(visitor).is_multiple_of(2) {
            then(LOOKING_MS, Event::Whole);
        } else {
            then(LOOKING_MS, Event::Partial);
            then(LOOKING_MS + WRITING_MS, Event::Rest);
        }
    }
    steps.sort_by_key(|step| step.at);
    steps
}

/// Points for a member, an hour apart.
pub fn acts(count: u64) -> Vec<Step> {
    (0..count).map(|n| Step { at: (n + 1) * 3_600_000, event: Event::Act, visitor: 0 }).collect()
}

/// xorshift64: a simulation replays.
pub fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}
