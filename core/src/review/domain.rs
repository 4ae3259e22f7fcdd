//! What may be answered to a question, as far as conditions can tell one answer from another. Where that is a finite
//! choice, looking at one answer of each sort decides exactly.

use super::condition::{Condition, Part};
use crate::answer::Answer;
use crate::decimal::Decimal;
use crate::expr::Op;
use crate::model::question::Question;
use crate::name::Name;
use crate::rule::Shape;
use crate::time::Day;

/// Options of one multiple choice that conditions may look at, before their combinations are too many.
const COMBINED: usize = 8;
/// Options of a ranking, before their orders are too many.
const RANKED: usize = 5;
/// Combinations of a matrix's cells.
const CELLS: usize = 512;

/// One answer of each sort; `None` is no answer.
#[derive(Clone, Debug)]
pub(super) struct Domain {
    pub values: Vec<Option<Answer>>,
    /// Whether no sort is missing.
    pub exact: bool,
}

/// All conditions of a widget, to look up what they can tell.
pub(super) struct Lens<'a> {
    pub steps: &'a [Op],
    /// The parts that have no parts.
    pub atoms: &'a [&'a Part],
}

impl Lens<'_> {
    /// What may be answered to `question` once it is asked.
    pub fn domain(&self, question: &Question) -> Domain {
        let name = &question.name;
        let mut values: Vec<Option<Answer>> = Vec::new();
        let exact = self.answers(question, &mut |answer| values.push(Some(answer)));
        let consent = matches!(question.input.shape(), Shape::Consent);
        if !question.required {
            values.extend(consent.then_some(Some(Answer::Consent(false))));
            values.push(None);
        }
        let mine: Vec<&&Part> = self.atoms.iter().filter(|atom| atom.about.contains(name)).collect();
        if mine.iter().all(|atom| atom.about.len() == 1) {
            let mut seen: Vec<Vec<bool>> = Vec::new();
            values.retain(|value| {
                let tells: Vec<bool> = mine.iter().map(|atom| atom.test.holds_for(&|_| value.as_ref())).collect();
                let new = !seen.contains(&tells);
                if new {
                    seen.push(tells);
                }
                new
            });
        }
        Domain { values, exact }
    }

    /// Gives answers of every sort, and tells whether these are all.
    fn answers(&self, question: &Question, put: &mut dyn FnMut(Answer)) -> bool {
        let name = &question.name;
        match question.input.shape() {
            Shape::Info => true,
            Shape::Scale { min, max } => {
                (min..=max.min(min.saturating_add(100))).for_each(|point| put(Answer::Scale(point)));
                true
            }
            Shape::Consent => {
                put(Answer::Consent(true));
                true
            }
            Shape::Choice { options, other, min, max } => self.choice(name, &options, other, (min, max), put),
            Shape::Ranking { options } => self.ranking(name, &options, put),
            Shape::Matrix { rows, columns } => self.matrix(question, &rows, &columns, put),
            Shape::Text { .. } | Shape::Email => {
                self.words().for_each(|word| put(Answer::Text(word.to_owned())));
                put(Answer::Text("…".to_owned()));
                self.alone(name)
            }
            Shape::Number { min, max } => {
                let step =
                    |by: i64| move |at: Decimal| Decimal::from_ten_thousandths(at.ten_thousandths().saturating_add(by));
                let numbers = self.steps.iter().filter_map(|op| if let Op::Number(n) = op { Some(*n) } else { None });
                let near = numbers.flat_map(|at| [step(-1)(at), Some(at), step(1)(at)]).flatten();
                for number in near.chain([min, max, Some(Decimal::ZERO)].into_iter().flatten()) {
                    if min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max) {
                        put(Answer::Number(number));
                    }
                }
                self.alone(name)
            }
            Shape::Date { min, max } => {
                let days = self.words().filter_map(Day::parse);
                let near = days.flat_map(|at| [Day(at.0.saturating_sub(1)), at, Day(at.0.saturating_add(1))]);
                for day in near.chain([min, max, Some(Day(20_000))].into_iter().flatten()) {
                    if min.is_none_or(|min| min <= day) && max.is_none_or(|max| day <= max) {
                        put(Answer::Date(day));
                    }
                }
                self.alone(name)
            }
        }
    }

    fn choice(
        &self,
        name: &Name,
        options: &[Name],
        other: bool,
        (min, max): (u32, u32),
        put: &mut dyn FnMut(Answer),
    ) -> bool {
        if max <= 1 {
            for option in options {
                put(Answer::Choice { chosen: vec![option.clone()], other: None });
            }
            if other {
                for words in self.words().chain(["", "…"]) {
                    put(Answer::Choice { chosen: Vec::new(), other: Some(words.to_owned()) });
                }
            }
            return !other || self.alone(name);
        }
        let told =
            |option: &&Name| self.steps.iter().any(|op| matches!(op, Op::Includes(q, o) if q == name && o == *option));
        let (told, rest): (Vec<&Name>, Vec<&Name>) = options.iter().partition(told);
        let looked_at = told.get(..COMBINED).unwrap_or(&told);
        let (least, most) = (min.max(1) as usize, max as usize);
        for pattern in 0..1_usize << looked_at.len() {
            let picked: Vec<&Name> =
                looked_at.iter().enumerate().filter(|(at, _)| pattern >> at & 1 == 1).map(|(_, name)| *name).collect();
            for own in [false, true].into_iter().filter(|own| !own || other) {
                let count = picked.len() + usize::from(own);
                let filler = least.saturating_sub(count);
                if filler <= rest.len() && count + filler <= most {
                    let filler = rest.iter().take(filler).copied();
                    let chosen = picked.iter().copied().chain(filler).cloned().collect();
                    put(Answer::Choice { chosen, other: own.then(|| "…".to_owned()) });
                }
            }
        }
        told.len() <= COMBINED && (!other || self.alone(name))
    }

    fn ranking(&self, name: &Name, options: &[Name], put: &mut dyn FnMut(Answer)) -> bool {
        let by_place = self.steps.iter().any(|op| matches!(op, Op::Answer(question, _) if question == name));
        if !by_place || options.len() > RANKED {
            put(Answer::Ranking(options.to_vec()));
            return !by_place;
        }
        permutations(&mut options.to_vec(), 0, &mut |order| put(Answer::Ranking(order.to_vec())));
        true
    }

    fn matrix(&self, question: &Question, rows: &[Name], columns: &[Name], put: &mut dyn FnMut(Answer)) -> bool {
        let named = |row: &Name| {
            self.steps.iter().any(|op| {
                matches!(op, Op::Answer(q, Some(part)) | Op::Answered(q, Some(part)) if *q == question.name && part == row)
            })
        };
        let Some(first) = columns.first() else { return true };
        let mut combinations: Vec<Vec<(Name, Name)>> = vec![Vec::new()];
        let mut exact = true;
        for row in rows {
            let open = !question.required;
            let choices: Vec<Option<&Name>> = if named(row) {
                columns.iter().map(Some).chain(open.then_some(None)).collect()
            } else {
                vec![Some(first)].into_iter().chain(open.then_some(None)).collect()
            };
            if combinations.len() * choices.len() > CELLS {
                exact = false;
                continue;
            }
            let extended = combinations.iter().flat_map(|cells| {
                choices.iter().map(move |choice| {
                    let cell = choice.map(|column| (row.clone(), column.clone()));
                    cells.iter().cloned().chain(cell).collect()
                })
            });
            combinations = extended.collect();
        }
        combinations.into_iter().filter(|cells| !cells.is_empty()).for_each(|cells| put(Answer::Matrix(cells)));
        exact
    }

    /// Words that conditions compare with.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|op| if let Op::Word(word) = op { Some(word.as_str()) } else { None })
    }

    /// Whether conditions look at `name` without calculating and without comparing it to other answers. Options, points
    /// and the like are few enough for either; other answers would have to be guessed.
    fn alone(&self, name: &Name) -> bool {
        self.atoms.iter().filter(|atom| atom.about.contains(name)).all(|atom| {
            let plain = |term: &super::Term| !matches!(term, super::Term::Calculation(..));
            atom.about.len() == 1
                && match &atom.says {
                    Condition::Compare(left, _, right) => plain(left) && plain(right),
                    _ => true,
                }
        })
    }
}

fn permutations(items: &mut Vec<Name>, from: usize, put: &mut dyn FnMut(&[Name])) {
    if from >= items.len() {
        return put(items);
    }
    for at in from..items.len() {
        items.swap(from, at);
        permutations(items, from + 1, put);
        items.swap(from, at);
    }
}
