//! How tall an inline widget will be, so that the page can keep its place free before the script has come.

use crate::model::question::{Choice, Input, Look, Question};
use crate::model::text::{Locale, Text};
use crate::model::widget::{Kind, Widget};

/// A badge in the page is a card of this height whatever is in it; `style/pill.css` has the same.
const BADGE: u32 = 576;
/// Ten places, whether or not all are taken; `style/board.css` has the same.
const BOARD: u32 = 400;

/// The height of an inline widget as it first appears in a column of `column` pixels, in pixels at the default font size:
/// what to write into the page as its `min-height`. An estimate, since it cannot know the font: some pixels of air are
/// better than a page that moves, so it rounds up.
pub fn reserved_height(widget: &Widget, locale: &Locale, column: u32) -> u32 {
    if widget.kind == Kind::Loyalty {
        return BADGE;
    }
    let page = Column { locale, width: column.min(672).saturating_sub(42).max(100) };
    let title = widget.title.as_ref().map_or(0, |title| page.lines(title, 18) * 24 + 12);
    if widget.kind == Kind::Leaderboard {
        // Without a title of the owner's it has ours.
        return 42 + title.max(36) + BOARD;
    }
    // A feedback box and news show all that they have; anything else begins with the first.
    let shown = if matches!(widget.kind, Kind::Feedback | Kind::News) { usize::MAX } else { 1 };
    let button = if widget.kind == Kind::News { 0 } else { 64 };
    let questions = widget.questions.iter().filter(|question| question.show_if.is_none()).take(shown);
    let questions: Vec<u32> = questions.map(|question| page.question(question)).collect();
    let between = 28 * rows(questions.len().saturating_sub(1));
    42 + title + questions.iter().sum::<u32>() + between + button
}

struct Column<'a> {
    locale: &'a Locale,
    width: u32,
}

impl Column<'_> {
    fn question(&self, question: &Question) -> u32 {
        let hint = question.hint.as_ref().map_or(0, |hint| self.lines(hint, 14) * 21 + 4);
        self.lines(&question.title, 16) * 22 + hint + self.controls(&question.input)
    }

    fn controls(&self, input: &Input) -> u32 {
        match input {
            Input::Scale { min, max, low, high, look, .. } => {
                let points = max.saturating_sub(*min).unsigned_abs() + 1;
                let lines = match points {
                    9.. if self.width < 274 => 3,
                    7.. if points * 48 - 4 > self.width => 2,
                    _ => 1,
                };
                let drawn = if *look == Look::Numbers { 10 + 48 * lines } else { 66 };
                let ends = [low, high].into_iter().flatten().map(|end| self.half().lines(end, 14) * 19 + 8).max();
                drawn + ends.unwrap_or(0)
            }
            Input::Choice { options, other, max, .. } => {
                let hint = if *max > 1 { 25 } else { 0 };
                let own = if *other { 50 } else { 0 };
                8 + hint + own + self.inside(90).stack(options, 18, 50)
            }
            Input::Ranking { options } => 33 + self.inside(90).stack(options, 6, 58),
            Input::Matrix { rows, columns } if self.width > 544 => {
                let labels = self.third().stack(rows, 18, 72);
                labels.max(self.third().stack(columns, 18, 0))
            }
            Input::Matrix { rows: lines, .. } => self.stack(lines, 0, 103),
            Input::Text { long: true, .. } => 100,
            Input::Text { .. } | Input::Email | Input::Number { .. } | Input::Date { .. } => 57,
            Input::Consent { label } => 14 + (self.inside(60).lines(label, 16) * 24 + 20).max(45),
            Input::Info { day } => {
                if day.is_some() {
                    25
                } else {
                    0
                }
            }
        }
    }

    /// Rows below one another: of `least` pixels, or of their lines and `edges`.
    fn stack(&self, choices: &[Choice], edges: u32, least: u32) -> u32 {
        choices.iter().map(|choice| (self.lines(&choice.label, 16) * 23 + edges + 6).max(least)).sum()
    }

    /// Lines that a text takes at `size` pixels. Letters are somewhat more than half as wide as tall, Chinese, Japanese and Korean
    /// ones as wide.
    fn lines(&self, text: &Text, size: u32) -> u32 {
        let wide = |letter: char| matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{ffef}');
        let halves: u32 = text.get(self.locale).chars().map(|letter| if wide(letter) { 20 } else { 12 }).sum();
        (halves * size / 20).div_ceil(self.width).max(1)
    }

    fn inside(&self, edges: u32) -> Self {
        Self { locale: self.locale, width: self.width.saturating_sub(edges).max(80) }
    }

    fn half(&self) -> Self {
        Self { locale: self.locale, width: self.width / 2 }
    }

    fn third(&self) -> Self {
        Self { locale: self.locale, width: self.width / 3 }
    }
}

fn rows(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(0)
}
