//! The folders of logs that were opened last.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Error, Folders, table};

/// The most folders remembered.
pub const MOST: usize = 12;

/// The version of the file's format.
const FORMAT_VERSION: u32 = 1;

/// A folder of logs that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Recent {
    /// The folder or file.
    pub path: String,
    /// The last part of its path.
    pub name: String,
    /// Whether it is still there.
    pub exists: bool,
}

/// The file's content, most recent first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    format_version: u32,
    folders: Vec<String>,
}

/// The folders opened last, most recent first, at most [`MOST`].
///
/// # Errors
/// [`Error::File`] where the file cannot be understood, [`Error::Newer`], or an I/O error; the file is left alone.
pub fn list(folders: &Folders) -> Result<Vec<Recent>, Error> {
    Ok(load(folders)?.into_iter().map(recent).collect())
}

/// Remembers a folder as the most recent one.
///
/// # Errors
/// As [`list`], and [`Error::PathText`] for a path that is not valid UTF-8.
pub fn add(folders: &Folders, path: &Path) -> Result<(), Error> {
    let text = path.to_str().ok_or_else(|| Error::PathText(path.into()))?;
    let mut remembered = load(folders)?;
    remembered.retain(|old| old != text);
    remembered.insert(0, text.to_owned());
    remembered.truncate(MOST);
    store(folders, remembered)
}

/// Forgets a folder; the folder itself is left alone.
///
/// # Errors
/// As [`list`].
pub fn remove(folders: &Folders, path: &Path) -> Result<(), Error> {
    let mut remembered = load(folders)?;
    remembered.retain(|old| Path::new(old) != path);
    store(folders, remembered)
}

fn file(folders: &Folders) -> PathBuf {
    folders.data.join("recent.toml")
}

fn load(folders: &Folders) -> Result<Vec<String>, Error> {
    let kept = table::read::<Remembered>(&file(folders), FORMAT_VERSION, "a list of recent folders")?;
    Ok(kept.map(|kept| kept.folders).unwrap_or_default())
}

fn store(folders: &Folders, remembered: Vec<String>) -> Result<(), Error> {
    let path = file(folders);
    let content = Remembered { format_version: FORMAT_VERSION, folders: remembered };
    table::write(&path, &content)
}

fn recent(path: String) -> Recent {
    let folder = Path::new(&path);
    let name = folder.file_name().map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
    Recent { name, exists: folder.exists(), path }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::folders::temporary as folders;

    fn names(folders: &Folders) -> Vec<String> {
        list(folders).unwrap().into_iter().map(|recent| recent.name).collect()
    }

    #[test]
    fn the_most_recent_comes_first_and_the_oldest_is_forgotten() {
        let (_keep, folders) = folders();
        assert!(list(&folders).unwrap().is_empty());
        for number in 0..=MOST {
            add(&folders, Path::new(&format!("/logs/{number}"))).unwrap();
        }
        add(&folders, Path::new("/logs/5")).unwrap();
        let names = names(&folders);
        assert_eq!(names.len(), MOST);
        assert_eq!(names[..3], ["5", "12", "11"]);
        assert!(!names.contains(&"0".to_owned()));
    }

    #[test]
    fn a_folder_is_forgotten_and_one_that_went_away_is_marked() {
        let (keep, folders) = folders();
        add(&folders, Path::new("/no/such/folder")).unwrap();
        add(&folders, keep.path()).unwrap();
        let exists: Vec<bool> = list(&folders).unwrap().iter().map(|recent| recent.exists).collect();
        assert_eq!(exists, [true, false]);
        remove(&folders, keep.path()).unwrap();
        assert_eq!(names(&folders), ["folder"]);
    }

    #[test]
    fn a_file_that_is_not_ours_is_left_alone() {
        let (_keep, folders) = folders();
        for content in ["folders = 3", "{]", "format_version = 1\nfolders = []\nmore = 1\n", "format_version = 9\nfolders = []\n"]
        {
            fs::write(file(&folders), content).unwrap();
            for error in [list(&folders).unwrap_err(), add(&folders, Path::new("/x")).unwrap_err()] {
                assert!(error.to_string().contains("recent.toml"), "{error}");
            }
            assert_eq!(fs::read_to_string(file(&folders)).unwrap(), content);
        }
    }
}
