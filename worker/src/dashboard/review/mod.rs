//! What the linter found in a widget, and its branching as sentences.

pub mod sentence;

use maud::{Markup, html};
use rapport_core::model::question::Question;
use rapport_core::model::widget::Widget;
use rapport_core::name::Name;
use rapport_core::review::{Finding, Issue, Next, Reach, Review, Step, review};

use crate::dashboard::format;
use crate::dashboard::page::Speech;
use crate::dashboard::parts::{self, signs};
use crate::dashboard::strings::review::Review as Words;
use sentence::Sentences;

/// Findings and branching, with links to `#q-{name}` on the same page.
pub fn panel(widget: &Widget, speech: &Speech<'_>) -> Markup {
    linked(widget, speech, "")
}

/// The same with links into the page at `editor`.
pub fn linked(widget: &Widget, speech: &Speech<'_>, editor: &str) -> Markup {
    let review = review(widget, speech.site());
    let page = Page { widget, speech, editor, words: &speech.strings().review };
    html! {
        section.section.review aria-labelledby="review" {
            h2 #review { (page.words.title) }
            div.card.stack {
                (page.findings(&review))
                @if widget.questions.len() > 1 { (page.flow(&review)) }
            }
        }
    }
}

struct Page<'a> {
    widget: &'a Widget,
    speech: &'a Speech<'a>,
    editor: &'a str,
    words: &'static Words,
}

