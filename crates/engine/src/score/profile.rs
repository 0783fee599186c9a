//! What a model says of itself to someone who chooses between models, and what sets two of them apart.

use rustc_hash::FxHashSet;
use serde::Serialize;
use ts_rs::TS;

use super::{artifact::Model, card};
use crate::{
    Epoch,
    config::LstmConfig,
    template::{
        Template,
        merge::{Shape, merge},
    },
};

/// Steps in which the distribution of surprise is told.
const STEPS: usize = 100;
/// Templates that are told as examples.
const EXAMPLES: usize = 12;

/// What a model says of itself, beside its summary.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct ModelProfile {
    /// The names of the folders it learned from; none where it does not name them.
    pub folders: Vec<String>,
    /// How it was built and trained.
    pub config: LstmConfig,
    /// Words in its vocabulary.
    pub words: u64,
    /// Runs that it learned from: logs of separate times or clouds.
    pub runs: u32,
    /// Distinct windows learned from.
    pub windows: u64,
    /// Distinct windows held out.
    pub held_out: u64,
    /// Whether it knows how requests end, and so misses what never came.
    pub knows_ends: bool,
    /// The loss of each epoch.
    pub curve: Vec<Epoch>,
    /// Quantiles of the surprise of held-out normal events in nats, from the least to the greatest at even steps; empty where none were
    /// held out.
    pub surprise: Vec<f32>,
}

/// Templates that one model knows and another does not.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Only {
    /// How many.
    pub count: u64,
    /// Those that came most often in its training.
    pub examples: Vec<Template>,
}

impl Model {
    /// What the model says of itself.
    #[must_use]
    pub fn profile(&self) -> ModelProfile {
        let f = &self.facts;
        let quantiles = f.calibration.quantiles();
        let last = quantiles.len().saturating_sub(1);
        let steps = if quantiles.is_empty() { 0..0 } else { 0..STEPS + 1 };
        ModelProfile {
            folders: f.folders.clone(),
            config: f.config.clone(),
            words: f.words.len() as u64,
            runs: f.normal.runs,
            windows: f.windows[0],
            held_out: f.windows[1],
            knows_ends: self.vocabulary().end().is_some(),
            curve: f.epochs.clone(),
            surprise: steps.map(|n| quantiles[n * last / STEPS]).collect(),
        }
    }

    /// The card as it is written for this model.
    #[must_use]
    pub fn card(&self) -> String {
        card::write(self)
    }

    /// The templates that this model knows and `other` does not. What differs only in a name that varies is the same, by the evidence
    /// that decides it in logs.
    #[must_use]
    pub fn only(&self, other: &Self) -> Only {
        let (own, others) = (self.templates(), other.templates());
        let shapes: Vec<Shape> = others.iter().chain(own).map(|t| Shape { origin: &t.origin, text: &t.text }).collect();
        let merged = merge(&shapes).of;
        let (theirs, ours) = merged.split_at(others.len());
        let known: FxHashSet<u32> = theirs.iter().copied().collect();
        let exact: FxHashSet<&Template> = others.iter().collect();
        let mut found: Vec<usize> = (0..own.len()).filter(|n| !known.contains(&ours[*n]) && !exact.contains(&own[*n])).collect();
        found.sort_by_key(|n| std::cmp::Reverse(self.facts.normal.counts[*n]));
        Only { count: found.len() as u64, examples: found.iter().take(EXAMPLES).map(|n| own[*n].clone()).collect() }
    }
}
