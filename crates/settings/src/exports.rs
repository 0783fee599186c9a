//! The folder that a file was saved in last, where the next dialog begins.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Error, Folders, table};

/// The version of the file's format.
const FORMAT_VERSION: u32 = 1;

/// The file's content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    format_version: u32,
    folder: PathBuf,
}

/// The folder that a file was saved in last; none where none was, or where the folder is gone.
///
/// # Errors
/// [`Error::File`] where the file cannot be understood, or an I/O error; the file is left alone.
pub fn folder(folders: &Folders) -> Result<Option<PathBuf>, Error> {
    let kept = table::read::<Remembered>(&file(folders), FORMAT_VERSION, "the folder of the last export")?;
    Ok(kept.map(|kept| kept.folder).filter(|folder| folder.is_dir()))
}

/// Remembers the folder that a file was saved in.
///
/// # Errors
/// As [`folder`], and [`Error::PathText`] for a path that is not valid UTF-8.
pub fn remember(folders: &Folders, saved_in: &Path) -> Result<(), Error> {
    if folder(folders)?.as_deref() == Some(saved_in) {
        return Ok(());
    }
    let path = file(folders);
    let content = Remembered { format_version: FORMAT_VERSION, folder: saved_in.into() };
    table::write(&path, &content)
}

fn file(folders: &Folders) -> PathBuf {
    folders.data.join("exports.toml")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::folders::temporary;

    #[test]
    fn the_last_folder_is_remembered_as_long_as_it_is_there() {
        let (keep, folders) = temporary();
        assert_eq!(folder(&folders).unwrap(), None);
        let saved_in = keep.path().join("reports");
        fs::create_dir(&saved_in).unwrap();
        remember(&folders, keep.path()).unwrap();
        remember(&folders, &saved_in).unwrap();
        assert_eq!(folder(&folders).unwrap().as_deref(), Some(saved_in.as_path()));
        fs::remove_dir(&saved_in).unwrap();
        assert_eq!(folder(&folders).unwrap(), None);
    }

    #[test]
    fn a_file_that_is_not_ours_is_left_alone() {
        let (keep, folders) = temporary();
        for content in ["x", "format_version = 9\nfolder = \"/\"\n"] {
            fs::write(file(&folders), content).unwrap();
            assert!(folder(&folders).is_err() && remember(&folders, keep.path()).is_err());
            assert_eq!(fs::read_to_string(file(&folders)).unwrap(), content);
        }
    }
}
