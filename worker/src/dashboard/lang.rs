//! The language that the owner reads.

use rapport_core::i18n::thousandths;
use rapport_core::model::text::Locale;

use crate::dashboard::strings::{self, Strings};

/// A language of the dashboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    En,
    ZhCn,
}

impl Lang {
    /// All of them, as they are offered.
    pub const ALL: [Self; 2] = [Self::En, Self::ZhCn];

    /// What was chosen, as `?lang=` or the cookie carries it.
    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(tag))
    }

    /// The best of an `Accept-Language` header: the language with the highest weight among those that we speak, the
    /// earlier of equals (RFC 9110, 12.5.4).
    pub fn accepted(header: &str) -> Self {
        let mut best: Option<(Self, u32)> = None;
        for range in header.split(',').take(20) {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1_000), thousandths);
            let language = tag.split('-').next().unwrap_or_default();
            let lang = match language {
                _ if language.eq_ignore_ascii_case("zh") => Self::ZhCn,
                _ if language.eq_ignore_ascii_case("en") => Self::En,
                _ => continue,
            };
            let weight = weight.unwrap_or(0);
            if weight > 0 && best.is_none_or(|(_, heaviest)| weight > heaviest) {
                best = Some((lang, weight));
            }
        }
        best.map_or(Self::En, |(lang, _)| lang)
    }

    /// Its tag, for `lang` attributes and addresses.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// Its name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhCn => "中文",
        }
    }

    /// Its words.
    pub const fn strings(self) -> &'static Strings {
        match self {
            Self::En => &strings::en::EN,
            Self::ZhCn => &strings::zh_cn::ZH_CN,
        }
    }

    /// For choosing among the texts that the owner wrote.
    pub fn locale(self) -> Option<Locale> {
        Locale::parse(self.tag()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_that_we_speak_wins() {
        for (header, lang) in [
            ("", Lang::En),
            ("zh-CN,zh;q=0.9,en;q=0.8", Lang::ZhCn),
            ("en-GB,en;q=0.9,zh;q=0.8", Lang::En),
            ("de, zh;q=0.5, en;q=0.4", Lang::ZhCn),
            ("en;q=0, zh-TW;q=0.1", Lang::ZhCn),
            ("zh;q=banana, en;q=0.1", Lang::En),
            ("*", Lang::En),
        ] {
            assert_eq!(Lang::accepted(header), lang, "{header}");
        }
        assert_eq!(Lang::parse("ZH-cn"), Some(Lang::ZhCn));
        assert_eq!(Lang::parse("xx"), None);
    }
}
