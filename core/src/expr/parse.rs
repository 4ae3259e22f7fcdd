//! Reads expressions by recursive descent, straight into postfix order. Recursion only ever goes through `(`, `not` and a
//! leading `-`, which count towards [`EXPR_DEPTH`].

use super::lex::Parser;
use super::step::{Arithmetic, Comparison, Op};
use crate::decimal::Decimal;
use crate::expr::Expr;
use crate::limits::{EXPR_CHARS, EXPR_DEPTH};
use crate::name::Name;

/// Words of the language, which no question can be called.
pub const WORDS: [&str; 5] = ["and", "or", "not", "answered", "includes"];

/// Where reading stopped, and what could have been there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syntax {
    /// The character, counted from 1.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl Expr {
    /// Reads an expression.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(text: &str) -> Result<Self, Syntax> {
        let ops = Self::steps(text)?;
        let postfix = ops.iter().map(Op::word).collect::<Vec<_>>().join(" ");
        Ok(Self { text: text.to_owned(), postfix })
    }

    /// Its steps, in postfix order; none of one that came as an attribute.
    pub fn ops(&self) -> Vec<Op> {
        Self::steps(&self.text).unwrap_or_default()
    }

    fn steps(text: &str) -> Result<Vec<Op>, Syntax> {
        let mut parser = Parser::new(text);
        if text.chars().count() > EXPR_CHARS {
            return Err(Syntax { at: EXPR_CHARS + 1, expected: "the end: an expression has at most 500 characters" });
        }
        let start = parser.skip();
        let kind = parser.any()?;
        parser.truth(kind, start)?;
        if parser.at < text.len() {
            return Err(parser.wrong("an operator or the end"));
        }
        Ok(parser.ops)
    }
}

/// What a part of an expression yields, as far as its form tells. An answer may be either.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Truth,
    Value,
    Answer,
}

