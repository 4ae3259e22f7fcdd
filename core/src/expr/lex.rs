//! The words and signs of an expression.

use super::parse::{Syntax, WORDS};
use super::step::{Comparison, Op};

pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    /// The byte to read next; always at a character boundary, and after each method that succeeds never at white space.
    pub(super) at: usize,
    pub(super) depth: usize,
    /// What has been read, in postfix order.
    pub(super) ops: Vec<Op>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, ops: Vec::new() }
    }

    pub(super) fn comparison(&mut self) -> Option<Comparison> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        // Longest first.
        let signs = [
            Comparison::Unequal,
            Comparison::LessOrEqual,
            Comparison::GreaterOrEqual,
            Comparison::Less,
            Comparison::Greater,
            Comparison::Equal,
        ];
        let found = signs.into_iter().find(|sign| rest.starts_with(sign.as_str()))?;
        self.at += found.as_str().len();
        self.skip();
        Some(found)
    }

    /// A name that is no word of the language, with the white space after it.
    pub(super) fn name(&mut self) -> Option<&'a str> {
        let start = self.at;
        match self.bare().filter(|name| !WORDS.contains(name)) {
            Some(name) => {
                self.skip();
                Some(name)
            }
            None => {
                self.at = start;
                None
            }
        }
    }

    /// Letters, digits and `_`, beginning with a letter.
    pub(super) fn bare(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at..)?;
        let inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let length = rest.bytes().position(|byte| !inside(byte)).unwrap_or(rest.len());
        let name = rest.get(..length)?;
        name.bytes().next().filter(u8::is_ascii_lowercase)?;
        self.at += length;
        Some(name)
    }

    /// Takes `word` if it comes next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let start = self.at;
        if self.bare() == Some(word) {
            self.skip();
            return true;
        }
        self.at = start;
        false
    }

    /// Takes `byte` if it comes next.
    pub(super) fn byte(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
            self.skip();
        }
        found
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn skip(&mut self) -> usize {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.at
    }

    pub(super) fn wrong(&self, expected: &'static str) -> Syntax {
        self.wrong_at(self.at, expected)
    }

    pub(super) fn wrong_at(&self, at: usize, expected: &'static str) -> Syntax {
        Syntax { at: self.text.get(..at).map_or(0, |before| before.chars().count()) + 1, expected }
    }
}
