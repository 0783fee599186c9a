//! What `known-failures` understands.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Lists the known failures, checks one's own, or says which ones a text shows.
#[derive(Debug, Args)]
pub struct KnownFailures {
    /// Checks a file of your own, or all *.toml files of a folder, instead of those in the data folder
    #[arg(long, value_name = "DIR|FILE")]
    pub check: Option<PathBuf>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Written::Text)]
    pub format: Written,
    /// The text of a record, its traceback included: lists only what it shows, the one that counts first
    pub text: Option<String>,
}

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Written {
    /// A line for each
    Text,
    /// For programs
    Json,
}
