//! All ways through the questions, found by answering in every way that conditions can tell apart.

use super::domain::Domain;
use crate::answer::Answer;
use crate::limits::QUESTIONS;
use crate::rule::Rule;

/// Conditions evaluated before giving up: some milliseconds in the Worker.
const EFFORT: u32 = 10_000;

/// The ways found: bit n is set where question n is asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Paths {
    /// Each once, in ascending order.
    pub found: Vec<u64>,
    /// Whether these are all.
    pub complete: bool,
}

/// Walks through `rules`, where `domains` has the answers to those that conditions look at and nothing for the others.
pub(super) fn explore(rules: &[&Rule], domains: &[Option<&Domain>]) -> Paths {
    let exact = domains.iter().flatten().all(|domain| domain.exact);
    let fits = rules.len() <= QUESTIONS && QUESTIONS <= u64::BITS as usize;
    let mut search = Search { rules, domains, effort: EFFORT, found: Vec::new() };
    if fits {
        search.go(0, 0, &mut vec![None; rules.len()]);
    }
    Paths { complete: fits && exact && search.effort > 0, found: search.found }
}

struct Search<'a> {
    rules: &'a [&'a Rule],
    domains: &'a [Option<&'a Domain>],
    effort: u32,
    found: Vec<u64>,
}

impl<'a> Search<'a> {
    /// From question `at` on; `path` has the questions asked before it and `given` what was answered to them.
    fn go(&mut self, at: usize, path: u64, given: &mut Vec<Option<&'a Answer>>) {
        let Some(rule) = self.rules.get(at) else {
            if let Err(place) = self.found.binary_search(&path) {
                self.found.insert(place, path);
            }
            return;
        };
        if self.effort == 0 {
            return;
        }
        let asked = match &rule.show_if {
            None => true,
            Some(expr) => {
                self.effort -= 1;
                // As in `walk::asks`: only earlier answers that are on the path themselves count.
                let answer = |name: &str| {
                    let index = self.rules.iter().position(|rule| rule.name.as_str() == name)?;
                    given.get(index).copied().flatten()
                };
                expr.holds_for(&answer)
            }
        };
        if !asked {
            return self.go(at + 1, path, given);
        }
        let path = path | 1 << at;
        let domains = self.domains;
        match domains.get(at).copied().flatten() {
            None => self.go(at + 1, path, given),
            Some(domain) => {
                for value in &domain.values {
                    if let Some(slot) = given.get_mut(at) {
                        *slot = value.as_ref();
                    }
                    self.go(at + 1, path, given);
                }
                if let Some(slot) = given.get_mut(at) {
                    *slot = None;
                }
            }
        }
    }
}

/// Whether a condition ever holds and ever fails, whatever is answered.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Verdict {
    pub holds: bool,
    pub fails: bool,
    pub complete: bool,
}

/// Tries `test` with every combination of answers.
pub(super) fn verdict(
    test: &crate::expr::Expr,
    names: &[crate::name::Name],
    domains: &[(Vec<Option<&Answer>>, bool)],
) -> Verdict {
    let mut verdict = Verdict { complete: domains.iter().all(|(_, exact)| *exact), ..Verdict::default() };
    let mut places = vec![0_usize; domains.len()];
    for _ in 0..EFFORT {
        let answer = |name: &str| {
            let index = names.iter().position(|known| known.as_str() == name)?;
            let (values, _) = domains.get(index)?;
            values.get(*places.get(index)?).copied().flatten()
        };
        if test.holds_for(&answer) {
            verdict.holds = true;
        } else {
            verdict.fails = true;
        }
        if verdict.holds && verdict.fails {
            return verdict;
        }
        // Counts on, as a mileage counter does.
        let turned = places.iter_mut().zip(domains).find_map(|(place, (values, _))| {
            *place += 1;
            if *place < values.len() {
                Some(())
            } else {
                *place = 0;
                None
            }
        });
        if turned.is_none() {
            return verdict;
        }
    }
    Verdict { complete: false, ..verdict }
}
