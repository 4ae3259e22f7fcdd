//! Every word of the dashboard that is not the owner's own. A language is a value of [`Strings`], so that a missing text
//! does not compile. Functions take what is already written for the reader: `12,345`, `72%`.

pub mod en;
pub mod zh_cn;

mod site;

use rapport_core::model::widget::Kind;
use rapport_core::report::Metric;

pub use site::{Fail, Faults, Sites};

/// One language.
#[derive(Debug)]
pub struct Strings {
    pub skip: &'static str,
    pub sign_out: &'static str,
    pub show: &'static str,
    pub save: &'static str,
    pub saved: &'static str,
    pub back: &'static str,
    pub list_comma: &'static str,
    pub colon: &'static str,
    pub no_data: &'static str,
    /// Both ends of the interval.
    pub between: fn(&str, &str) -> String,
    pub of_those_who_answered: fn(&str) -> String,
    pub answered: fn(&str) -> String,
    /// Half, and nine in ten, are done within.
    pub times: fn(&str, &str) -> String,
    /// Responses in doubt that are counted.
    pub in_doubt: fn(&str) -> String,
    pub without_doubt: &'static str,
    pub doubt_out: &'static str,
    pub doubt_in: &'static str,
    pub how_computed: &'static str,
    pub as_table: &'static str,
    pub trend_of: fn(&str) -> String,
    pub table_of: fn(&str) -> String,
    pub figures: &'static str,
    pub questions: &'static str,
    pub latest: &'static str,
    pub all_responses: &'static str,
    /// Said to screen readers when answers arrived: a template with `{n}`, filled in by the script.
    pub arrived: &'static str,
    pub ago: Ago,
    pub tabs: Tabs,
    pub door: Door,
    pub period: Period,
    pub columns: Columns,
    pub verdict: Verdict,
    pub metrics: Metrics,
    pub activity: Activity,
    pub distribution: Distribution,
    pub hints: Hints,
    pub widgets: Widgets,
    pub kinds: Kinds,
    pub state: State,
    pub edit: Edit,
    pub responses: Responses,
    pub intake: Intake,
    pub embed: Embed,
    pub sites: Sites,
    pub faults: Faults,
    pub fail: Fail,
}

/// How long ago.
#[derive(Debug)]
pub struct Ago {
    pub now: &'static str,
    /// Abbreviated.
    pub second: &'static str,
    pub minute: &'static str,
    pub minutes: fn(i64) -> String,
    pub hours: fn(i64) -> String,
    pub days: fn(i64) -> String,
}

/// The pages of a site.
#[derive(Debug)]
pub struct Tabs {
    pub label: &'static str,
    pub overview: &'static str,
    pub widgets: &'static str,
    pub responses: &'static str,
    pub settings: &'static str,
}

/// Signing in.
#[derive(Debug)]
pub struct Door {
    pub title: &'static str,
    pub key: &'static str,
    pub hint: &'static str,
    pub enter: &'static str,
    pub wrong: &'static str,
    /// Seconds.
    pub throttled: fn(i64) -> String,
    pub expired: &'static str,
}

/// Choosing days.
#[derive(Debug)]
pub struct Period {
    pub label: &'static str,
    pub days: fn(i32) -> String,
    pub custom: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    /// The period, and the one before.
    pub compared: fn(&str, &str) -> String,
}

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

/// Widgets.
#[derive(Debug)]
pub struct Widgets {
    pub title: &'static str,
    pub widget: &'static str,
    pub seen: &'static str,
    pub dismissed: &'static str,
    pub completed: &'static str,
    pub add: &'static str,
    pub none: &'static str,
    pub none_hint: &'static str,
    pub gallery_hint: &'static str,
    pub start: &'static str,
    pub draft_notice: &'static str,
    pub edit: &'static str,
    pub publish: &'static str,
    pub discard: &'static str,
    pub pause: &'static str,
    pub resume: &'static str,
    pub end: &'static str,
    pub versions: &'static str,
    pub version: &'static str,
    pub published: &'static str,
}

