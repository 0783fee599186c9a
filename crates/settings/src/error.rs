//! What can go wrong with the state on disk, in the engine's manner: a message, a code and a hint.

use std::{io, path::PathBuf};

/// Why the state on disk could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The environment names no home folder.
    #[error("no home folder is known for your user")]
    NoHome,
    /// A file of ours that cannot be understood; it is left alone.
    #[error("{}", place(.path, *.line, .reason))]
    File {
        /// The file.
        path: PathBuf,
        /// The line concerned, from 1, where one is known.
        line: Option<usize>,
        /// What is wrong with it.
        reason: String,
    },
    /// A file that a newer version of the program has written.
    #[error("{path} has format version {found}, and this program reads up to {known}")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version that this program reads.
        known: u32,
    },
    /// A name that cannot be a model's.
    #[error("\"{0}\" cannot be a model's name")]
    ModelName(String),
    /// No sample has this id.
    #[error("there is no sample named \"{0}\"")]
    NoSample(String),
    /// A good period that holds the incident that is to be compared with it.
    #[error("the good period {0} holds the incident itself")]
    SameLogs(PathBuf),
    /// A path that cannot be written into a text file.
    #[error("{0} is not valid UTF-8")]
    PathText(PathBuf),
    /// A sample that could not be written for a reason of its own.
    #[error("the sample could not be written: {0}")]
    Simulate(simulate::Error),
    /// The engine's own failure.
    #[error(transparent)]
    Engine(#[from] engine::Error),
}

impl From<simulate::Error> for Error {
    fn from(error: simulate::Error) -> Self {
        match error {
            simulate::Error::Io { path, source } => Self::io(path)(source),
            other => Self::Simulate(other),
        }
    }
}

impl Error {
    /// An I/O error that names its path.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let with_path = engine::Error::io(path);
        move |source| Self::Engine(with_path(source))
    }

    /// A stable word for what went wrong, for callers that branch on it.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoHome => "no_home",
            Self::File { .. } => "settings_file",
            Self::Newer { .. } => "newer_file",
            Self::ModelName(_) => "model_name",
            Self::NoSample(_) => "no_sample",
            Self::SameLogs(_) => "same_logs",
            Self::PathText(_) => "path_text",
            Self::Simulate(_) => "simulate",
            Self::Engine(error) => error.code(),
        }
    }

    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoHome => "set HOME, or set DATA_DIR to a folder that this program may write to",
            Self::File { .. } => "correct the file, or move it away to start from the defaults",
            Self::Newer { .. } => "update this program, or move the file away to start from the defaults",
            Self::ModelName(_) => "use 1 to 64 letters, digits, '-', '_' and '.', beginning with a letter or digit",
            Self::NoSample(_) => "choose one of the samples that are listed",
            Self::SameLogs(_) => "choose logs of a time when all was well, in a folder of their own",
            Self::PathText(_) => "rename the folder",
            Self::Simulate(error) => error.hint(),
            Self::Engine(error) => error.hint(),
        }
    }

    /// Whether the user's input is at fault, rather than the machine or the program.
    #[must_use]
    pub fn is_users(&self) -> bool {
        match self {
            Self::Engine(error) => error.is_users(),
            Self::Simulate(_) => false,
            _ => true,
        }
    }
}

fn place(path: &std::path::Path, line: Option<usize>, reason: &str) -> String {
    match line {
        Some(line) => format!("{}:{line}: {reason}", path.display()),
        None => format!("{}: {reason}", path.display()),
    }
}
