//! Where logs come from: one narrow door, behind which every step is the same for a folder and for what is none.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use memmap2::Mmap;
use serde::{Deserialize, Serialize};

use super::Skipped;
use crate::{Error, Observer};

/// Where logs come from. A source that is no folder, such as a log store on the network, fetches what is asked of it into files or
/// memory and gives those; nothing after this door knows the difference.
pub trait Source: Sync {
    /// What it is called in messages: the path of a folder.
    fn name(&self) -> &Path;

    /// Its texts in the order in which they are read, those of one stream next to each other and the oldest first. What cannot be
    /// read is noted in `skipped`.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Io`] where nothing at all can be read, and [`Error::Cancelled`].
    fn texts(&self, skipped: &mut Vec<Skipped>, observer: &dyn Observer) -> Result<Vec<LogText>, Error>;
}

/// The bytes of a file, where they lie.
#[derive(Debug)]
pub enum Text {
    /// Mapped from the disk.
    Mapped(Mmap),
    /// In memory.
    Owned(Vec<u8>),
}

impl Text {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Owned(bytes) => bytes,
        }
    }
}

/// A text that may be a log.
#[derive(Debug)]
pub struct LogText {
    /// Relative to what was given, with `/` between its parts.
    pub path: String,
    /// The text.
    pub text: Text,
    /// Number of the stream: the files that one log was rotated into share it.
    pub stream: u32,
    /// The first byte to read: what stands before was read with an older file of the stream.
    pub start: usize,
    /// When it was last written, in microseconds since 1970; 0 where that is not known.
    pub modified: i64,
}

/// By what a text is known again, and a change of it noticed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Relative to what was given.
    pub path: String,
    /// Its bytes.
    pub size: u64,
    /// When it was last written, in microseconds since 1970; 0 where that is not known.
    pub modified: i64,
    /// Number of its stream.
    pub stream: u32,
    /// The first byte that is read.
    pub start: usize,
}

impl LogText {
    /// By what the text is known again.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        let Self { path, text, stream, start, modified } = self;
        Stamp { path: path.clone(), size: text.bytes().len() as u64, modified: *modified, stream: *stream, start: *start }
    }
}

/// A folder of logs on the disk, or one file.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder or file at a path.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

impl Source for Folder {
    fn name(&self) -> &Path {
        &self.root
    }

    fn texts(&self, skipped: &mut Vec<Skipped>, _observer: &dyn Observer) -> Result<Vec<LogText>, Error> {
        find(&self.root, skipped)
    }
}

/// Texts in memory, such as what a folder that is watched has grown by.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// Path and bytes of each.
    pub texts: Vec<(String, Vec<u8>)>,
}

impl Source for Memory {
    fn name(&self) -> &Path {
        Path::new("memory")
    }

    fn texts(&self, _skipped: &mut Vec<Skipped>, _observer: &dyn Observer) -> Result<Vec<LogText>, Error> {
        let text = |(n, (path, bytes)): (usize, &(String, Vec<u8>))| LogText {
            path: path.clone(),
            text: Text::Owned(bytes.clone()),
            stream: n as u32,
            start: 0,
            modified: 0,
        };
        Ok(self.texts.iter().enumerate().map(text).collect())
    }
}

/// All files under a folder, or the one file, in the order of their paths; what cannot be read is noted in `skipped`.
fn find(root: &Path, skipped: &mut Vec<Skipped>) -> Result<Vec<LogText>, Error> {
    let meta = fs::metadata(root).map_err(Error::io(root))?;
    if meta.is_file() {
        let name = root.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        return Ok(vec![open(root, name).map_err(Error::io(root))?]);
    }
    let mut texts = Vec::new();
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
            visit(entry.path(), &path, &mut folders, &mut texts, skipped);
        }
    }
    texts.sort_by(|a, b| a.path.cmp(&b.path));
    for (n, text) in texts.iter_mut().enumerate() {
        text.stream = n as u32;
    }
    Ok(texts)
}

/// Takes a folder for later and a file at once. Links to folders are not followed: they can form loops.
fn visit(full: PathBuf, path: &str, folders: &mut Vec<(PathBuf, String)>, texts: &mut Vec<LogText>, skipped: &mut Vec<Skipped>) {
    let linked = fs::symlink_metadata(&full).is_ok_and(|m| m.is_symlink());
    match fs::metadata(&full) {
        Ok(meta) if meta.is_dir() && !linked => folders.push((full, format!("{path}/"))),
        Ok(meta) if meta.is_dir() => skipped.push(skip(path, "a link to a folder, which is not followed")),
        Ok(meta) if meta.is_file() => match open(&full, path.to_owned()) {
            Ok(text) => texts.push(text),
            Err(e) => skipped.push(skip(path, &e.to_string())),
        },
        Ok(_) => skipped.push(skip(path, "not a regular file")),
        Err(e) => skipped.push(skip(path, &e.to_string())),
    }
}

fn skip(path: &str, reason: &str) -> Skipped {
    Skipped { path: path.into(), line: None, reason: reason.into() }
}

#[expect(unsafe_code, reason = "mapping is the only way to read gigabytes without copying them")]
fn open(full: &Path, path: String) -> std::io::Result<LogText> {
    let file = File::open(full)?;
    let meta = file.metadata()?;
    let since = meta.modified().ok().and_then(|m| m.duration_since(std::time::UNIX_EPOCH).ok());
    let text = if meta.len() == 0 {
        Text::Owned(Vec::new())
    } else {
        // SAFETY: the map is read-only and treated as bytes that can be anything and can change. What it cannot survive is a file that
        // is truncated while it is mapped: reading behind its new end raises a signal that ends the program.
        Text::Mapped(unsafe { Mmap::map(&file) }?)
    };
    Ok(LogText { path, text, stream: 0, start: 0, modified: since.map_or(0, |d| d.as_micros() as i64) })
}
