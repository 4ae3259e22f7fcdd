//! Writes JSON. What the widgets send is two objects of fixed shape; a serializer would cost more than the rest of this
//! module.

use rapport_core::answer::Field;
use rapport_core::scan::digits;

/// A JSON text in the making. Commas are put where they are needed.
#[derive(Default)]
pub struct Json(String);

impl Json {
    /// Begins an object or list with `{` or `[`.
    pub fn open(&mut self, bracket: char) -> &mut Self {
        self.comma();
        self.0.push(bracket);
        self
    }

    /// Ends it.
    pub fn close(&mut self, bracket: char) -> &mut Self {
        self.0.push(bracket);
        self
    }

    /// The name of the member that follows.
    pub fn key(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.0.push(':');
        self
    }

    /// A whole number.
    pub fn number(&mut self, number: i64) -> &mut Self {
        self.raw(&digits(number))
    }

    /// Yes or no.
    pub fn flag(&mut self, yes: bool) -> &mut Self {
        self.raw(if yes { "true" } else { "false" })
    }

    /// Something that is JSON already.
    pub fn raw(&mut self, json: &str) -> &mut Self {
        self.comma();
        self.0.push_str(json);
        self
    }

    /// A string.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.comma();
        self.0.push('"');
        for character in text.chars() {
            match character {
                '\n' => self.0.push_str("\\n"),
                '\t' => self.0.push_str("\\t"),
                // Other controls mean nothing in an answer; the core leaves them out too.
                '\0'..' ' => {}
                _ => {
                    if matches!(character, '"' | '\\') {
                        self.0.push('\\');
                    }
                    self.0.push(character);
                }
            }
        }
        self.0.push('"');
        self
    }

    /// A list of form fields, each a list of name and value.
    pub fn fields(&mut self, fields: &[Field]) -> &mut Self {
        self.open('[');
        for (name, value) in fields {
            self.open('[').text(name).text(value).close(']');
        }
        self.close(']')
    }

    /// The text.
    pub fn finish(self) -> String {
        self.0
    }

    fn comma(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }
}
