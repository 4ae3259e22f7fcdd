//! A programme to start from, as most one-person shops want it: English, 中文 and German.

use super::program::Program;
use crate::json;
use crate::problem::Problem;

const READY: &str = include_str!("template.json");

/// The ready-made programme, with amounts in `currency`. One point for each whole unit that is spent, and a hundred of them are
/// worth one.
///
/// # Errors
/// Never: a test reads it.
pub fn ready(currency: &str) -> Result<Program, Problem> {
    let program: Program = json::own(READY)?;
    Ok(Program { currency: currency.to_owned(), ..program })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_can_be_read_and_comes_back_as_it_is() {
        let program = ready("CNY").unwrap();
        assert_eq!((program.currency.as_str(), program.tiers.len(), program.rules.len()), ("CNY", 3, 6));
        let text = serde_json::to_string(&program).unwrap();
        assert_eq!(json::own::<Program>(&text).unwrap(), program);
    }
}
