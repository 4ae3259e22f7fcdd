//! Who is asked what: conditions as trees, which questions follow which, and what can never be.

use super::condition::{Condition, Part};
use super::domain::{Domain, Lens};
use super::paths::{self, Paths, Verdict};
use super::{Finding, Issue};
use crate::answer::Answer;
use crate::expr::Op;
use crate::limits::QUESTIONS;
use crate::model::question::{Input, Question};
use crate::model::widget::Widget;
use crate::name::Name;
use crate::rule::Rule;

/// One question on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub question: Name,
    /// On what it depends, where it does.
    pub condition: Option<Part>,
    pub reach: Reach,
    /// What can come right after it; empty where that is not known.
    pub next: Vec<Next>,
}

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Everybody,
    Some,
    Nobody,
    /// Nobody can say without looking at too many ways.
    Unknown,
}

/// What follows a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    Question(Name),
    End,
}

/// All ways through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    pub count: usize,
    /// Questions asked on the shortest and on the longest of them.
    pub shortest: usize,
    pub longest: usize,
}

pub(super) struct Branching {
    pub steps: Vec<Step>,
    pub ways: Option<Ways>,
    pub findings: Vec<Finding>,
}

pub(super) fn of(widget: &Widget) -> Branching {
    let questions = widget.questions.get(..QUESTIONS).unwrap_or(&widget.questions);
    let rules: Vec<Rule> = questions.iter().map(Question::rule).collect();
    let parts: Vec<Option<Part>> = rules.iter().map(|rule| rule.show_if.as_ref().and_then(Part::of)).collect();
    let steps: Vec<Op> = rules.iter().filter_map(|rule| rule.show_if.as_ref()).flat_map(|expr| expr.ops()).collect();
    let mut atoms = Vec::new();
    parts.iter().flatten().for_each(|part| collect(part, &mut atoms));
    let lens = Lens { steps: &steps, atoms: &atoms };
    let told = |question: &Question| atoms.iter().any(|atom| atom.about.contains(&question.name));
    let domains: Vec<Option<Domain>> =
        questions.iter().map(|question| told(question).then(|| lens.domain(question))).collect();
    let map = Map { questions, rules: &rules, parts: &parts, domains: &domains };
    let every: Vec<usize> = (0..rules.len()).collect();
    let paths = map.explore(&every);
    let mut branching = Branching { steps: Vec::new(), ways: None, findings: Vec::new() };
    for (at, question) in questions.iter().enumerate() {
        let reach = map.reach(at, &paths);
        let condition = parts.get(at).cloned().flatten();
        if let Some(part) = &condition {
            map.judge(at, part, reach, &mut branching.findings);
        }
        let next = if paths.complete { map.next(at, &paths) } else { Vec::new() };
        branching.steps.push(Step { question: question.name.clone(), condition, reach, next });
    }
    branching.ways = paths.complete.then(|| map.ways(&paths));
    branching
}

struct Map<'a> {
    questions: &'a [Question],
    rules: &'a [Rule],
    parts: &'a [Option<Part>],
    domains: &'a [Option<Domain>],
}

