//! What `models` understands.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Written;

/// Lists the models, and does something with one of them.
#[derive(Debug, Args)]
pub struct Models {
    /// What to do; without it the models are listed
    #[command(subcommand)]
    pub action: Option<Action>,
}

/// What to do with models.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Lists the models; the one in use has a star
    List {
        /// How the list is written
        #[arg(long, value_enum, default_value_t = Written::Text)]
        format: Written,
    },
    /// Tells everything about a model
    Show {
        /// The model's name
        name: String,
        /// How it is written
        #[arg(long, value_enum, default_value_t = Written::Text)]
        format: Written,
    },
    /// Takes in a model from a file that `export` wrote, or from a folder
    Import {
        /// The file or folder
        #[arg(value_name = "FILE|DIR")]
        from: PathBuf,
        /// The name that it gets here; default is its own, with a number behind it where that is taken
        #[arg(long)]
        name: Option<String>,
    },
    /// Writes a model into one file that can be handed on
    Export {
        /// The model's name
        name: String,
        /// The file; default is NAME.tar.gz in this folder
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Gives a model another name
    Rename {
        /// The name that it has
        from: String,
        /// The name that it gets
        to: String,
    },
    /// Removes a model for good; where it is in use, the one that ships takes its place
    Remove {
        /// The model's name
        name: String,
    },
    /// Chooses the model that analyses use
    Default {
        /// The model's name
        name: String,
    },
}
