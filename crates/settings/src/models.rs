//! The models that a user can choose from: those under the models folder, and the one that ships.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use engine::{LstmSummary, Model};
use serde::Serialize;
use ts_rs::TS;

use crate::{Error, Folders, storage};

/// The name of the model that ships with the program.
pub const DEFAULT: &str = "default";

/// The files of the model that ships, by name; none where the program was built without it.
const SHIPPED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/default_model.rs"));

/// A model that a user can choose.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct ModelEntry {
    /// What the model says about itself; its name is that of its folder.
    #[serde(flatten)]
    #[ts(flatten)]
    pub summary: LstmSummary,
    /// Its folder; none for the one that is part of the program.
    pub path: Option<PathBuf>,
    /// Whether it is the one that is part of the program.
    pub built_in: bool,
    /// Bytes of its files.
    pub bytes: u64,
    /// Why it cannot be used, if it cannot.
    pub problem: Option<String>,
}

/// The models by name, those that cannot be used included. A folder named `default` stands before the one that ships.
///
/// # Errors
/// An I/O error naming the models folder; a folder that is not there holds no models.
pub fn list(folders: &Folders) -> Result<Vec<ModelEntry>, Error> {
    let mut entries: BTreeMap<String, ModelEntry> = BTreeMap::new();
    if !SHIPPED.is_empty() {
        entries.insert(DEFAULT.to_owned(), entry(DEFAULT, None, shipped()));
    }
    for path in model_folders(&folders.models).map_err(Error::io(&folders.models))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        entries.insert(name.clone(), entry(&name, Some(path.clone()), Model::load(&path)));
    }
    Ok(entries.into_values().collect())
}

/// Opens a model by name.
///
/// # Errors
/// The engine's, naming the model's folder.
pub fn open(folders: &Folders, name: &str) -> Result<Model, engine::Error> {
    let path = folders.models.join(name);
    if let Err(error) = check_name(name) {
        return Err(engine::Error::Model { path: name.into(), reason: error.to_string() });
    }
    if name == DEFAULT && !path.exists() { shipped() } else { Model::load(&path) }
}

/// Writes a model under the models folder by its name, replacing an older one of that name, and tells its folder.
///
/// # Errors
/// [`Error::ModelName`] for a name that cannot be a folder's or is that of the model that ships, or an I/O error.
pub fn save(folders: &Folders, name: &str, model: &Model) -> Result<PathBuf, Error> {
    check_name(name)?;
    if name == DEFAULT {
        return Err(Error::ModelName(name.to_owned()));
    }
    let path = folders.models.join(name);
    fs::create_dir_all(&folders.models).map_err(Error::io(&folders.models))?;
    model.save(&path)?;
    Ok(path)
}

/// Where the training of a model of that name is kept until it is done.
#[must_use]
pub fn checkpoint(folders: &Folders, name: &str) -> PathBuf {
    Model::checkpoint(&folders.models.join(name))
}

/// A training that was interrupted, and that goes on where its model is trained again from the same logs in the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Interrupted {
    /// When it was kept last, in milliseconds since 1970.
    pub kept: u64,
}

/// The training of a model of that name that was interrupted, if one was.
#[must_use]
pub fn interrupted(folders: &Folders, name: &str) -> Option<Interrupted> {
    check_name(name).ok()?;
    let file = fs::metadata(checkpoint(folders, name)).ok().filter(fs::Metadata::is_file)?;
    let since = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Interrupted { kept: u64::try_from(since.as_millis()).ok()? })
}

/// Checks that a name can be a model's: 1 to 64 letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
///
/// # Errors
/// [`Error::ModelName`], and no other.
pub fn check_name(name: &str) -> Result<(), Error> {
    let known = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if known && begins && name.len() <= 64 { Ok(()) } else { Err(Error::ModelName(name.to_owned())) }
}

/// Whether a model ships with this build of the program.
#[must_use]
pub fn ships() -> bool {
    !SHIPPED.is_empty()
}

/// The files of the model that ships, by name.
#[must_use]
pub fn shipped_files() -> BTreeMap<String, Vec<u8>> {
    SHIPPED.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

fn shipped() -> Result<Model, engine::Error> {
    if SHIPPED.is_empty() {
        return Err(engine::Error::Model { path: DEFAULT.into(), reason: "this build of the program ships none".to_owned() });
    }
    Model::from_files(DEFAULT, &SHIPPED.iter().copied().collect())
}

/// The folders in the models folder, but for hidden ones.
fn model_folders(models: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(models) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut folders = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.path().is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            folders.push(entry.path());
        }
    }
    Ok(folders)
}

fn entry(name: &str, path: Option<PathBuf>, model: Result<Model, engine::Error>) -> ModelEntry {
    let built_in = path.is_none();
    let (summary, problem) = match model {
        Ok(model) => (model.summary(), None),
        Err(error) => (LstmSummary::default(), Some(error.to_string())),
    };
    let bytes = path.as_deref().map_or_else(|| SHIPPED.iter().map(|(_, bytes)| bytes.len() as u64).sum(), storage::size);
    ModelEntry { summary: LstmSummary { name: name.to_owned(), ..summary }, path, built_in, bytes, problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        for name in ["default", "a", "my-model_2.1", "7"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", ".", "..", ".hidden", "-x", "a/b", "a\\b", "a b", "ä", &"x".repeat(65)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_folder_that_is_no_model_is_listed_with_its_problem() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_path_buf();
        let folders =
            Folders { settings: data.join("settings.toml"), models: data.join("models"), cache: data.join("cache"), data };
        fs::create_dir_all(folders.models.join("foreign")).unwrap();
        fs::create_dir_all(folders.models.join(".hidden")).unwrap();
        fs::write(folders.models.join("file"), "x").unwrap();
        let found = list(&folders).unwrap();
        let own: Vec<&ModelEntry> = found.iter().filter(|entry| !entry.built_in).collect();
        assert_eq!(own.len(), 1);
        assert_eq!(own[0].summary.name, "foreign");
        assert!(own[0].problem.as_ref().is_some_and(|problem| problem.contains("foreign")), "{:?}", own[0].problem);
        assert!(open(&folders, "foreign").is_err());
        assert!(open(&folders, "../models").unwrap_err().to_string().contains("../models"));
    }

    #[test]
    fn a_training_that_was_interrupted_is_known_by_its_model() {
        let (_keep, folders) = crate::folders::temporary();
        fs::create_dir_all(&folders.models).unwrap();
        assert_eq!(interrupted(&folders, "mine"), None);
        let file = fs::File::create(checkpoint(&folders, "mine")).unwrap();
        file.set_modified(UNIX_EPOCH + std::time::Duration::from_millis(1_700_000_000_500)).unwrap();
        assert_eq!(interrupted(&folders, "mine"), Some(Interrupted { kept: 1_700_000_000_500 }));
        assert_eq!(interrupted(&folders, "../models/mine"), None);
    }
}
