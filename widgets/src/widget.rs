//! One form on the page: what it asks, and how far the visitor is with it.

use rapport_core::answer::Field;
use rapport_core::expr::Expr;
use rapport_core::name::Name;
use rapport_core::rule::{Rule, Shape};
use rapport_core::targeting::Targeting;
use rapport_core::time::Timestamp;

use crate::impression::Impression;
use crate::json::Json;
use crate::pack::{ITEM, PART, Parts, pairs};
use crate::page::Page;
use crate::placement::Placement;
use crate::response::Response;
use crate::{draft, hands};

/// One form on the page.
pub struct Widget {
    pub index: usize,
    pub name: Name,
    pub version: String,
    variant: String,
    pub locale: String,
    pub rules: Vec<Rule>,
    pub flow: Flow,
    pub phase: Phase,
    /// The question that the visitor is at, and those answered on the way there.
    pub step: usize,
    pub trail: Vec<usize>,
    /// When the form went on by itself to the question where nothing has been done yet.
    pub advanced: Timestamp,
    pub placement: Placement,
    pub targeting: Option<Targeting>,
    /// Whether what its targeting waits for was clicked on this page view.
    pub clicked: bool,
    /// Whether it is on the screen, as far as its placement goes.
    pub up: bool,
    pub impression: Impression,
    pub response: Response,
}

/// How many questions are shown at a time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// One by one.
    Paged,
    /// The first alone, and the rest once it is answered.
    Growing,
    /// All.
    Open,
}

/// How far the visitor is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Asking,
    Sending,
    Done,
}

impl Widget {
    /// Reads what the hands say of a form: its name, version, variant, language, kind, placement, targeting, whether it is
    /// on the screen; then for each question its name, shape, condition, and whether it is required. Nothing, where this
    /// version of the module does not know such a form.
    pub fn read(index: usize, active_ms: i64, text: &str) -> Option<Self> {
        let mut items = Parts::of(text);
        let mut parts = Parts::of(items.next(ITEM)?);
        let mut part = || parts.next(PART);
        let (name, version, variant, locale) = (part()?, part()?, part()?, part()?);
        let (kind, placement, when, up) = (part()?, part()?, part()?, part()?);
        let mut rules = Vec::new();
        while let Some(item) = items.next(ITEM) {
            rules.push(rule(item)?);
        }
        Some(Self {
            index,
            name: Name::parse(name).ok()?,
            version: version.to_owned(),
            variant: variant.to_owned(),
            locale: locale.to_owned(),
            rules,
            flow: match kind {
                "survey" | "quiz" => Flow::Paged,
                "feedback" | "news" | "loyalty" | "leaderboard" => Flow::Open,
                _ => Flow::Growing,
            },
            phase: Phase::Asking,
            step: 0,
            trail: Vec::new(),
            advanced: Timestamp(0),
            placement: Placement::of(placement),
            targeting: Targeting::parse(when).ok(),
            clicked: false,
            up: up == "1",
            impression: Impression::default(),
            response: Response::new(active_ms),
        })
    }

    /// Goes on with what the visitor has done before this module was here, else with what was kept of an earlier visit.
    pub fn begin(&mut self, page: &Page) {
        let touched = !self.fields().is_empty();
        let resumed = !touched && draft::restore(self, page);
        self.find_place(resumed);
        if self.phase == Phase::Sending {
            hands::say(self.index, "saved", 0, 0);
        }
        if self.up {
            hands::watch(self.index, true);
        }
        if let Some(targeting) = &self.targeting {
            let click = targeting.click.as_deref().unwrap_or_default();
            let scroll = targeting.scroll_percent.is_some();
            hands::listen(self.index, scroll, targeting.exit_intent, click);
        }
        if touched {
            self.changed();
        }
    }

    /// The form's fields, as they are now.
    pub fn fields(&self) -> Vec<Field> {
        pairs(&hands::fields(self.index))
    }

    /// Writes which widget this is.
    pub fn identify(&self, json: &mut Json) {
        json.key("widget").text(self.name.as_str());
        json.key("version").raw(&self.version);
        if !self.variant.is_empty() {
            json.key("variant").text(&self.variant);
        }
    }
}

fn rule(text: &str) -> Option<Rule> {
    let mut parts = Parts::of(text);
    let mut part = || parts.next(PART);
    let (name, shape, show_if, required) = (part()?, part()?, part()?, part()?);
    Some(Rule {
        name: Name::parse(name).ok()?,
        shape: Shape::parse(shape).ok()?,
        required: required == "1",
        show_if: if show_if.is_empty() { None } else { Some(Expr::from_postfix(show_if)) },
    })
}
