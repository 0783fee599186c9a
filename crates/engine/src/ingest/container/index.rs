//! What a cache entry holds, and which archive it was made of.

use std::{
    fs::{self, Metadata},
    io,
    path::Path,
    time::UNIX_EPOCH,
};

use serde::{Deserialize, Serialize};

use super::{Fact, Limits};
use crate::ingest::Skipped;

/// Version of what unpacking keeps and of how an entry is laid out. Raise it when either changes: older entries are then made anew.
const VERSION: u32 = 1;
/// The file of an entry that lists its members.
const NAME: &str = "index.json";

/// The archive that an entry was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    version: (u32, String),
    path: String,
    size: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    limits: [u64; 5],
}

impl Made {
    /// Of the archive at a path, as it is now, within these limits.
    pub fn of(path: &Path, meta: &Metadata, limits: &Limits) -> Self {
        let since = meta.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        Self {
            version: (VERSION, env!("CARGO_PKG_VERSION").to_owned()),
            path: path.to_string_lossy().into_owned(),
            size: meta.len(),
            modified: since.map_or(0, |time| time.as_nanos() as u64),
            limits: [limits.depth.into(), limits.ratio, limits.free, limits.bytes, limits.members],
        }
    }

    /// The name of its entry: FNV-1a over all of it. The index tells two archives apart that share one.
    pub fn key(&self) -> String {
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        format!("{:016x}", format!("{self:?}").bytes().fold(0xcbf2_9ce4_8422_2325, hash))
    }
}

/// A member that was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its path in the archive; empty for what a packed file holds.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// When it was changed, in seconds since 1970; none where the archive does not say.
    pub modified: Option<i64>,
}

impl Member {
    /// The name under which a member of this number is stored.
    pub fn stored(number: u64) -> String {
        format!("{number:06}")
    }
}

/// What an entry holds.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Index {
    /// What it was made of; none while it is filled.
    pub made: Option<Made>,
    /// Its members; the number of one is its place here.
    pub members: Vec<Member>,
    /// The facts that were found.
    pub facts: Vec<Fact>,
    /// What was not read, by its path in the archive's folder.
    pub skipped: Vec<Skipped>,
}

impl Index {
    /// Bytes of all members.
    pub fn bytes(&self) -> u64 {
        self.members.iter().map(|member| member.size).sum()
    }

    /// Writes it into an entry.
    pub fn write(&self, entry: &Path) -> io::Result<()> {
        fs::write(entry.join(NAME), serde_json::to_vec(self)?)
    }

    /// Reads it from an entry; none where it is damaged, was made of something else, or a member has not the size it should have.
    pub fn read(entry: &Path, made: &Made) -> Option<Self> {
        let index: Self = serde_json::from_slice(&fs::read(entry.join(NAME)).ok()?).ok()?;
        let size = |number| fs::metadata(entry.join(Member::stored(number))).map(|meta| meta.len()).ok();
        let whole = || index.members.iter().enumerate().all(|(number, member)| size(number as u64) == Some(member.size));
        (index.made.as_ref() == Some(made) && whole()).then_some(index)
    }
}
