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
    /// No model has this name.
    #[error("there is no model named \"{0}\"")]
    NoModel(String),
    /// Another model has this name already.
    #[error("there is a model named \"{0}\" already")]
    ModelExists(String),
    /// The model that ships, which is part of the program.
    #[error("the model \"{0}\" is part of the program, and stays as it is")]
    ShippedModel(String),
    /// A model's folder with other files in it, which would go with the model.
    #[error("{0} holds other files beside the model, and nothing was removed")]
    NotOnlyModel(PathBuf),
    /// A file or folder that is no model to take in.
    #[error("{path} cannot be taken in as a model: {reason}")]
    ModelFile {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Something that could not be made again, or is in use.
    #[error("{0} cannot be cleared")]
    NotClearable(PathBuf),
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
            Self::NoModel(_) => "no_model",
            Self::ModelExists(_) => "model_exists",
            Self::ShippedModel(_) => "model_shipped",
            Self::NotOnlyModel(_) => "model_mixed",
            Self::ModelFile { .. } => "model_file",
            Self::NotClearable(_) => "not_clearable",
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
            Self::NoModel(_) => "choose one of the models that are listed",
            Self::ModelExists(_) => "choose another name, or remove that model first",
            Self::ShippedModel(_) => "train or import a model of your own, and choose that one",
            Self::NotOnlyModel(_) => "move the other files away, or remove the folder yourself",
            Self::ModelFile { .. } => "export the model again where it works, and copy the whole file",
            Self::NotClearable(_) => "clear what can be made again: the indexes of logs, or what good periods told",
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
