//! Who is invited when: collects what the core's decision depends on, and carries it out.

use rapport_core::targeting::{self, Decision, Outcome, Situation};

use crate::app::App;
use crate::call::Call;
use crate::hands;
use crate::json::Json;
use crate::page::Page;
use crate::placement::Placement;
use crate::widget::Widget;

impl App {
    /// Looks at every widget that comes by itself: whether it may now, and when to look again.
    pub fn look(&mut self) {
        let Some(page) = self.page.as_mut() else { return };
        let mut busy = self.widgets.iter().any(|widget| widget.up && widget.placement == Placement::Over);
        let mut pause = u32::MAX;
        for widget in &mut self.widgets {
            let over = widget.placement == Placement::Over;
            if widget.placement == Placement::Inline || (over && busy) {
                continue;
            }
            let Some(decision) = decide(page, widget) else { continue };
            match decision.outcome {
                Outcome::Pass => {
                    busy |= over;
                    widget.come_up(page, true);
                }
                Outcome::Wait => pause = pause.min(seconds_left(page, widget)),
                Outcome::Fail if widget.up && !over => widget.go_down(),
                Outcome::Fail => {}
            }
        }
        if pause < u32::MAX {
            hands::after(i64::from(pause) * 1_000, Call::Look, 0);
        }
    }

    /// What every gate says to a widget, for the owner to understand why it is shown or not.
    pub fn explain(&self, name: &str) -> Option<String> {
        let page = self.page.as_ref()?;
        let widget = self.widgets.iter().find(|widget| widget.name.as_str() == name)?;
        let decision = decide(page, widget)?;
        let mut json = Json::default();
        json.open('{').key("widget").text(name).key("up").flag(widget.up);
        json.key("outcome").text(word(decision.outcome)).key("gates").open('[');
        for gate in decision.gates {
            json.open('{').key("code").text(gate.code).key("outcome").text(word(gate.outcome));
            json.key("value").text(&gate.value).close('}');
        }
        json.close(']').close('}');
        Some(json.finish())
    }
}

fn decide(page: &Page, widget: &Widget) -> Option<Decision> {
    let targeting = widget.targeting.as_ref()?;
    let known = page.memory.known(widget.name.as_str());
    let situation = Situation {
        widget: widget.name.as_str(),
        interrupts: widget.placement == Placement::Over,
        now: hands::now(),
        path: &page.view.path,
        device: page.view.device,
        language: &page.view.language,
        visits: page.memory.visits,
        traits: &page.traits,
        draw: page.draw(),
        seconds: seconds(page),
        scrolled: page.view.scrolled,
        leaving: page.view.leaving,
        clicked: widget.clicked,
        events: &page.events,
        shown: known.and_then(|known| known.shown),
        answered: known.and_then(|known| known.answered),
        invited: page.memory.last_invited(),
        invitations: page.memory.invitations,
    };
    Some(targeting::decide(targeting, &page.attention, &situation))
}

/// Seconds since this page view began.
fn seconds(page: &Page) -> u32 {
    ((hands::now().0 - page.view.since.0) / 1_000).max(0) as u32
}

/// Seconds until the delay of a widget is over, where it has one.
fn seconds_left(page: &Page, widget: &Widget) -> u32 {
    match widget.targeting.as_ref().and_then(|targeting| targeting.delay_seconds) {
        Some(delay) => delay.saturating_sub(seconds(page)).max(1),
        None => u32::MAX,
    }
}

const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "pass",
        Outcome::Wait => "wait",
        Outcome::Fail => "fail",
    }
}
