//! Wording and answerability, question by question.

mod words;
mod en;
mod zh;
mod options;

use super::{Finding, Issue};
use crate::model::placement::Placement;
use crate::model::question::{Input, Look, Question};
use crate::model::text::{Locale, Text};
use crate::model::widget::Widget;
use words::Words;

/// Required questions that everybody has to answer.
const REQUIRED: usize = 6;
/// Questions on the longest way, where a widget comes up by itself and where people came to answer.
const INTERRUPTED: usize = 8;
const INVITED: usize = 20;

/// What a text is for: what is wrong with it depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A question that is answered by one value: it must ask one thing.
    Rated,
    /// A question that is answered in free words, or in several fields.
    Asked,
    /// A line below a question.
    Hint,
    /// An option, a row, the end of a scale.
    Option,
    /// What is agreed to.
    Consent,
    /// A heading or a thank-you.
    Told,
}

/// Of the widget as a whole. `longest` is the longest way through, where it is known.
pub(super) fn widget(widget: &Widget, site: &Locale, longest: Option<usize>) -> Vec<Finding> {
    let mut found = Found { question: None, site, findings: Vec::new() };
    found.text("title", widget.title.as_ref(), Role::Told);
    found.text("thanks", widget.thanks.as_ref(), Role::Told);
    for (index, variant) in widget.variants.iter().enumerate() {
        let role = widget.questions.first().map_or(Role::Asked, role);
        found.text(&format!("variants[{index}].title"), variant.title.as_ref(), Role::Told);
        found.text(&format!("variants[{index}].question"), variant.question.as_ref(), role);
    }
    let required = widget.questions.iter().filter(|question| question.required && question.show_if.is_none()).count();
    if required > REQUIRED {
        found.put("questions", Issue::TooManyRequired { count: required as u32, most: REQUIRED as u32 });
    }
    let interrupts = matches!(widget.placement, Placement::Popover { .. } | Placement::Modal | Placement::Bar { .. });
    let most = if interrupts { INTERRUPTED } else { INVITED };
    if let Some(count) = longest.filter(|count| *count > most) {
        found.put("questions", Issue::TooManyQuestions { count: count as u32, most: most as u32 });
    }
    found.findings
}

/// Of one question.
pub(super) fn question(widget: &Widget, question: &Question, site: &Locale) -> Vec<Finding> {
    let mut found = Found { question: Some(question), site, findings: Vec::new() };
    found.text("title", Some(&question.title), role(question));
    found.text("hint", question.hint.as_ref(), Role::Hint);
    match &question.input {
        Input::Scale { low, high, look, .. } => {
            found.text("input.low", low.as_ref(), Role::Option);
            found.text("input.high", high.as_ref(), Role::Option);
            if *look == Look::Numbers && (low.is_none() || high.is_none()) {
                found.put(if low.is_none() { "input.low" } else { "input.high" }, Issue::EndsUnnamed);
            }
        }
        Input::Choice { options, other, .. } => {
            found.options("input.options", options, options::CHOICE);
            if let Some(issue) = options::way_out(widget, question, options, *other) {
                found.put("input.options", issue);
            }
        }
        Input::Ranking { options } => found.options("input.options", options, options::RANKING),
        Input::Matrix { rows, columns } => {
            found.options("input.rows", rows, options::ROWS);
            found.options("input.columns", columns, options::COLUMNS);
        }
        Input::Consent { label } => found.text("input.label", Some(label), Role::Consent),
        Input::Text { placeholder, .. } => found.text("input.placeholder", placeholder.as_ref(), Role::Hint),
        Input::Email | Input::Number { .. } | Input::Date { .. } | Input::Info { .. } => {}
    }
    found.findings
}

const fn role(question: &Question) -> Role {
    match question.input {
        Input::Scale { .. } | Input::Choice { max: 1, .. } | Input::Number { .. } | Input::Date { .. } => Role::Rated,
        Input::Info { .. } => Role::Told,
        _ => Role::Asked,
    }
}

struct Found<'a> {
    question: Option<&'a Question>,
    site: &'a Locale,
    findings: Vec<Finding>,
}

impl Found<'_> {
    fn put(&mut self, field: &str, issue: Issue) {
        self.add(field, None, issue);
    }

    fn add(&mut self, field: &str, locale: Option<&Locale>, issue: Issue) {
        self.findings.push(Finding {
            question: self.question.map(|question| question.name.clone()),
            field: field.to_owned(),
            locale: locale.cloned(),
            issue,
        });
    }

    /// The wording in each of its languages, as far as we know their rules.
    fn text(&mut self, field: &str, text: Option<&Text>, role: Role) {
        let site = self.site;
        let each: Vec<(Option<&Locale>, &str)> = match text {
            None => return,
            Some(Text::One(text)) => vec![(None, text)],
            Some(Text::Many(texts)) => texts.iter().map(|(locale, text)| (Some(locale), text.as_str())).collect(),
        };
        for (locale, text) in each {
            let issues = match locale.unwrap_or(site).language() {
                // What is written in Chinese is Chinese, whatever the site's language is said to be.
                _ if zh::is(text) => zh::issues(text, role),
                "en" => en::issues(&Words::of(text), role),
                _ => Vec::new(),
            };
            for issue in issues {
                self.add(field, locale, issue);
            }
        }
    }

    fn options(&mut self, field: &str, options: &[crate::model::question::Choice], most: usize) {
        for (index, option) in options.iter().enumerate() {
            self.text(&format!("{field}[{index}].label"), Some(&option.label), Role::Option);
        }
        if options.len() > most {
            self.put(field, Issue::TooManyOptions { count: options.len() as u32, most: most as u32 });
        }
        for (index, issue) in options::clashes(options, self.site) {
            self.put(&format!("{field}[{index}].label"), issue);
        }
    }
}
