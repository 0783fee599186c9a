//! Every parameter of training and analysis, with its default.

pub mod ranges;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::Error;

/// All parameters, as the settings file holds them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", default, deny_unknown_fields)]
#[ts(export, export_to = "types.ts")]
pub struct Config {
    /// How the LSTM is built and trained.
    pub lstm: LstmConfig,
    /// How events are compared with the issue.
    pub tfidf: TfidfConfig,
    /// How evidence is chosen.
    pub analysis: AnalysisConfig,
}

/// How the LSTM is built and trained.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", default, deny_unknown_fields)]
#[ts(export, export_to = "types.ts")]
pub struct LstmConfig {
    /// Events in a window: how far back the model remembers. 2 to 1000.
    pub sequence_length: usize,
    /// Size of a template's embedding. 1 to 1024.
    pub embedding: usize,
    /// Hidden units. 1 to 1024.
    pub units: usize,
    /// Share of the inputs and outputs dropped while training. 0 to 0.9.
    pub dropout: f64,
    /// Windows in a batch. 1 to 4096.
    pub batch: usize,
    /// The most epochs. 1 to 1000.
    pub epochs: usize,
    /// Epochs without a better validation loss before training stops. 1 to 1000.
    pub patience: usize,
    /// Share of the windows held out for validation and calibration. 0.05 to 0.5.
    pub validation_split: f64,
    /// Adam's step size. 0.00001 to 1.
    pub learning_rate: f64,
    /// Seed of all randomness: the same logs and seed give the same model.
    pub seed: u64,
    /// The most distinct windows learned from; a random choice where there are more. 0: no limit.
    pub max_windows: usize,
}

impl Default for LstmConfig {
    fn default() -> Self {
        Self {
            sequence_length: 100,
            embedding: 128,
            units: 64,
            dropout: 0.2,
            batch: 32,
            epochs: 50,
            patience: 3,
            validation_split: 0.2,
            learning_rate: 0.01,
            seed: 42,
            max_windows: 20_000,
        }
    }
}

/// How events are compared with the issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", default, deny_unknown_fields)]
#[ts(export, export_to = "types.ts")]
pub struct TfidfConfig {
    /// The most terms kept, the most frequent first. 1 to 100,000.
    pub max_terms: usize,
    /// Longest word sequence that is a term. 1 to 3.
    pub ngrams: usize,
    /// Whether English stop words are dropped.
    pub stop_words: bool,
    /// Least cosine to the issue for an event to be relevant. 0 to 1.
    pub threshold: f64,
}

impl Default for TfidfConfig {
    fn default() -> Self {
        Self { max_terms: 500, ngrams: 2, stop_words: true, threshold: 0.1 }
    }
}

/// How evidence is chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", default, deny_unknown_fields)]
#[ts(export, export_to = "types.ts")]
pub struct AnalysisConfig {
    /// Percent of the events kept as important. 1 to 100.
    pub keep_percent: f64,
    /// The most pieces of evidence. 1 to 50.
    pub max_evidence: usize,
    /// The most causes. 1 to 10.
    pub max_causes: usize,
}

impl Default for AnalysisConfig {
    fn default() -> Self {
        Self { keep_percent: 70.0, max_evidence: 50, max_causes: 10 }
    }
}

/// What an analysis leaves out, so that one can see what it is worth; by default nothing.
#[expect(clippy::struct_excessive_bools, reason = "each says of one thing, independent of the others, whether it is left out")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Without {
    /// What the LSTM says: every event is as important as any other.
    pub lstm: bool,
    /// What the model knows of normal rates: as without a model, nothing is new, surging or vanished, and only bursts depart.
    pub rates: bool,
    /// The likeness of words to the issue. The commands that the issue names still count.
    pub relevance: bool,
    /// The known failures. Which project a program or file belongs to is still known.
    pub signatures: bool,
    /// How requests went: none is known to have failed, and who passes on another's failure counts as much as who failed.
    pub requests: bool,
}

impl Without {
    /// Whether nothing is left out.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

impl LstmConfig {
    /// Checks every parameter against its range.
    ///
    /// # Errors
    /// [`Error::Setting`] for the first one that is out of range.
    pub fn check(&self) -> Result<(), Error> {
        ranges::check(&[
            ("lstm.sequence_length", self.sequence_length as f64),
            ("lstm.embedding", self.embedding as f64),
            ("lstm.units", self.units as f64),
            ("lstm.dropout", self.dropout),
            ("lstm.batch", self.batch as f64),
            ("lstm.epochs", self.epochs as f64),
            ("lstm.patience", self.patience as f64),
            ("lstm.validation_split", self.validation_split),
            ("lstm.learning_rate", self.learning_rate),
        ])
    }
}

impl Config {
    /// Checks every parameter against its range.
    ///
    /// # Errors
    /// [`Error::Setting`] for the first one that is out of range.
    pub fn check(&self) -> Result<(), Error> {
        self.lstm.check()?;
        let (t, a) = (&self.tfidf, &self.analysis);
        ranges::check(&[
            ("tfidf.max_terms", t.max_terms as f64),
            ("tfidf.ngrams", t.ngrams as f64),
            ("tfidf.threshold", t.threshold),
            ("analysis.keep_percent", a.keep_percent),
            ("analysis.max_evidence", a.max_evidence as f64),
            ("analysis.max_causes", a.max_causes as f64),
        ])
    }
}
