//! A trained model on disk: weights, configuration, vocabulary, normal rates, calibration and a card.

use std::{
    collections::BTreeMap,
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    absence::Habits,
    calibration::Calibration,
    card,
    delays::Delays,
    network::{Shape, Weights},
    normal::Normal,
    pauses::Pauses,
    vocabulary::{END, Vocabulary},
    windows::Bags,
    words::Words,
};
use crate::{Epoch, Error, config::LstmConfig, sequence::GAPS, template::Template};

/// Version of the files; raised when an older program would not understand them.
pub const VERSION: u32 = 3;
/// The oldest version that is read: its models do not know how requests end. Those before 3 do not name their folders.
const OLDEST: u32 = 1;
/// The network's parameters.
pub const WEIGHTS: &str = "weights.bin";
/// All the rest.
pub const MODEL: &str = "model.json";
/// What people read.
pub const CARD: &str = "CARD.md";

/// A trained model.
#[derive(Debug, Clone)]
pub struct Model {
    pub(crate) facts: Facts,
    pub(crate) weights: Weights,
    pub(crate) words: Words,
}

/// What a model knows beside its weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    pub version: u32,
    pub name: String,
    pub trained_on: String,
    /// The names of the folders learned from, without where they lay: a model may be handed on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub folders: Vec<String>,
    pub date: String,
    pub config: LstmConfig,
    pub words: Vec<String>,
    pub templates: Vec<Template>,
    pub normal: Normal,
    pub calibration: Calibration,
    /// How often what is expected in requests comes.
    #[serde(default)]
    pub habits: Habits,
    /// How long what comes in requests takes to come.
    #[serde(default)]
    pub delays: Delays,
    /// How long normal work pauses.
    #[serde(default)]
    pub pauses: Pauses,
    pub epochs: Vec<Epoch>,
    /// Distinct windows learned from, and held out.
    pub windows: [u64; 2],
    /// Whether it is what a good period tells, learned for a comparison with it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub baseline: bool,
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

