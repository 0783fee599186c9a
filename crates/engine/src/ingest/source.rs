//! Finds the files of a folder and maps their text.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use memmap2::Mmap;

use super::Skipped;
use crate::Error;

/// The text of a file, where it lies.
#[derive(Debug)]
pub enum Text {
    /// Mapped from the disk.
    Mapped(Mmap),
    /// An empty file, which cannot be mapped.
    Empty,
}

impl Text {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Empty => &[],
        }
    }
}

/// A file that was found.
#[derive(Debug)]
pub struct Source {
    /// Relative to the folder that was given, with `/` between its parts.
    pub path: String,
    /// Its text.
    pub text: Text,
}

/// All files under a folder, or the one file, in the order of their paths; what cannot be read is noted in `skipped`.
///
/// # Errors
/// [`Error::NotFound`] or [`Error::Io`] where the folder itself cannot be read.
pub fn find(root: &Path, skipped: &mut Vec<Skipped>) -> Result<Vec<Source>, Error> {
    let meta = fs::metadata(root).map_err(Error::io(root))?;
    if meta.is_file() {
        let name = root.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok(vec![Source { path: name, text: open(root).map_err(Error::io(root))? }]);
    }
    let mut sources = Vec::new();
    let mut folders = vec![(root.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if prefix.is_empty() => return Err(Error::io(folder)(e)),
            Err(e) => {
                skipped.push(skip(prefix.trim_end_matches('/'), &e.to_string()));
                continue;
            }
        };
        for entry in entries.flatten() {
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            visit(entry.path(), path, &mut folders, &mut sources, skipped);
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

/// Takes a folder for later and a file at once. Links to folders are not followed: they can form loops.
fn visit(
    full: PathBuf,
    path: String,
    folders: &mut Vec<(PathBuf, String)>,
    sources: &mut Vec<Source>,
    skipped: &mut Vec<Skipped>,
) {
    let linked = fs::symlink_metadata(&full).is_ok_and(|m| m.is_symlink());
    match fs::metadata(&full) {
        Ok(meta) if meta.is_dir() && !linked => folders.push((full, format!("{path}/"))),
        Ok(meta) if meta.is_dir() => skipped.push(skip(&path, "a link to a folder, which is not followed")),
        Ok(meta) if meta.is_file() => match open(&full) {
            Ok(text) => sources.push(Source { path, text }),
            Err(e) => skipped.push(skip(&path, &e.to_string())),
        },
        Ok(_) => skipped.push(skip(&path, "not a regular file")),
        Err(e) => skipped.push(skip(&path, &e.to_string())),
    }
}

fn skip(path: &str, reason: &str) -> Skipped {
    Skipped { path: path.into(), line: None, reason: reason.into() }
}

#[expect(unsafe_code, reason = "mapping is the only way to read gigabytes without copying them")]
fn open(path: &Path) -> std::io::Result<Text> {
    let file = File::open(path)?;
    if file.metadata()?.len() == 0 {
        return Ok(Text::Empty);
    }
    // SAFETY: the map is read-only and treated as bytes that can be anything and can change. What it cannot survive is a file that is
    // truncated while it is mapped: reading behind its new end raises a signal that ends the program.
    unsafe { Mmap::map(&file) }.map(Text::Mapped)
}
