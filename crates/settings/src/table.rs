//! Files of ours in TOML, each with the version of its format.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Error, disk};

/// The one field that every version of every format has.
#[derive(Debug, Deserialize)]
struct Version {
    format_version: u32,
}

/// Reads a file whose content has a `format_version`; none where it is not there. `what` it is not, where it is not understood.
///
/// # Errors
/// [`Error::File`] where the file cannot be understood, [`Error::Newer`] for one of a version above `known`, or an I/O error; the file
/// is left alone.
pub fn read<T: DeserializeOwned>(path: &Path, known: u32, what: &str) -> Result<Option<T>, Error> {
    let not_ours = || Error::File { path: path.into(), line: None, reason: format!("not {what}") };
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Err(not_ours()),
        Err(error) => return Err(Error::io(path)(error)),
    };
    // The version first: what a newer program writes may have another form.
    match toml_edit::de::from_str::<Version>(&text) {
        Ok(Version { format_version: found }) if found > known => Err(Error::Newer { path: path.into(), found, known }),
        _ => toml_edit::de::from_str(&text).map(Some).map_err(|_| not_ours()),
    }
}

/// Replaces a file by a content, at once.
///
/// # Errors
/// [`Error::File`] where the content cannot be written as TOML, or an I/O error; what was there before is then still there.
pub fn write(path: &Path, content: &impl Serialize) -> Result<(), Error> {
    let unwritten = |error: toml_edit::ser::Error| Error::File { path: path.into(), line: None, reason: error.to_string() };
    disk::write(path, toml_edit::ser::to_string_pretty(content).map_err(unwritten)?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Kept {
        format_version: u32,
        name: String,
    }

    #[test]
    fn what_is_foreign_or_newer_is_told_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept.toml");
        assert_eq!(read::<Kept>(&path, 1, "a name").unwrap(), None);
        let kept = Kept { format_version: 1, name: "blue\n\"\u{1}".into() };
        write(&path, &kept).unwrap();
        assert_eq!(read::<Kept>(&path, 1, "a name").unwrap(), Some(kept));
        for (text, code) in [(&b"name = 3"[..], "file"), (b"\xff", "file"), (b"format_version = 2\nother = 1", "newer_file")] {
            fs::write(&path, text).unwrap();
            let error = read::<Kept>(&path, 1, "a name").unwrap_err();
            assert!(error.code().contains(code), "{error:?}");
            assert_eq!(fs::read(&path).unwrap(), text);
        }
    }
}
