//! What the logs were compared with, and where that does not fit them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which LSTM scored the events: a model, or what a good period tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct ModelRef {
    /// The model's name, or the path of the good period's logs.
    pub name: String,
    /// What it was trained on, in words.
    pub trained_on: String,
    /// The artifact's format version.
    pub version: u32,
    /// Whether it was learned from a good period for this comparison, and is no model with a name of its own.
    #[serde(default)]
    pub baseline: bool,
    /// How the logs are too different from what it learned, where they are: then what is new or surprising says little.
    pub drift: Option<Drift>,
}

impl ModelRef {
    /// What the logs were compared with, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { name, trained_on, .. } = self;
        if self.baseline {
            format!("Compared with the good period in {name}: {trained_on}.")
        } else {
            format!("Scored by the model {name}, trained on {trained_on}.")
        }
    }

    /// What it is called where it does not fit the logs.
    #[must_use]
    pub fn noun(&self) -> &'static str {
        if self.baseline { "good period" } else { "model" }
    }
}

/// Logs that are too different from what the model learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Drift {
    /// How different they are, above 0 and up to 1: at 1 nothing that the model says can be trusted.
    pub degree: f64,
    /// Share of the events whose templates the model does not know, 0 to 1: the lesser of the medians over slices of time and over
    /// loggers, so that an incident does not count.
    pub unknown_share: f64,
    /// Share of the events it knows that surprise it more than 95 percent of normal events did, 0 to 1, the same way: about 0.05 where
    /// the logs are those of the same cloud, and up to 0.3 where they are short.
    pub surprise: f64,
    /// What is different, in words.
    pub why: String,
    /// What to do, in words.
    pub remedy: String,
}