impl Map<'_> {
    /// The ways through these questions, given in ascending order, which depend on no others.
    fn explore(&self, these: &[usize]) -> Paths {
        let rules: Vec<&Rule> = these.iter().filter_map(|at| self.rules.get(*at)).collect();
        let domains: Vec<Option<&Domain>> =
            these.iter().map(|at| self.domains.get(*at).and_then(Option::as_ref)).collect();
        paths::explore(&rules, &domains)
    }

    /// Who is asked the question; where all ways are too many, only those that matter to it are looked at.
    fn reach(&self, at: usize, paths: &Paths) -> Reach {
        if self.rules.get(at).is_none_or(|rule| rule.show_if.is_none()) {
            return Reach::Everybody;
        }
        if paths.complete {
            return judged(paths, at);
        }
        let these = self.needed(at);
        let fewer = self.explore(&these);
        judged(&fewer, these.len().saturating_sub(1))
    }

    /// The question and all that it depends on, itself the last.
    fn needed(&self, at: usize) -> Vec<usize> {
        let mut wanted = vec![at];
        for candidate in (0..at).rev() {
            let name = self.rules.get(candidate).map(|rule| &rule.name);
            let needs = |dependent: &usize| {
                let part = self.parts.get(*dependent).and_then(Option::as_ref);
                part.zip(name).is_some_and(|(part, name)| part.about.contains(name))
            };
            if wanted.iter().any(needs) {
                wanted.push(candidate);
            }
        }
        wanted.reverse();
        wanted
    }

    /// What can come right after the question.
    fn next(&self, at: usize, paths: &Paths) -> Vec<Next> {
        let mut places: Vec<u32> = Vec::new();
        for path in paths.found.iter().filter(|path| *path >> at & 1 == 1) {
            let place = (path >> at >> 1).trailing_zeros();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places.sort_unstable();
        let after = |place: u32| self.questions.get(at + 1 + place as usize);
        places.into_iter().map(|place| after(place).map_or(Next::End, |q| Next::Question(q.name.clone()))).collect()
    }

    fn ways(&self, paths: &Paths) -> Ways {
        let asking =
            |at: usize| self.questions.get(at).is_some_and(|question| !matches!(question.input, Input::Info { .. }));
        let asking: u64 = (0..self.questions.len()).filter(|at| asking(*at)).fold(0, |bits, at| bits | 1 << at);
        let lengths = || paths.found.iter().map(|path| (path & asking).count_ones() as usize);
        Ways { count: paths.found.len(), shortest: lengths().min().unwrap_or(0), longest: lengths().max().unwrap_or(0) }
    }

    /// What is wrong with a condition.
    fn judge(&self, at: usize, whole: &Part, reach: Reach, findings: &mut Vec<Finding>) {
        let Some(question) = self.questions.get(at) else { return };
        let mut put = |issue| {
            findings.push(Finding {
                question: Some(question.name.clone()),
                field: "show_if".to_owned(),
                locale: None,
                issue,
            });
        };
        let mut parts = Vec::new();
        self.settled(whole, &mut parts);
        match reach {
            Reach::Unknown => put(Issue::CannotTell),
            Reach::Everybody => put(Issue::AlwaysAsked),
            Reach::Nobody => {
                let because = parts.into_iter().find(|(_, verdict)| !verdict.holds).map(|(part, _)| part.clone());
                put(Issue::NeverAsked { because });
            }
            Reach::Some => {
                for (part, verdict) in parts {
                    let part = part.clone();
                    put(if verdict.holds { Issue::AlwaysHolds { part } } else { Issue::NeverHolds { part } });
                }
            }
        }
    }

    /// The smallest parts that always or never hold.
    fn settled<'p>(&self, part: &'p Part, found: &mut Vec<(&'p Part, Verdict)>) {
        let before = found.len();
        match &part.says {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| self.settled(part, found)),
            Condition::Not(part) => self.settled(part, found),
            _ => {}
        }
        if found.len() > before {
            return;
        }
        let verdict = self.verdict(part);
        if verdict.complete && verdict.holds != verdict.fails {
            found.push((part, verdict));
        }
    }

    /// Whether the part ever holds, with each question answered in any way, or not asked where it need not be.
    fn verdict(&self, part: &Part) -> Verdict {
        let mut domains: Vec<(Vec<Option<&Answer>>, bool)> = Vec::new();
        for name in &part.about {
            let at = self.rules.iter().position(|rule| rule.name == *name);
            let Some(domain) = at.and_then(|at| self.domains.get(at)).and_then(Option::as_ref) else {
                return Verdict::default();
            };
            let mut values: Vec<Option<&Answer>> = domain.values.iter().map(Option::as_ref).collect();
            let depends = at.and_then(|at| self.rules.get(at)).is_some_and(|rule| rule.show_if.is_some());
            if depends && !values.contains(&None) {
                values.push(None);
            }
            domains.push((values, domain.exact));
        }
        paths::verdict(&part.test, &part.about, &domains)
    }
}

/// Who is asked question `at` of all ways. One way found on which it is asked, or not, is enough for "some".
fn judged(paths: &Paths, at: usize) -> Reach {
    let asked = paths.found.iter().any(|path| path >> at & 1 == 1);
    let passed = paths.found.iter().any(|path| path >> at & 1 == 0);
    match (asked, passed) {
        (true, true) => Reach::Some,
        _ if !paths.complete => Reach::Unknown,
        (true, false) => Reach::Everybody,
        (false, _) => Reach::Nobody,
    }
}

fn collect<'a>(part: &'a Part, atoms: &mut Vec<&'a Part>) {
    match &part.says {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| collect(part, atoms)),
        Condition::Not(part) => collect(part, atoms),
        _ => atoms.push(part),
    }
}
