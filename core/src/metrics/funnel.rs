//! What became of impressions. An impression is a widget at least half visible for half a second, once per page view;
//! merely loading it is none.

use super::Figure;
use super::rate::rate;

/// Counts of moments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Funnel {
    pub seen: u64,
    /// With at least one deliberate action: opened, chose, typed, sent. Closing is none.
    pub started: u64,
    pub answered: u64,
    pub completed: u64,
    pub dismissed: u64,
}

impl Funnel {
    /// Impressions with a deliberate action, of all impressions.
    pub fn interaction_rate(&self) -> Option<Figure> {
        rate(self.started, self.seen)
    }

    /// Impressions with at least one valid answer, of all impressions.
    pub fn response_rate(&self) -> Option<Figure> {
        rate(self.answered, self.seen)
    }

    /// Finished, of all that were started.
    pub fn completion_rate(&self) -> Option<Figure> {
        rate(self.completed, self.started)
    }

    /// Closed without having been finished, of all impressions.
    pub fn dismiss_rate(&self) -> Option<Figure> {
        rate(self.dismissed, self.seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rate_has_its_own_denominator() {
        let funnel = Funnel { seen: 200, started: 50, answered: 40, completed: 30, dismissed: 100 };
        let shown = |figure: Option<Figure>| figure.map(|figure| (figure.value, figure.of));
        assert_eq!(shown(funnel.interaction_rate()), Some((0.25, 200)));
        assert_eq!(shown(funnel.response_rate()), Some((0.2, 200)));
        assert_eq!(shown(funnel.completion_rate()), Some((0.6, 50)));
        assert_eq!(shown(funnel.dismiss_rate()), Some((0.5, 200)));
        assert_eq!(Funnel::default().interaction_rate(), None);
    }
}
