//! What `evaluate` understands.

use std::path::PathBuf;

use clap::Args;

use super::Format;

/// Measures on labelled incidents.
#[derive(Debug, Args)]
pub struct Evaluate {
    /// The folder of the cases: `failure/NAME`, `harmless/NAME` and `fault_free/NAME`, each with logs in `logs`, its truth in truth.json or
    /// truth.toml, and what a user would type in issue.txt
    pub cases: PathBuf,
    /// The model: its name or its folder; default is the one in the settings
    #[arg(long, value_name = "NAME|DIR")]
    pub model: Option<PathBuf>,
    /// Learns from every second fault-free run first; only the others count as fault-free
    #[arg(long, conflicts_with = "model")]
    pub train: bool,
    /// Hides what the developers of OpenStack marked already: every level becomes INFO
    #[arg(long)]
    pub mask_levels: bool,
    /// At most so many cases of each kind, the first by name
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Cases at a time; with more than one, the seconds of a case mean little
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: u16,
    /// Also measures without each of the signals: the LSTM, normal rates, the words of the issue, known failures, request paths
    #[arg(long)]
    pub ablate: bool,
    /// How the figures are written; json has each case too
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Where to write the figures; default is standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
