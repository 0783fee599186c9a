//! What can go wrong, in the engine's manner: a message and a hint.

use std::path::PathBuf;

/// Why cases could not be evaluated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The folder holds no case.
    #[error("{0} holds no cases")]
    NoCases(PathBuf),
    /// There is nothing to learn normal work from.
    #[error("{0} holds no fault-free runs to learn from")]
    NoNormal(PathBuf),
    /// A truth that is not understood.
    #[error("{path}: {reason}")]
    Truth {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The engine's own failure.
    #[error(transparent)]
    Engine(#[from] engine::Error),
}

impl Error {
    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoCases(_) => {
                "lay them out as failure/NAME, harmless/NAME and fault_free/NAME, each with a folder logs and a truth.json or truth.toml"
            }
            Self::NoNormal(_) => "put runs of normal work into fault_free, two at least, or name a model",
            Self::Truth { .. } => "correct the file, or take the case away",
            Self::Engine(error) => error.hint(),
        }
    }

    /// Whether the user's input is at fault.
    #[must_use]
    pub fn is_users(&self) -> bool {
        match self {
            Self::Engine(error) => error.is_users(),
            _ => true,
        }
    }
}
