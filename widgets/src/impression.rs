//! Impressions: which moments a widget had on this page view, each reported once, with its response or in a beacon.

use crate::hands;
use crate::json::Json;
use crate::page::Page;
use crate::widget::Widget;

/// A moment in the life of an impression.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Half of it was in view for half a second.
    Seen = 1,
    /// The first deliberate action of any kind.
    Started = 2,
    /// Closed without completing.
    Dismissed = 4,
}

/// A set of moments, as the sum of their numbers.
pub type Moments = u8;

/// What becomes of one impression.
#[derive(Default)]
pub struct Impression {
    had: Moments,
    /// Those that nobody was told of.
    pub unreported: Moments,
}

impl Impression {
    /// Whether the visitor has done anything.
    pub const fn started(&self) -> bool {
        self.had & Moment::Started as u8 != 0
    }
}

const WORDS: [(Moment, &str); 3] =
    [(Moment::Seen, "seen"), (Moment::Started, "started"), (Moment::Dismissed, "dismissed")];

impl Widget {
    /// Notes a moment, once in an impression.
    pub fn had(&mut self, moment: Moment) {
        // Whoever acts has seen it, however quickly.
        if moment == Moment::Started {
            self.had(Moment::Seen);
        }
        let impression = &mut self.impression;
        if impression.had & moment as u8 != 0 {
            return;
        }
        impression.had |= moment as u8;
        impression.unreported |= moment as u8;
        for (known, word) in WORDS {
            if known == moment {
                let detail = self.detail();
                self.tell(word, detail);
            }
        }
    }

    /// The beginning of an event's detail: which widget it is about.
    pub fn detail(&self) -> Json {
        let mut json = Json::default();
        json.open('{');
        self.identify(&mut json);
        json
    }

    /// Tells the page that `event` happened.
    pub fn tell(&self, event: &str, mut detail: Json) {
        detail.close('}');
        hands::tell(self.index, event, &detail.finish());
    }
}

/// Writes moments as a list.
pub fn write(moments: Moments, json: &mut Json) {
    json.key("moments").open('[');
    for (moment, word) in WORDS {
        if moments & moment as u8 != 0 {
            json.text(word);
        }
    }
    json.close(']');
}

/// Reports what nobody was told of yet.
pub fn report(page: &Page, widgets: &mut [Widget]) {
    let Some(first) = widgets.first() else { return };
    let mut json = Json::default();
    json.open('{').key("v").raw("1");
    page.context(&mut json, &first.locale);
    json.key("views").open('[');
    let mut any = false;
    for widget in widgets {
        let moments = core::mem::take(&mut widget.impression.unreported);
        if moments != 0 {
            any = true;
            json.open('{');
            widget.identify(&mut json);
            write(moments, &mut json);
            json.close('}');
        }
    }
    json.close(']').close('}');
    // Without consent nobody is counted.
    if any && page.consent {
        hands::beacon(&json.finish());
    }
}
