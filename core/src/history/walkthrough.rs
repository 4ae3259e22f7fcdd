//! One person going through one widget, question by question, as the widget leads them.

use super::mood::Mood;
use super::person::Person;
use super::reply::reply;
use super::rng::Rng;
use crate::answer::{Answer, Answers};
use crate::delivery::{Context, Moment, Submission};
use crate::id;
use crate::model::config::Version;
use crate::name::{Name, SiteId};
use crate::problem::Problem;
use crate::response::{Arrival, Response};
use crate::time::Timestamp;
use crate::walk;

/// Somebody who has begun to answer.
pub struct Answering<'a> {
    pub version: &'a Version,
    pub variant: Option<Name>,
    pub person: &'a Person,
    pub mood: Mood,
    pub page: &'a str,
    pub at: Timestamp,
}

impl Answering<'_> {
    /// What the Worker makes of what they send.
    ///
    /// # Errors
    /// What it would refuse, which would be a mistake in here.
    pub fn respond(self, site: &SiteId, rng: &mut Rng) -> Result<Response, Vec<Problem>> {
        let widget = &self.version.widget;
        let rules = widget.rules();
        let mut answers = Answers::default();
        let mut complete = true;
        let mut active_ms = 1_500 + rng.below(2_500);
        let mut at = walk::next(&rules, &answers, None);
        while let Some((index, question)) = at.and_then(|index| Some((index, widget.questions.get(index)?))) {
            // Now and then somebody gets up in the middle; whoever has begun to answer rarely does.
            if !answers.is_empty() && rng.chance(9) {
                complete = false;
                break;
            }
            if let Some(answer) = reply(question, self.person, self.mood, &answers, self.at.day(), rng) {
                active_ms += effort(&answer, rng);
                answers.set(question.name.clone(), answer);
            }
            at = walk::next(&rules, &answers, Some(index));
        }
        // A few are programs that fill in every form they find.
        if rng.chance(8) {
            active_ms = 240;
        }
        let sent = Submission {
            id: id::make(self.at, rng.bytes()),
            revision: if complete { 1 } else { 2 },
            widget: widget.name.clone(),
            version: self.version.number,
            variant: self.variant,
            complete,
            answers: answers.fields(),
            moments: vec![Moment::Seen, Moment::Started],
            active_ms,
            trap: String::new(),
        };
        let context = Context {
            page: format!("https://{site}.example{}", self.page),
            locale: self.person.locale.to_owned(),
            device: self.person.device.to_owned(),
            ..Context::default()
        };
        let now = self.at.plus_ms(i64::from(active_ms) + i64::from(rng.below(900)));
        let (country, visitor) = (self.person.country, self.person.id.as_str());
        Response::accept(&context, &sent, &Arrival { site, widget, now, country, visitor, timed: true })
    }
}

/// Milliseconds that an answer takes: a tap, or typing at some thirty words a minute.
fn effort(answer: &Answer, rng: &mut Rng) -> u32 {
    let letters = match answer {
        Answer::Text(text) => text.chars().count(),
        Answer::Choice { other: Some(text), .. } => text.chars().count(),
        Answer::Ranking(order) => order.len() * 14,
        Answer::Matrix(cells) => cells.len() * 10,
        _ => 0,
    };
    900 + rng.below(2_600) + u32::try_from(letters).unwrap_or(0) * (220 + rng.below(140))
}
