//! What a quiz has come to. The right answers stay in the Worker until somebody has answered: they are in no markup and no
//! script, so that looking there wins no prize.

use crate::answer::{Answer, Answers, Field};
use crate::i18n::{fill, strings};
use crate::model::question::{Choice, Input, Question};
use crate::model::text::Locale;
use crate::model::widget::{Kind, Widget};
use crate::validate;
use crate::walk;

/// One question with a right answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark<'a> {
    pub question: &'a Question,
    pub right: bool,
}

/// Every question that was asked and has a right answer; one left open is not right.
pub fn marks<'a>(widget: &'a Widget, answers: &Answers) -> Vec<Mark<'a>> {
    let path = walk::path(&widget.rules(), answers);
    let asked = widget.questions.iter().zip(path).filter_map(|(question, asked)| asked.then_some(question));
    asked
        .filter_map(|question| match &question.input {
            Input::Choice { correct, .. } if !correct.is_empty() => {
                let right = match answers.get(question.name.as_str()) {
                    Some(Answer::Choice { chosen, other: None }) => {
                        chosen.len() == correct.len() && correct.iter().all(|right| chosen.contains(right))
                    }
                    _ => false,
                };
                Some(Mark { question, right })
            }
            _ => None,
        })
        .collect()
}

/// From which share of right answers on a quiz is passed, in percent, where its owner says nothing else.
pub const PASS_PERCENT: u32 = 60;

/// How many were right, of how many were asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    pub right: u32,
    pub total: u32,
}

/// What an attempt came to; nothing where it is no quiz, or where nothing that was asked has a right answer.
pub fn score(widget: &Widget, answers: &Answers) -> Option<Score> {
    if widget.kind != Kind::Quiz {
        return None;
    }
    let marks = marks(widget, answers);
    let right = marks.iter().filter(|mark| mark.right).count() as u32;
    (!marks.is_empty()).then_some(Score { right, total: marks.len() as u32 })
}

/// Whether an attempt passes the quiz.
pub fn passed(widget: &Widget, answers: &Answers) -> bool {
    score(widget, answers).is_some_and(|score| score.passes(widget.pass_percent.unwrap_or(PASS_PERCENT)))
}

impl Score {
    /// What it is counted under.
    pub fn key(self) -> String {
        format!("score/{}/{}", self.right, self.total)
    }

    /// Reads what follows `score/` in a key.
    pub fn parse(rest: &str) -> Option<Self> {
        let (right, total) = rest.split_once('/')?;
        let score = Self { right: right.parse().ok()?, total: total.parse().ok()? };
        (score.right <= score.total && score.total > 0).then_some(score)
    }

    /// Whether that is at least so many percent.
    pub const fn passes(self, percent: u32) -> bool {
        self.right as u64 * 100 >= self.total as u64 * percent as u64
    }

    /// In percent, rounded down: 100 is everything.
    pub const fn percent(self) -> u32 {
        match (self.right as u64 * 100).checked_div(self.total as u64) {
            Some(percent) => percent as u32,
            None => 0,
        }
    }
}

