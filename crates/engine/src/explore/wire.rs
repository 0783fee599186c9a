//! What the explorer gives: values for a window, in the form that it draws.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ingest::Skipped, template::Template};

/// Logs that were opened, in numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Opened {
    /// Events in them.
    pub events: u32,
    /// Files that hold them.
    pub files: u32,
    /// Lines read.
    pub lines: u64,
    /// Bytes read.
    pub bytes: u64,
    /// The first time, in milliseconds as [`Row::time`]; none where no time is known.
    pub start: Option<f64>,
    /// The last time.
    pub end: Option<f64>,
    /// Whether the events have an importance.
    pub scored: bool,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

/// How far a search or an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Found {
    /// Events found so far.
    pub found: u32,
    /// Events looked at so far.
    pub searched: u32,
    /// Events in all.
    pub events: u32,
}

/// An event as a row of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Row {
    /// Its number, which stays the same as long as the logs do.
    pub event: u32,
    /// When, on the incident's clock, in milliseconds since 1970 as if that clock were UTC; none where no time is known.
    pub time: Option<f64>,
    /// When, as the log wrote it, in ISO 8601.
    pub timestamp: Option<String>,
    /// Level: `ERROR`.
    pub level: Option<String>,
    /// Process: `nova-compute`.
    pub service: Option<String>,
    /// Host.
    pub host: Option<String>,
    /// Logger: `nova.compute.manager`.
    pub logger: Option<String>,
    /// Process id.
    pub pid: Option<u32>,
    /// Request id.
    pub request: Option<String>,
    /// Instance UUID.
    pub instance: Option<String>,
    /// Number of its template.
    pub template: u32,
    /// File, relative to the folder.
    pub file: String,
    /// First line, from 1.
    pub line: u32,
    /// Lines of the record.
    pub lines: u32,
    /// First line of the message, shortened to 500 characters.
    pub message: String,
    /// Importance, 0 to 1; none where nothing was scored.
    pub importance: Option<f32>,
    /// Whether its template is muted.
    pub muted: bool,
}

/// An event with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Detail {
    /// The event.
    pub row: Row,
    /// The whole message, a traceback included.
    pub message: String,
    /// The record as it stands in the file.
    pub raw: String,
    /// The request id that the caller gave.
    pub caller: Option<String>,
    /// The template's text.
    pub template_text: String,
    /// The logger that writes it.
    pub template_origin: String,
    /// The name that the user gave to the template.
    pub template_name: Option<String>,
    /// Events of the template.
    pub template_count: u32,
    /// How many events carry its request id.
    pub request_count: u32,
    /// How many events carry its instance.
    pub instance_count: u32,
}

/// A template that the logs have, as the user wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Kind {
    /// Its number, as in [`Row::template`].
    pub number: u32,
    /// What it says, by which edits know it.
    pub template: Template,
    /// The name that the user gave it.
    pub name: Option<String>,
    /// Whether the user wants it left out of findings.
    pub muted: bool,
    /// The gravest level of its events.
    pub level: Option<String>,
    /// Its events.
    pub count: u32,
}

/// A value that events have, and how often.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct FacetValue {
    /// As it is written in a query: `nova-compute`, or a template's number.
    pub value: String,
    /// As it is shown: a template's text.
    pub label: String,
    /// Events that have it.
    pub count: u32,
    /// Those of them at ERROR or above.
    pub errors: u32,
    /// Whether it is a template that the user has muted.
    pub muted: bool,
}

/// The values of a field among the events found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Facet {
    /// `level`, `service`, `host`, `logger`, `template`, `request`, `instance` or `file`.
    pub field: String,
    /// The most frequent, in that order; levels in the order of their gravity.
    pub values: Vec<FacetValue>,
    /// How many other values there are.
    pub more: u32,
}

/// The events of a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Bucket {
    /// At ERROR or above.
    pub errors: u32,
    /// At WARNING.
    pub warnings: u32,
    /// At INFO and AUDIT.
    pub infos: u32,
    /// All others.
    pub others: u32,
    /// Those that are out of the ordinary, whatever their level: importance 0.99 and above.
    pub unusual: u32,
}

/// The events found, over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Histogram {
    /// Where the first bucket begins, in milliseconds as [`Row::time`].
    pub start: f64,
    /// Width of a bucket, in milliseconds.
    pub width: f64,
    /// The buckets, without gaps.
    pub buckets: Vec<Bucket>,
    /// Events without a time, which are in no bucket.
    pub timeless: u32,
}

/// A line of a file as it stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct RawLine {
    /// Its number, from 1.
    pub line: u32,
    /// Its text, shortened to 2000 characters.
    pub text: String,
    /// The event that it belongs to.
    pub event: Option<u32>,
}

/// Lines of a file around a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Around {
    /// The file, relative to the folder.
    pub file: String,
    /// Lines that the file has.
    pub total: u32,
    /// The lines.
    pub lines: Vec<RawLine>,
}
