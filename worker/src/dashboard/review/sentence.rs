//! Conditions as the owner would say them.

use rapport_core::expr::{Arithmetic, Comparison};
use rapport_core::model::question::{Choice, Input, Question};
use rapport_core::model::widget::Widget;
use rapport_core::name::Name;
use rapport_core::review::{Condition, Part, Subject, Term};

use crate::dashboard::page::Speech;
use crate::dashboard::strings::review::Review as Words;

/// Characters of a question that still tell which one it is.
const TITLE: usize = 60;

/// Says things about the questions of a widget.
pub struct Sentences<'a> {
    pub widget: &'a Widget,
    pub speech: &'a Speech<'a>,
    pub words: &'static Words,
}

impl Sentences<'_> {
    /// The condition as a clause.
    pub fn condition(&self, part: &Part) -> String {
        self.clause(&part.says, Binding::Loose)
    }

    /// The question's words, cut short.
    pub fn title(&self, question: &Question) -> String {
        let title = self.speech.title(question);
        match title.char_indices().nth(TITLE) {
            Some((at, _)) => format!("{}…", title.get(..at).unwrap_or(&title).trim_end()),
            None => title,
        }
    }

    /// The same in quotes, to stand in a sentence.
    pub fn quoted(&self, question: &Question) -> String {
        (self.words.quote)(&self.title(question))
    }

    fn clause(&self, condition: &Condition, around: Binding) -> String {
        let w = self.words;
        match condition {
            Condition::All(parts) => {
                let text = self.all(parts).join(w.and);
                if around == Binding::Tight { format!("({text})") } else { text }
            }
            Condition::Any(parts) => {
                let text: Vec<String> = parts.iter().map(|part| self.clause(&part.says, Binding::Or)).collect();
                let text = text.join(w.or);
                if around == Binding::Loose { text } else { format!("({text})") }
            }
            Condition::Not(part) => match &part.says {
                Condition::Answered(subject) => (w.not_answered)(&self.subject(subject)),
                Condition::Includes(question, option) => {
                    (w.not_chosen)(&self.option(question, option.as_str()), &self.name(question))
                }
                Condition::Agreed(question) => (w.not_agreed)(&self.name(question)),
                says => (w.not)(&self.clause(says, Binding::Tight)),
            },
            Condition::Answered(subject) => (w.answered)(&self.subject(subject)),
            Condition::Includes(question, option) => {
                (w.chosen)(&self.option(question, option.as_str()), &self.name(question))
            }
            Condition::Agreed(question) => (w.agreed)(&self.name(question)),
            Condition::Compare(left, comparison, right) => self.compare(left, *comparison, right),
        }
    }

    /// Each part; where one says how low and another how high, both as one.
    fn all(&self, parts: &[Part]) -> Vec<String> {
        let mut clauses = Vec::new();
        let mut told = vec![false; parts.len()];
        for (at, part) in parts.iter().enumerate() {
            if told.get(at) == Some(&true) {
                continue;
            }
            let partner = bound(part).and_then(|mine| {
                let mut later = parts.iter().enumerate().skip(at + 1);
                later.find_map(|(place, other)| Some((place, mine, bound(other).filter(|other| mine.meets(other))?)))
            });
            match partner {
                Some((place, one, other)) => {
                    if let Some(slot) = told.get_mut(place) {
                        *slot = true;
                    }
                    let (low, high) = if one.low { (one, other) } else { (other, one) };
                    let term = |term: &Term| self.term(term, None);
                    clauses.push((self.words.between)(&self.subject(low.subject), &term(low.term), &term(high.term)));
                }
                None => clauses.push(self.clause(&part.says, Binding::Tight)),
            }
        }
        clauses
    }

    fn compare(&self, left: &Term, comparison: Comparison, right: &Term) -> String {
        // What is asked about comes first: "6 >= nps" is said as "nps is 6 or lower".
        let turned = !matches!(left, Term::Answer(_) | Term::Calculation(..)) && !matches!(right, Term::Word(_));
        let (left, comparison, right) =
            if turned { (right, mirrored(comparison), left) } else { (left, comparison, right) };
        let w = self.words;
        let of = match left {
            Term::Answer(subject) => Some(&subject.question),
            _ => None,
        };
        let (left, right) = (self.term(left, None), self.term(right, of));
        let say = match comparison {
            Comparison::Equal => w.is,
            Comparison::Unequal => w.is_not,
            Comparison::Less => w.below,
            Comparison::LessOrEqual => w.at_most,
            Comparison::Greater => w.above,
            Comparison::GreaterOrEqual => w.at_least,
        };
        say(&left, &right)
    }

    /// A side of a comparison; a word may be an option of the question on the other side.
    fn term(&self, term: &Term, other_side: Option<&Name>) -> String {
        match term {
            Term::Number(number) => number.to_text(),
            Term::Word(word) => match other_side {
                Some(question) => self.option(question, word),
                None => (self.words.quote)(word),
            },
            Term::Answer(subject) => self.subject(subject),
            Term::Calculation(left, operator, right) => {
                let sign = match operator {
                    Arithmetic::Add => "+",
                    Arithmetic::Sub => "−",
                    Arithmetic::Mul => "×",
                    Arithmetic::Div => "÷",
                };
                let side = |term: &Term| match term {
                    Term::Calculation(..) => format!("({})", self.term(term, None)),
                    _ => self.term(term, None),
                };
                format!("{} {sign} {}", side(left), side(right))
            }
        }
    }

    fn subject(&self, subject: &Subject) -> String {
        let question = self.name(&subject.question);
        match &subject.part {
            None => question,
            Some(part) if part.as_str() == "other" => (self.words.own_words)(&question),
            Some(part) => {
                let ranked = self.question(&subject.question).is_some_and(|q| matches!(q.input, Input::Ranking { .. }));
                let part = self.option(&subject.question, part.as_str());
                if ranked { (self.words.place)(&part, &question) } else { (self.words.row)(&part, &question) }
            }
        }
    }

    fn question(&self, name: &Name) -> Option<&Question> {
        self.widget.questions.iter().find(|question| question.name == *name)
    }

    fn name(&self, name: &Name) -> String {
        match self.question(name) {
            Some(question) => self.quoted(question),
            None => (self.words.quote)(name.as_str()),
        }
    }

    /// The wording of an option, row or column, where there is one.
    pub fn known_option(&self, question: &Name, option: &str) -> Option<String> {
        let label = |choices: &[Choice]| {
            let found = choices.iter().find(|choice| choice.name.as_str() == option);
            found.map(|choice| self.speech.text(&choice.label).to_owned())
        };
        match self.question(question).map(|question| &question.input) {
            Some(Input::Choice { options, .. } | Input::Ranking { options }) => label(options),
            Some(Input::Matrix { rows, columns }) => label(rows).or_else(|| label(columns)),
            _ => None,
        }
    }

    /// The same in quotes; the visitor's own words have a word of their own.
    fn option(&self, question: &Name, option: &str) -> String {
        match self.known_option(question, option) {
            Some(label) => (self.words.quote)(&label),
            None if option == "other" => self.words.other.to_owned(),
            None => (self.words.quote)(option),
        }
    }
}

/// What stands around a clause, and so whether it needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Binding {
    Loose,
    Or,
    Tight,
}

/// "At least" or "at most" of an answer.
#[derive(Clone, Copy)]
struct Bound<'a> {
    subject: &'a Subject,
    low: bool,
    term: &'a Term,
}

impl Bound<'_> {
    fn meets(&self, other: &Self) -> bool {
        self.subject == other.subject && self.low != other.low
    }
}

fn bound(part: &Part) -> Option<Bound<'_>> {
    let Condition::Compare(Term::Answer(subject), comparison, term @ Term::Number(_)) = &part.says else { return None };
    match comparison {
        Comparison::GreaterOrEqual => Some(Bound { subject, low: true, term }),
        Comparison::LessOrEqual => Some(Bound { subject, low: false, term }),
        _ => None,
    }
}

const fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}
