//! What an answer to an incident says, whoever gives it: the engine's report, or a trivial rule.

use engine::{
    Report,
    report::{CategoryId, Verdict},
};

/// What is judged of an answer.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Whether it says that something broke.
    pub incident: bool,
    /// Where it sees the cause, best first.
    pub causes: Vec<Place>,
    /// The records that it shows, best first.
    pub shown: Vec<Shown>,
    /// The category that it names, and how sure it is, 0 to 1.
    pub category: Option<(String, f64)>,
}

/// Where a cause is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// The project: `nova`.
    pub subsystem: Option<String>,
    /// The source file: `nova/compute/manager.py`.
    pub file: Option<String>,
    /// The function there.
    pub function: Option<String>,
    /// How sure the answer is, 0 to 1, where it says so.
    pub confidence: Option<f64>,
}

/// A record that an answer shows.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The file, relative to the folder of the logs.
    pub file: String,
    /// Its first line, from 1.
    pub first: u32,
    /// Its last line.
    pub last: u32,
    /// Its time in ISO 8601, as logged.
    pub time: Option<String>,
    /// The request that it belongs to.
    pub request: Option<String>,
    /// Its text.
    pub message: String,
}

impl From<&Report> for Answer {
    fn from(report: &Report) -> Self {
        let causes = report.causes.iter().map(|cause| Place {
            subsystem: cause.subsystem.clone(),
            file: cause.source.as_ref().map(|source| source.file.clone()),
            function: cause.source.as_ref().and_then(|source| source.function.clone()),
            confidence: Some(cause.confidence),
        });
        let shown = report.evidence.iter().map(|evidence| Shown {
            file: evidence.file.clone(),
            first: evidence.line,
            last: evidence.end_line,
            time: evidence.timestamp.clone(),
            request: evidence.request_id.clone(),
            message: evidence.message.clone(),
        });
        Self {
            incident: report.verdict == Verdict::Incident,
            causes: causes.collect(),
            shown: shown.collect(),
            category: Some((id(report.category.id), report.category.confidence)),
        }
    }
}

/// A category's id as the report writes it.
fn id(category: CategoryId) -> String {
    serde_json::to_value(category).ok().and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default()
}
