//! The words that responses are found by. Letters lose case and accents. Scripts without spaces between words are cut into
//! single characters and pairs, so that one character finds, and two find what stands together; words of other scripts are
//! found by how they begin. Index and search are cut the same way, here.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::response::Response;

/// Most terms of one response, and characters of one of them.
const TERMS: usize = 3_000;
const TERM_CHARS: usize = 40;

/// A term of a search.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// A term as it is.
    Whole(String),
    /// Any term that begins so.
    Begins(String),
}

impl Term {
    /// Whether it is among `terms`.
    pub fn is_in(&self, terms: &BTreeSet<String>) -> bool {
        match self {
            Self::Whole(term) => terms.contains(term),
            Self::Begins(start) => terms.range(start.clone()..).next().is_some_and(|term| term.starts_with(start)),
        }
    }
}

/// What a response is found by: the words of its answers, of the note and the tags, and of the thread.
pub fn document(response: &Response, case: Option<&Case>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let answers = response.answers.iter().map(|(_, value)| value.as_str());
    let own = case.iter().flat_map(|case| {
        let said = case.thread.iter().map(|message| message.text.as_str());
        std::iter::once(case.note.as_str()).chain(case.tags.iter().map(String::as_str)).chain(said)
    });
    // Points and other numbers are found by filters, and would only make noise.
    for text in answers.chain(own).filter(|text| text.chars().any(char::is_alphabetic)) {
        terms(text, &mut words);
    }
    words
}

/// Cuts `text` into terms.
pub fn terms(text: &str, into: &mut BTreeSet<String>) {
    let mut add = |term: String| {
        if into.len() < TERMS {
            into.insert(term);
        }
    };
    for run in runs(text) {
        match run {
            Run::Word(word) => add(word),
            Run::Unspaced(chars) => {
                for (index, char) in chars.iter().enumerate() {
                    add(char.to_string());
                    if let Some(next) = chars.get(index + 1) {
                        add(String::from_iter([*char, *next]));
                    }
                }
            }
        }
    }
}

/// Cuts what is searched for into terms, all of which must be found.
pub fn search(text: &str) -> Vec<Term> {
    let mut found = BTreeSet::new();
    for run in runs(text) {
        match run {
            Run::Word(word) => {
                found.insert(Term::Begins(word));
            }
            Run::Unspaced(chars) => {
                if let [only] = chars.as_slice() {
                    found.insert(Term::Whole(only.to_string()));
                }
                for pair in chars.windows(2) {
                    found.insert(Term::Whole(pair.iter().collect()));
                }
            }
        }
    }
    found.into_iter().collect()
}

enum Run {
    Word(String),
    Unspaced(Vec<char>),
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    for char in text.chars().flat_map(char::to_lowercase) {
        match folded(char) {
            Folded::Nothing => {}
            Folded::Letters(letters) => {
                match runs.last_mut().filter(|_| open) {
                    Some(Run::Word(word)) => {
                        if word.chars().count() < TERM_CHARS {
                            word.push_str(letters);
                        }
                    }
                    _ => runs.push(Run::Word(letters.to_owned())),
                }
                open = true;
            }
            Folded::Letter(letter) if unspaced(letter) => {
                match runs.last_mut().filter(|_| open) {
                    Some(Run::Unspaced(chars)) => chars.push(letter),
                    _ => runs.push(Run::Unspaced(vec![letter])),
                }
                open = true;
            }
            Folded::Letter(letter) if letter.is_alphanumeric() => {
                match runs.last_mut().filter(|_| open) {
                    Some(Run::Word(word)) => {
                        if word.chars().count() < TERM_CHARS {
                            word.push(letter);
                        }
                    }
                    _ => runs.push(Run::Word(letter.to_string())),
                }
                open = true;
            }
            Folded::Letter(_) => open = false,
        }
    }
    runs
}

enum Folded {
    Nothing,
    Letter(char),
    Letters(&'static str),
}

/// A lower-case character without its accents.
fn folded(char: char) -> Folded {
    let plain = match char {
        '\0'..='\x7f' => char,
        // Accents on their own, Arabic vowel signs, joiners.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{200c}' | '\u{200d}' | '\u{fe0f}' => return Folded::Nothing,
        'ß' => return Folded::Letters("ss"),
        'æ' => return Folded::Letters("ae"),
        'œ' => return Folded::Letters("oe"),
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | '\u{1ea1}'..='\u{1eb7}' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | '\u{1eb9}'..='\u{1ec7}' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' | '\u{1ec9}'..='\u{1ecb}' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ǒ' | '\u{1ecd}'..='\u{1ee3}' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ŧ' | 'ț' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ǔ' | '\u{1ee5}'..='\u{1ef1}' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | '\u{1ef3}'..='\u{1ef9}' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ё' => 'е',
        // Full-width forms.
        '\u{ff01}'..='\u{ff5e}' => u32::from(char)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .map_or(char, |plain| plain.to_ascii_lowercase()),
        other => other,
    };
    Folded::Letter(plain)
}

/// Letters of scripts that put no spaces between words: Chinese, Japanese, Korean for its endings, Thai, Lao, Khmer, Burmese.
const fn unspaced(char: char) -> bool {
    matches!(char,
        '\u{0e01}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}
