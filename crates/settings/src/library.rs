//! What a user does with models: looks at one, renames it, hands it on, takes one in, and lets one go.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use engine::{
    Model, ModelProfile, Only,
    score::artifact::{CARD, MODEL, WEIGHTS},
};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    Error, Folders, ModelEntry, Settings,
    card::{self, Reliability},
    disk,
    models::{self, DEFAULT, check_name},
    package,
};

/// Everything that is shown of one model.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct ModelDetail {
    /// How it stands in the list.
    pub entry: ModelEntry,
    /// What it says of itself; none where it cannot be read.
    pub profile: Option<ModelProfile>,
    /// Its card in Markdown, where it has one.
    pub card: Option<String>,
    /// How sure the program was with it, and how often right, where the card tells of a measurement.
    pub reliability: Vec<Reliability>,
}

/// What became of a model that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Imported {
    /// The name that it has here.
    pub name: String,
    /// The name that it came with, where another model had that already, or it cannot be a name.
    pub instead_of: Option<String>,
}

/// What became of a model that was let go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Removed {
    /// Its name.
    pub name: String,
    /// Whether it was the one in use, and analyses use the one that ships from now on.
    pub was_in_use: bool,
    /// Whether one that ships has the same name, and can be seen again.
    pub uncovers: bool,
}

/// What each of two models knows and the other does not.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Apart {
    /// What only the first knows.
    pub first: Only,
    /// What only the second knows.
    pub second: Only,
}

/// Everything that is shown of one model. One that cannot be read is told with its problem.
///
/// # Errors
/// [`Error::NoModel`] where there is none of that name, or an I/O error naming the models folder.
pub fn detail(folders: &Folders, name: &str) -> Result<ModelDetail, Error> {
    let entry = entry(folders, name)?;
    let card = files(&entry).ok().and_then(|files| String::from_utf8(files.get(CARD)?.clone()).ok());
    let profile = models::open(folders, name).ok().map(|model| model.profile());
    let reliability = card.as_deref().map(card::reliability).unwrap_or_default();
    Ok(ModelDetail { entry, profile, card, reliability })
}

/// What each of two models knows and the other does not.
///
/// # Errors
/// The engine's, naming the model that cannot be read.
pub fn compare(folders: &Folders, first: &str, second: &str) -> Result<Apart, Error> {
    let (one, other) = (models::open(folders, first)?, models::open(folders, second)?);
    Ok(Apart { first: one.only(&other), second: other.only(&one) })
}

/// Chooses the model that analyses use.
///
/// # Errors
/// [`Error::NoModel`], the engine's where it cannot be used, or those of the settings file.
pub fn make_default(folders: &Folders, name: &str) -> Result<(), Error> {
    entry(folders, name)?;
    models::open(folders, name)?;
    let settings = Settings::load(&folders.settings)?;
    Settings { model: name.to_owned(), ..settings }.save(&folders.settings)
}

/// Gives a model another name. Where it is the one in use, it stays so.
///
/// # Errors
/// [`Error::ModelName`], [`Error::ModelExists`], [`Error::ShippedModel`], or the engine's where it cannot be read; it is then as before.
pub fn rename(folders: &Folders, from: &str, to: &str) -> Result<(), Error> {
    let old = own(folders, from)?;
    if from == to {
        return Ok(());
    }
    free(folders, to)?;
    let settings = Settings::load(&folders.settings)?;
    let (model, card) = (Model::load(&old)?, fs::read_to_string(old.join(CARD)).ok());
    place(folders, to, model, card)?;
    if settings.model == from {
        Settings { model: to.to_owned(), ..settings }.save(&folders.settings)?;
    }
    fs::remove_dir_all(&old).map_err(Error::io(&old))
}

/// Removes a model. Where it is the one in use, the one that ships takes its place.
///
/// # Errors
/// [`Error::ShippedModel`], [`Error::NoModel`], [`Error::NotOnlyModel`] where its folder holds other files too, or an I/O error.
pub fn remove(folders: &Folders, name: &str) -> Result<Removed, Error> {
    let path = own(folders, name)?;
    if !Model::fits_into(&path) {
        return Err(Error::NotOnlyModel(path));
    }
    let settings = Settings::load(&folders.settings)?;
    let was_in_use = settings.model == name;
    if was_in_use && name != DEFAULT {
        Settings { model: DEFAULT.to_owned(), ..settings }.save(&folders.settings)?;
    }
    fs::remove_dir_all(&path).map_err(Error::io(&path))?;
    Ok(Removed { name: name.to_owned(), was_in_use, uncovers: name == DEFAULT && models::ships() })
}

