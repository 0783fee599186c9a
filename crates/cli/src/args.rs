//! What the command line understands.

mod evaluate;
mod events;
mod follow;
mod known_failures;
mod models;
pub mod sources;
mod templates;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValuesParser};
use engine::config::LstmConfig;
use simulate::{Fault, Part};

pub use evaluate::Evaluate;
pub use events::{Events, Output};
pub use follow::{Follow, Told};
pub use known_failures::{KnownFailures, Written};
pub use models::{Action, Models};
pub use sources::Sources;
pub use templates::{Change, Listing, Templates};

/// Finds the root cause of an OpenStack incident in a folder of logs, on this machine and without a network.
#[derive(Debug, Parser)]
#[command(name = "openstack-rca", version, arg_required_else_help = true, after_help = STATUS)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const STATUS: &str = "Exit status: 0 done, 1 something about the input must be corrected, 2 anything else.\n\
    The environment variables DATA_DIR and MODELS_DIR say where data and models are kept.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes folders, a settings file and sample logs, and checks the installation
    Setup,
    /// Finds the root cause in a folder of logs
    Analyze(Analyze),
    /// Answers a question about a folder of logs, from its evidence alone
    Ask(Ask),
    /// Learns from logs what normal work looks like
    Train(Train),
    /// Measures on labelled incidents how well root causes are found
    Evaluate(Evaluate),
    /// Lists the events that a query asks for
    Events(Events),
    /// Follows logs while they are written, and tells what is out of the ordinary
    Watch(Follow),
    /// Lists what the logs say, without what varies
    Templates(Templates),
    /// Lists whose each log is and how its clock goes, and takes corrections
    Sources(Sources),
    /// Writes the logs of a simulated cloud, with a known fault
    Simulate(Simulate),
    /// Lists the known failures, checks your own, or says which ones a text shows
    KnownFailures(KnownFailures),
    /// Lists the models, and shows, imports, exports, renames, removes or chooses one
    Models(Models),
    /// Says what works here and what does not, with remedies
    Doctor,
}

/// What to analyze.
#[derive(Debug, Args)]
pub struct Subject {
    /// The folder of logs, or one file
    #[arg(long, value_name = "DIR")]
    pub logs: PathBuf,
    /// The issue in your own words
    #[arg(long, value_name = "TEXT")]
    pub issue: Option<String>,
    /// The model: its name or its folder; default is the one in the settings
    #[arg(long, value_name = "NAME|DIR")]
    pub model: Option<PathBuf>,
    /// Logs of a good period, to compare with in place of a model; can be given several times
    #[arg(long, value_name = "DIR", conflicts_with = "model")]
    pub baseline: Vec<PathBuf>,
    /// The number of one of several incidents, to look at it alone; default is everything
    #[arg(long, value_name = "N")]
    pub incident: Option<usize>,
}

/// Finds the root cause.
#[derive(Debug, Args)]
pub struct Analyze {
    /// What to analyze.
    #[command(flatten)]
    pub subject: Subject,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = ReportForm::Text)]
    pub format: ReportForm,
    /// Where to write the report; default is standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportForm {
    /// A summary for the terminal
    Text,
    /// The whole report as Markdown
    Markdown,
    /// The whole report as one page for a browser or for paper
    Html,
    /// The whole report for programs
    Json,
}

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A summary for the terminal
    Text,
    /// All figures as Markdown
    Markdown,
    /// All figures for programs
    Json,
}

/// Answers a question.
#[derive(Debug, Args)]
pub struct Ask {
    /// What to analyze.
    #[command(flatten)]
    pub subject: Subject,
    /// The question
    pub question: String,
}

/// Trains a model.
#[derive(Debug, Args)]
pub struct Train {
    /// The folder with logs of normal work; every folder in it that holds logs is learned from. Can be given several times: each is
    /// a run of its own, unless it holds several
    #[arg(long, value_name = "DIR", required = true)]
    pub logs: Vec<PathBuf>,
    /// The folder of the model, which is made or replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The model's name; default is that of its folder
    #[arg(long)]
    pub name: Option<String>,
    /// Begins anew, where a training that was interrupted would go on
    #[arg(long)]
    pub fresh: bool,
    /// How the LSTM is built and trained.
    #[command(flatten)]
    pub lstm: Lstm,
}