/// The kinds of widgets.
#[derive(Debug)]
pub struct Kinds {
    pub nps: KindWords,
    pub csat: KindWords,
    pub ces: KindWords,
    pub rating: KindWords,
    pub survey: KindWords,
    pub poll: KindWords,
    pub feedback: KindWords,
}

/// One kind of widget.
#[derive(Debug)]
pub struct KindWords {
    pub name: &'static str,
    pub about: &'static str,
}

/// States of a widget.
#[derive(Debug)]
pub struct State {
    pub draft: &'static str,
    pub live: &'static str,
    pub paused: &'static str,
    pub ended: &'static str,
    pub changed: &'static str,
}

/// Editing a definition.
#[derive(Debug)]
pub struct Edit {
    pub title: &'static str,
    pub hint: &'static str,
    pub definition: &'static str,
    pub keys: &'static str,
    pub save_draft: &'static str,
    pub save_publish: &'static str,
    pub name_fixed: &'static str,
    pub name_taken: &'static str,
    /// Somebody else saved meanwhile.
    pub overtaken: &'static str,
    pub saved_now: &'static str,
}

/// Responses.
#[derive(Debug)]
pub struct Responses {
    pub title: &'static str,
    pub of_widget: &'static str,
    pub all_widgets: &'static str,
    pub none: &'static str,
    pub none_hint: &'static str,
    pub pages: &'static str,
    pub newest: &'static str,
    pub older: &'static str,
    pub partial: &'static str,
    pub not_agreed: &'static str,
    /// Score, and the most.
    pub score: fn(&str, &str) -> String,
    pub variant: fn(&str) -> String,
    pub doubt_trap: &'static str,
    pub doubt_fast: &'static str,
    pub doubt_burst: &'static str,
    pub phone: &'static str,
    pub tablet: &'static str,
    pub desktop: &'static str,
}

/// What became of what arrived.
#[derive(Debug)]
pub struct Intake {
    pub title: &'static str,
    pub received: &'static str,
    pub accepted: &'static str,
    pub duplicate: &'static str,
    pub refused: &'static str,
    pub all_in_kv: &'static str,
    pub pending: fn(&str) -> String,
    pub parked: fn(&str) -> String,
    pub reasons: &'static [(&'static str, &'static str)],
}

/// Code to paste.
#[derive(Debug)]
pub struct Embed {
    pub title: &'static str,
    pub tag_words: &'static str,
    pub inline_words: &'static str,
    pub placed_words: &'static str,
    pub hosted_words: &'static str,
    pub copy: &'static str,
    pub copied: &'static str,
}

impl Strings {
    /// The words of a figure.
    pub const fn metric(&self, metric: Metric) -> &MetricWords {
        match metric {
            Metric::Satisfaction => &self.metrics.satisfaction,
            Metric::Nps => &self.metrics.nps,
            Metric::Effort => &self.metrics.effort,
            Metric::Interaction => &self.metrics.interaction,
            Metric::Response => &self.metrics.response,
            Metric::Completion => &self.metrics.completion,
        }
    }

    /// The words of a kind.
    pub const fn kind(&self, kind: Kind) -> &KindWords {
        match kind {
            Kind::Nps => &self.kinds.nps,
            Kind::Csat => &self.kinds.csat,
            Kind::Ces => &self.kinds.ces,
            Kind::Rating => &self.kinds.rating,
            Kind::Survey => &self.kinds.survey,
            Kind::Poll => &self.kinds.poll,
            Kind::Feedback => &self.kinds.feedback,
        }
    }
}

impl Intake {
    /// A refusal's code in words; a code that has none is its own word.
    pub fn reason<'a>(&self, code: &'a str) -> &'a str {
        self.reasons.iter().find(|(known, _)| *known == code).map_or(code, |(_, words)| words)
    }
}