/// What to tell whoever answered, by question, and under the empty name the score; nothing where it is no quiz.
pub fn told(widget: &Widget, fields: &[Field], locale: &Locale) -> Vec<(String, String)> {
    if widget.kind != Kind::Quiz {
        return Vec::new();
    }
    let Ok(answers) = validate::read(&widget.rules(), fields, true) else { return Vec::new() };
    let marks = marks(widget, &answers);
    let words = &strings(locale).quiz;
    let (right, total) = (marks.iter().filter(|mark| mark.right).count(), marks.len());
    let score = fill(words.score, &[("n", &right.to_string()), ("total", &total.to_string())]);
    let mut told = vec![(String::new(), score)];
    for Mark { question, right } in marks {
        let Input::Choice { options, correct, explanation, .. } = &question.input else { continue };
        let label = |option: &&Choice| correct.contains(&option.name);
        let labels: Vec<&str> = options.iter().filter(label).map(|option| option.label.get(locale)).collect();
        let mut text = if right {
            words.right.to_owned()
        } else {
            // A label may end with a full stop of its own.
            fill(words.wrong, &[("answer", labels.join(", ").trim_end_matches(['.', '。']))])
        };
        if let Some(explanation) = explanation {
            text.push(' ');
            text.push_str(explanation.get(locale));
        }
        told.push((question.name.as_str().to_owned(), text));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUIZ: &str = r#"{"name":"quiz","kind":"quiz","label":"Quiz","questions":[
        {"name":"one","title":"1 + 1?","input":{"type":"choice","options":[{"name":"two","label":"2"},{"name":"three","label":"3"}],"correct":["two"],"explanation":"Count."}},
        {"name":"even","title":"Even?","show_if":"one = two","input":{"type":"choice","max":3,"options":[{"name":"a","label":"2"},{"name":"b","label":"3"},{"name":"c","label":"4"}],"correct":["a","c"]}},
        {"name":"mail","title":"Mail","input":{"type":"email"}}]}"#;

    fn told_for(fields: &[(&str, &str)]) -> Vec<String> {
        let fields: Vec<Field> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let told = told(&Widget::parse(QUIZ).unwrap(), &fields, &Locale::parse("en").unwrap());
        told.into_iter().map(|(name, text)| format!("{name}: {text}")).collect()
    }

    #[test]
    fn right_wrong_and_not_asked() {
        let all = told_for(&[("one", "two"), ("even", "a"), ("even", "c")]);
        assert_eq!(all, [": 2 of 2 right", "one: Right. Count.", "even: Right."]);
        let half = told_for(&[("one", "two"), ("even", "a")]);
        assert_eq!(half, [": 1 of 2 right", "one: Right. Count.", "even: Not quite. The answer: 2, 4."]);
        assert_eq!(told_for(&[("one", "three")]), [": 0 of 1 right", "one: Not quite. The answer: 2. Count."]);
        assert_eq!(told_for(&[]), [": 0 of 1 right", "one: Not quite. The answer: 2. Count."]);
    }

    #[test]
    fn a_score_is_counted_and_passes_from_its_percentage_on() {
        let mut widget = Widget::parse(QUIZ).unwrap();
        let read = |fields: &[(&str, &str)]| {
            let fields: Vec<Field> =
                fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            validate::read(&Widget::parse(QUIZ).unwrap().rules(), &fields, true).unwrap()
        };
        let half = read(&[("one", "two"), ("even", "a")]);
        let key = score(&widget, &half).unwrap().key();
        assert_eq!(key, "score/1/2");
        assert_eq!(Score::parse("1/2"), score(&widget, &half));
        assert_eq!([Score::parse("3/2"), Score::parse("0/0"), Score::parse("x/2"), Score::parse("1")], [None; 4]);
        assert!(!passed(&widget, &half) && passed(&widget, &read(&[("one", "two"), ("even", "a"), ("even", "c")])));
        widget.pass_percent = Some(50);
        assert!(passed(&widget, &half));
        widget.kind = Kind::Survey;
        assert!(!passed(&widget, &half));
    }

    #[test]
    fn only_a_quiz_has_right_answers_and_they_are_options() {
        let wrong = |from: &str, to: &str| Widget::parse(&QUIZ.replacen(from, to, 1)).unwrap_err()[0].field.clone();
        assert_eq!(wrong("\"kind\":\"quiz\"", "\"kind\":\"survey\""), "questions");
        assert_eq!(wrong("[\"two\"]", "[\"four\"]"), "questions[0].input.correct[0]");
        assert_eq!(wrong("[\"two\"]", "[\"two\",\"three\"]"), "questions[0].input.correct");
        assert_eq!(wrong("[\"a\",\"c\"]", "[\"a\",\"a\"]"), "questions[1].input.correct[1]");
    }

    #[test]
    fn the_form_does_not_give_it_away() {
        let widget = Widget::parse(QUIZ).unwrap();
        let site = crate::model::site::Site::parse(r#"{"id":"acme","name":"A","origins":[],"locale":"en"}"#).unwrap();
        let locale = Locale::parse("en").unwrap();
        let context = crate::view::ViewContext {
            site: &site,
            version: 1,
            variant: None,
            locale: &locale,
            origin: "https://f.example",
            sheet: None,
        };
        let form = crate::view::widget(&widget, &context).into_string();
        assert!(form.contains("data-told=\"one\"") && !form.contains("Count."), "{form}");
    }
}
