//! Reads a folder on the disk: its files, and what the archives in it hold.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use rayon::prelude::*;

use super::{LogText, Source, Text, Texts, mapped::Mapped};
use crate::{
    Error, Observer,
    ingest::{
        SAMPLE, Skipped,
        container::{self, Archive, Fact, Limits, Notes, Unpacked},
        kind, rotation,
    },
    progress::check,
};

/// Files that are named one by one where they were not read for the same reason.
const NAMED: usize = 100;

/// A folder of logs on the disk, or one file; archives and packed files in it are unpacked.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    cache: Option<PathBuf>,
    limits: Limits,
}

impl Folder {
    /// The folder or file at a path. What is packed in it is unpacked into a temporary folder, which is removed with what was read.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), cache: None, limits: Limits::default() }
    }

    /// The same, unpacking into a folder that is kept, so that an archive is unpacked once. What lies there is removed when it was not
    /// used for long and room is needed.
    #[must_use]
    pub fn cached(self, cache: impl Into<PathBuf>) -> Self {
        Self { cache: Some(cache.into()), ..self }
    }

    /// The same, with other limits on what archives may unpack to.
    #[must_use]
    pub fn limited(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

impl Source for Folder {
    fn name(&self) -> &Path {
        &self.root
    }

    fn texts(&self, skipped: &mut Vec<Skipped>, observer: &dyn Observer) -> Result<Texts, Error> {
        let found = find(&self.root, skipped)?;
        let mut all = Texts { looked_at: found.len() + skipped.len(), ..Texts::default() };
        let (mut archives, mut notes) = (Vec::new(), Notes::new(NAMED));
        let looked: Vec<Looked> =
            found.into_par_iter().map(|file| check(observer).map(|()| look(file))).collect::<Result<_, _>>()?;
        for looked in looked {
            match looked {
                Looked::Log(text) => all.logs.push(text),
                Looked::Archive(archive) => archives.push(archive),
                Looked::Fact(fact) => all.facts.push(fact),
                Looked::Neither(note) => notes.note(&note.path, note.reason),
            }
        }
        skipped.extend(notes.told("."));
        let unpacked = container::unpack(&archives, self.cache.as_deref(), &self.limits, &is_log, observer)?;
        let opened: Vec<_> = unpacked.logs.into_par_iter().map(stored).collect();
        for opened in opened {
            match opened {
                Ok(text) => all.logs.push(text),
                Err(note) => skipped.push(note),
            }
        }
        skipped.extend(unpacked.skipped);
        all.facts.extend(unpacked.facts);
        all.facts.sort_by(|a, b| a.path.cmp(&b.path));
        all.leases = unpacked.leases;
        all.logs = rotation::join(all.logs, skipped);
        Ok(all)
    }
}

/// A file, and its path relative to what was given.
struct Found {
    full: PathBuf,
    path: String,
}

/// All files under a folder, or the one file, in the order of their paths; what cannot be read is noted in `skipped`.
fn find(root: &Path, skipped: &mut Vec<Skipped>) -> Result<Vec<Found>, Error> {
    let meta = fs::metadata(root).map_err(Error::io(root))?;
    if !meta.is_dir() {
        let path = root.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        File::open(root).map_err(Error::io(root))?;
        return Ok(vec![Found { full: root.to_path_buf(), path }]);
    }
    let mut files = Vec::new();
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
        for entry in entries {
            match entry {
                Ok(entry) => visit(&entry, &prefix, &mut folders, &mut files, skipped),
                Err(e) => skipped.push(skip(prefix.trim_end_matches('/'), &e.to_string())),
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Takes a folder or a file for later. Links to folders are not followed: they can form loops.
fn visit(
    entry: &fs::DirEntry,
    prefix: &str,
    folders: &mut Vec<(PathBuf, String)>,
    files: &mut Vec<Found>,
    skipped: &mut Vec<Skipped>,
) {
    let full = entry.path();
    let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
    let linked = entry.file_type().is_ok_and(|kind| kind.is_symlink());
    let kind = if linked { fs::metadata(&full).map(|meta| meta.file_type()) } else { entry.file_type() };
    match kind {
        Ok(kind) if kind.is_dir() && !linked => folders.push((full, format!("{path}/"))),
        Ok(kind) if kind.is_dir() => skipped.push(skip(&path, "a link to a folder, which is not followed")),
        Ok(kind) if kind.is_file() => files.push(Found { full, path }),
        Ok(_) => skipped.push(skip(&path, "not a regular file")),
        Err(e) => skipped.push(skip(&path, &e.to_string())),
    }
}

/// What a file is.
enum Looked {
    Log(LogText),
    Archive(Archive),
    Fact(Fact),
    Neither(Skipped),
}

/// Looks at a file's first bytes. Only logs stay in memory, so that a folder of 100,000 other files costs little.
fn look(Found { full, path }: Found) -> Looked {
    let (text, modified) = match open(&full) {
        Ok(opened) => opened,
        Err(e) => return Looked::Neither(skip(&path, &e.to_string())),
    };
    let bytes = text.bytes();
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if container::is_container(sample) {
        return Looked::Archive(Archive { file: full, path });
    }
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    if let Some(fact) = Fact::of(&path, bytes) {
        return Looked::Fact(fact);
    }
    match is_log(&path, &bytes[zeros..bytes.len().min(zeros + SAMPLE)]) {
        Ok(()) => Looked::Log(LogText { path, text, stream: 0, start: 0, modified }),
        Err(reason) => Looked::Neither(skip(&path, &reason)),
    }
}

/// The text of a log that was unpacked.
fn stored(log: Unpacked) -> Result<LogText, Skipped> {
    let (text, _) = open(&log.file).map_err(|e| skip(&log.path, &e.to_string()))?;
    Ok(LogText { path: log.path, text, stream: 0, start: 0, modified: log.modified })
}

fn is_log(path: &str, sample: &[u8]) -> Result<(), String> {
    match container::foreign(sample) {
        Some(what) => Err(what.to_owned()),
        None => kind(path, sample).map(|_| ()).map_err(str::to_owned),
    }
}

fn skip(path: &str, reason: &str) -> Skipped {
    Skipped { path: path.into(), line: None, reason: reason.into() }
}

/// The bytes of a file, and when it was written. A small one is read: maps are few, and each takes a page at least.
fn open(path: &Path) -> io::Result<(Text, i64)> {
    let mut file = File::open(path)?;
    let meta = file.metadata()?;
    let since = meta.modified().ok().and_then(|m| m.duration_since(UNIX_EPOCH).ok());
    let modified = since.map_or(0, |d| d.as_micros() as i64);
    if meta.len() > SAMPLE as u64 {
        return Ok((Text::Mapped(Mapped::new(&file)?), modified));
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize);
    (&mut file).take(SAMPLE as u64).read_to_end(&mut bytes)?;
    Ok((Text::Owned(bytes), modified))
}
