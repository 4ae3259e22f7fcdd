//! The words around figures.

/// Columns of a trend's table.
#[derive(Debug)]
pub struct Columns {
    pub days: &'static str,
    pub value: &'static str,
    pub interval: &'static str,
    pub of: &'static str,
}

/// Verdicts on a change, first in a word, then in full.
#[derive(Debug)]
pub struct Verdict {
    pub up: &'static str,
    pub down: &'static str,
    pub level: &'static str,
    pub early: &'static str,
    /// Of a variant's response rate against the first one's.
    pub more: &'static str,
    pub less: &'static str,
    pub same: &'static str,
    /// By how much, between how much and how much, from what.
    pub changed: fn(&str, &str, &str, &str) -> String,
    /// Between how much and how much, from what.
    pub no_change: fn(&str, &str, &str) -> String,
    /// About how many more of what.
    pub too_early: fn(&str) -> String,
    pub nothing_before: &'static str,
}

/// The words of each figure.
#[derive(Debug)]
pub struct Metrics {
    pub satisfaction: MetricWords,
    pub nps: MetricWords,
    pub effort: MetricWords,
    pub interaction: MetricWords,
    pub response: MetricWords,
    pub completion: MetricWords,
}

/// The words of one figure.
#[derive(Debug)]
pub struct MetricWords {
    pub name: &'static str,
    /// How it is computed.
    pub about: &'static str,
    /// What it waits for while there is no data.
    pub needs: &'static str,
    /// How many, of how many.
    pub of: fn(&str, &str) -> String,
    /// So many more of what it counts.
    pub units: fn(&str) -> String,
}

/// The card of activity.
#[derive(Debug)]
pub struct Activity {
    pub name: &'static str,
    pub visitor_days: &'static str,
    pub before: fn(&str) -> String,
    /// In 1, 7 and 28 days.
    pub people: fn(&str, &str, &str) -> String,
    pub stickiness: fn(&str) -> String,
    /// Time for each visitor-day.
    pub engagement: fn(&str) -> String,
    pub only_days: &'static str,
    pub about: &'static str,
}

/// Distributions.
#[derive(Debug)]
pub struct Distribution {
    pub detractors: &'static str,
    pub passives: &'static str,
    pub promoters: &'static str,
    /// A share's interval, short.
    pub range: fn(&str, &str) -> String,
    /// Mean, and its interval.
    pub mean: fn(&str, &str, &str) -> String,
    /// Median, and between what half of the numbers lie.
    pub median: fn(&str, &str, &str) -> String,
    pub or_less: fn(&str) -> String,
    pub or_more: fn(&str) -> String,
    pub until: fn(&str) -> String,
    pub since: fn(&str) -> String,
    pub multiple: &'static str,
    pub other: &'static str,
    pub retired: fn(&str) -> String,
    pub agreed: &'static str,
    pub open: &'static str,
    pub read: &'static str,
    pub ranking: &'static str,
    pub option: &'static str,
    pub mean_position: &'static str,
    pub put_first: &'static str,
    pub matrix: &'static str,
}

/// What to do next.
#[derive(Debug)]
pub struct Hints {
    pub title: &'static str,
    pub add: &'static str,
    pub add_link: &'static str,
    pub publish: fn(&str) -> String,
    pub publish_link: &'static str,
    pub embed: &'static str,
    pub embed_link: &'static str,
    /// How many, of how many, mostly why.
    pub refused: fn(&str, &str, &str) -> String,
    pub refused_link: &'static str,
    pub fell: fn(&str) -> String,
    pub rose: fn(&str) -> String,
    /// Detractors, comments, widget.
    pub detractors: fn(&str, &str, &str) -> String,
    pub read_link: &'static str,
    /// Widget, share.
    pub dismissed: fn(&str, &str) -> String,
    /// Widget, share.
    pub abandoned: fn(&str, &str) -> String,
    pub open_link: &'static str,
    /// Figure, how many more.
    pub too_early: fn(&str, &str) -> String,
    pub widgets_link: &'static str,
}
