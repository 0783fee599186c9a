//! What can go wrong while logs are written.

use std::{io, path::PathBuf};

/// Why the logs could not be written, or the truth not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The caller asked for the work to stop; what was written so far has been removed.
    #[error("cancelled")]
    Cancelled,
    /// The folder to write into holds logs already.
    #[error("{0} is already there")]
    AlreadyThere(PathBuf),
    /// No sample of that name.
    #[error("there is no sample called {0}")]
    UnknownSample(String),
    /// A configuration that no cloud could have.
    #[error("{name} is {value}, and must be {allowed}")]
    Config {
        /// The field of [`Config`](crate::Config).
        name: &'static str,
        /// The value given.
        value: u64,
        /// The values allowed, in words.
        allowed: &'static str,
    },
    /// A truth file that this version does not read.
    #[error("{path} is not a truth file that this version reads: {reason}")]
    Truth {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The data built into this program contradict themselves: a fault of the program, not of the user.
    #[error("the built-in data {file} are wrong: {reason}")]
    Data {
        /// The data file, as under `crates/simulate/data`.
        file: String,
        /// What is wrong with it.
        reason: String,
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
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// An error of the built-in data.
    pub(crate) fn data(file: &str, reason: impl Into<String>) -> Self {
        Self::Data { file: file.to_owned(), reason: reason.into() }
    }

    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Cancelled => "start it again when you like",
            Self::AlreadyThere(_) => "choose an empty folder, or remove that one first",
            Self::UnknownSample(_) => "choose one of the samples that are listed",
            Self::Config { .. } => "correct the value and start again",
            Self::Truth { .. } => "write the logs again with this version",
            Self::Data { .. } => "report this as a defect of the program",
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::NotFound => "check the path",
                io::ErrorKind::StorageFull => "free some space on that disk, or choose another folder",
                io::ErrorKind::PermissionDenied => "choose a folder that you may write to",
                _ => "check the disk and the path, then try again",
            },
        }
    }
}
