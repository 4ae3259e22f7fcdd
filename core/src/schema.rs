//! Schemas of what is written by hand and not derived: texts of a certain form.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::decimal::Decimal;
use crate::expr::Expr;
use crate::model::text::{Locale, Text};
use crate::name::{Name, SiteId};
use crate::theme::Color;
use crate::time::{Day, Timestamp};

macro_rules! described {
    ($type:ty, $name:literal, $($schema:tt)*) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($($schema)*)
            }
        }
    };
}

described!(Name, "Name", { "type": "string", "pattern": "^[a-z][a-z0-9_]{0,31}$" });
described!(SiteId, "SiteId", { "type": "string", "pattern": "^[a-z0-9-]{3,32}$" });
described!(Locale, "Locale", {
    "type": "string", "maxLength": 16, "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    "description": "A language tag such as en or zh-CN.",
});
described!(Text, "Text", {
    "description": "One text, or one for each language.",
    "oneOf": [{ "type": "string" }, { "type": "object", "additionalProperties": { "type": "string" } }],
});
described!(Expr, "Expression", { "type": "string", "maxLength": 500, "description": "A condition such as `nps <= 6`." });
described!(Color, "Color", { "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" });
described!(Day, "Day", { "type": "string", "format": "date" });
described!(Timestamp, "Timestamp", {
    "type": "integer", "format": "int64", "description": "Milliseconds since 1970 began, in UTC.",
});
described!(Decimal, "Decimal", {
    "description": "A number with at most four decimals; as a string where a double could not hold it.",
    "type": ["number", "string"],
});
