//! What really happened in a case: read from the file of labelled incidents, or from the simulator's.

mod json;
mod toml;

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

use crate::Error;

/// What a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something broke, and a user saw it.
    Failure,
    /// A fault was there, and no user saw it.
    Harmless,
    /// Normal work.
    FaultFree,
}

impl Kind {
    /// All kinds, in the order in which they are evaluated.
    pub const ALL: [Self; 3] = [Self::Failure, Self::Harmless, Self::FaultFree];

    /// The folder of its cases.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Failure => "failure",
            Self::Harmless => "harmless",
            Self::FaultFree => "fault_free",
        }
    }
}

/// How loudly the logs tell of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stratum {
    /// A traceback goes through the faulty code.
    Traceback,
    /// Errors, but no such traceback.
    Error,
    /// No error anywhere.
    Silent,
}

impl Stratum {
    /// All of them, the loudest first.
    pub const ALL: [Self; 3] = [Self::Traceback, Self::Error, Self::Silent];

    /// Its name in the truth.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Traceback => "traceback",
            Self::Error => "error",
            Self::Silent => "silent",
        }
    }
}

/// What really happened in a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// What the case is.
    pub kind: Kind,
    /// How loudly the logs tell of it, where that is known.
    pub stratum: Option<Stratum>,
    /// Where the faults are: one for a failure, more where several happened at once.
    pub faults: Vec<Fault>,
    /// The records that show a cause.
    pub records: Vec<Records>,
    /// Ids of the users' requests that failed.
    pub requests: Vec<String>,
    /// What a user would report, where the truth itself says it.
    pub issue: Option<String>,
}

/// Where a fault is. What is not known is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fault {
    /// The project: `nova`.
    pub subsystem: String,
    /// The source file: `nova/compute/manager.py`.
    pub file: Option<String>,
    /// The function there.
    pub function: Option<String>,
    /// The category, by its id in the report.
    pub category: Option<String>,
    /// When it happened, in ISO 8601 to the second, on the clock of the logs.
    pub span: Option<(String, String)>,
}

/// The lines of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Records {
    /// What the file's path ends with.
    pub file: String,
    /// The first line, from 1.
    pub first: u32,
    /// The last line.
    pub last: u32,
}

/// The names of the files that hold the truth, the first that is there counts.
const FILES: [&str; 2] = ["truth.json", "truth.toml"];

impl Truth {
    /// Reads the truth of a case from the `truth.json` or `truth.toml` in its folder. `kind` is what the folders say the case is, which
    /// counts where the truth itself does not say it.
    ///
    /// # Errors
    /// [`Error::Engine`] where neither is there or can be read, [`Error::Truth`] where what it says is not understood.
    pub fn load(case: &Path, kind: Option<Kind>) -> Result<Self, Error> {
        let path = FILES.iter().map(|name| case.join(name)).find(|path| path.exists()).unwrap_or_else(|| case.join(FILES[0]));
        let text = fs::read_to_string(&path).map_err(engine::Error::io(&path))?;
        let read = if path.ends_with(FILES[1]) { toml::read(&text, kind) } else { json::read(&text, kind) };
        read.map_err(|reason| Error::Truth { path, reason })
    }
}

/// A time to the second, as evidence names it: `2025-01-31T10:00:00`.
fn to_the_second(time: &str) -> String {
    time.chars().take(19).map(|c| if c == ' ' { 'T' } else { c }).collect()
}

/// A text, where there is one.
fn said(text: String) -> Option<String> {
    Some(text).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests;
