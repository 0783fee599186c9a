//! The report: the one value that the window draws, the exports are written from and the chat reads.
//!
//! Field names and meanings are a contract with other programs; `FORMAT_VERSION` is raised when one changes its meaning.

mod absence;
mod common;
mod compared;
pub mod compose;
pub mod draft;
pub mod drift;
pub mod exhibits;
#[cfg(test)]
mod fixture;
mod hops;
pub mod html;
pub mod incidents;
pub mod markdown;
pub mod marks;
pub mod narrative;
pub mod patterns;
mod places;
pub mod redact;
pub mod requests;
pub mod timeline;
mod weighing;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use self::{
    compared::{Drift, ModelRef},
    hops::{Hop, MissingStep, RequestPath, Step},
    incidents::IncidentRef,
    places::{PlaceCount, PlaceKind, PlaceTime},
    weighing::Argument,
};
pub use crate::{ingest::Skipped, score::normal::Change};

/// The version of the contract.
pub const FORMAT_VERSION: u32 = 1;

/// What was found in a folder of logs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Report {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// The question as the user put it.
    pub issue: Option<String>,
    /// Whether anything departs from normal work.
    pub verdict: Verdict,
    /// What kind of incident it is.
    pub category: Category,
    /// How many were left after each stage.
    pub funnel: Funnel,
    /// The incidents in these logs, the worst first, at most 20; none where the verdict is clear.
    #[serde(default)]
    pub incidents: Vec<IncidentRef>,
    /// The number of the one that this report is about; none where it is about everything.
    #[serde(default)]
    pub incident: Option<u32>,
    /// The suspected root causes, best first, at most 10.
    pub causes: Vec<Cause>,
    /// The events that the causes rest on, best first, at most 50.
    pub evidence: Vec<Evidence>,
    /// The events to tell, by time, at most 200.
    pub timeline: Vec<Moment>,
    /// Failing requests, each its hops across services.
    pub requests: Vec<RequestPath>,
    /// Counts for the charts.
    pub patterns: Patterns,
    /// What to do next, most useful first.
    pub actions: Vec<String>,
    /// The story in words.
    pub narrative: Narrative,
    /// What could not be read or parsed, summed per file and reason.
    pub skipped: Vec<Skipped>,
    /// Which LSTM scored the events; none: scores come from the fallback.
    pub model: Option<ModelRef>,
    /// Seconds per stage.
    pub seconds: BTreeMap<String, f64>,
}

/// Whether anything departs from normal work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Verdict {
    /// Something broke.
    Incident,
    /// These logs show nothing that departs from normal work.
    Clear,
}

/// What kind of incident it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Category {
    /// One of the contract's categories.
    pub id: CategoryId,
    /// The category in words.
    pub label: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// The contract's categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
#[expect(missing_docs, reason = "the names are the contract's own and say what they mean")]
pub enum CategoryId {
    ResourceShortage,
    DiskSpace,
    NetworkIssues,
    InstanceLifecycle,
    Authentication,
    Database,
    Messaging,
    Storage,
    Image,
    Hypervisor,
    Scheduling,
    ApiUnavailable,
    Quota,
    Configuration,
    CodeDefect,
    General,
}

/// How many were left after each stage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Funnel {
    /// Files read.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Lines read.
    pub lines: u64,
    /// Records that the lines make up.
    pub events: u64,
    /// Events kept by importance.
    pub important: u64,
    /// Events kept by relevance to the issue; all important ones where there is no issue.
    pub relevant: u64,
    /// Pieces of evidence.
    pub evidence: u64,
}

/// A suspected root cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Cause {
    /// From 1.
    pub rank: u32,
    /// One line.
    pub title: String,
    /// 0 to 1.
    pub confidence: f64,
    /// The process where the fault is: `nova-compute`.
    pub service: Option<String>,
    /// The project it belongs to: `nova`.
    pub subsystem: Option<String>,
    /// The host, where the logs name one.
    pub host: Option<String>,
    /// The most telling code location.
    pub source: Option<SourceLocation>,
    /// The known failure that matched.
    pub signature: Option<String>,
    /// Why this is thought to be the cause.
    pub explanation: String,
    /// Ids of the evidence it rests on; never empty.
    pub evidence: Vec<String>,
    /// What to do about it, most useful first.
    pub actions: Vec<String>,
    /// What speaks for it, then what speaks against it.
    #[serde(default)]
    pub reasons: Vec<Argument>,
}