/// How the LSTM is built and trained; what is not given comes from the settings.
#[derive(Debug, Args)]
pub struct Lstm {
    /// Events in a window, 2 to 1000
    #[arg(long, value_name = "N")]
    sequence_length: Option<usize>,
    /// Size of a template's embedding, 1 to 1024
    #[arg(long, value_name = "N")]
    embedding: Option<usize>,
    /// Hidden units, 1 to 1024
    #[arg(long, value_name = "N")]
    units: Option<usize>,
    /// Share of the inputs and outputs dropped, 0 to 0.9
    #[arg(long, value_name = "SHARE")]
    dropout: Option<f64>,
    /// Windows in a batch, 1 to 4096
    #[arg(long, value_name = "N")]
    batch: Option<usize>,
    /// The most epochs, 1 to 1000
    #[arg(long, value_name = "N")]
    epochs: Option<usize>,
    /// Epochs without a better validation loss before training stops, 1 to 1000
    #[arg(long, value_name = "N")]
    patience: Option<usize>,
    /// Share of the windows held out, 0.05 to 0.5
    #[arg(long, value_name = "SHARE")]
    validation_split: Option<f64>,
    /// Adam's step size, 0.00001 to 1
    #[arg(long, value_name = "RATE")]
    learning_rate: Option<f64>,
    /// Seed of all randomness
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// The most distinct windows learned from; 0 for no limit
    #[arg(long, value_name = "N")]
    max_windows: Option<usize>,
}

impl Lstm {
    /// The settings, but for what was given.
    pub fn over(&self, settings: &LstmConfig) -> LstmConfig {
        LstmConfig {
            sequence_length: self.sequence_length.unwrap_or(settings.sequence_length),
            embedding: self.embedding.unwrap_or(settings.embedding),
            units: self.units.unwrap_or(settings.units),
            dropout: self.dropout.unwrap_or(settings.dropout),
            batch: self.batch.unwrap_or(settings.batch),
            epochs: self.epochs.unwrap_or(settings.epochs),
            patience: self.patience.unwrap_or(settings.patience),
            validation_split: self.validation_split.unwrap_or(settings.validation_split),
            learning_rate: self.learning_rate.unwrap_or(settings.learning_rate),
            seed: self.seed.unwrap_or(settings.seed),
            max_windows: self.max_windows.unwrap_or(settings.max_windows),
        }
    }
}

/// Writes simulated logs.
#[derive(Debug, Args)]
pub struct Simulate {
    /// The folder to write into, which must not hold logs yet
    #[arg(long, value_name = "DIR", required_unless_present_any = ["list", "cases"])]
    pub out: Option<PathBuf>,
    /// Writes cases for measuring into this folder instead: each fault twice below `failure`, healthy runs below `fault_free`
    #[arg(long, value_name = "DIR", conflicts_with_all = ["out", "fault", "start", "debug", "labels", "list"])]
    pub cases: Option<PathBuf>,
    /// Of the cases only those of the faults for choosing parameters, or of those for reporting figures
    #[arg(long, value_name = "PART", conflicts_with_all = ["out", "list"], value_parser = PossibleValuesParser::new(Part::ALL.map(Part::name)))]
    pub part: Option<String>,
    /// What breaks; can be given several times, and nothing breaks without it
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(Fault::all().iter().map(|fault| fault.name())))]
    pub fault: Vec<String>,
    /// Lines in all files together: 100000 unless told, and 10000 for each case
    #[arg(long, value_name = "N")]
    pub lines: Option<u64>,
    /// Decides everything that varies: the same seed gives the same logs
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// When the logs start, in UTC
    #[arg(long, value_name = "TIME", default_value = "2025-03-10T08:00:00", value_parser = moment)]
    pub start: u64,
    /// Writes DEBUG records too
    #[arg(long)]
    pub debug: bool,
    /// Also writes which message of the catalogue wrote each record, as a CSV of file, line and template
    #[arg(long, value_name = "FILE")]
    pub labels: Option<PathBuf>,
    /// Lists the faults and samples, and writes nothing
    #[arg(long)]
    pub list: bool,
}

/// Reads a time such as `2025-03-10T08:00:00` as seconds since 1970.
fn moment(text: &str) -> Result<u64, String> {
    let time = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S")
        .map_err(|e| format!("{e}; write it as 2025-03-10T08:00:00"))?;
    u64::try_from(time.and_utc().timestamp()).map_err(|_| "it is before 1970".into())
}
