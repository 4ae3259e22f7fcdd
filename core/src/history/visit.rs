//! Who sees which widget on a day, and what they make of it.

use super::History;
use super::mood::Mood;
use super::person::Person;
use super::rng::Rng;
use super::season::{self, Trouble};
use super::walkthrough;
use crate::delivery::Moment;
use crate::model::config::{Config, Version};
use crate::name::Name;
use crate::problem::Problem;
use crate::summary::Slot;
use crate::time::{Day, Timestamp};

/// A widget at its place in the shop, and what an ordinary day brings it.
struct Scene {
    widget: &'static str,
    page: &'static str,
    /// Impressions on an ordinary day.
    impressions: u32,
    /// Of a thousand impressions, how many are answered, begun and left, or closed. The rest pass it by.
    answered: u32,
    begun: u32,
    closed: u32,
    /// For how many days it has been there.
    since: i32,
    /// What can spoil it.
    spoilt_by: &'static [Trouble],
}

use Trouble::{LostDesigns, SoftPaper};

#[rustfmt::skip]
const SCENES: [Scene; 12] = [
    Scene { widget: "nps", page: "/studio/designs", impressions: 18, answered: 240, begun: 40, closed: 420, since: 90, spoilt_by: &[LostDesigns] },
    Scene { widget: "csat", page: "/thanks/", impressions: 13, answered: 360, begun: 30, closed: 0, since: 90, spoilt_by: &[] },
    Scene { widget: "ces", page: "/help/", impressions: 15, answered: 125, begun: 15, closed: 0, since: 90, spoilt_by: &[SoftPaper] },
    Scene { widget: "stars", page: "/notebook/", impressions: 42, answered: 70, begun: 12, closed: 0, since: 90, spoilt_by: &[SoftPaper] },
    Scene { widget: "mood", page: "/", impressions: 36, answered: 75, begun: 4, closed: 310, since: 90, spoilt_by: &[] },
    Scene { widget: "helpful", page: "/journal/sewn-spines/", impressions: 30, answered: 90, begun: 6, closed: 0, since: 90, spoilt_by: &[] },
    Scene { widget: "cloth", page: "/journal/sewn-spines/", impressions: 30, answered: 170, begun: 8, closed: 0, since: 34, spoilt_by: &[] },
    Scene { widget: "feedback", page: "/studio/", impressions: 150, answered: 8, begun: 14, closed: 10, since: 90, spoilt_by: &[LostDesigns, SoftPaper] },
    Scene { widget: "leaving", page: "/cart/", impressions: 11, answered: 100, begun: 25, closed: 640, since: 90, spoilt_by: &[] },
    Scene { widget: "customers", page: "/survey/", impressions: 14, answered: 400, begun: 90, closed: 0, since: 20, spoilt_by: &[SoftPaper] },
    Scene { widget: "news", page: "/journal/sewn-spines/", impressions: 25, answered: 0, begun: 180, closed: 0, since: 30, spoilt_by: &[] },
    Scene { widget: "binder", page: "/journal/sewn-spines/", impressions: 30, answered: 120, begun: 20, closed: 0, since: 21, spoilt_by: &[] },
];

/// What one visitor does with one widget.
pub struct Visit {
    scene: &'static Scene,
    at: Timestamp,
    troubles: Vec<Trouble>,
}

/// The visits of a day.
pub fn visits(day: Day, last: Day, rng: &mut Rng) -> Vec<Visit> {
    let traffic = season::traffic(day, last);
    let mut visits = Vec::new();
    for scene in SCENES.iter().filter(|scene| last.0 - day.0 < scene.since) {
        // No two days are alike: give or take a fifth.
        let expected = scene.impressions * traffic / 1_000;
        let number = expected * (800 + rng.below(401)) / 1_000;
        for _ in 0..number {
            let troubles = season::trouble(day, last).iter().filter(|trouble| scene.spoilt_by.contains(trouble));
            visits.push(Visit { scene, at: season::moment(day, rng), troubles: troubles.copied().collect() });
        }
    }
    visits
}

impl Visit {
    /// Lets it happen. What lies ahead of `now` is drawn all the same and left out, so that what came before does not
    /// depend on the hour.
    ///
    /// # Errors
    /// An answer that the Worker would refuse, which would be a mistake in here.
    pub fn happen(self, shop: &Config, now: Timestamp, told: &mut History, rng: &mut Rng) -> Result<(), Vec<Problem>> {
        let Some(version) = shop.live().find(|version| version.widget.name.as_str() == self.scene.widget) else {
            return Ok(());
        };
        let variant = draw(version, rng);
        let Scene { answered, begun, closed, .. } = *self.scene;
        // The second wording of a question works better; an experiment should have something to find.
        let second = version.widget.variants.iter().position(|v| Some(&v.name) == variant.as_ref()) == Some(1);
        let answered = if second { answered * 13 / 10 } else { answered };
        let moments: &[Moment] = match rng.below(1_000) {
            drawn if drawn < answered => {
                let person = somebody(&mut told.people, rng);
                let mood = Mood::draw(&self.troubles, rng);
                let page = self.scene.page;
                let visit = walkthrough::Answering { version, variant, person: &person, mood, page, at: self.at };
                let response = visit.respond(&shop.site.id, rng)?;
                if response.received <= now {
                    told.responses.push(response);
                }
                return Ok(());
            }
            drawn if drawn < answered + begun => &[Moment::Seen, Moment::Started],
            drawn if drawn < answered + begun + closed => &[Moment::Seen, Moment::Dismissed],
            _ => &[Moment::Seen],
        };
        if self.at > now {
            return Ok(());
        }
        for moment in moments {
            let slot = Slot {
                day: self.at.day(),
                widget: version.widget.name.clone(),
                version: version.number,
                variant: variant.clone(),
                key: moment.as_str().to_owned(),
            };
            told.views.add(slot, 1);
        }
        Ok(())
    }
}

/// One of the widget's variants by lot, if it has any.
fn draw(version: &Version, rng: &mut Rng) -> Option<Name> {
    let variants = &version.widget.variants;
    let weights: Vec<u32> = variants.iter().map(|variant| variant.weight).collect();
    variants.get(rng.weighted(&weights)).map(|variant| variant.name.clone())
}

/// Every fourth has been here before.
fn somebody(people: &mut Vec<Person>, rng: &mut Rng) -> Person {
    const REMEMBERED: usize = 300;
    if rng.chance(260)
        && let Some(person) = rng.pick(people.get(people.len().saturating_sub(REMEMBERED)..).unwrap_or_default())
    {
        return person.clone();
    }
    let person = Person::new(rng);
    people.push(person.clone());
    person
}
