//! Reads logs out of archives and packed files: gzip, bzip2, xz, zstd, tar and zip, in each other, told by content.
//!
//! An archive is read once, as a stream, and what reads as a log is stored under numbered names in a cache folder, where it can be
//! mapped like any file. Names in archives are shown and never opened, so that they can lead nowhere.

mod cache;
mod decode;
mod facts;
mod index;
mod kind;
mod limits;
mod notes;
mod rest;
mod stream;
mod tar;
mod unpack;
mod zip;

use std::{
    fs,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use self::{
    cache::Cache,
    index::{Index, Made, Member},
    limits::Budget,
    unpack::Unpacker,
};
pub use self::{cache::Lease, facts::Fact, limits::Limits, notes::Notes, rest::rest};
use super::Skipped;
use crate::{Error, Observer};

/// Whether the text of a path, which begins so, is a log; why not where it is none.
pub type Test<'a> = dyn Fn(&str, &[u8]) -> Result<(), String> + Sync + 'a;

/// An archive, or a packed file, on disk.
#[derive(Debug, Clone)]
pub struct Archive {
    /// Where it lies.
    pub file: PathBuf,
    /// Its path relative to what was given.
    pub path: String,
}

/// A log that was unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// Relative to what was given: the archive's path, and behind it the path within; the archive's own path for a packed file.
    pub path: String,
    /// Where its text lies.
    pub file: PathBuf,
    /// When it was changed, in microseconds since 1970; 0 where that is not known.
    pub modified: i64,
}

/// What archives held.
#[derive(Debug, Default)]
pub struct Contents {
    /// The logs.
    pub logs: Vec<Unpacked>,
    /// Small files that tell of hosts and clocks.
    pub facts: Vec<Fact>,
    /// What was not read.
    pub skipped: Vec<Skipped>,
    /// Keep the logs where they are.
    pub leases: Vec<Lease>,
}

/// Whether a file that begins so is an archive or packed.
#[must_use]
pub fn is_container(sample: &[u8]) -> bool {
    kind::container(sample).is_some()
}

/// What a file is that is known to hold no log lines; none where it may hold some.
#[must_use]
pub fn foreign(sample: &[u8]) -> Option<&'static str> {
    kind::other(sample)
}

/// Unpacks archives in parallel, into a cache folder or, without one, into folders that are removed with their leases.
///
/// # Errors
/// [`Error::Io`] where nothing can be stored, and [`Error::Cancelled`]. What is wrong with an archive is noted and no error.
pub fn unpack(
    archives: &[Archive],
    cache: Option<&Path>,
    limits: &Limits,
    test: &Test,
    observer: &dyn Observer,
) -> Result<Contents, Error> {
    if archives.is_empty() {
        return Ok(Contents::default());
    }
    let cache = Cache::open(cache, limits.cache)?;
    let total = archives.iter().filter_map(|archive| fs::metadata(&archive.file).ok()).map(|meta| meta.len()).sum();
    let budget = Budget::new(limits, total, observer);
    let each: Vec<Contents> =
        archives.par_iter().map(|archive| contents(archive, &cache, &budget, test)).collect::<Result<_, _>>()?;
    let mut all = Contents::default();
    for mut one in each {
        all.logs.append(&mut one.logs);
        all.facts.append(&mut one.facts);
        all.skipped.append(&mut one.skipped);
        all.leases.append(&mut one.leases);
    }
    Ok(all)
}

/// What one archive holds, from the cache where it is there.
fn contents(archive: &Archive, cache: &Cache, budget: &Budget, test: &Test) -> Result<Contents, Error> {
    budget.check()?;
    let meta = match fs::metadata(&archive.file) {
        Ok(meta) => meta,
        Err(e) => return Ok(unreadable(archive, &e)),
    };
    let made = Made::of(&archive.file, &meta, budget.limits);
    let (index, folder, lease) = match cache.find(&made) {
        Some((index, folder, lease)) => {
            budget.reused(index.bytes(), meta.len());
            (index, folder, lease)
        }
        None => fill(archive, made, cache, budget, test)?,
    };
    let name = |within: &str| if within.is_empty() { archive.path.clone() } else { format!("{}/{within}", archive.path) };
    let written = meta.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let written = written.map_or(0, |time| time.as_micros() as i64);
    let log = |(number, member): (usize, &Member)| Unpacked {
        path: name(&member.path),
        file: folder.join(Member::stored(number as u64)),
        modified: member.modified.map_or(written, |seconds| seconds.saturating_mul(1_000_000)),
    };
    Ok(Contents {
        logs: index.members.iter().enumerate().map(log).collect(),
        facts: index.facts.into_iter().map(|fact| Fact { path: name(&fact.path), ..fact }).collect(),
        skipped: index.skipped.into_iter().map(|note| Skipped { path: name(&note.path), ..note }).collect(),
        leases: vec![lease],
    })
}

/// Unpacks one archive.
fn fill(archive: &Archive, made: Made, cache: &Cache, budget: &Budget, test: &Test) -> Result<(Index, PathBuf, Lease), Error> {
    let filling = cache.fill()?;
    let mut unpacker = Unpacker::new(&archive.path, filling.path(), budget, test);
    unpacker.file(&archive.file)?;
    let Unpacker { members, facts, notes, .. } = unpacker;
    let index = Index { made: Some(made), members, facts, skipped: notes.told("") };
    // What an archive lost to the size of others is not lost the next time.
    let (folder, lease) = cache.keep(filling, &index, !budget.is_spent())?;
    Ok((index, folder, lease))
}

fn unreadable(archive: &Archive, error: &std::io::Error) -> Contents {
    let skipped = vec![Skipped { path: archive.path.clone(), line: None, reason: error.to_string() }];
    Contents { skipped, ..Contents::default() }
}
