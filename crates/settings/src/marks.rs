//! What a reader marks in the reports of a folder of logs: a file for each folder, found again when the folder is opened again.

use std::{
    fs,
    path::{Path, PathBuf},
};

use engine::report::marks::Marks;
use serde::{Deserialize, Serialize};

use crate::{
    Error, Folders,
    corrections::{fnv, whole},
    table,
};

/// The version of the file's format.
const FORMAT_VERSION: u32 = 1;

/// The file's content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    format_version: u32,
    /// The folder of logs, for readers.
    folder: String,
    marks: Marks,
}

/// The marks on the reports of a folder of logs; none where nothing was marked.
///
/// # Errors
/// [`Error::File`] where the file cannot be understood, [`Error::Newer`], or an I/O error; the file is left alone.
pub fn load(folders: &Folders, logs: &Path) -> Result<Marks, Error> {
    let kept = table::read::<Kept>(&file(folders, logs), FORMAT_VERSION, "a list of marks")?;
    Ok(kept.map(|kept| kept.marks).unwrap_or_default())
}

/// Keeps the marks on the reports of a folder in place of those before; the file goes where nothing is marked any more.
///
/// # Errors
/// As [`load`]: a file that is not understood is not written over.
pub fn save(folders: &Folders, logs: &Path, marks: &Marks) -> Result<(), Error> {
    let before = load(folders, logs)?;
    let path = file(folders, logs);
    if *marks == before {
        return Ok(());
    }
    if *marks == Marks::default() {
        return fs::remove_file(&path).map_err(Error::io(path));
    }
    let folder = whole(logs).to_string_lossy().into_owned();
    let content = Kept { format_version: FORMAT_VERSION, folder, marks: marks.clone() };
    table::write(&path, &content)
}

/// `marks/<sum of the folder's path>.toml` in the data folder.
fn file(folders: &Folders, logs: &Path) -> PathBuf {
    let sum = fnv(whole(logs).as_os_str().as_encoded_bytes());
    folders.data.join("marks").join(format!("{sum:016x}.toml"))
}

#[cfg(test)]
mod tests {
    use engine::report::{
        Evidence, Role,
        marks::{Mark, Stance},
    };

    use super::*;
    use crate::folders::temporary as folders;

    /// Marks with everything that is awkward in TOML: lines, quotes, nothing, and control characters.
    fn marks() -> Marks {
        let note = "first \"line\"\nsecond = [x]\n'''\u{7}\ttab ".to_owned();
        let own = Evidence {
            id: String::new(),
            file: "nova/nova-api.log".into(),
            line: 7,
            end_line: 9,
            timestamp: None,
            host: None,
            service: Some("nova-api".into()),
            subsystem: None,
            level: None,
            logger: None,
            request_id: None,
            instance_id: None,
            message: "a\r\nb \u{1b}[31m \\ \"".into(),
            template: String::new(),
            importance: 0.123,
            relevance: None,
            role: Role::Context,
            why: "Added".into(),
        };
        Marks {
            order: vec!["known failure b".into(), "source a.py f".into()],
            causes: vec![Mark { key: "known failure b".into(), stance: Stance::Dismissed, note: String::new() }],
            evidence: vec![Mark { key: "a.log:1 0f".into(), stance: Stance::Pinned, note }],
            own: vec![own],
        }
    }

    #[test]
    fn marks_belong_to_their_folder_and_are_found_again() {
        let (keep, folders) = folders();
        let (one, two) = (&keep.path().join("one"), Path::new("/logs/two"));
        fs::create_dir(one).unwrap();
        save(&folders, one, &marks()).unwrap();
        assert_eq!(load(&folders, &one.join("../one/")).unwrap(), marks());
        assert_eq!(load(&folders, two).unwrap(), Marks::default());
        save(&folders, one, &Marks::default()).unwrap();
        assert!(!file(&folders, one).exists());
        save(&folders, one, &Marks::default()).unwrap();
    }

    #[test]
    fn a_file_that_is_not_ours_is_left_alone() {
        let (_keep, folders) = folders();
        let logs = Path::new("/logs");
        let path = file(&folders, logs);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let foreign: [(&[u8], &str); 5] = [
            (b"{]", "settings_file"),
            (b"\xff\xfe", "settings_file"),
            (b"format_version = 1\n", "settings_file"),
            (b"format_version = 1\nfolder = \"/logs\"\n[marks]\nelse = 1\n", "settings_file"),
            (b"format_version = 9\nfolder = \"/logs\"\nnew = true\n", "newer_file"),
        ];
        for (content, code) in foreign {
            fs::write(&path, content).unwrap();
            for error in [load(&folders, logs).unwrap_err(), save(&folders, logs, &marks()).unwrap_err()] {
                assert!(error.code() == code && error.to_string().contains(".toml"), "{error}");
            }
            assert_eq!(fs::read(&path).unwrap(), content);
        }
    }
}
