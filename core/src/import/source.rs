//! The programs whose files are known by their headings.

/// Where a file comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    Delighted,
    Typeform,
    SurveyMonkey,
    GoogleForms,
    Hotjar,
    /// Any other table.
    #[default]
    Table,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Delighted, Self::Typeform, Self::SurveyMonkey, Self::GoogleForms, Self::Hotjar, Self::Table];

    /// Its word in addresses and ids.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delighted => "delighted",
            Self::Typeform => "typeform",
            Self::SurveyMonkey => "surveymonkey",
            Self::GoogleForms => "google_forms",
            Self::Hotjar => "hotjar",
            Self::Table => "table",
        }
    }

    /// Reads [`Source::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == word)
    }

    /// Its own name; none for a table of nobody's.
    pub const fn brand(self) -> Option<&'static str> {
        match self {
            Self::Delighted => Some("Delighted"),
            Self::Typeform => Some("Typeform"),
            Self::SurveyMonkey => Some("SurveyMonkey"),
            Self::GoogleForms => Some("Google Forms"),
            Self::Hotjar => Some("Hotjar"),
            Self::Table => None,
        }
    }

    /// Whose headings these are. Each program is known by columns that the others do not have; additions do not matter.
    pub fn detect(headings: &[String]) -> Self {
        let lower: Vec<String> = headings.iter().map(|heading| heading.trim().to_lowercase()).collect();
        let has = |wanted: &[&str]| wanted.iter().all(|wanted| lower.iter().any(|heading| heading == wanted));
        let first = lower.first().map_or("", String::as_str);
        if has(&["respondent id", "collector id"]) {
            Self::SurveyMonkey
        } else if has(&["submit date (utc)"]) && (first == "#" || has(&["network id"])) {
            Self::Typeform
        } else if has(&["date submitted", "source url"]) || has(&["hotjar user id"]) {
            Self::Hotjar
        } else if has(&["score", "comment"])
            && ["permalink", "survey type", "response id", "survey id", "person id", "responded at", "response time"]
                .iter()
                .any(|one| has(&[one]))
        {
            Self::Delighted
        } else if first == "timestamp" || first == "时间戳记" || first == "时间戳" {
            Self::GoogleForms
        } else {
            Self::Table
        }
    }
}
