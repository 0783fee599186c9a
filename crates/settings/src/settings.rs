//! The settings file: one documented TOML file with every parameter.

use std::{fs, io, ops::Range, path::Path};

use engine::config::{AnalysisConfig, Config, LstmConfig, TfidfConfig};
use serde::{Deserialize, Serialize};
use toml_edit::{Document, Item, Table, TableLike};
use ts_rs::TS;

use crate::{Error, disk, models};

/// The version of the file's format; raised when a name changes its meaning.
pub const FORMAT_VERSION: u32 = 1;

/// The documented file with the defaults.
const DOCUMENTED: &str = include_str!("settings.toml");

/// All settings, as the file holds them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", default, deny_unknown_fields)]
#[ts(export, export_to = "types.ts")]
pub struct Settings {
    /// [`FORMAT_VERSION`].
    pub format_version: u32,
    /// The name of the model that scores the events.
    pub model: String,
    /// How the window looks.
    pub appearance: Appearance,
    /// What the window does on the desktop around it.
    pub desktop: Desktop,
    /// How the LSTM is built and trained.
    pub lstm: LstmConfig,
    /// How events are compared with the issue.
    pub tfidf: TfidfConfig,
    /// How evidence is chosen.
    pub analysis: AnalysisConfig,
}

/// How the window looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", default, deny_unknown_fields)]
#[ts(export, export_to = "types.ts")]
pub struct Appearance {
    /// Its colours.
    pub theme: Theme,
    /// How far its colours are apart.
    pub contrast: Contrast,
}

/// What the window does on the desktop around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", default, deny_unknown_fields)]
#[ts(export, export_to = "types.ts")]
pub struct Desktop {
    /// Whether the desktop tells when long work has ended while the user was elsewhere.
    pub notify: bool,
}

impl Default for Desktop {
    fn default() -> Self {
        Self { notify: true }
    }
}

/// The window's colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Theme {
    /// As the desktop has them.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How far the window's colours are apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Contrast {
    /// As the desktop has it.
    #[default]
    System,
    /// Text at least at 4.5 to 1, as the Web Content Accessibility Guidelines ask for (AA).
    Standard,
    /// Text at least at 7 to 1 (AAA), and every line in sight.
    High,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format_version: FORMAT_VERSION,
            model: models::DEFAULT.to_owned(),
            appearance: Appearance::default(),
            desktop: Desktop::default(),
            lstm: LstmConfig::default(),
            tfidf: TfidfConfig::default(),
            analysis: AnalysisConfig::default(),
        }
    }
}

impl Settings {
    /// Reads the settings file; the defaults where there is none.
    ///
    /// # Errors
    /// [`Error::File`] naming file and line for what cannot be understood, [`Error::Newer`], or an I/O error.
    pub fn load(path: &Path) -> Result<Self, Error> {
        match fs::read_to_string(path) {
            Ok(text) => parse(path, &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(unusable(path, None, "not a text file in UTF-8")),
            Err(error) => Err(Error::io(path)(error)),
        }
    }

    /// Writes the settings file, documented. Comments and order of a file that is there are kept.
    ///
    /// # Errors
    /// A setting out of its range, a file that is there and cannot be understood, or an I/O error; the file is then as before.
    pub fn save(&self, path: &Path) -> Result<(), Error> {
        self.check()?;
        Self::load(path)?;
        let old = fs::read_to_string(path).unwrap_or_default();
        let mut document = text_document(path, if old.is_empty() { DOCUMENTED } else { &old })?.into_mut();
        let documented = text_document(path, DOCUMENTED)?.into_mut();
        let values = toml_edit::ser::to_document(self).map_err(|error| unusable(path, None, &error.to_string()))?;
        take_values(document.as_table_mut(), &documented, values.as_table());
        disk::write(path, document.to_string().as_bytes())
    }

    /// Checks every setting.
    ///
    /// # Errors
    /// The engine's setting error for a parameter out of range, [`Error::ModelName`] for a model's name.
    pub fn check(&self) -> Result<(), Error> {
        models::check_name(&self.model)?;
        if i64::try_from(self.lstm.seed).is_err() {
            let value = self.lstm.seed.to_string();
            return Err(engine::Error::Setting { name: "lstm.seed", value, allowed: "below 2^63" }.into());
        }
        Ok(self.config().check()?)
    }

    /// The engine's parameters.
    #[must_use]
    pub fn config(&self) -> Config {
        Config { lstm: self.lstm.clone(), tfidf: self.tfidf.clone(), analysis: self.analysis.clone() }
    }
}

fn parse(path: &Path, text: &str) -> Result<Settings, Error> {
    let document = text_document(path, text)?;
    check_version(path, &document)?;
    let settings: Settings = toml_edit::de::from_str(text)
        .map_err(|error| unusable(path, error.span().map(|span| line_of(text, &span)), &first_line(error.message())))?;
    settings.check().map_err(|error| {
        let name = match &error {
            Error::Engine(engine::Error::Setting { name, .. }) => name,
            _ => "model",
        };
        unusable(path, span_of(&document, name).map(|span| line_of(text, &span)), &error.to_string())
    })?;
    Ok(settings)
}

fn text_document<'a>(path: &Path, text: &'a str) -> Result<Document<&'a str>, Error> {
    Document::parse(text)
        .map_err(|error| unusable(path, error.span().map(|span| line_of(text, &span)), &first_line(error.message())))
}

/// A newer format is told apart from a mistake before its names are judged.
fn check_version<S>(path: &Path, document: &Document<S>) -> Result<(), Error> {
    match document.get("format_version").and_then(Item::as_integer).map(u32::try_from) {
        Some(Ok(found)) if found > FORMAT_VERSION => Err(Error::Newer { path: path.into(), found, known: FORMAT_VERSION }),
        _ => Ok(()),
    }
}

/// Puts `values` into `table`: a value that is the same keeps its writing, a name that is missing comes with its documentation.
fn take_values(table: &mut Table, documented: &Table, values: &dyn TableLike) {
    for (name, value) in values.iter() {
        let Some((key, example)) = documented.get_key_value(name) else { continue };
        if !table.contains_key(name) {
            table.insert_formatted(key, example.clone());
        }
        let item = &mut table[name];
        match (item.as_table_mut(), example.as_table(), value.as_table_like()) {
            (Some(section), Some(documented), Some(values)) => take_values(section, documented, values),
            _ => replace_value(item, value),
        }
    }
}

/// Replaces a value and keeps the comment behind it.
fn replace_value(item: &mut Item, value: &Item) {
    let (Some(old), Some(new)) = (item.as_value_mut(), value.as_value()) else { return };
    if old.to_string().trim() != new.to_string().trim() {
        let decor = old.decor().clone();
        *old = new.clone();
        *old.decor_mut() = decor;
    }
}

fn span_of<S>(document: &Document<S>, name: &str) -> Option<Range<usize>> {
    let mut item = document.as_item();
    for part in name.split('.') {
        item = item.get(part)?;
    }
    item.span()
}

fn line_of(text: &str, span: &Range<usize>) -> usize {
    1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count()
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

fn unusable(path: &Path, line: Option<usize>, reason: &str) -> Error {
    Error::File { path: path.into(), line, reason: reason.to_owned() }
}

#[cfg(test)]
mod tests;
