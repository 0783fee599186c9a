//! Why a command did not do what it was asked: one sentence, a remedy and an exit status.

use std::{fmt, io, process::ExitCode};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The user asked for the work to stop.
    Cancelled,
    /// Whoever read standard output has closed it: there is nobody left to tell.
    OutputClosed,
    /// Anything else.
    Told {
        /// What happened, naming the path.
        message: String,
        /// What the user can do about it.
        hint: String,
        /// Whether the user's input is at fault.
        users: bool,
    },
}

impl Failure {
    /// A fault of the user's input.
    pub fn users(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Told { message: message.into(), hint: hint.into(), users: true }
    }

    /// A failure to write to standard output.
    pub fn output(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::OutputClosed,
            _ => Self::Told {
                message: format!("standard output: {error}"),
                hint: "check where it leads to, or use --output".to_owned(),
                users: false,
            },
        }
    }

    /// A value that cannot be written as JSON.
    pub fn json(error: &serde_json::Error) -> Self {
        Self::Told {
            message: format!("the result cannot be written as JSON: {error}"),
            hint: "use another --format, and report this as a defect".to_owned(),
            users: false,
        }
    }

    /// 1 where the user's input is at fault, 2 for anything else; a reader that went away is no failure.
    pub fn status(&self) -> ExitCode {
        match self {
            Self::OutputClosed => ExitCode::SUCCESS,
            Self::Told { users: true, .. } => ExitCode::from(1),
            Self::Cancelled | Self::Told { .. } => ExitCode::from(2),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutputClosed => Ok(()),
            Self::Cancelled => write!(f, "cancelled"),
            Self::Told { message, hint, .. } => write!(f, "error: {message}; {hint}"),
        }
    }
}

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Self {
        match error {
            engine::Error::Cancelled => Self::Cancelled,
            error => Self::Told { message: error.to_string(), hint: error.hint().to_owned(), users: error.is_users() },
        }
    }
}

impl From<settings::Error> for Failure {
    fn from(error: settings::Error) -> Self {
        match error {
            settings::Error::Engine(error) => error.into(),
            error => Self::Told { message: error.to_string(), hint: error.hint().to_owned(), users: error.is_users() },
        }
    }
}

impl From<evaluate::Error> for Failure {
    fn from(error: evaluate::Error) -> Self {
        match error {
            evaluate::Error::Engine(error) => error.into(),
            error => Self::Told { message: error.to_string(), hint: error.hint().to_owned(), users: error.is_users() },
        }
    }
}

impl From<simulate::Error> for Failure {
    fn from(error: simulate::Error) -> Self {
        match error {
            simulate::Error::Cancelled => Self::Cancelled,
            simulate::Error::Io { path, source } => engine::Error::io(path)(source).into(),
            error => {
                let users = !matches!(error, simulate::Error::Data { .. });
                Self::Told { message: error.to_string(), hint: error.hint().to_owned(), users }
            }
        }
    }
}
