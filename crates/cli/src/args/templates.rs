//! The arguments of `templates`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Lists templates, or changes what they are.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Templates {
    /// What to change; the templates are listed without it.
    #[command(subcommand)]
    pub change: Option<Change>,
    /// The folder of logs, or one file
    #[arg(long, value_name = "DIR", required = true)]
    pub logs: Option<PathBuf>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Listing::Text)]
    pub format: Listing,
    /// A CSV that tells which statement wrote each line: file, line and template as `simulate --labels` writes it, or the
    /// structured CSV of LogHub. How well the templates agree with it is written to standard error
    #[arg(long, value_name = "FILE")]
    pub labels: Option<PathBuf>,
}

/// How templates are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// A table for the terminal, the most frequent first
    Text,
    /// The same with levels, first times and an example of each, for spreadsheets
    Csv,
    /// The same for programs
    Json,
    /// How many events, lines, bytes and templates there are, and no list
    Count,
}

/// A change of templates, which is kept and holds for all logs from then on.
#[derive(Debug, Subcommand)]
pub enum Change {
    /// Makes one template of several
    Merge {
        /// Who writes them: the logger, or the process, as the list has it
        origin: String,
        /// What the template says that stays
        into: String,
        /// What the templates say that become part of it
        #[arg(required = true)]
        from: Vec<String>,
    },
    /// Makes a template of its own for each word that stands in a place
    Split {
        /// Who writes it
        origin: String,
        /// What it says
        text: String,
        /// Which of its <*> is meant, from 1
        #[arg(value_name = "N", default_value_t = 1)]
        place: usize,
    },
    /// Gives a template a name
    Name {
        /// Who writes it
        origin: String,
        /// What it says
        text: String,
        /// The name; empty takes it away
        name: String,
    },
    /// Leaves a template out of findings; it is counted all the same
    Mute {
        /// Who writes it
        origin: String,
        /// What it says
        text: String,
        /// Lets it be found again
        #[arg(long)]
        off: bool,
    },
    /// Takes the last change back
    Undo,
    /// Lists the changes, oldest first
    Changes,
}