/// Writes a model into one file: all of it, or nothing.
///
/// # Errors
/// [`Error::NoModel`], the engine's where it cannot be used, or an I/O error naming the file.
pub fn export(folders: &Folders, name: &str, to: &Path) -> Result<(), Error> {
    let entry = entry(folders, name)?;
    // What another program would refuse is not handed on.
    models::open(folders, name)?;
    let files = files(&entry)?;
    let files: BTreeMap<&str, &[u8]> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    disk::write_with(to, |out| package::write(name, &files, out))
}

/// Takes a model in from a folder or a file, checked as a whole before anything is written. It gets the name that was asked for; else its
/// own, with a number behind it where that is taken.
///
/// # Errors
/// [`Error::ModelFile`] for what is no model, whole and sound; [`Error::ModelName`] or [`Error::ModelExists`] for the name asked for.
pub fn import(folders: &Folders, from: &Path, name: Option<&str>) -> Result<Imported, Error> {
    if let Some(name) = name {
        free(folders, name)?;
    }
    let package::Packed { model, card } = package::read(from)?;
    let own = model.summary().name;
    let name = name.map_or_else(|| free_name(folders, &own, from), |name| Ok(name.to_owned()))?;
    place(folders, &name, model, card)?;
    Ok(Imported { instead_of: (own != name).then_some(own), name })
}

/// The entry of a name in the list.
fn entry(folders: &Folders, name: &str) -> Result<ModelEntry, Error> {
    let found = models::list(folders)?.into_iter().find(|entry| entry.summary.name == name);
    found.ok_or_else(|| Error::NoModel(name.to_owned()))
}

/// The folder of a model that is the user's own.
fn own(folders: &Folders, name: &str) -> Result<PathBuf, Error> {
    entry(folders, name)?.path.ok_or_else(|| Error::ShippedModel(name.to_owned()))
}

/// Checks that a model can be written under a name.
fn free(folders: &Folders, name: &str) -> Result<(), Error> {
    check_name(name)?;
    if name == DEFAULT || folders.models.join(name).exists() { Err(Error::ModelExists(name.to_owned())) } else { Ok(()) }
}

/// A name that no model has: this one, or with a number behind it; that of the file where this one cannot be a name.
fn free_name(folders: &Folders, name: &str, file: &Path) -> Result<String, Error> {
    let of_file = || file.file_name().unwrap_or_default().to_string_lossy().split('.').next().unwrap_or_default().to_owned();
    let name = if check_name(name).is_ok() { name.to_owned() } else { of_file() };
    let name = if check_name(&name).is_ok() { name } else { "imported".to_owned() };
    // Room for the number.
    let stem: String = name.chars().take(58).collect();
    let numbered = (2..100_000).map(|number| format!("{stem}-{number}"));
    let free = std::iter::once(name.clone()).chain(numbered).find(|name| free(folders, name).is_ok());
    free.ok_or(Error::ModelExists(name))
}

/// Writes a model and its card under a name, as a whole.
fn place(folders: &Folders, name: &str, model: Model, card: Option<String>) -> Result<(), Error> {
    let model = model.renamed(name);
    disk::write_folder(&folders.models.join(name), |new| {
        model.save(new)?;
        match card {
            Some(card) => disk::write(&new.join(CARD), card::titled(&card, name).as_bytes()),
            None => Ok(()),
        }
    })
}

/// The contents of a model's files.
fn files(entry: &ModelEntry) -> Result<package::Files, Error> {
    let Some(path) = &entry.path else { return Ok(models::shipped_files()) };
    let mut files = package::Files::new();
    for name in [MODEL, WEIGHTS, CARD] {
        let file = path.join(name);
        // A card may be missing; whether the rest is there is for the model to say.
        if file.exists() {
            files.insert(name.to_owned(), fs::read(&file).map_err(Error::io(&file))?);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests;
