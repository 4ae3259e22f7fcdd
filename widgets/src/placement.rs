//! Coming up and going away.

use crate::hands;
use crate::impression::{Impression, Moment};
use crate::page::Page;
use crate::widget::{Phase, Widget};

/// Where a widget is, as far as that decides anything.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// Part of the page.
    Inline,
    /// A tab at the edge, and what it opens.
    Tab,
    /// Over what the visitor is doing: a pop-up, a bar, a dialog.
    Over,
}

impl Placement {
    /// The placement that an attribute says.
    pub fn of(attribute: &str) -> Self {
        match attribute.as_bytes() {
            [b'i', ..] => Self::Inline,
            [b't', ..] => Self::Tab,
            _ => Self::Over,
        }
    }
}

impl Widget {
    /// Brings it up; `invited` says that it comes by itself, not because the visitor or the page asked for it.
    pub fn come_up(&mut self, page: &mut Page, invited: bool) {
        if self.up {
            return;
        }
        self.up = true;
        self.impression = Impression::default();
        self.response.since_ms = page.active_ms();
        page.memory.show(&self.name, hands::now(), invited && self.placement == Placement::Over);
        page.remember();
        hands::put_up(self.index, true);
        hands::watch(self.index, true);
    }

    /// Opens a tab.
    pub fn open(&mut self, page: &Page) {
        if self.placement == Placement::Tab {
            self.had(Moment::Started);
            self.response.since_ms = page.active_ms();
            hands::unfold(self.index, true);
        }
    }

    /// Closes what can be closed. Answering and then closing is not dismissing.
    pub fn close(&mut self, page: &mut Page) {
        if self.placement == Placement::Inline || !self.up {
            return;
        }
        if self.phase == Phase::Asking {
            self.had(Moment::Dismissed);
        }
        self.save(page);
        if self.placement == Placement::Tab {
            hands::unfold(self.index, false);
            // Whoever has more to say finds an empty form, and that is another impression.
            if self.phase == Phase::Done {
                hands::thank(self.index, "");
                self.start_over(page.active_ms());
                self.impression = Impression::default();
                hands::watch(self.index, true);
            }
        } else {
            self.go_down();
        }
    }

    /// Takes it off the screen.
    pub fn go_down(&mut self) {
        self.up = false;
        hands::watch(self.index, false);
        hands::put_up(self.index, false);
    }
}
