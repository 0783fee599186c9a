//! What files have grown by, read as if it stood in its place.

use std::path::Path;

use crate::{
    Error, Observer, Reading,
    ingest::{
        self, Ingested, Skipped,
        source::{LogText, Source, Text, Texts},
    },
};

/// What a file has grown by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grown {
    /// The file, relative to the folder.
    pub path: String,
    /// Number of the first line that is new, from 1.
    pub line: u32,
    /// Lines of the file that were told before, and the new ones.
    pub bytes: Vec<u8>,
    /// Bytes that were told before: the file's first lines, which say what it is written in and whose it is, and the last record,
    /// which may go on.
    pub told: usize,
    /// When the file was written, in microseconds since 1970; 0 where that is not known.
    pub modified: i64,
}

impl Grown {
    /// What is new.
    #[cfg(test)]
    pub fn new_bytes(&self) -> &[u8] {
        &self.bytes[self.told..]
    }

    /// The line of the file that stands in a line here.
    fn line_of(&self, here: u32) -> u32 {
        let told = memchr::memchr_iter(b'\n', &self.bytes[..self.told]).count() as u32;
        (self.line + here).saturating_sub(told + 1)
    }
}

/// All that files have grown by, as a source of logs. The number of a stream is that of a piece.
struct Pieces<'a>(&'a [Grown]);

impl Source for Pieces<'_> {
    fn name(&self) -> &Path {
        Path::new("memory")
    }

    fn texts(&self, _skipped: &mut Vec<Skipped>, _observer: &dyn Observer) -> Result<Texts, Error> {
        let text = |(n, grown): (usize, &Grown)| LogText {
            path: grown.path.clone(),
            text: Text::Owned(grown.bytes.clone()),
            stream: n as u32,
            start: 0,
            modified: grown.modified,
        };
        let logs: Vec<_> = self.0.iter().enumerate().map(text).collect();
        Ok(Texts { looked_at: logs.len(), logs, ..Texts::default() })
    }
}

/// The events that are new, with the lines of their files; none where nothing came that reads like a log.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn read(grown: &[Grown], reading: &Reading, observer: &dyn Observer) -> Result<Option<Ingested>, Error> {
    // An index is for a folder as a whole, not for what it grows by.
    let reading = Reading { index: None, ..reading.clone() };
    let mut read = match ingest::read(&Pieces(grown), &reading, observer) {
        Ok(read) => read,
        Err(Error::Empty(_) | Error::NoLogs { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let piece = |event: usize| &grown[read.files[read.events.file(event) as usize].stream as usize];
    let is_new: Vec<bool> = (0..read.events.len()).map(|n| read.events.offset[n] >= piece(n).told as u64).collect();
    let lines: Vec<u32> = (0..read.events.len()).map(|n| piece(n).line_of(read.events.line[n])).collect();
    read.events.line = lines;
    read.events.keep(&is_new);
    Ok((!read.events.is_empty()).then_some(read))
}
