//! Which responses.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::words::{document, search};
use crate::case::{Case, Status};
use crate::model::question::Measure;
use crate::name::Name;
use crate::response::{Mood, Response, measure_word};
use crate::time::Day;

/// All that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    pub widget: Option<Name>,
    /// `bad`, `nps` or `nps/bad`.
    pub group: String,
    /// The first and the last day, in UTC.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// What the page's address begins with: `/pricing`, or with its host: `shop.example/pricing`.
    pub page: String,
    /// `de`, with its regions, or `de-AT`.
    pub language: String,
    pub country: String,
    pub device: String,
    /// A trait and its value.
    pub segment: Option<(String, String)>,
    pub tag: String,
    pub status: Option<Status>,
    pub trust: Option<Trust>,
    /// Whether it was finished.
    pub complete: Option<bool>,
    /// All from one visitor.
    pub visitor: String,
    /// What was searched for.
    pub text: String,
}

/// How far a response is to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Nothing speaks against it, and it is no test.
    Clean,
    /// Anything speaks against it.
    Doubt,
    Trap,
    Fast,
    Burst,
    Blocked,
    /// The owner's own try.
    Test,
}

impl Trust {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Clean, Self::Doubt, Self::Trap, Self::Fast, Self::Burst, Self::Blocked, Self::Test];

    /// Its word in addresses; those of single doubts are theirs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Doubt => "doubt",
            Self::Trap => "trap",
            Self::Fast => "fast",
            Self::Burst => "burst",
            Self::Blocked => "blocked",
            Self::Test => "test",
        }
    }

    /// Reads that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trust| trust.as_str() == word)
    }
}

impl Filter {
    /// Whether a response is wanted. `case` is the owner's, where there is one.
    pub fn matches(&self, response: &Response, case: Option<&Case>) -> bool {
        let day = response.day();
        let empty = |text: &str| text.is_empty();
        let test = case.is_some_and(|case| case.test);
        self.widget.as_ref().is_none_or(|widget| *widget == response.widget)
            && self.takes_group(&response.group)
            && self.from.is_none_or(|from| day >= Some(from))
            && self.to.is_none_or(|to| day <= Some(to))
            && self.takes_page(&response.page)
            && (empty(&self.language) || self.takes_language(&response.locale))
            && (empty(&self.country) || self.country == response.country)
            && (empty(&self.device) || self.device == response.device)
            && self.segment.as_ref().is_none_or(|segment| response.traits.contains(segment))
            && (empty(&self.tag) || case.is_some_and(|case| case.tags.contains(&self.tag)))
            && self.status.is_none_or(|status| status == case.map_or(Status::New, |case| case.status))
            && self.trust.is_none_or(|trust| match trust {
                Trust::Clean => response.doubts.is_empty() && !test,
                Trust::Doubt => !response.doubts.is_empty(),
                Trust::Test => test,
                named => response.doubts.iter().any(|doubt| doubt == named.as_str()),
            })
            && self.complete.is_none_or(|complete| complete == response.complete)
            && (empty(&self.visitor) || self.visitor == response.visitor)
            && self.takes_words(response, case)
    }

    fn takes_group(&self, group: &str) -> bool {
        let (measure, mood) = self.group_parts();
        let (its_measure, its_mood) = group.split_once('/').unwrap_or_default();
        measure.is_none_or(|measure| measure == its_measure) && mood.is_none_or(|mood| mood == its_mood)
    }

    /// Measure and mood, where they are wanted.
    pub fn group_parts(&self) -> (Option<&str>, Option<&str>) {
        match self.group.split_once('/') {
            Some((measure, mood)) => (Some(measure), Some(mood)),
            None if self.group.is_empty() => (None, None),
            None if Mood::ALL.iter().any(|mood| mood.as_str() == self.group) => (None, Some(&self.group)),
            None => (Some(&self.group), None),
        }
    }

    fn takes_page(&self, page: &str) -> bool {
        let page = bare_address(page);
        let path = page.find('/').and_then(|at| page.get(at..)).unwrap_or_default();
        if self.page.starts_with('/') { path.starts_with(&self.page) } else { page.starts_with(&self.page) }
    }

    fn takes_language(&self, locale: &str) -> bool {
        locale.strip_prefix(self.language.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    fn takes_words(&self, response: &Response, case: Option<&Case>) -> bool {
        let wanted = search(&self.text);
        if wanted.is_empty() {
            return true;
        }
        let words: BTreeSet<String> = document(response, case);
        wanted.iter().all(|term| term.is_in(&words))
    }
}

/// A page's address without its scheme: what is kept for filtering.
pub fn bare_address(page: &str) -> &str {
    page.split_once("://").map_or(page, |(_, rest)| rest)
}

/// Whether `group` is one that there can be.
pub fn is_group(group: &str) -> bool {
    let measure = |word: &str| [Measure::Nps, Measure::Csat, Measure::Ces].into_iter().any(|m| measure_word(m) == word);
    let mood = |word: &str| Mood::ALL.iter().any(|mood| mood.as_str() == word);
    match group.split_once('/') {
        Some((one, other)) => measure(one) && mood(other),
        None => measure(group) || mood(group),
    }
}
