//! A model as one file that can be handed on, and the reading of such a file, which may come from anywhere.
//!
//! Everything is read into memory and checked before a model is made of it; nothing is ever unpacked to a path that the file names.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufReader, Read, Write},
    path::{Component, Path},
    time::{SystemTime, UNIX_EPOCH},
};

use engine::{
    Model,
    score::artifact::{CARD, MODEL, WEIGHTS},
};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use tar::{Archive, Builder, Entry, EntryType, Header};

use crate::Error;

/// What the names of packed models end in.
pub const EXTENSION: &str = "tar.gz";
/// Bytes that a model may hold; the one that ships has little more than one million.
const MOST_BYTES: u64 = 512 << 20;
/// Bytes that a card may hold.
const MOST_CARD: u64 = 1 << 20;
/// Files and folders in a packed model.
const MOST_MEMBERS: usize = 16;
/// How a gzip file begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// A model's files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A model that was read and checked, and its card.
#[derive(Debug)]
pub struct Packed {
    /// The model.
    pub model: Model,
    /// Its card, where it has one.
    pub card: Option<String>,
}

/// Writes a model's files as a packed tar archive, in a folder of the model's name.
///
/// # Errors
/// Those of `out`.
pub fn write(name: &str, files: &BTreeMap<&str, &[u8]>, out: &mut dyn Write) -> io::Result<()> {
    let mut archive = Builder::new(GzEncoder::new(out, Compression::default()));
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    for (file, bytes) in files {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(now);
        archive.append_data(&mut header, format!("{name}/{file}"), *bytes)?;
    }
    archive.into_inner()?.finish()?.flush()
}

/// Reads a model from a folder, or from a file that [`write()`] wrote.
///
/// # Errors
/// [`Error::ModelFile`] in words for what is damaged, foreign or hostile; an I/O error naming the path.
pub fn read(path: &Path) -> Result<Packed, Error> {
    let foreign = |reason: String| Error::ModelFile { path: path.into(), reason };
    let kind = fs::metadata(path).map_err(Error::io(path))?;
    let files = if kind.is_dir() { folder(path)? } else { archive(path, kind.len())? };
    let bytes = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let model = Model::from_files(&path.to_string_lossy(), &bytes).map_err(|error| match error {
        engine::Error::Model { reason, .. } => foreign(reason),
        other => other.into(),
    })?;
    let card = files.get(CARD).map(|card| String::from_utf8(card.clone()));
    let card = card.transpose().map_err(|_| foreign(format!("its {CARD} is not a text in UTF-8")))?;
    Ok(Packed { model, card })
}

/// The model's files in a folder; others in it are not looked at.
fn folder(path: &Path) -> Result<Files, Error> {
    let mut files = Files::new();
    for name in [MODEL, WEIGHTS, CARD] {
        let file = path.join(name);
        if !file.exists() {
            continue;
        }
        let foreign = |reason| Error::ModelFile { path: path.into(), reason };
        let size = fs::metadata(&file).map_err(Error::io(&file))?.len();
        check_size(name, size).map_err(foreign)?;
        files.insert(name.to_owned(), fs::read(&file).map_err(Error::io(&file))?);
    }
    if files.is_empty() {
        let reason = format!("it holds neither a {MODEL} nor {WEIGHTS}");
        return Err(Error::ModelFile { path: path.into(), reason });
    }
    Ok(files)
}

fn archive(path: &Path, size: u64) -> Result<Files, Error> {
    let foreign = |reason| Error::ModelFile { path: path.into(), reason };
    if size > MOST_BYTES {
        return Err(foreign(format!("it has {size} bytes, and a model has at most {MOST_BYTES}")));
    }
    let mut file = BufReader::new(File::open(path).map_err(Error::io(path))?);
    let mut magic = [0; 2];
    let packed = file.read_exact(&mut magic).is_ok() && magic == GZIP;
    let whole = io::Cursor::new(magic).chain(file);
    let found = if packed { members(GzDecoder::new(whole)) } else { members(whole) };
    found.map_err(foreign)
}

/// The files of an archive. What it claims is believed nowhere: the source itself ends where a model would be too large.
fn members(source: impl Read) -> Result<Files, String> {
    let mut archive = Archive::new(source.take(MOST_BYTES + 1));
    let mut files = Files::new();
    let entries = archive.entries().map_err(|error| damaged(&error))?;
    for (number, entry) in entries.enumerate() {
        let mut entry = entry.map_err(|error| damaged(&error))?;
        if number >= MOST_MEMBERS {
            return Err("it holds more than a model".into());
        }
        let Some(name) = name(&entry)? else { continue };
        check_size(&name, entry.size())?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        if bytes.len() as u64 != entry.size() {
            return Err("it is cut off".into());
        }
        if files.insert(name.clone(), bytes).is_some() {
            return Err(format!("it holds two files named {name}"));
        }
    }
    // The checksum stands behind the archive: a file that is cut off there is told only to those who read on.
    let rest = io::copy(&mut archive.into_inner(), &mut io::sink()).map_err(|error| damaged(&error))?;
    if rest > MOST_BYTES { Err(format!("it unpacks to more than {MOST_BYTES} bytes")) } else { Ok(files) }
}

/// The name of a member that is one of a model's files; none for a folder.
fn name(entry: &Entry<impl Read>) -> Result<Option<String>, String> {
    let path = entry.path().map_err(|error| damaged(&error))?.into_owned();
    let shown = path.display();
    let parts: Vec<Component> = path.components().filter(|part| *part != Component::CurDir).collect();
    if !parts.iter().all(|part| matches!(part, Component::Normal(_))) {
        return Err(format!("its member {shown} lies outside of it"));
    }
    match entry.header().entry_type() {
        EntryType::Directory => return Ok(None),
        EntryType::Regular | EntryType::Continuous => {}
        _ => return Err(format!("its member {shown} is a link or something else that is no file")),
    }
    let file = parts.last().map(|part| part.as_os_str().to_string_lossy().into_owned()).unwrap_or_default();
    if parts.len() > 2 || ![MODEL, WEIGHTS, CARD].contains(&file.as_str()) {
        return Err(format!("it holds {shown}, which is no part of a model"));
    }
    Ok(Some(file))
}

fn check_size(name: &str, size: u64) -> Result<(), String> {
    let most = if name == CARD { MOST_CARD } else { MOST_BYTES };
    if size > most { Err(format!("its {name} has {size} bytes, and {most} are the most")) } else { Ok(()) }
}

fn damaged(error: &io::Error) -> String {
    format!("it is damaged, or no archive of a model: {error}")
}

#[cfg(test)]
mod tests;
