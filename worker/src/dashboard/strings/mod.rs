//! Every word of the dashboard that is not the owner's own. A language is a value of [`Strings`], so that a missing text
//! does not compile. Functions take what is already written for the reader: `12,345`, `72%`.

pub mod en;
pub mod zh_cn;

mod account;
mod badge;
mod behind;
pub mod editor;
mod figure;
mod connect;
mod install;
pub mod loyalty;
pub mod rules;
pub mod play;
pub mod people;
pub mod shop;
pub mod program;
pub mod simulation;
pub mod rewards;
pub mod ledgers;
pub mod inbox;
mod privacy;
pub mod data;
mod settings;
mod ending;
mod usage;
mod response;
mod site;
mod token;
mod widget;
pub mod gallery;
pub mod quiz;
pub mod review;
pub mod versions;
pub mod visitor;

use rapport_core::model::widget::Kind;
use rapport_core::report::Metric;

pub use account::Account;
pub use badge::Badge;
pub use behind::Behind;
pub use connect::Connect;
pub use ending::Ending;
pub use figure::{Activity, Columns, Distribution, Hints, MetricWords, Metrics, Verdict};
pub use inbox::Inbox;
pub use install::Install;
pub use privacy::Privacy;
pub use response::{Intake, Responses};
pub use settings::Settings;
pub use site::{Fail, Faults, Sites};
pub use token::Tokens;
pub use usage::Usage;
pub use widget::{Edit, Embed, Kinds, State, Widgets};

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
    pub badge: Badge,
    pub kinds: Kinds,
    pub state: State,
    pub edit: Edit,
    pub review: review::Review,
    pub versions: versions::Versions,
    pub visitor: visitor::Visitor,
    pub gallery: gallery::Gallery,
    pub quiz: quiz::Quiz,
    pub editor: editor::Editor,
    pub responses: Responses,
    pub intake: Intake,
    pub inbox: Inbox,
    pub embed: Embed,
    pub sites: Sites,
    pub connect: Connect,
    pub token: Tokens,
    pub install: Install,
    pub settings: Settings,
    pub ending: Ending,
    pub account: Account,
    pub behind: Behind,
    pub loyalty: loyalty::Loyalty,
    pub play: play::Play,
    pub people: people::People,
    pub shop: shop::Shop,
    pub program: program::Program,
    pub simulation: simulation::Simulation,
    pub rewards: rewards::Rewards,
    pub ledgers: ledgers::Ledgers,
    pub privacy: Privacy,
    pub data: data::Data,
    pub usage: Usage,
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
    /// Of a moment that is known by its hour.
    pub lately: &'static str,
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
    pub install: &'static str,
    pub general: &'static str,
    pub privacy: &'static str,
    pub connect: &'static str,
    pub data: &'static str,
    pub usage: &'static str,
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

    /// The name of a kind.
    pub const fn kind(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Nps => self.kinds.nps,
            Kind::Csat => self.kinds.csat,
            Kind::Ces => self.kinds.ces,
            Kind::Rating => self.kinds.rating,
            Kind::Survey => self.kinds.survey,
            Kind::Poll => self.kinds.poll,
            Kind::Quiz => self.kinds.quiz,
            Kind::Feedback => self.kinds.feedback,
            Kind::News => self.kinds.news,
            Kind::Loyalty => self.kinds.loyalty,
            Kind::Leaderboard => self.kinds.leaderboard,
        }
    }
}