impl Model {
    /// Reads a model from its folder.
    ///
    /// # Errors
    /// [`Error::Model`] or [`Error::NotFound`], naming the folder.
    pub fn load(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::NotFound(path.into()));
        }
        let read = |name: &str| {
            let file = path.join(name);
            fs::read(&file).map_err(|e| foreign(path, &format!("its {name} cannot be read: {e}")))
        };
        Self::from_parts(path, &read(MODEL)?, &read(WEIGHTS)?)
    }

    /// Reads a model from the contents of its files by name, as the program embeds them.
    ///
    /// # Errors
    /// [`Error::Model`], naming `name`.
    pub fn from_files(name: &str, files: &BTreeMap<&str, &[u8]>) -> Result<Self, Error> {
        let file =
            |wanted: &str| files.get(wanted).copied().ok_or_else(|| foreign(Path::new(name), &format!("it has no {wanted}")));
        Self::from_parts(Path::new(name), file(MODEL)?, file(WEIGHTS)?)
    }

    fn from_parts(path: &Path, facts: &[u8], weights: &[u8]) -> Result<Self, Error> {
        let facts: Facts =
            serde_json::from_slice(facts).map_err(|e| foreign(path, &format!("its {MODEL} is not understood: {e}")))?;
        let weights =
            Weights::from_bytes(weights).map_err(|e| foreign(path, &format!("its {WEIGHTS} is not understood: {e}")))?;
        let model = Self { words: Words::from_list(facts.words.clone()), facts, weights };
        model.check().map_err(|e| foreign(path, &e))?;
        Ok(model)
    }

    /// Whether the parts fit each other.
    fn check(&self) -> Result<(), String> {
        let f = &self.facts;
        if !(OLDEST..=VERSION).contains(&f.version) {
            return Err(format!("it has version {}, and this program reads versions {OLDEST} to {VERSION}", f.version));
        }
        let shape = Shape { words: f.words.len(), embedding: f.config.embedding, units: f.config.units, gaps: GAPS };
        let templates = f.templates.len();
        let rates = [f.normal.counts.len(), f.normal.highest.len(), f.normal.hourly.len()];
        let fits = self.weights.shape == shape && rates == [templates; 3];
        if !fits || templates == 0 {
            return Err("its parts do not fit each other".into());
        }
        let sound = f.calibration.is_sound()
            && f.habits.is_sound(templates)
            && f.delays.is_sound(templates)
            && f.pauses.is_sound(templates)
            && f.normal.highest.iter().chain(&f.normal.hourly).all(|h| h.is_finite() && *h >= 0.0);
        f.config.check().map_err(|e| e.to_string())?;
        if sound { Ok(()) } else { Err("its numbers are out of their ranges".into()) }
    }

    /// Writes the model's files into a folder: all of them, or none. A model that is there already is replaced.
    ///
    /// # Errors
    /// [`Error::Io`], naming the file; [`Error::Model`] where the folder holds something else.
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        if !Self::fits_into(path) {
            return Err(Error::Model {
                path: path.into(),
                reason: "the folder holds other files, and nothing was written".into(),
            });
        }
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(Error::io(parent))?;
        let fresh = tempfile::Builder::new().prefix(".model-").tempdir_in(parent).map_err(Error::io(parent))?;
        let facts = serde_json::to_vec(&self.facts).map_err(|e| foreign(path, &e.to_string()))?;
        for (name, bytes) in [(MODEL, facts), (WEIGHTS, self.weights.to_bytes()), (CARD, card::write(self).into_bytes())] {
            write(&fresh.path().join(name), &bytes)?;
        }
        readable(fresh.path())?;
        replace(&fresh.keep(), path)?;
        let checkpoint = Self::checkpoint(path);
        match fs::remove_file(&checkpoint) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::io(checkpoint)(error)),
            _ => Ok(()),
        }
    }

    /// The file beside a model's folder where its training is kept until it is done.
    #[must_use]
    pub fn checkpoint(path: &Path) -> PathBuf {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".training");
        path.with_file_name(name)
    }

    /// Whether a model can be written into a folder: it is not there yet, is empty, or holds a model and nothing else.
    #[must_use]
    pub fn fits_into(path: &Path) -> bool {
        let ours = |entry: std::io::Result<fs::DirEntry>| {
            entry.is_ok_and(|e| [MODEL, WEIGHTS, CARD].iter().any(|name| e.file_name() == *name))
        };
        fs::read_dir(path).map_or_else(|_| !path.exists(), |mut entries| entries.all(ours))
    }

    /// The same, as what a good period tells: reports then speak of that period and not of a model.
    #[must_use]
    pub fn as_baseline(mut self) -> Self {
        self.facts.baseline = true;
        self
    }

    /// The same under another name.
    #[must_use]
    pub fn renamed(mut self, name: &str) -> Self {
        name.clone_into(&mut self.facts.name);
        self
    }

    /// The templates that it knows.
    #[must_use]
    pub fn templates(&self) -> &[Template] {
        &self.facts.templates
    }

    /// What a user wants to know about the model.
    #[must_use]
    pub fn summary(&self) -> LstmSummary {
        let f = &self.facts;
        LstmSummary {
            name: f.name.clone(),
            trained_on: f.trained_on.clone(),
            date: f.date.clone(),
            templates: f.templates.len() as u64,
            events: f.normal.events,
            epochs: f.epochs.len() as u64,
            validation_loss: f.epochs.iter().map(|e| e.validation_loss).fold(f64::INFINITY, f64::min).min(f64::MAX),
            version: f.version,
        }
    }

    /// The rows of its tables.
    pub(crate) fn vocabulary(&self) -> Vocabulary {
        Vocabulary::new(self.facts.templates.len(), self.words.id(END).is_some())
    }

    /// The bags of words of the model's templates and of those that come after them.
    pub(crate) fn bags(&self, templates: &[Template]) -> Bags {
        self.vocabulary().bags(&self.words, templates)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference over")]
fn is_false(value: &bool) -> bool {
    !value
}

fn foreign(path: &Path, reason: &str) -> Error {
    Error::Model { path: path.into(), reason: reason.into() }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut file = fs::File::create(path).map_err(Error::io(path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Error::io(path))
}

/// Gives a folder made for one user the rights that a folder usually gets.
fn readable(path: &Path) -> Result<(), Error> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).map_err(Error::io(path))?;
    }
    Ok(())
}

/// Puts a folder in the place of another, so that at each moment the old or the new one is whole.
fn replace(fresh: &Path, path: &Path) -> Result<(), Error> {
    let old = fresh.with_extension("old");
    let had = path.exists();
    let moved = if had { fs::rename(path, &old) } else { Ok(()) };
    if let Err(e) = moved.and_then(|()| fs::rename(fresh, path)) {
        if !path.exists() && had {
            fs::rename(&old, path).map_err(Error::io(path))?;
        }
        fs::remove_dir_all(fresh).map_err(Error::io(fresh))?;
        return Err(Error::io(path)(e));
    }
    if had { fs::remove_dir_all(&old).map_err(Error::io(&old)) } else { Ok(()) }
}
