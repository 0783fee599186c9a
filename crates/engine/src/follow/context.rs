//! What is kept of a file that was read, so that what it grows by is read as in its place: its first lines, which say what it is
//! written in and whose it is, and its last record, which may go on.

use super::tail::LONGEST;
use crate::{
    events::NO_TIME,
    ingest::{
        SAMPLE, formats,
        layout::Place,
        records::{self, Plan},
    },
};

/// Bytes of the last record that are kept.
pub const LAST: usize = 64 << 10;
/// Bytes of the first lines that are kept; the first line may be longer.
const HEAD: usize = 4 << 10;

/// What is kept of a file.
#[derive(Debug, Clone, Default)]
pub struct Context {
    head: Vec<u8>,
    /// Whether the head is whole.
    headed: bool,
    last: Vec<u8>,
}

impl Context {
    /// All that is kept. A record may be there twice.
    pub fn bytes(&self) -> Vec<u8> {
        [&self.head[..], &self.last].concat()
    }

    /// Takes lines that come next at the file's start, and whether others follow that are not taken.
    pub fn begin(&mut self, lines: &[u8], goes_on: bool) {
        if !self.headed && !lines.is_empty() {
            let room = HEAD.saturating_sub(self.head.len()).min(lines.len());
            let mut end = lines_in(&lines[..room]);
            if self.head.is_empty() && end == 0 {
                end = memchr::memchr(b'\n', &lines[..lines.len().min(SAMPLE)]).map_or(0, |n| n + 1);
            }
            self.head.extend_from_slice(&lines[..end]);
            self.headed = end < lines.len();
        }
        self.headed |= goes_on;
    }

    /// Takes the lines that come next.
    pub fn go_on(&mut self, lines: &[u8]) {
        self.begin(lines, false);
        let last = std::mem::take(&mut self.last);
        self.end([&last, lines].concat());
    }

    /// Takes the last lines of the file.
    pub fn end(&mut self, lines: Vec<u8>) {
        self.last.clear();
        let start = self.last_record(&lines).unwrap_or(lines.len());
        self.last = lines;
        self.last.drain(..start);
        if self.last.len() > LAST {
            // Its first line tells what goes on with it.
            let line = memchr::memchr(b'\n', &self.last[..LAST]).map_or(0, |n| n + 1);
            self.last.truncate(line);
        }
    }

    /// Where the last record begins in the lines that come next: at their start where they go on with the record kept; none where it
    /// does not begin within the last [`LONGEST`] bytes.
    pub fn last_record(&self, lines: &[u8]) -> Option<usize> {
        let dialect = formats::detect(&self.sample(lines), "");
        let headed = self.sample(lines).split(|b| *b == b'\n').any(|line| dialect.header(line).is_some());
        let text = [&self.last, lines].concat();
        let far = text.len().saturating_sub(LONGEST);
        let from = if far == 0 { 0 } else { far + memchr::memchr(b'\n', &text[far..])? + 1 };
        let place = Place::default();
        let plan = Plan { file: 0, offset: 0, first: false, place: &place, dialect: &dialect, joined: headed };
        let events = records::read(&text[from..], plan).events;
        let last = events.len().checked_sub(1)?;
        let begins = last > 0 || !headed || events.time[last] != NO_TIME;
        begins.then(|| (from + usize::try_from(events.offset[last]).unwrap_or(0)).saturating_sub(self.last.len()))
    }

    /// What tells how the lines are written that come next.
    fn sample(&self, lines: &[u8]) -> Vec<u8> {
        [&self.head, &self.last, &lines[..lines.len().min(SAMPLE)]].concat()
    }
}

/// Bytes of whole lines.
pub fn lines_in(text: &[u8]) -> usize {
    memchr::memrchr(b'\n', text).map_or(0, |n| n + 1)
}
