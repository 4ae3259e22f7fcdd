//! What the invented customers say. Each line stands by itself, so that one or two of them make a comment.

mod de;
mod en;
mod more;
mod zh;

/// What a comment is about; a language has lines for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Of the notebooks.
    Praise,
    /// Of the notebooks.
    Complaint,
    /// The soft paper of batch 14.
    SoftPaper,
    /// The studio release that lost saved designs.
    LostDesign,
    /// What to make or do.
    Wish,
    /// Ordering went well.
    Smooth,
    /// Ordering did not.
    Rough,
    /// Asked of the owner.
    Question,
    /// What a reader looked for on the help page, or missed in an article.
    Sought,
    /// What one may write in a notebook.
    Use,
    /// What may keep one from ordering.
    Reason,
    /// How one may pay.
    Payment,
}

/// The lines of one language.
pub struct Words {
    pub praise: &'static [&'static str],
    pub complaint: &'static [&'static str],
    pub soft_paper: &'static [&'static str],
    pub lost_design: &'static [&'static str],
    pub wish: &'static [&'static str],
    pub smooth: &'static [&'static str],
    pub rough: &'static [&'static str],
    pub question: &'static [&'static str],
    pub sought: &'static [&'static str],
    pub uses: &'static [&'static str],
    pub reasons: &'static [&'static str],
    pub payments: &'static [&'static str],
    /// What stands between two lines.
    pub joint: &'static str,
}

impl Words {
    /// The lines that people who write `language` use.
    pub fn of(language: &str) -> &'static Self {
        match language {
            "de" => &de::WORDS,
            "zh" => &zh::WORDS,
            "fr" => &more::FR,
            "ja" => &more::JA,
            "ar" => &more::AR,
            "es" => &more::ES,
            _ => &en::WORDS,
        }
    }

    /// The lines on a theme.
    pub const fn on(&self, theme: Theme) -> &'static [&'static str] {
        match theme {
            Theme::Praise => self.praise,
            Theme::Complaint => self.complaint,
            Theme::SoftPaper => self.soft_paper,
            Theme::LostDesign => self.lost_design,
            Theme::Wish => self.wish,
            Theme::Smooth => self.smooth,
            Theme::Rough => self.rough,
            Theme::Question => self.question,
            Theme::Sought => self.sought,
            Theme::Use => self.uses,
            Theme::Reason => self.reasons,
            Theme::Payment => self.payments,
        }
    }
}
