//! A text as words of lower case, so that phrases are found whatever stands between and around the words.

/// Whether a character stands between words. Tables of all scripts' letters would be larger than the rules.
fn between(c: char) -> bool {
    match c {
        '–' | '—' | '…' | '“' | '”' | '‘' => true,
        _ => c.is_ascii() && !c.is_ascii_alphanumeric() && c != '\'',
    }
}

/// A text, and its words with a space around each.
pub(super) struct Words<'a> {
    pub raw: &'a str,
    pub count: usize,
    spaced: String,
}

impl<'a> Words<'a> {
    pub fn of(raw: &'a str) -> Self {
        let plain = raw.replace('’', "'").replace('&', " and ").to_ascii_lowercase();
        let words = plain.split(between).filter(|word| !word.is_empty());
        let mut spaced = String::from(" ");
        let mut count = 0;
        for word in words {
            spaced.push_str(word);
            spaced.push(' ');
            count += 1;
        }
        Self { raw, count, spaced }
    }

    /// Each word.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.spaced.split(' ').filter(|word| !word.is_empty())
    }

    /// Whether the phrase occurs, as whole words.
    pub fn has(&self, phrase: &str) -> bool {
        self.spaced.match_indices(phrase).any(|(at, _)| {
            let before = self.spaced.get(..at).is_some_and(|text| text.ends_with(' '));
            let after = self.spaced.get(at + phrase.len()..).is_some_and(|text| text.starts_with(' '));
            before && after
        })
    }

    /// The first of the phrases that occurs.
    pub fn first<'p>(&self, phrases: &[&'p str]) -> Option<&'p str> {
        phrases.iter().copied().find(|phrase| self.has(phrase))
    }

    /// The words around the first `word` that none of `fine` covers: one before and one after it.
    pub fn around(&self, word: &str, fine: &[&str]) -> Option<String> {
        if self.first(fine).is_some() {
            return None;
        }
        let words: Vec<&str> = self.iter().collect();
        let at = words.iter().position(|each| *each == word)?;
        let (before, after) = (words.get(at.checked_sub(1)?)?, words.get(at + 1)?);
        Some([before, word, after].join(" "))
    }
}