impl Page<'_> {
    fn findings(&self, review: &Review) -> Markup {
        html! {
            @if review.findings.is_empty() {
                p.fine { (parts::sign(signs::FINE)) span { (self.words.none) } }
            } @else {
                p { b { ((self.words.count)(&format::count(review.findings.len() as u64))) } " " span.soft { (self.words.only_advice) } }
                ul.findings { @for finding in &review.findings { (self.finding(finding)) } }
            }
        }
    }

    fn finding(&self, finding: &Finding) -> Markup {
        let question = finding.question.as_ref().and_then(|name| self.question(name));
        html! {
            li {
                @if let Some(question) = question { (self.link(question)) }
                p {
                    (self.issue(&finding.issue))
                    @if let Some(locale) = &finding.locale { " " span.chip lang="" { (locale.as_str()) } }
                }
            }
        }
    }

    /// The question's words, cut short, as a link to where it is edited.
    fn link(&self, question: &Question) -> Markup {
        html! { a href={ (self.editor) "#q-" (question.name) } { (self.sentences().title(question)) } }
    }

    fn issue(&self, issue: &Issue) -> String {
        let w = self.words;
        let count = |count: &u32| format::count(u64::from(*count));
        let part = |part| self.sentences().condition(part);
        match issue {
            Issue::Leading { words } => (w.leading)(words),
            Issue::DoubleBarrelled { words } => (w.double)(words),
            Issue::DoubleNegative => w.negative.to_owned(),
            Issue::Jargon { words } => (w.jargon)(words),
            Issue::TooLong { count: n, most } => (w.long)(&count(n), &count(most)),
            Issue::NoWayOut => w.no_way_out.to_owned(),
            Issue::NoOther => w.no_other.to_owned(),
            Issue::EndsUnnamed => w.ends.to_owned(),
            Issue::TooManyOptions { count: n, most } => (w.options)(&count(n), &count(most)),
            Issue::SameLabel { words } => (w.same)(words),
            Issue::Overlap { words } => (w.overlap)(words),
            Issue::TooManyRequired { count: n, most } => (w.required)(&count(n), &count(most)),
            Issue::TooManyQuestions { count: n, most } => (w.many)(&count(n), &count(most)),
            Issue::NeverAsked { because: Some(because) } => (w.never_because)(&part(because)),
            Issue::NeverAsked { because: None } => w.never_path.to_owned(),
            Issue::AlwaysAsked => w.always_asked.to_owned(),
            Issue::NeverHolds { part: inner } => (w.never_holds)(&part(inner)),
            Issue::AlwaysHolds { part: inner } => (w.always_holds)(&part(inner)),
            Issue::CannotTell => w.cannot_tell.to_owned(),
        }
    }

    fn flow(&self, review: &Review) -> Markup {
        let branches = review.steps.iter().any(|step| step.condition.is_some());
        html! {
            details.fold open[branches] {
                summary { h3 { (self.words.flow) } }
                @if let Some(ways) = review.ways.filter(|_| branches) {
                    @let n = |n: usize| format::count(n as u64);
                    p.soft.small { ((self.words.ways)(&n(ways.count), &n(ways.shortest), &n(ways.longest))) }
                }
                ol.flow {
                    @for (step, question) in review.steps.iter().zip(&self.widget.questions) {
                        li class=[(step.reach == Reach::Nobody).then_some("never")] {
                            (self.link(question))
                            p.small.soft { (self.asked(step)) (self.then(step, review)) }
                        }
                    }
                }
            }
        }
    }

    fn asked(&self, step: &Step) -> String {
        match (&step.condition, step.reach) {
            (None, _) => self.words.everybody.to_owned(),
            (Some(part), Reach::Nobody) => {
                format!("{} {}", self.words.nobody, (self.words.only_if)(&self.sentences().condition(part)))
            }
            (Some(part), _) => (self.words.only_if)(&self.sentences().condition(part)),
        }
    }

    /// What follows, where that is not simply the next question.
    fn then(&self, step: &Step, review: &Review) -> String {
        let place = review.steps.iter().position(|other| other.question == step.question).unwrap_or_default();
        let following = review.steps.get(place + 1).map_or(Next::End, |next| Next::Question(next.question.clone()));
        if step.next.is_empty() || step.next == [following] {
            return String::new();
        }
        let name = |next: &Next| match next {
            Next::End => self.words.end.to_owned(),
            Next::Question(name) => {
                self.question(name).map_or_else(String::new, |question| self.sentences().quoted(question))
            }
        };
        let names: Vec<String> = step.next.iter().map(name).collect();
        format!(" {}", (self.words.then)(&names.join(self.words.or)))
    }

    fn question(&self, name: &Name) -> Option<&Question> {
        self.widget.questions.iter().find(|question| question.name == *name)
    }

    const fn sentences(&self) -> Sentences<'_> {
        Sentences { widget: self.widget, speech: self.speech, words: self.words }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dashboard::lang::Lang;
    use rapport_core::model::text::Locale;

    fn text(json: &str, lang: Lang) -> String {
        let locale = Locale::parse("en").unwrap();
        let markup = panel(&Widget::parse(json).unwrap(), &Speech::new(lang, &locale)).into_string();
        // Tags out, so that only words are compared.
        let mut words = String::new();
        let mut tag = false;
        for c in markup.chars() {
            match c {
                '<' => tag = true,
                '>' => (tag, _) = (false, words.push(' ')),
                c if !tag => words.push(c),
                _ => {}
            }
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    const WIDGET: &str = r#"{"name":"nps","kind":"nps","label":"N","questions":[
        {"name":"nps","title":"How likely?","required":true,"input":{"type":"scale","min":0,"max":10,"low":"L","high":"H","measures":"nps"}},
        {"name":"topics","title":"What about?","show_if":"nps >= 5 and nps <= 6","input":{"type":"choice","max":2,"other":true,"options":[{"name":"price","label":"Price"},{"name":"care","label":"Care"}]}},
        {"name":"why","title":"Why?","show_if":"(6 >= nps or includes(topics, price)) and not answered(topics)","input":{"type":"text"}},
        {"name":"never","title":"Never?","show_if":"nps > 8 and includes(topics, care)","input":{"type":"text"}}]}"#;

    #[test]
    fn conditions_are_said_as_people_say_them() {
        let english = text(WIDGET, Lang::En);
        for sentence in [
            "One thing to look at.",
            "Asked only if “How likely?” is 5 to 6.",
            "Asked only if (“How likely?” is 6 or lower or “Price” was chosen in “What about?”) and “What about?” was not answered.",
            "Nobody can ever be asked this: no one is asked all the questions that it depends on.",
            "Nobody is asked this. Asked only if “How likely?” is above 8 and “Care” was chosen in “What about?”.",
            "Then: “What about?” or “Why?” or the end.",
            "4 ways through, of 1 to 3 questions.",
        ] {
            assert!(english.contains(sentence), "{sentence}\n{english}");
        }
        let chinese = text(WIDGET, Lang::ZhCn);
        for sentence in ["只在“How likely?”在 5 到 6 之间时询问。", "“What about?”未作答", "共有 4 条路径"]
        {
            assert!(chinese.contains(sentence), "{sentence}\n{chinese}");
        }
    }
}
