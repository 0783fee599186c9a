//! A report as a file that the user keeps.

use std::path::Path;

use engine::Report;
use serde::Deserialize;
use ts_rs::TS;

use crate::failure::Failure;

/// What a report can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Format {
    /// The report contract's own form.
    Json,
}

impl Format {
    /// What its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
        }
    }

    fn write(self, report: &Report) -> Result<String, Failure> {
        match self {
            Self::Json => serde_json::to_string_pretty(report)
                .map_err(|cause| Failure::internal("the report cannot be written as JSON", &cause)),
        }
    }
}

/// Writes the report into a file: all of it, or nothing.
pub fn save(report: &Report, format: Format, path: &Path) -> Result<(), Failure> {
    let text = format.write(report)?;
    Ok(settings::disk::write(path, text.as_bytes())?)
}
