//! Logs in, report out. Synchronous and deterministic: no network, no printing, no clock, no window.

pub mod config;
pub mod diagnose;
pub mod error;
pub mod events;
pub mod evidence;
pub mod explore;
pub mod follow;
pub mod index;
pub mod ingest;
pub mod logs;
pub mod pipeline;
pub mod progress;
pub mod report;
pub mod score;
pub mod sequence;
pub mod template;
pub mod traceback;

pub use config::{Config, Without};
pub use diagnose::known::Known;
pub use error::Error;
pub use ingest::{
    Correction, Reading,
    source::{Folder, Joined},
};
pub use logs::Logs;
pub use pipeline::{
    Analysis, Comparison, Request, Training, analyze, compare,
    coverage::{Coverage, coverage},
    load, train,
};
pub use progress::{CheckpointNote, Epoch, Observer, Progress, Silent, Stage};
pub use report::Report;
pub use score::{
    artifact::{LstmSummary, Model},
    checkpoint::Checkpoint,
    profile::{ModelProfile, Only},
};
