//! What the user knows better about a folder of logs: whose a file is, and how its clock goes. A file for each folder of logs, so that
//! the logs themselves stay as they are.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use engine::ingest::Correction;
use serde::{Deserialize, Serialize};

use crate::{Error, Folders, table};

/// The version of the file's format.
const FORMAT_VERSION: u32 = 1;

/// The file's content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    format_version: u32,
    /// The folder of logs, for readers.
    folder: String,
    #[serde(default, rename = "correction")]
    corrections: Vec<Correction>,
}

/// The corrections of a folder of logs, in the order of their paths; none where nothing was corrected.
///
/// # Errors
/// [`Error::File`] where the file cannot be understood, [`Error::Newer`], or an I/O error; the file is left alone.
pub fn load(folders: &Folders, logs: &Path) -> Result<Vec<Correction>, Error> {
    let kept = table::read::<Kept>(&file(folders, logs), FORMAT_VERSION, "a list of corrections")?;
    Ok(kept.map(|kept| kept.corrections).unwrap_or_default())
}

/// Keeps a correction in place of an earlier one of the same path; one that says nothing takes the earlier one back.
///
/// # Errors
/// As [`load`].
pub fn set(folders: &Folders, logs: &Path, correction: Correction) -> Result<(), Error> {
    let mut corrections = load(folders, logs)?;
    corrections.retain(|old| old.path != correction.path);
    if correction.service.is_some() || correction.host.is_some() || correction.shift.is_some() {
        corrections.push(correction);
    }
    corrections.sort_by(|a, b| a.path.cmp(&b.path));
    store(folders, logs, corrections)
}

/// Takes back what was corrected of a path, or everything.
///
/// # Errors
/// As [`load`], but for [`Error::File`] where everything is taken back.
pub fn reset(folders: &Folders, logs: &Path, path: Option<&str>) -> Result<(), Error> {
    let kept = match path {
        None => Vec::new(),
        Some(path) => load(folders, logs)?.into_iter().filter(|c| c.path != path).collect(),
    };
    store(folders, logs, kept)
}

fn store(folders: &Folders, logs: &Path, corrections: Vec<Correction>) -> Result<(), Error> {
    let path = file(folders, logs);
    if corrections.is_empty() {
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io(path)(error)),
            _ => Ok(()),
        };
    }
    let folder = whole(logs).to_string_lossy().into_owned();
    let content = Kept { format_version: FORMAT_VERSION, folder, corrections };
    table::write(&path, &content)
}

/// `corrections/<sum of the folder's path>/corrections.toml` in the data folder.
fn file(folders: &Folders, logs: &Path) -> PathBuf {
    let sum = fnv(whole(logs).as_os_str().as_encoded_bytes());
    folders.data.join("corrections").join(format!("{sum:016x}")).join("corrections.toml")
}

pub(crate) fn whole(logs: &Path) -> PathBuf {
    logs.canonicalize().or_else(|_| std::path::absolute(logs)).unwrap_or_else(|_| logs.to_path_buf())
}

/// The 64-bit FNV-1a hash (G. Fowler, L. Noll, K.-P. Vo), which stays the same from one version of the program to the next.
pub(crate) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders() -> (tempfile::TempDir, Folders) {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_path_buf();
        let folders = Folders::find(&|name| (name == "DATA_DIR").then(|| data.clone().into_os_string())).unwrap();
        (folder, folders)
    }

    fn shifted(path: &str, shift: Option<i64>) -> Correction {
        Correction { path: path.into(), shift, ..Correction::default() }
    }

    #[test]
    fn corrections_belong_to_their_folder_and_are_taken_back() {
        let (_keep, folders) = folders();
        let (one, two) = (Path::new("/logs/one"), Path::new("/logs/two"));
        let first = Correction { host: Some("c1".into()), ..shifted("b.log", Some(-7_200_000_000)) };
        set(&folders, one, first.clone()).unwrap();
        set(&folders, one, shifted("a", Some(5))).unwrap();
        assert_eq!(load(&folders, one).unwrap(), [shifted("a", Some(5)), first.clone()]);
        assert!(load(&folders, two).unwrap().is_empty());
        set(&folders, one, shifted("a", None)).unwrap();
        assert_eq!(load(&folders, one).unwrap(), [first]);
        reset(&folders, one, Some("b.log")).unwrap();
        assert!(load(&folders, one).unwrap().is_empty() && !file(&folders, one).exists());
        reset(&folders, one, None).unwrap();
    }

    #[test]
    fn a_file_that_is_not_ours_is_left_alone() {
        let (_keep, folders) = folders();
        let logs = Path::new("/logs");
        let path = file(&folders, logs);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        for content in ["{]", "format_version = 1\n", "format_version = 9\nfolder = \"/logs\"\n"] {
            fs::write(&path, content).unwrap();
            for error in [load(&folders, logs).unwrap_err(), set(&folders, logs, shifted("a", Some(1))).unwrap_err()] {
                assert!(error.to_string().contains("corrections.toml"), "{error}");
            }
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
        reset(&folders, logs, None).unwrap();
        assert!(load(&folders, logs).unwrap().is_empty());
    }
}
