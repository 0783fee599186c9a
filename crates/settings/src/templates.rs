//! The user's edits of templates: merged, split, named, muted.

use std::path::PathBuf;

use engine::template::edits::{Edit, Edits};
use serde::{Deserialize, Serialize};

use crate::{Error, Folders, table};

/// The version of the file's format.
const FORMAT_VERSION: u32 = 1;

/// The file's content, oldest edit first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    format_version: u32,
    #[serde(default, rename = "edit", skip_serializing_if = "Vec::is_empty")]
    edits: Vec<Edit>,
}

/// The edits, in the order in which they were made.
///
/// # Errors
/// [`Error::File`] where the file cannot be understood, [`Error::Newer`], or an I/O error; the file is left alone.
pub fn load(folders: &Folders) -> Result<Edits, Error> {
    let kept = table::read::<Kept>(&file(folders), FORMAT_VERSION, "a list of edits of templates")?;
    Ok(Edits { list: kept.map(|kept| kept.edits).unwrap_or_default() })
}

/// Keeps another edit.
///
/// # Errors
/// As [`load`].
pub fn add(folders: &Folders, edit: Edit) -> Result<(), Error> {
    let mut edits = load(folders)?;
    edits.list.push(edit);
    store(folders, edits)
}

/// Takes back the last edit, and gives it; none where there is none.
///
/// # Errors
/// As [`load`].
pub fn undo(folders: &Folders) -> Result<Option<Edit>, Error> {
    let last = load(folders)?.list.len().checked_sub(1);
    last.map_or(Ok(None), |last| remove(folders, last))
}

/// Takes back an edit by its place among them, from 0, and gives it; none where there is none.
///
/// # Errors
/// As [`load`].
pub fn remove(folders: &Folders, place: usize) -> Result<Option<Edit>, Error> {
    let mut edits = load(folders)?;
    if place >= edits.list.len() {
        return Ok(None);
    }
    let edit = edits.list.remove(place);
    store(folders, edits)?;
    Ok(Some(edit))
}

fn file(folders: &Folders) -> PathBuf {
    folders.data.join("templates.toml")
}

fn store(folders: &Folders, edits: Edits) -> Result<(), Error> {
    let path = file(folders);
    let content = Kept { format_version: FORMAT_VERSION, edits: edits.list };
    table::write(&path, &content)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use engine::template::Template;

    use super::*;
    use crate::folders::temporary as folders;

    fn key(text: &str) -> Template {
        Template { origin: "nova.compute.manager".to_owned(), text: text.to_owned() }
    }

    #[test]
    fn edits_are_read_back_and_taken_back() {
        let (_keep, folders) = folders();
        assert_eq!((load(&folders).unwrap(), undo(&folders).unwrap()), (Edits::default(), None));
        let edits = [
            Edit::Merge { into: key("a \"<*>\" ⇒ b"), from: vec![key("c"), key("d")] },
            Edit::Split { template: key("a <*>"), place: 1 },
            Edit::Name { template: key("a"), name: "Größe".to_owned() },
            Edit::Mute { template: key("a"), muted: true },
        ];
        for edit in &edits {
            add(&folders, edit.clone()).unwrap();
        }
        assert_eq!(load(&folders).unwrap().list, edits);
        assert_eq!(undo(&folders).unwrap().as_ref(), edits.last());
        assert_eq!(remove(&folders, 0).unwrap().as_ref(), edits.first());
        assert_eq!(remove(&folders, 7).unwrap(), None);
        assert_eq!(load(&folders).unwrap().list, edits[1..3]);
    }

    #[test]
    fn a_file_that_is_not_ours_is_left_alone() {
        let (_keep, folders) = folders();
        for content in ["edit = 3", "{]", "format_version = 9\n", "format_version = 1\nmore = 1\n"] {
            fs::write(file(&folders), content).unwrap();
            for error in [load(&folders).unwrap_err(), undo(&folders).unwrap_err()] {
                assert!(error.to_string().contains("templates.toml"), "{error}");
            }
            assert_eq!(fs::read_to_string(file(&folders)).unwrap(), content);
        }
    }
}
