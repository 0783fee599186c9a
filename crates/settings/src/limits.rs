//! What a front end knows of the settings beside their values.

use engine::config::ranges::{RANGES, Range};
use serde::Serialize;
use ts_rs::TS;

use crate::Settings;

/// What a front end knows of the settings beside their values.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Limits {
    /// The settings as they are where the user changed none.
    pub defaults: Settings,
    /// The range of every parameter that has one.
    pub ranges: Vec<Range>,
}

/// What a front end knows of the settings beside their values.
#[must_use]
pub fn limits() -> Limits {
    Limits { defaults: Settings::default(), ranges: RANGES.to_vec() }
}
