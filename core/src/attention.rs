//! How often a visitor may be asked anything at all, over all widgets of a site, and what a device remembers to keep to it.

use crate::name::Name;
use crate::scan::{digits, take, whole};
use crate::time::Timestamp;

/// The site's attention budget: what interrupts stays away while it is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "server", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct Attention {
    /// Days between two invitations.
    pub cooldown_days: u16,
    /// Invitations in one visit.
    pub per_visit: u8,
}

/// What one device remembers about being asked. [`Memory::to_text`] and [`Memory::parse`] carry it through storage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Visits so far, counting the present one.
    pub visits: u32,
    /// When the visitor last did anything here.
    pub active: Timestamp,
    /// Invitations in the present visit.
    pub invitations: u8,
    /// What was shown and answered when.
    pub widgets: Vec<Known>,
}

/// What a device remembers of one widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub widget: Name,
    /// When it last came up.
    pub shown: Option<Timestamp>,
    /// When it last came up by itself, over what the visitor was doing.
    pub invited: Option<Timestamp>,
    /// When it was last completed.
    pub answered: Option<Timestamp>,
}

/// A pause that ends a visit, in milliseconds: half an hour, as web analytics have it.
const PAUSE_MS: i64 = 30 * 60 * 1_000;
/// Widgets remembered; beyond it the one unseen for longest is forgotten.
const REMEMBERED: usize = 50;

impl Default for Attention {
    fn default() -> Self {
        Self { cooldown_days: 7, per_visit: 1 }
    }
}

impl Memory {
    /// Notes that the visitor is here at `now`; after half an hour's pause that is a new visit.
    pub fn visit(&mut self, now: Timestamp) {
        if self.visits == 0 || now.0 - self.active.0 > PAUSE_MS {
            self.visits = self.visits.saturating_add(1);
            self.invitations = 0;
        }
        self.active = now;
    }

    /// Notes that `widget` came up; `invited` says whether it did so by itself, over the page.
    pub fn show(&mut self, widget: &Name, now: Timestamp, invited: bool) {
        self.note(widget, |known| {
            known.shown = Some(now);
            known.invited = if invited { Some(now) } else { known.invited };
        });
        if invited {
            self.invitations = self.invitations.saturating_add(1);
        }
    }

    /// Notes that `widget` was completed.
    pub fn answer(&mut self, widget: &Name, now: Timestamp) {
        self.note(widget, |known| known.answered = Some(now));
    }

    /// What is remembered of `widget`.
    pub fn known(&self, widget: &str) -> Option<&Known> {
        self.widgets.iter().find(|known| known.widget.as_str() == widget)
    }

    /// When anything last came up by itself.
    pub fn last_invited(&self) -> Option<Timestamp> {
        self.widgets.iter().filter_map(|known| known.invited).max()
    }

    /// The memory as storage keeps it.
    pub fn to_text(&self) -> String {
        let mut text = digits(i64::from(self.visits));
        for number in [self.active.0, i64::from(self.invitations)] {
            text.push(' ');
            text.push_str(&digits(number));
        }
        for known in &self.widgets {
            text.push(' ');
            text.push_str(known.widget.as_str());
            for moment in [known.shown, known.invited, known.answered] {
                text.push(',');
                if let Some(moment) = moment {
                    text.push_str(&digits(moment.0));
                }
            }
        }
        text
    }

    /// Reads what [`Memory::to_text`] wrote. Whatever else storage may hold, the visitor is then new.
    pub fn parse(text: &str) -> Self {
        Self::read(text).unwrap_or_default()
    }

    fn read(text: &str) -> Option<Self> {
        let rest = &mut Some(text);
        let visits = whole(take(rest, b' ')?)?;
        let active = Timestamp(whole(take(rest, b' ')?)?);
        let invitations = whole(take(rest, b' ')?)?;
        let mut widgets = Vec::new();
        while let Some(part) = take(rest, b' ') {
            if widgets.len() >= REMEMBERED {
                break;
            }
            let items = &mut Some(part);
            let widget = Name::parse(take(items, b',')?).ok()?;
            widgets.push(Known {
                widget,
                shown: moment(take(items, b',')?)?,
                invited: moment(take(items, b',')?)?,
                answered: moment(take(items, b',')?)?,
            });
        }
        Some(Self { visits, active, invitations, widgets })
    }

    fn note(&mut self, widget: &Name, change: impl FnOnce(&mut Known)) {
        if let Some(known) = self.widgets.iter_mut().find(|known| known.widget == *widget) {
            return change(known);
        }
        if self.widgets.len() >= REMEMBERED {
            let oldest = self.widgets.iter().enumerate().min_by_key(|(_, known)| known.shown.max(known.answered));
            if let Some((index, _)) = oldest {
                self.widgets.swap_remove(index);
            }
        }
        let mut known = Known { widget: widget.clone(), shown: None, invited: None, answered: None };
        change(&mut known);
        self.widgets.push(known);
    }
}

fn moment(text: &str) -> Option<Option<Timestamp>> {
    if text.is_empty() { Some(None) } else { whole(text).map(|ms| Some(Timestamp(ms))) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pause_of_half_an_hour_makes_a_new_visit() {
        let mut memory = Memory::default();
        memory.visit(Timestamp(1_000));
        let nps = Name::parse("nps").unwrap();
        memory.show(&nps, Timestamp(2_000), true);
        memory.visit(Timestamp(1_000 + PAUSE_MS));
        assert_eq!((memory.visits, memory.invitations), (1, 1));
        memory.visit(Timestamp(2_001 + 2 * PAUSE_MS));
        assert_eq!((memory.visits, memory.invitations), (2, 0));
        assert_eq!(memory.last_invited(), Some(Timestamp(2_000)));
        memory.answer(&nps, Timestamp(3_000));
        assert_eq!(memory.known("nps").map(|known| known.answered), Some(Some(Timestamp(3_000))));
        assert_eq!(Memory::parse(&memory.to_text()), memory);
    }

    #[test]
    fn memory_is_bounded() {
        let mut memory = Memory::default();
        for number in 0..80 {
            memory.show(&Name::parse(&format!("w{number}")).unwrap(), Timestamp(number), true);
        }
        assert_eq!(memory.widgets.len(), REMEMBERED);
        assert!(memory.known("w79").is_some() && memory.known("w0").is_none());
        assert_eq!(Memory::parse(&memory.to_text()), memory);
    }

    proptest! {
        #[test]
        fn whatever_storage_holds_is_read(text in "\\PC*", near in "[0-9 ,a-z-]{0,40}") {
            for text in [text, near] {
                let memory = Memory::parse(&text);
                prop_assert_eq!(Memory::parse(&memory.to_text()), memory);
            }
        }
    }
}