impl Parser<'_> {
    /// `all or all or …`
    fn any(&mut self) -> Result<Kind, Syntax> {
        let start = self.at;
        let mut kind = self.all()?;
        while self.word("or") {
            self.truth(kind, start)?;
            let right = self.at;
            let other = self.all()?;
            self.truth(other, right)?;
            self.ops.push(Op::Or);
            kind = Kind::Truth;
        }
        Ok(kind)
    }

    /// `condition and condition and …`
    fn all(&mut self) -> Result<Kind, Syntax> {
        let start = self.at;
        let mut kind = self.condition()?;
        while self.word("and") {
            self.truth(kind, start)?;
            let right = self.at;
            let other = self.condition()?;
            self.truth(other, right)?;
            self.ops.push(Op::And);
            kind = Kind::Truth;
        }
        Ok(kind)
    }

    /// `not condition`, `sum`, `sum <= sum`
    fn condition(&mut self) -> Result<Kind, Syntax> {
        let start = self.at;
        if self.word("not") {
            let inner = self.at;
            let kind = self.deeper(Self::condition)?;
            self.truth(kind, inner)?;
            self.ops.push(Op::Not);
            return Ok(Kind::Truth);
        }
        let kind = self.sum()?;
        let Some(comparison) = self.comparison() else {
            return Ok(kind);
        };
        self.value(kind, start)?;
        let right = self.at;
        let equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
        let alone = |parser: &Self| !matches!(parser.peek(), Some(b'.' | b'+' | b'-' | b'*' | b'/'));
        match self.name().filter(|_| equality && alone(self)) {
            Some(option) => self.ops.push(Op::Word(option.to_owned())),
            None => {
                self.at = right;
                let kind = self.sum()?;
                self.value(kind, right)?;
            }
        }
        self.ops.push(Op::Compare(comparison));
        Ok(Kind::Truth)
    }

    /// `product + product - …`
    fn sum(&mut self) -> Result<Kind, Syntax> {
        self.chain(Self::product, &[(b'+', Arithmetic::Add), (b'-', Arithmetic::Sub)])
    }

    /// `atom * atom / …`
    fn product(&mut self) -> Result<Kind, Syntax> {
        self.chain(Self::atom, &[(b'*', Arithmetic::Mul), (b'/', Arithmetic::Div)])
    }

    fn chain(
        &mut self,
        operand: fn(&mut Self) -> Result<Kind, Syntax>,
        operators: &[(u8, Arithmetic)],
    ) -> Result<Kind, Syntax> {
        let start = self.at;
        let mut kind = operand(self)?;
        'next: loop {
            for (sign, operator) in operators {
                if self.byte(*sign) {
                    self.value(kind, start)?;
                    let right = self.at;
                    let other = operand(self)?;
                    self.value(other, right)?;
                    self.ops.push(Op::Calculate(*operator));
                    kind = Kind::Value;
                    continue 'next;
                }
            }
            return Ok(kind);
        }
    }

    /// A number, a literal, a question, a function, or anything in parentheses.
    fn atom(&mut self) -> Result<Kind, Syntax> {
        const EXPECTED: &str = "a question, a number, a text in quotes, `not` or `(`";
        let start = self.at;
        match self.peek() {
            Some(b'(') => {
                self.byte(b'(');
                let kind = self.deeper(Self::any)?;
                self.close()?;
                Ok(kind)
            }
            Some(quote @ (b'\'' | b'"')) => {
                let rest = self.text.get(start + 1..).unwrap_or_default();
                let Some(length) = rest.bytes().position(|byte| byte == quote) else {
                    self.at = self.text.len();
                    return Err(self.wrong("the closing quote"));
                };
                self.ops.push(Op::Word(rest.get(..length).unwrap_or_default().to_owned()));
                self.at = start + length + 2;
                self.skip();
                Ok(Kind::Value)
            }
            Some(b'-') => {
                if self.text.as_bytes().get(start + 1).is_some_and(u8::is_ascii_digit) {
                    return self.number(start + 1);
                }
                self.byte(b'-');
                self.ops.push(Op::Number(Decimal::ZERO));
                let inner = self.at;
                let kind = self.deeper(Self::atom)?;
                self.value(kind, inner)?;
                self.ops.push(Op::Calculate(Arithmetic::Sub));
                Ok(Kind::Value)
            }
            Some(b'0'..=b'9') => self.number(start),
            _ => {
                if self.word("answered") {
                    let (question, part) = self.open()?;
                    self.close()?;
                    self.ops.push(Op::Answered(question, part));
                    return Ok(Kind::Truth);
                }
                if self.word("includes") {
                    let (question, part) = self.open()?;
                    if part.is_some() || !self.byte(b',') {
                        return Err(self.wrong("`,` and an option"));
                    }
                    let option = self.option()?;
                    self.close()?;
                    self.ops.push(Op::Includes(question, option));
                    return Ok(Kind::Truth);
                }
                let (question, part) = self.question(EXPECTED)?;
                self.ops.push(Op::Answer(question, part));
                Ok(Kind::Answer)
            }
        }
    }

    fn number(&mut self, digits: usize) -> Result<Kind, Syntax> {
        let start = self.at;
        let tail = self.text.get(digits..).unwrap_or_default();
        let length = tail.bytes().position(|byte| !byte.is_ascii_digit() && byte != b'.').unwrap_or(tail.len());
        let end = digits + length;
        match self.text.get(start..end).and_then(|text| text.parse().ok()) {
            Some(number) => {
                self.ops.push(Op::Number(number));
                self.at = end;
                self.skip();
                Ok(Kind::Value)
            }
            None => Err(self.wrong("a number with at most four decimals")),
        }
    }

    /// `(question` of a function.
    fn open(&mut self) -> Result<(Name, Option<Name>), Syntax> {
        if !self.byte(b'(') {
            return Err(self.wrong("`(` and a question"));
        }
        self.question("a question")
    }

    fn close(&mut self) -> Result<(), Syntax> {
        if self.byte(b')') { Ok(()) } else { Err(self.wrong("an operator or `)`")) }
    }

    /// `name` or `name.part`
    fn question(&mut self, expected: &'static str) -> Result<(Name, Option<Name>), Syntax> {
        let question = self.named(expected)?;
        if !self.byte(b'.') {
            return Ok((question, None));
        }
        Ok((question, Some(self.named("a row, an option or `other`")?)))
    }

    /// An option, bare or in quotes.
    fn option(&mut self) -> Result<Name, Syntax> {
        const EXPECTED: &str = "an option";
        let quote = self.peek().filter(|byte| matches!(byte, b'\'' | b'"'));
        if quote.is_some() {
            self.at += 1;
        }
        let name = self.bare().and_then(|name| Name::parse(name).ok()).ok_or_else(|| self.wrong(EXPECTED))?;
        if let Some(quote) = quote {
            if self.peek() != Some(quote) {
                return Err(self.wrong("the closing quote"));
            }
            self.at += 1;
        }
        self.skip();
        Ok(name)
    }

    fn named(&mut self, expected: &'static str) -> Result<Name, Syntax> {
        let start = self.at;
        match self.name().map(Name::parse) {
            Some(Ok(name)) => Ok(name),
            _ => {
                self.at = start;
                Err(self.wrong(expected))
            }
        }
    }

    fn deeper(&mut self, inner: fn(&mut Self) -> Result<Kind, Syntax>) -> Result<Kind, Syntax> {
        self.depth += 1;
        if self.depth > EXPR_DEPTH {
            return Err(self.wrong("less nesting: 16 levels at most"));
        }
        let kind = inner(self);
        self.depth -= 1;
        kind
    }

    fn truth(&self, kind: Kind, at: usize) -> Result<(), Syntax> {
        if kind == Kind::Value { Err(self.wrong_at(at, "a condition")) } else { Ok(()) }
    }

    fn value(&self, kind: Kind, at: usize) -> Result<(), Syntax> {
        if kind == Kind::Truth { Err(self.wrong_at(at, "a value to compare or calculate with")) } else { Ok(()) }
    }
}

#[cfg(feature = "server")]
impl core::fmt::Display for Syntax {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "at character {}, expected {}", self.at, self.expected)
    }
}
