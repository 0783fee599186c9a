//! The truth: what really happened, written beside the logs.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::Error;

/// The version of the truth file; raised when a field changes its meaning.
pub const FORMAT_VERSION: u32 = 1;

/// The file's name.
const FILE: &str = "truth.toml";

/// What really happened in a folder of logs. `truth.toml` holds these fields under these names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Truth {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// The names of the faults, joined with `+`; `healthy` without any.
    pub name: String,
    /// What a user would report, in one sentence; empty without a fault.
    pub issue: String,
    /// The seed that the logs were written with.
    pub seed: u64,
    /// `early`, `middle` or `modern`: see [`Generation`](crate::Generation).
    pub generation: String,
    /// How the files are laid out, by [`Layout::name`](crate::Layout::name); empty for the folders of hosts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub layout: String,
    /// Lines in all files together.
    pub lines: u64,
    /// Time of the first record: ISO 8601, UTC, without a zone, as the services log it.
    pub start: String,
    /// Time of the last record.
    pub end: String,
    /// What broke; empty for a healthy cloud.
    #[serde(default, rename = "fault", skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<FaultTruth>,
}

/// What really happened in one fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultTruth {
    /// The fault's [`name`](crate::Fault::name).
    pub name: String,
    /// What a user would report, in one sentence.
    pub issue: String,
    /// The category, by its id in the report.
    pub category: String,
    /// The project where the fault is: `nova`.
    pub subsystem: String,
    /// The process where the fault is: `nova-compute`.
    pub service: String,
    /// The host where the fault is.
    pub host: String,
    /// The code location that a traceback of the cause shows, such as `nova/virt/libvirt/driver.py`; empty where none does.
    pub source_file: String,
    /// The function there; empty where no traceback shows one.
    pub source_function: String,
    /// Whether no record at ERROR or above and no traceback tells of it: something expected is missing or slow. The records of the
    /// cause are then the nearest to it that there are.
    #[serde(default, skip_serializing_if = "is_false")]
    pub silent: bool,
    /// When the fault begins; its first record may follow some moments later.
    pub start: String,
    /// When it is over, or when the logs end.
    pub end: String,
    /// The ids of the users' requests that failed, oldest first; at most the first 1000.
    pub requests: Vec<String>,
    /// The records that show the cause, oldest first; at most the first 1000.
    #[serde(rename = "cause", default)]
    pub causes: Vec<CauseLines>,
}

/// A record that shows the cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseLines {
    /// Relative to the folder `logs`, with `/` between folders.
    pub file: String,
    /// The record's first line, from 1.
    pub first: u64,
    /// Its last line, that of its traceback included.
    pub last: u64,
}

impl Truth {
    /// Reads the truth from its file, or from the folder that holds it.
    ///
    /// # Errors
    /// [`Error::Io`] where it cannot be read, [`Error::Truth`] where it is not a truth file of this version.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let path = file_in(path);
        let text = fs::read_to_string(&path).map_err(Error::io(&path))?;
        let wrong = |reason: String| Error::Truth { path: path.clone(), reason };
        let truth: Self = toml::from_str(&text).map_err(|reason| wrong(reason.message().to_owned()))?;
        match truth.format_version {
            FORMAT_VERSION => Ok(truth),
            other => Err(wrong(format!("its format version is {other}, and {FORMAT_VERSION} is understood"))),
        }
    }

    /// Writes the truth into a folder.
    pub(crate) fn save(&self, folder: &Path) -> Result<(), Error> {
        let path = folder.join(FILE);
        let text = toml::to_string(self).map_err(|reason| Error::Truth { path: path.clone(), reason: reason.to_string() })?;
        fs::write(&path, text).map_err(Error::io(path))
    }

    /// All records that show a cause.
    pub fn causes(&self) -> impl Iterator<Item = &CauseLines> {
        self.faults.iter().flat_map(|fault| &fault.causes)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

fn file_in(path: &Path) -> PathBuf {
    if path.is_dir() { path.join(FILE) } else { path.to_owned() }
}
