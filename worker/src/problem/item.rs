//! A broken rule as it travels between object, Worker and callers, and back into the problem that it was.

use rapport_core::decimal::Decimal;
use rapport_core::problem::{Fault, Problem};
use rapport_core::time::Day;
use serde::{Deserialize, Deserializer, Serialize};

/// The limit that was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Limit {
    Number(Decimal),
    Day(Day),
}

/// One of several problems.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Item {
    pub field: String,
    pub code: String,
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "number")]
    pub limit: Option<Limit>,
    pub detail: String,
}

impl Item {
    /// The problem that it tells of.
    pub(super) fn problem(self) -> Problem {
        let Self { field, code, limit, detail } = self;
        // No rule of an object is about a day.
        let number = limit.and_then(|limit| if let Limit::Number(number) = limit { Some(number) } else { None });
        let whole = number.and_then(|number| number.to_text().parse::<u32>().ok());
        let fault = match (code.as_str(), whole, number) {
            ("required", ..) => Fault::Required,
            ("too_long", Some(max), _) => Fault::TooLong { max },
            ("too_many", Some(max), _) => Fault::TooMany { max },
            ("too_few", Some(min), _) => Fault::TooFew { min },
            ("too_low", _, Some(min)) => Fault::TooLow { min },
            ("too_high", _, Some(max)) => Fault::TooHigh { max },
            ("not_an_option", ..) => Fault::NotAnOption,
            ("unknown", ..) => Fault::Unknown,
            ("twice", ..) => Fault::Twice,
            ("malformed", ..) => {
                let expected = detail.strip_prefix(&format!("`{field}` is not ")).unwrap_or(&detail);
                Fault::Malformed { expected: expected.to_owned().into() }
            }
            _ => {
                let why = detail.strip_prefix(&format!("`{field}`: ")).unwrap_or(&detail);
                Fault::Conflict { why: why.to_owned().into() }
            }
        };
        Problem::new(field, fault)
    }
}

impl From<&Problem> for Item {
    fn from(problem: &Problem) -> Self {
        Self {
            field: problem.field.clone(),
            code: problem.fault.code().to_owned(),
            limit: problem.fault.limit().and_then(|text| limit(&text)),
            detail: problem.to_string(),
        }
    }
}

fn limit(text: &str) -> Option<Limit> {
    text.parse().ok().map(Limit::Number).or_else(|| Day::parse(text).map(Limit::Day))
}

/// Only objects' documents are read, and no rule of theirs is about a day.
pub(super) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Limit>, D::Error> {
    Ok(Option::<Decimal>::deserialize(deserializer).unwrap_or_default().map(Limit::Number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Document, Fail};

    #[test]
    fn what_an_object_refuses_is_understood_again() {
        let problems = vec![
            Problem::new("name", Fault::TooLong { max: 60 }),
            Problem::new("share", Fault::TooHigh { max: 100.into() }),
            Problem::malformed("locale", "a language tag such as en or zh-CN"),
            Problem::conflict("until", "is before from"),
        ];
        for one in &problems {
            let sent = serde_json::to_string(&Fail::from(one.clone()).into_document()).unwrap();
            assert_eq!(serde_json::from_str::<Document>(&sent).unwrap().problems(), std::slice::from_ref(one));
        }
        let sent = serde_json::to_string(&Fail::from(problems.clone()).into_document()).unwrap();
        assert_eq!(serde_json::from_str::<Document>(&sent).unwrap().problems(), problems);
    }
}