/// A place in the services' source code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct SourceLocation {
    /// The file from the package on: `nova/compute/manager.py`.
    pub file: String,
    /// The line, where the log shows one.
    pub line: Option<u32>,
    /// The function, where the log shows one.
    pub function: Option<String>,
}

/// A log record that a cause rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Evidence {
    /// `E1`, `E2` … in the order of the list.
    pub id: String,
    /// Relative to the folder that was given.
    pub file: String,
    /// First line of the record, from 1.
    pub line: u32,
    /// Last line of the record, a traceback included.
    pub end_line: u32,
    /// ISO 8601 as logged, with the zone where the log says one.
    pub timestamp: Option<String>,
    /// The host, where the logs name one.
    pub host: Option<String>,
    /// The process: `nova-compute`.
    pub service: Option<String>,
    /// The project: `nova`.
    pub subsystem: Option<String>,
    /// As logged: `ERROR`.
    pub level: Option<String>,
    /// As logged: `nova.compute.manager`.
    pub logger: Option<String>,
    /// `req-…`.
    pub request_id: Option<String>,
    /// The instance's UUID.
    pub instance_id: Option<String>,
    /// The record's text without its header, a traceback included.
    pub message: String,
    /// The template it is an instance of.
    pub template: String,
    /// The LSTM's score, 0 to 1.
    pub importance: f64,
    /// TF-IDF cosine to the issue, 0 to 1; none without an issue.
    pub relevance: Option<f64>,
    /// What it is to the cause.
    pub role: Role,
    /// Why it is here, in a sentence.
    pub why: String,
}

/// What a piece of evidence is to the cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Role {
    /// It shows the cause.
    Cause,
    /// It shows what followed from the cause.
    Symptom,
    /// It explains the others.
    Context,
    /// It marks where something expected did not follow.
    Absence,
}

/// An event of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Moment {
    /// ISO 8601 as logged.
    pub timestamp: String,
    /// The process.
    pub service: Option<String>,
    /// The host.
    pub host: Option<String>,
    /// One line.
    pub label: String,
    /// The evidence that it is, if it is one.
    pub evidence_id: Option<String>,
}

/// Counts for the charts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Patterns {
    /// Events per level.
    pub levels: BTreeMap<String, u64>,
    /// Events per service, those with the most departing events first.
    pub services: Vec<ServiceCount>,
    /// Events per host.
    pub hosts: BTreeMap<String, u64>,
    /// Width of a time bucket, in seconds.
    pub bucket_seconds: u32,
    /// Events per time bucket, by time; empty buckets are left out.
    pub times: Vec<TimeCount>,
    /// Where events come from and which instances they are about: hosts, then instances, those with most that departs first.
    #[serde(default)]
    pub places: Vec<PlaceCount>,
    /// The templates that changed most against normal, at most 50.
    pub templates: Vec<TemplateCount>,
    /// Events that name a resource: memory, disk, port, volume …
    pub resources: BTreeMap<String, u64>,
}

/// Events of one service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct ServiceCount {
    /// The process.
    pub service: String,
    /// All its events.
    pub events: u64,
    /// Those at ERROR or above.
    pub errors: u64,
    /// Those that depart from normal.
    pub departing: u64,
}

/// Events of one time bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct TimeCount {
    /// Start of the bucket, ISO 8601.
    pub start: String,
    /// Events per level.
    pub levels: BTreeMap<String, u64>,
    /// Events that depart from normal.
    pub departing: u64,
}

/// Events of one template beside normal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct TemplateCount {
    /// Its number among the templates of these logs, by which its events can be found.
    #[serde(default)]
    pub number: u32,
    /// The template.
    pub template: String,
    /// The process that writes it.
    pub service: Option<String>,
    /// Its level.
    pub level: Option<String>,
    /// Events in these logs.
    pub count: u64,
    /// Events expected in as many events at the model's normal rate; none without a model.
    pub expected: Option<f64>,
    /// How that compares.
    pub change: Change,
}

/// The story in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Narrative {
    /// Who wrote it.
    pub source: NarrativeSource,
    /// The language model's name.
    pub model: Option<String>,
    /// Markdown; every claim ends in a citation such as `[E3]`.
    pub text: String,
    /// Ids of the evidence cited, in the order of the list.
    pub citations: Vec<String>,
    /// Citations that could not be checked against the evidence.
    pub unverified_citations: u32,
}

/// Who wrote the narrative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum NarrativeSource {
    /// The engine.
    Offline,
    /// A language model.
    Model,
}
