//! A first look at what the user opened, before anything is read.

use std::{fs, path::Path};

use engine::Error;
use serde::Serialize;
use ts_rs::TS;

/// Folders deeper than this are not looked into: a link that leads in circles must not hang the window.
const DEPTH: usize = 12;

/// What is in the folder that the user opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Folder {
    /// Where it is.
    pub path: String,
    /// Files in it and below.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Counts what is there.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Empty`] or [`Error::Io`], naming the path.
pub fn survey(path: &Path) -> Result<Folder, Error> {
    let mut folder = Folder { path: path.display().to_string(), files: 0, bytes: 0 };
    if path.is_dir() {
        count(path, DEPTH, &mut folder)?;
    } else {
        folder.files = 1;
        folder.bytes = fs::metadata(path).map_err(Error::io(path))?.len();
    }
    if folder.files == 0 { Err(Error::Empty(path.into())) } else { Ok(folder) }
}

fn count(path: &Path, depth: usize, folder: &mut Folder) -> Result<(), Error> {
    for entry in fs::read_dir(path).map_err(Error::io(path))?.flatten() {
        match entry.metadata() {
            // A folder below that cannot be read is for the report to tell; the rest still counts.
            Ok(meta) if meta.is_dir() && depth > 0 => count(&entry.path(), depth - 1, folder).unwrap_or_default(),
            Ok(meta) if meta.is_file() => {
                folder.files += 1;
                folder.bytes += meta.len();
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_bytes_of_all_levels_are_counted() {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(root.path().join("nova")).expect("a folder");
        fs::write(root.path().join("nova/nova-api.log"), "12345").expect("a file");
        fs::write(root.path().join("neutron.log"), "123").expect("a file");
        let folder = survey(root.path()).expect("a folder with files");
        assert_eq!((folder.files, folder.bytes), (2, 8));
    }

    #[test]
    fn a_folder_of_empty_folders_is_empty() {
        let root = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(root.path().join("nova")).expect("a folder");
        assert_eq!(survey(root.path()).expect_err("nothing is there").code(), "empty");
    }

    #[test]
    fn a_path_that_is_not_there_is_named() {
        let error = survey(Path::new("/no/such/folder")).expect_err("it is not there");
        assert_eq!(error.code(), "not_found");
        assert!(error.to_string().contains("/no/such/folder"));
    }
}
