//! The arguments of `events`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Lists events.
#[derive(Debug, Args)]
#[command(after_help = QUERY)]
pub struct Events {
    /// The folder of logs, or one file
    #[arg(long, value_name = "DIR")]
    pub logs: PathBuf,
    /// Which events; all without it
    #[arg(long = "where", value_name = "QUERY", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    pub query: String,
    /// How events are written
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub format: Output,
    /// The most events that are written
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Says how many events there are, and lists none
    #[arg(long, conflicts_with_all = ["facets", "context", "limit"])]
    pub count: bool,
    /// Writes so many events before and after each in its file, too
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub context: usize,
    /// Says how often each level, service, host and so on is among them, and lists none
    #[arg(long, conflicts_with_all = ["context", "limit"])]
    pub facets: bool,
}

const QUERY: &str = "\
A query is made of terms, and all of them must hold:
  word, \"some words\"             anywhere in the record, in any case
  /regex/, /regex/c              matches in any case, or as written
  level:error,critical           one of several; also level:>=warning
  service: host: logger: file:   the name, with * for anything: service:nova-*
  request: instance:             a request with those that it called, or an instance
  template: pid:                 numbers
  time:2025-01-01T10:00..        from and until; either may be left out
  importance:>0.9                how far out of the ordinary, where a model has scored it
A - in front of a term leaves out what it finds.";

/// How events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// Lines for the terminal
    Text,
    /// A table for spreadsheets
    Csv,
    /// A JSON object a line
    Jsonl,
}
