//! The arguments of `sources`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Lists sources and corrects them.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Sources {
    /// What to change; without it the sources are listed.
    #[command(subcommand)]
    pub change: Option<Change>,
    /// The folder of logs, or one file
    #[arg(long, value_name = "DIR", required = true)]
    pub logs: Option<PathBuf>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Table::Text)]
    pub format: Table,
}

/// How sources are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// A table for the terminal
    Text,
    /// For programs
    Json,
}

/// A change to what is known of sources.
#[derive(Debug, Subcommand)]
pub enum Change {
    /// Says whose a file or folder is, or how its clock goes
    Set(Set),
    /// Takes back what was said of a path, or everything
    Reset(Reset),
}

/// What is known better.
#[derive(Debug, Args)]
pub struct Set {
    /// The folder of logs, or one file
    #[arg(long, value_name = "DIR")]
    pub logs: PathBuf,
    /// The file or folder in it, as the list names it
    pub path: String,
    /// The process whose log it is
    #[arg(long, value_name = "NAME")]
    pub service: Option<String>,
    /// The host that it was written on
    #[arg(long, value_name = "NAME")]
    pub host: Option<String>,
    /// What to add to its times: +02:00, or -00:00:07
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, value_parser = shift)]
    pub shift: Option<i64>,
}

/// What is taken back.
#[derive(Debug, Args)]
pub struct Reset {
    /// The folder of logs, or one file
    #[arg(long, value_name = "DIR")]
    pub logs: PathBuf,
    /// The path that was corrected; everything without it
    pub path: Option<String>,
}

/// Reads `+02:00` or `-00:00:07` as microseconds.
fn shift(text: &str) -> Result<i64, String> {
    engine::ingest::clock::read_offset(text).ok_or_else(|| "write it as +02:00, or as -00:00:07".to_owned())
}
