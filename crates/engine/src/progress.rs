//! How long work reports progress and is asked to stop.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::Error;

/// A part of the work that takes long enough to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub enum Stage {
    /// Unpacking archives and packed files; counted in bytes of them.
    Unpack,
    /// Reading and parsing files; counted in bytes.
    Read,
    /// Mining templates; counted in events.
    Mine,
    /// Grouping events into sequences; counted in events.
    Group,
    /// Learning the LSTM; counted in batches of all epochs.
    Train,
    /// Scoring sequences with the LSTM; counted in windows.
    Score,
    /// Gathering evidence and diagnosing; counted in steps.
    Diagnose,
}

/// The state of training after one epoch.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Epoch {
    /// The epoch that ended, from 1.
    pub epoch: usize,
    /// The most epochs that there can be; early stopping may end before.
    pub epochs: usize,
    /// Mean cross entropy of the training windows, in nats per event.
    pub loss: f64,
    /// Mean cross entropy of the held-out windows, in nats per event.
    pub validation_loss: f64,
    /// Whether these are the best weights so far.
    pub best: bool,
}

/// What became of a training that was interrupted, or of the file that it would be kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub enum CheckpointNote {
    /// It goes on where it was.
    Resumed,
    /// It learned from other logs or with other parameters, so a new one begins.
    Foreign,
    /// Its file is damaged or of another version, so a new one begins.
    Unreadable,
    /// The training cannot be kept: if it is interrupted now, it begins anew.
    Unwritten,
}

/// Numbers only: words belong to the front ends.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export, export_to = "types.ts")]
pub enum Progress {
    /// So much of a stage is done.
    Step {
        /// What is being done.
        stage: Stage,
        /// Units done.
        done: u64,
        /// Units in all; 0 where not known yet.
        total: u64,
    },
    /// A training epoch ended.
    Epoch(Epoch),
    /// A training was taken up again, or cannot be.
    Checkpoint {
        /// What happened.
        note: CheckpointNote,
        /// Epochs that had ended by then.
        epochs: usize,
        /// Batches of all epochs that were done by then.
        batches: u64,
    },
    /// What a good period tells is known: from here on it is about the logs that are compared with it.
    Learned {
        /// Whether it was known from before, and nothing was learned anew.
        kept: bool,
    },
}

/// Watches long work. Asked between units of work, from any thread.
pub trait Observer: Sync {
    /// Takes note of progress.
    fn progress(&self, progress: Progress);

    /// Whether the work shall stop as soon as it can.
    fn cancelled(&self) -> bool;

    /// Seconds since any fixed moment: the engine has no clock of its own.
    fn seconds(&self) -> f64;
}

/// An observer that watches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn progress(&self, _: Progress) {}

    fn cancelled(&self) -> bool {
        false
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}

/// Fails with [`Error::Cancelled`] where the observer wants the work to stop.
///
/// # Errors
/// [`Error::Cancelled`], and no other.
pub fn check(observer: &dyn Observer) -> Result<(), Error> {
    if observer.cancelled() { Err(Error::Cancelled) } else { Ok(()) }
}
