//! Where the window stood when it was last seen.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{Error, Folders, table};

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
    let kept = table::read::<Remembered>(&file(folders), FORMAT_VERSION, "a place of the window")?;
    Ok(kept.map(|kept| kept.window))
}

/// Remembers where the window stands.
///
/// # Errors
/// As [`load`].
pub fn save(folders: &Folders, window: Place) -> Result<(), Error> {
    load(folders)?;
    let path = file(folders);
    let remembered = Remembered { format_version: FORMAT_VERSION, window };
    table::write(&path, &remembered)
}

fn file(folders: &Folders) -> PathBuf {
    folders.data.join("window.toml")
}

#[cfg(test)]
mod tests {
    use std::fs;

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
