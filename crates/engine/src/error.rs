//! What can go wrong, in one enum. A code exists only where a caller branches on it.

use std::{io, path::PathBuf};

/// Why the engine could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The user asked for the work to stop.
    #[error("cancelled")]
    Cancelled,
    /// A path that the user named is not there.
    #[error("{0} does not exist")]
    NotFound(PathBuf),
    /// The folder holds no file at all.
    #[error("{0} is empty")]
    Empty(PathBuf),
    /// The folder holds files, but no line that reads like a log.
    #[error("{path} holds no logs: {files} files were looked at")]
    NoLogs {
        /// The folder that was given.
        path: PathBuf,
        /// How many files it holds.
        files: usize,
    },
    /// A packed file, to which nothing is written any more.
    #[error("{0} is packed, and nothing is written to it any more")]
    Packed(PathBuf),
    /// Too few events to learn from.
    #[error("{path} holds too few events to learn from: {events}, and {needed} are needed")]
    TooFew {
        /// The folder that was given.
        path: PathBuf,
        /// Events found.
        events: usize,
        /// Events needed.
        needed: usize,
    },
    /// A model that cannot be used.
    #[error("{path} is not a model that this version reads: {reason}")]
    Model {
        /// The model's folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A setting out of its range.
    #[error("the setting {name} is {value}, and must be {allowed}")]
    Setting {
        /// The setting, as in the settings file: `lstm.units`.
        name: &'static str,
        /// The value given.
        value: String,
        /// The values allowed, in words.
        allowed: &'static str,
    },
    /// A query that cannot be understood.
    #[error("{reason} at {position} of the query")]
    Query {
        /// The character concerned, from 1.
        position: usize,
        /// What is wrong there.
        reason: String,
        /// What to write instead.
        remedy: &'static str,
    },
    /// The operating system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder concerned.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
}

impl Error {
    /// An I/O error that names its path.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| match source.kind() {
            io::ErrorKind::NotFound => Self::NotFound(path),
            _ => Self::Io { path, source },
        }
    }

    /// A stable word for what went wrong, for callers that branch on it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::NotFound(_) => "not_found",
            Self::Empty(_) => "empty",
            Self::NoLogs { .. } => "no_logs",
            Self::Packed(_) => "packed",
            Self::TooFew { .. } => "too_few",
            Self::Model { .. } => "model",
            Self::Setting { .. } => "setting",
            Self::Query { .. } => "query",
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::StorageFull => "disk_full",
                io::ErrorKind::PermissionDenied => "permission",
                _ => "io",
            },
        }
    }

    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        if let Self::Query { remedy, .. } = self {
            return remedy;
        }
        match self.code() {
            "cancelled" => "start it again when you like",
            "not_found" => "check the path",
            "empty" | "no_logs" => "choose the folder that holds the services' log files, such as /var/log or /var/log/kolla",
            "packed" => "open the folder that the logs are written to, and follow that",
            "too_few" => "add more logs of normal work, an hour of a small cloud or more",
            "model" => "choose another model, or train this one again",
            "setting" => "correct the settings file, or delete the line to get the default",
            "disk_full" => "free some space on that disk, or choose another folder",
            "permission" => "make the path readable for your user, or copy the logs to a folder of yours",
            _ => "check the disk and the path, then try again",
        }
    }

    /// Whether the user's input is at fault, rather than the machine or the program.
    #[must_use]
    pub fn is_users(&self) -> bool {
        !matches!(self.code(), "disk_full" | "io" | "cancelled")
    }
}
