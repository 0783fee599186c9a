//! The sample incidents, written when they are first opened.

use std::{fs, path::PathBuf};

use serde::Serialize;
use ts_rs::TS;

use crate::{Error, Folders, disk};

/// The file in a sample's folder that names the version of the program that wrote it.
const WRITTEN_BY: &str = "written_by";

/// A sample incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Sample {
    /// A word that names it.
    pub id: String,
    /// One line.
    pub title: String,
    /// What a user sees in it, in a sentence or two.
    pub description: String,
}

/// All samples, in the order in which to show them.
#[must_use]
pub fn list() -> Vec<Sample> {
    let sample = |sample: &simulate::Sample| Sample {
        id: sample.id.clone(),
        title: sample.title.clone(),
        description: sample.description.clone(),
    };
    simulate::samples().iter().map(sample).collect()
}

/// The folder of a sample's logs; they are written if this version of the program has not done so yet.
///
/// # Errors
/// [`Error::NoSample`], or an I/O error naming the file.
pub fn open(folders: &Folders, id: &str) -> Result<PathBuf, Error> {
    let sample = simulate::samples().iter().find(|sample| sample.id == id).ok_or_else(|| Error::NoSample(id.to_owned()))?;
    let folder = folders.samples().join(&sample.id);
    let version = env!("CARGO_PKG_VERSION");
    if !fs::read_to_string(folder.join(WRITTEN_BY)).is_ok_and(|written_by| written_by == version) {
        disk::write_folder(&folder, |new| {
            simulate::write_sample(id, new)?;
            disk::write(&new.join(WRITTEN_BY), version.as_bytes())
        })?;
    }
    Ok(folder.join("logs"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_written_once() {
        let keep = tempfile::tempdir().unwrap();
        let data = keep.path().to_path_buf();
        let folders =
            Folders { settings: data.join("settings.toml"), models: data.join("models"), cache: data.join("cache"), data };
        let samples = list();
        let id = &samples.first().unwrap().id;
        let logs = open(&folders, id).unwrap();
        assert!(fs::read_dir(&logs).unwrap().count() > 0);
        let mark = logs.join("mark");
        fs::write(&mark, "").unwrap();
        open(&folders, id).unwrap();
        assert!(mark.exists(), "the sample was written again");
        fs::write(logs.parent().unwrap().join(WRITTEN_BY), "0.0.0").unwrap();
        open(&folders, id).unwrap();
        assert!(!mark.exists(), "another version's sample was kept");
        assert_eq!(fs::read_dir(folders.samples()).unwrap().count(), 1);
    }

    #[test]
    fn an_unknown_sample_is_an_error() {
        let data = PathBuf::from("/nowhere");
        let folders =
            Folders { settings: data.join("settings.toml"), models: data.join("models"), cache: data.join("cache"), data };
        assert_eq!(open(&folders, "../x").unwrap_err().code(), "no_sample");
    }
}
