//! The steps in order: the only place that knows all of them.

use std::path::Path;

use crate::{Config, Error, Model, Observer, Report};

/// What to analyze, and how.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// A folder of logs, or one file.
    pub logs: &'a Path,
    /// The issue in the user's words.
    pub issue: Option<&'a str>,
    /// The model, or why there is none; the reason goes into the report.
    pub model: Result<&'a Model, &'a Error>,
    /// All parameters.
    pub config: &'a Config,
}

/// What to learn from, and how.
#[derive(Debug, Clone, Copy)]
pub struct Training<'a> {
    /// A folder of logs of normal work; every folder in it that holds logs of its own run is learned from.
    pub logs: &'a Path,
    /// The model's name.
    pub name: &'a str,
    /// The day of training, for the card: `2026-01-31`.
    pub date: &'a str,
    /// All parameters.
    pub config: &'a Config,
}

/// Finds the root cause.
///
/// # Errors
/// Where there are no logs, or the work was cancelled. A bad line, a bad file or a missing model is no error: the report says so.
pub fn analyze(request: &Request, _observer: &dyn Observer) -> Result<Report, Error> {
    Err(Error::NotFound(request.logs.into()))
}

/// Learns what normal is.
///
/// # Errors
/// Where there are no logs or too few, or the work was cancelled.
pub fn train(training: &Training, _observer: &dyn Observer) -> Result<Model, Error> {
    Err(Error::NotFound(training.logs.into()))
}
