//! A widget as the fields of a form, for the owner's editor.
//!
//! A field is named as problems name it: `questions[2].input.options[1].label.zh-CN`. So the form, what is wrong with it and
//! the definition speak of the same places, and a form is read without knowing what is on it: what the editor has no control
//! for travels in hidden fields and comes back unharmed.

mod node;
mod write;
mod draft;
mod condition;
mod change;
mod fit;
mod texts;

pub use change::Change;
pub use condition::{kind_of, tests_of};
pub use draft::Draft;
pub use node::Node;
pub use texts::Spoken;

/// Words that new parts begin with, in the site's language: what is added can be published as it is.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    pub question: &'a str,
    pub option: &'a str,
    pub row: &'a str,
    pub column: &'a str,
    pub agree: &'a str,
    pub tab: &'a str,
}

#[cfg(test)]
mod tests;
