//! What an analysis found out, kept in a file, so that a folder opened again is there at once.
//!
//! The columns of the events are written as they lie in memory and read back in one go; the text stays in the logs. An index holds
//! the path, size and time of each text that was there, and is of no use once one of them differs. It is checked when it is read: a file
//! that is damaged, foreign or of another version is as good as none.

mod columns;
mod saved;

use std::{
    fs::{self, File},
    hash::{Hash, Hasher},
    io::{BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use rustc_hash::FxHasher;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    Error, Logs, Observer,
    ingest::{encoding, source::Source},
};
use saved::{Known, Saved};

/// Raised whenever what is written, or what reading and mining give for the same logs, changes.
const VERSION: u32 = 4;
const MAGIC: &[u8; 8] = b"ORCAIDX\0";
/// The folder of all indexes in the cache folder.
const FOLDER: &str = "index";
const LOGS: &str = "logs.index";
const REPORT: &str = "report.json";

/// Keeps logs in a folder, made where it is missing. `key` names all that they depend on beside the texts themselves.
///
/// # Errors
/// [`Error::Io`], naming the file.
pub fn save(folder: &Path, key: &str, logs: &Logs) -> Result<(), Error> {
    let saved = serde_json::to_vec(&Saved::of(key, logs)).map_err(std::io::Error::from);
    write(folder, LOGS, |out| {
        out.write_all(MAGIC)?;
        out.write_all(&VERSION.to_le_bytes())?;
        columns::section(out, &saved?)?;
        columns::write(out, logs)
    })
}

/// Gives back the logs that [`save`] kept, where the source still holds the same texts and the key is the same; none otherwise.
///
/// # Errors
/// Those of [`Source::texts`].
pub fn load(folder: &Path, key: &str, source: &dyn Source, observer: &dyn Observer) -> Result<Option<Logs>, Error> {
    let Some((saved, mut file)) = open(folder, key) else { return Ok(None) };
    let mut skipped = Vec::new();
    let mut texts = source.texts(&mut skipped, observer)?;
    encoding::legible(&mut texts.logs, &mut skipped);
    let Some(known) = saved.compare(texts, &skipped) else { return Ok(None) };
    Ok(columns::read(&mut file).ok().and_then(|columns| joined(saved, known, columns)))
}

/// Opens an index, where it is one of this version and key.
fn open(folder: &Path, key: &str) -> Option<(Saved, BufReader<File>)> {
    let mut file = BufReader::new(File::open(folder.join(LOGS)).ok()?);
    let mut head = [0; 12];
    file.read_exact(&mut head).ok()?;
    if head[..8] != *MAGIC || head[8..] != VERSION.to_le_bytes() {
        return None;
    }
    let saved: Saved = serde_json::from_slice(&columns::bytes(&mut file).ok()?).ok()?;
    (saved.key == key).then_some((saved, file))
}

/// Puts the logs together, where all parts fit each other.
fn joined(saved: Saved, known: Known, columns: columns::Columns) -> Option<Logs> {
    let columns::Columns { events, symbols, of, importance } = columns;
    let read = saved.read(known, events, symbols);
    let logs = Logs { read: Arc::new(read), templates: saved.templates, of, importance, mined: None };
    columns::fits(&logs).then_some(logs)
}

/// Reports with what they depend on.
#[derive(Serialize, Deserialize)]
struct Kept<R> {
    version: u32,
    key: String,
    reports: R,
}

/// Keeps reports beside the logs that they were found in. `key` names all that they depend on beside them.
///
/// # Errors
/// [`Error::Io`], naming the file.
pub fn save_reports(folder: &Path, key: &str, reports: &impl Serialize) -> Result<(), Error> {
    let kept = Kept { version: VERSION, key: key.to_owned(), reports };
    write(folder, REPORT, |out| serde_json::to_writer(out, &kept).map_err(std::io::Error::from))
}

/// The reports that [`save_reports`] kept; none where they were found from something else.
#[must_use]
pub fn load_reports<R: DeserializeOwned>(folder: &Path, key: &str) -> Option<R> {
    let kept: Kept<R> = serde_json::from_slice(&fs::read(folder.join(REPORT)).ok()?).ok()?;
    (kept.version == VERSION && kept.key == key).then_some(kept.reports)
}

/// Writes a file aside and puts it in its place when it is whole.
fn write(folder: &Path, name: &str, fill: impl FnOnce(&mut BufWriter<&File>) -> std::io::Result<()>) -> Result<(), Error> {
    let path = folder.join(name);
    fs::create_dir_all(folder).map_err(Error::io(folder))?;
    let fresh = tempfile::Builder::new().prefix(".index-").tempfile_in(folder).map_err(Error::io(folder))?;
    let mut out = BufWriter::with_capacity(1 << 20, fresh.as_file());
    fill(&mut out).and_then(|()| out.flush()).map_err(Error::io(&path))?;
    drop(out);
    fresh.persist(&path).map_err(|e| Error::io(&path)(e.error))?;
    Ok(())
}

/// The folder of the index of a folder of logs, within a cache folder.
#[must_use]
pub fn place(cache: &Path, logs: &Path) -> PathBuf {
    let mut hasher = FxHasher::default();
    fs::canonicalize(logs).unwrap_or_else(|_| logs.into()).hash(&mut hasher);
    cache.join(FOLDER).join(format!("{:016x}", hasher.finish()))
}

/// Removes the indexes that were not written for the longest time, until those that are left hold at most so many bytes. What cannot
/// be removed now is left for the next time.
pub fn clean(cache: &Path, most: u64) {
    let size = |folder: &Path| -> u64 {
        fs::read_dir(folder).into_iter().flatten().flatten().filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum()
    };
    let mut all: Vec<_> = (fs::read_dir(cache.join(FOLDER)).into_iter().flatten().flatten())
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .map(|(modified, path)| (modified, size(&path), path))
        .collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    let mut sum = 0;
    for (_, size, path) in all {
        sum += size;
        if sum > most {
            let _ = fs::remove_dir_all(path);
        }
    }
}
