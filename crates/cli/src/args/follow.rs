//! What `watch` understands.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Follows logs while they are written.
#[derive(Debug, Args)]
pub struct Follow {
    /// The folder of logs, or one file
    #[arg(long, value_name = "DIR")]
    pub logs: PathBuf,
    /// The model: its name or its folder; default is the one in the settings
    #[arg(long, value_name = "NAME|DIR")]
    pub model: Option<PathBuf>,
    /// Seconds between two looks
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub interval: u32,
    /// Ends after so many looks; without it, Ctrl-C ends it
    #[arg(long, value_name = "N")]
    pub looks: Option<u32>,
    /// How what is found is written
    #[arg(long, value_enum, default_value_t = Told::Text)]
    pub format: Told,
}

/// How what is found is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Told {
    /// A line for each kind of event that is out of the ordinary
    Text,
    /// A JSON object for each look at which something came
    Jsonl,
}
