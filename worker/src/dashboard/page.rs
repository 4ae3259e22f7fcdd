//! What every page is given: the reader's language, the files to link, the session, the clock.

use rapport_core::model::question::Question;
use rapport_core::model::text::{Locale, Text};
use rapport_core::time::Timestamp;

use crate::dashboard::lang::Lang;
use crate::dashboard::strings::Strings;

/// Around any page.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    pub lang: Lang,
    pub now: Timestamp,
    /// Addresses of `dashboard.css` and `dashboard.js`.
    pub css: &'a str,
    pub js: &'a str,
    /// This page's own address with its query, for the language switch.
    pub here: &'a str,
    /// The session's token against forged forms; `None` before sign-in.
    pub csrf: Option<&'a str>,
}

/// Chooses among the texts that the owner wrote.
#[derive(Clone, Debug)]
pub struct Speech<'a> {
    pub lang: Lang,
    /// The reader's language, where the owner's texts have it; else the site's.
    wanted: Locale,
    site: &'a Locale,
}

impl<'a> Speech<'a> {
    /// For texts of a site whose own language is `site`.
    pub fn new(lang: Lang, site: &'a Locale) -> Self {
        Self { lang, wanted: lang.locale().unwrap_or_else(|| site.clone()), site }
    }

    /// The dashboard's own words.
    pub const fn strings(&self) -> &'static Strings {
        self.lang.strings()
    }

    /// The site's own language.
    pub const fn site(&self) -> &'a Locale {
        self.site
    }

    /// A question as it is asked, with an ellipsis where an earlier answer stands.
    pub fn title(&self, question: &Question) -> String {
        let mut title = String::new();
        let mut rest = self.text(&question.title);
        while let Some((before, piped)) = rest.split_once('{') {
            let Some((_, after)) = piped.split_once('}') else { break };
            title.push_str(before);
            title.push('…');
            rest = after;
        }
        title + rest
    }

    /// A text in the reader's language, else in the site's.
    pub fn text<'t>(&self, text: &'t Text) -> &'t str {
        match text {
            Text::Many(texts) if !texts.keys().any(|key| key.language() == self.wanted.language()) => {
                text.get(self.site)
            }
            _ => text.get(&self.wanted),
        }
    }
}
