//! What the tool tells the person at the terminal.

use std::time::Instant;

/// Announces a step and returns what tells its end.
pub fn step(what: &str) -> Step {
    eprintln!("· {what}");
    Step { what: what.to_owned(), began: Instant::now() }
}

/// One line of information.
pub fn note(line: &str) {
    eprintln!("  {line}");
}

/// The error and its causes, each on a line of its own.
pub fn failure(error: &anyhow::Error) {
    eprintln!("✗ {error}");
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
}

/// A step under way.
pub struct Step {
    what: String,
    began: Instant,
}

impl Step {
    /// Tells how long the step took.
    pub fn done(self) {
        eprintln!("✓ {} ({:.1} s)", self.what, self.began.elapsed().as_secs_f64());
    }
}
