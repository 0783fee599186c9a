//! Where the window stood when it was last seen.

use std::{fs, io, path::PathBuf};

use serde::{Deserialize, Serialize};

use crate::{Error, Folders, disk};

/// The version of the file's format.
const FORMAT_VERSION: u32 = 1;

/// A window's size and place while it is neither maximized nor minimized.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its left edge among all screens, in their own pixels.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// Its width in pixels of the page, which are larger than those of a fine screen.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Whether it was maximized; the rest is then how it was before.
    pub maximized: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    format_version: u32,
    window: Place,
}

/// Where the window stood; none where it was never seen.
///
/// # Errors
/// [`Error::File`] where the file cannot be understood, [`Error::Newer`], or an I/O error; the file is left alone.
pub fn load(folders: &Folders) -> Result<Option<Place>, Error> {
    let path = file(folders);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Err(not_ours(path)),
        Err(error) => return Err(Error::io(path)(error)),
    };
    let Ok(remembered) = toml_edit::de::from_str::<Remembered>(&text) else { return Err(not_ours(path)) };
    if remembered.format_version > FORMAT_VERSION {
        return Err(Error::Newer { path, found: remembered.format_version, known: FORMAT_VERSION });
    }
    Ok(Some(remembered.window))
}

/// Remembers where the window stands.
///
/// # Errors
/// As [`load`].
pub fn save(folders: &Folders, window: Place) -> Result<(), Error> {
    load(folders)?;
    let path = file(folders);
    let remembered = Remembered { format_version: FORMAT_VERSION, window };
    let text = toml_edit::ser::to_string_pretty(&remembered).map_err(|error| Error::File {
        path: path.clone(),
        line: None,
        reason: error.to_string(),
    })?;
    disk::write(&path, text.as_bytes())
}

fn file(folders: &Folders) -> PathBuf {
    folders.data.join("window.toml")
}

fn not_ours(path: PathBuf) -> Error {
    Error::File { path, line: None, reason: "not a place of the window".into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folders::temporary;

    const PLACE: Place = Place { x: -1200, y: 40, width: 1000, height: 700, maximized: true };

    #[test]
    fn a_window_is_found_where_it_stood() {
        let (_home, folders) = temporary();
        assert_eq!(load(&folders).unwrap(), None);
        save(&folders, PLACE).unwrap();
        assert_eq!(load(&folders).unwrap(), Some(PLACE));
        save(&folders, Place { maximized: false, ..PLACE }).unwrap();
        assert!(!load(&folders).unwrap().unwrap().maximized);
    }

    #[test]
    fn a_file_that_is_not_ours_is_left_alone() {
        let (_home, folders) = temporary();
        let newer = "format_version = 9\n[window]\nx = 0\ny = 0\nwidth = 9\nheight = 9\nmaximized = false\n";
        for (text, code) in [("width = 9\n", "settings_file"), (newer, "newer_file")] {
            fs::write(file(&folders), text).unwrap();
            let error = save(&folders, PLACE).unwrap_err();
            assert!(error.code() == code && error.to_string().contains("window.toml"), "{code}: {error}");
            assert_eq!(fs::read_to_string(file(&folders)).unwrap(), text);
        }
    }
}
