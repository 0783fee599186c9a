//! A trained model on disk: weights, configuration, vocabulary, normal rates, calibration and a card.

use std::{collections::BTreeMap, path::Path};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Error;

/// A trained model.
#[derive(Debug, Clone)]
pub struct Model {}

impl Model {
    /// Reads a model from its folder.
    ///
    /// # Errors
    /// [`Error::Model`] or [`Error::NotFound`], naming the folder.
    pub fn load(path: &Path) -> Result<Self, Error> {
        Err(Error::NotFound(path.into()))
    }

    /// Reads a model from the contents of its files by name, as the program embeds them.
    ///
    /// # Errors
    /// [`Error::Model`], naming `name`.
    pub fn from_files(name: &str, _files: &BTreeMap<&str, &[u8]>) -> Result<Self, Error> {
        Err(Error::NotFound(name.into()))
    }

    /// Writes the model's files into a folder: all of them, or none.
    ///
    /// # Errors
    /// [`Error::Io`], naming the file.
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        Err(Error::NotFound(path.into()))
    }

    /// What a user wants to know about the model.
    #[must_use]
    pub fn summary(&self) -> LstmSummary {
        LstmSummary::default()
    }
}

/// What a user wants to know about a model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct LstmSummary {
    /// The model's name.
    pub name: String,
    /// What it was trained on, in words.
    pub trained_on: String,
    /// The day of training: `2026-01-31`.
    pub date: String,
    /// Distinct templates known.
    pub templates: u64,
    /// Events learned from.
    pub events: u64,
    /// Epochs run.
    pub epochs: u64,
    /// The best validation loss, in nats per event.
    pub validation_loss: f64,
    /// The artifact's format version.
    pub version: u32,
}
