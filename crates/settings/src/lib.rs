//! State on disk that the window and the command line share: folders, settings, models, recent folders, sample logs.
//!
//! Every file is written to a temporary file, synced and renamed, and carries a format version. A file that cannot be
//! understood is a clear error and is left alone.

pub mod baselines;
pub mod card;
pub mod corrections;
pub mod disk;
pub mod error;
pub mod exports;
pub mod folders;
pub mod known_failures;
pub mod library;
pub mod limits;
pub mod marks;
pub mod models;
pub mod package;
mod reading;
pub mod recent;
pub mod samples;
pub mod settings;
pub mod storage;
mod table;
pub mod templates;
pub mod window;

pub use error::Error;
pub use folders::Folders;
pub use models::ModelEntry;
pub use reading::reading;
pub use recent::Recent;
pub use samples::Sample;
pub use settings::{Appearance, Contrast, Desktop, Settings, Theme};
