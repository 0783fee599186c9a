//! Lines, and the records that they make.

use super::tail::LONGEST;
use crate::{
    events::NO_TIME,
    ingest::{
        formats::{self, Dialect},
        layout::Place,
        records::{self, Plan},
    },
};

/// How the lines of a file become records.
pub struct Lines {
    dialect: Dialect,
    /// Whether lines have headers, so that those without one belong to the record above.
    headed: bool,
}

impl Lines {
    /// As a file's first lines tell.
    pub fn of(sample: &[u8]) -> Self {
        let dialect = formats::detect(sample, "");
        let headed = sample.split(|b| *b == b'\n').any(|line| dialect.header(line).is_some());
        Self { dialect, headed }
    }

    /// Where the last record of a text begins, if it does so within the last [`LONGEST`] bytes.
    pub fn last_record(&self, text: &[u8]) -> Option<usize> {
        let far = text.len().saturating_sub(LONGEST);
        let from = if far == 0 { 0 } else { far + memchr::memchr(b'\n', &text[far..])? + 1 };
        let place = Place::default();
        let Self { dialect, headed } = self;
        let plan = Plan { file: 0, offset: 0, first: false, place: &place, dialect, joined: *headed };
        let events = records::read(&text[from..], plan).events;
        let last = events.len().checked_sub(1)?;
        let begun = last > 0 || !headed || events.time[last] != NO_TIME;
        begun.then(|| from + usize::try_from(events.offset[last]).unwrap_or(0))
    }
}

/// Bytes of whole lines.
pub fn lines_in(text: &[u8]) -> usize {
    memchr::memrchr(b'\n', text).map_or(0, |n| n + 1)
}

/// Zeros in front.
pub fn zeros(text: &[u8]) -> usize {
    text.iter().take_while(|b| **b == 0).count()
}

/// Appends bytes, and keeps so many at the end.
pub fn keep_end(kept: &mut Vec<u8>, more: &[u8], most: usize) {
    kept.extend_from_slice(&more[more.len().saturating_sub(most)..]);
    kept.drain(..kept.len().saturating_sub(most));
}
