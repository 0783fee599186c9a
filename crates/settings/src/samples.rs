//! The sample incidents, written when they are first opened.

use std::path::PathBuf;

use serde::Serialize;
use ts_rs::TS;

use crate::{Error, Folders};

/// A sample incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Sample {
    /// A word that names it.
    pub id: String,
    /// One line.
    pub title: String,
    /// What a user sees in it, in a sentence or two.
    pub description: String,
}

/// All samples, in the order in which to show them.
#[must_use]
pub fn list() -> Vec<Sample> {
    Vec::new()
}

/// The folder of a sample's logs; they are written if they are not there yet.
///
/// # Errors
/// [`Error::NoSample`], or an I/O error naming the file.
pub fn open(_folders: &Folders, id: &str) -> Result<PathBuf, Error> {
    Err(Error::NoSample(id.to_owned()))
}
