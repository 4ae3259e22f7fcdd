//! Words of the ways from figures to those who stand behind them.

/// One language.
#[derive(Debug)]
pub struct Behind {
    pub detractors: &'static str,
    pub unsatisfied: &'static str,
    pub hard: &'static str,
}

/// English.
pub const EN: Behind = Behind {
    detractors: "Read the detractors",
    unsatisfied: "Read those who are not satisfied",
    hard: "Read those for whom it was hard",
};

/// Simplified Chinese.
pub const ZH_CN: Behind =
    Behind {
        detractors: "阅读贬损者的回复", unsatisfied: "阅读未满意者的回复", hard: "阅读觉得费力者的回复"
    };
