//! What is asked of any object about quotas.

use rapport_core::time::Day;
use rapport_core::usage::Counts;
use serde::{Deserialize, Serialize};

/// What was counted on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayUse {
    pub day: Day,
    pub counts: Counts,
}
