//! The arguments of `templates`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Lists templates.
#[derive(Debug, Args)]
pub struct Templates {
    /// The folder of logs, or one file
    #[arg(long, value_name = "DIR")]
    pub logs: PathBuf,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Listing::Text)]
    pub format: Listing,
}

/// How templates are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// A table for the terminal, the most frequent first
    Text,
    /// How many events, lines, bytes and templates there are, and no list
    Count,
}
