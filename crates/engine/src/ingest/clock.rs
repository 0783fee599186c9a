//! How a log's own clock is brought onto the incident's one timeline.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a shift is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub enum Basis {
    /// The log names its zone.
    Logged,
    /// It follows from what the log shares with others.
    Inferred,
    /// Nothing speaks against it.
    #[default]
    Assumed,
    /// The user said so.
    Given,
}

/// How a log's clock relates to the incident's one clock.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Clock {
    /// Microseconds that are added to what the log says.
    pub shift: i64,
    /// How that is known.
    pub basis: Basis,
    /// How sure it is, 0 to 1.
    pub confidence: f32,
}
