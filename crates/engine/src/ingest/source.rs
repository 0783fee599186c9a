//! Where logs come from: one narrow door, behind which every step is the same for a folder and for what is none.

mod folder;
mod joined;
mod mapped;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use self::{folder::Folder, joined::Joined, mapped::Mapped};
use super::{
    Skipped,
    container::{Fact, Lease},
};
use crate::{Error, Observer};

/// Where logs come from. A source that is no folder, such as a log store on the network, fetches what is asked of it into files or
/// memory and gives those; nothing after this door knows the difference.
pub trait Source: Sync {
    /// What it is called in messages: the path of a folder.
    fn name(&self) -> &Path;

    /// The first parts of the paths of its texts, where it is made of several sources; none where it is one.
    fn parts(&self) -> &[String] {
        &[]
    }

    /// Its texts in the order in which they are read, those of one stream next to each other and the oldest first. What cannot be
    /// read is noted in `skipped`.
    ///
    /// # Errors
    /// [`Error::NotFound`] or [`Error::Io`] where nothing at all can be read, and [`Error::Cancelled`].
    fn texts(&self, skipped: &mut Vec<Skipped>, observer: &dyn Observer) -> Result<Texts, Error>;
}

/// What a source holds.
#[derive(Debug, Default)]
pub struct Texts {
    /// What may be logs.
    pub logs: Vec<LogText>,
    /// Small files that tell of hosts and clocks, by their paths.
    pub facts: Vec<Fact>,
    /// Files that were looked at.
    pub looked_at: usize,
    /// Keep the texts where they are; to be dropped after them.
    pub leases: Vec<Lease>,
}

/// The bytes of a file, where they lie.
#[derive(Debug)]
pub enum Text {
    /// Mapped from the disk.
    Mapped(Mapped),
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

    fn texts(&self, _skipped: &mut Vec<Skipped>, _observer: &dyn Observer) -> Result<Texts, Error> {
        let text = |(n, (path, bytes)): (usize, &(String, Vec<u8>))| LogText {
            path: path.clone(),
            text: Text::Owned(bytes.clone()),
            stream: n as u32,
            start: 0,
            modified: 0,
        };
        let logs: Vec<_> = self.texts.iter().enumerate().map(text).collect();
        Ok(Texts { looked_at: logs.len(), logs, ..Texts::default() })
    }
}
