//! The show-if language: `nps <= 6 and (answered(why) or includes(topics, price))`.
//!
//! | form | meaning |
//! |---|---|
//! | `a or b`, `a and b`, `not a`, `( )` | as usual; `not` binds tightest, then `and`, then `or` |
//! | `= != < <= > >=` | compares; **with a missing answer, or answers of different kinds, every comparison is false** |
//! | `+ - * /` | on scores and numbers; with a missing answer, or out of range, the result is missing |
//! | `answered(q)`, `answered(q.row)` | whether there is an answer |
//! | `includes(q, option)` | whether the option is among those chosen; `other` stands for the visitor's own words |
//! | `q` | the answer: a number for a scale or number, the option of a single choice, the text, the day |
//! | `q.part` | the column chosen for a matrix row, the position of a ranked option, or `q.other`, the own words |
//! | `7`, `-0.5` | a number |
//! | `'price'`, `"price"` | an option, text or day (`'2026-11-22'`); there are no escapes, hence two kinds of quotes |
//!
//! Right of `=` and `!=`, and in `includes`, a name by itself is an option: `reason = price`. Everywhere else it is a
//! question; in parentheses or a calculation it is one there too: `second = (first)`, `second = first + 1`. A consent is a condition by itself: `newsletter and nps > 8`.
//!
//! What a form's attribute carries, and what is evaluated, is the same expression in postfix order: one loop reads it, without
//! recursion on the small stack of a browser's module, and without the reader of what people write, which stays at home. In
//! it, words are separated by spaces: `nps 6 <= ?why ~topics.price | &`, with `?` for answered, `~` for includes, `! & |`
//! for not, and, or, and literals in quotes as above.

mod value;
#[cfg(any(feature = "server", test))]
mod parse;
#[cfg(any(feature = "server", test))]
mod lex;
#[cfg(any(feature = "server", test))]
mod step;

use crate::answer::{Answer, Answers};
use crate::decimal::Decimal;
use crate::scan::cut;
use value::{Value, answered, includes, operate};

#[cfg(any(feature = "server", test))]
pub use parse::{Syntax, WORDS};
#[cfg(any(feature = "server", test))]
pub use step::{Arithmetic, Comparison, Op};

/// An expression. It keeps its text, so that the owner gets back what they wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    text: String,
    postfix: String,
}

impl Expr {
    /// Whether the expression holds for these answers. What is no truth, such as a missing consent, does not hold.
    pub fn holds(&self, answers: &Answers) -> bool {
        self.holds_for(&|question| answers.get(question))
    }

    /// Whether the expression holds where `answer` tells the answer to a question.
    pub fn holds_for<'a>(&'a self, answer: &dyn Fn(&str) -> Option<&'a Answer>) -> bool {
        let mut stack: Vec<Value<'a>> = Vec::new();
        let mut rest = Some(self.postfix.as_str());
        while let Some(text) = rest {
            let sign = text.bytes().next().unwrap_or(b' ');
            let tail = text.get(1..).unwrap_or_default();
            let quoted = matches!(sign, b'\'' | b'"');
            let (word, after) = if quoted { cut(tail, sign) } else { cut(text, b' ') };
            rest = if quoted { after.and_then(|after| cut(after, b' ').1) } else { after };
            let path = if matches!(sign, b'?' | b'~') { word.get(1..).unwrap_or_default() } else { word };
            let value = match sign {
                _ if quoted => Value::Word(word),
                b'a'..=b'z' | b'?' | b'~' => {
                    let (question, part) = cut(path, b'.');
                    let answer = answer(question);
                    match sign {
                        b'?' => Value::Truth(answered(answer, part)),
                        b'~' => Value::Truth(includes(answer, part.unwrap_or_default())),
                        _ => value::value(answer, part),
                    }
                }
                b'!' if word.len() == 1 => Value::Truth(!pop(&mut stack).holds()),
                b'0'..=b'9' | b'-' if word != "-" => word.parse::<Decimal>().map_or(Value::Missing, Value::Number),
                _ => {
                    let right = pop(&mut stack);
                    operate(word, pop(&mut stack), right)
                }
            };
            stack.push(value);
        }
        pop(&mut stack).holds()
    }

    /// The expression as a form's attribute carries it.
    pub fn to_postfix(&self) -> &str {
        &self.postfix
    }

    /// What [`Expr::to_postfix`] gave. It is taken as it is; anything else does not hold.
    pub fn from_postfix(text: &str) -> Self {
        Self { text: String::new(), postfix: text.to_owned() }
    }

    /// The text that was read.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

fn pop<'a>(stack: &mut Vec<Value<'a>>) -> Value<'a> {
    stack.pop().unwrap_or(Value::Missing)
}

impl core::fmt::Display for Expr {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(feature = "server")]
impl serde::Serialize for Expr {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(feature = "server")]
impl<'de> serde::Deserialize<'de> for Expr {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        Self::parse(&text).map_err(|wrong| serde::de::Error::custom(format_args!("not an expression: {wrong}")))
    }
}

#[cfg(test)]
mod tests;
