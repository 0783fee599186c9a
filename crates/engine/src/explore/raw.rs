//! Files as they are: the lines around a place.

use super::{Around, Explorer, RawLine, rows::shortened};

/// The most lines before and after that can be asked for.
pub const MOST: u32 = 5000;
/// Characters of a line that are shown.
const LONGEST: usize = 2000;

impl Explorer {
    /// The lines of a file around one of them, which stands where the file ends where it has fewer; none where there is no such file.
    #[must_use]
    pub fn around(&self, path: &str, line: u32, before: u32, after: u32) -> Option<Around> {
        let file = self.logs.read.files.iter().position(|f| f.path == path)?;
        let bytes = self.logs.read.files[file].text.bytes();
        let total = self.total(file);
        let line = line.clamp(1, total.max(1));
        let (first, last) = (line.saturating_sub(before.min(MOST)).max(1), (line + after.min(MOST)).min(total));
        let mut at = self.start_of(file, first);
        let mut lines = Vec::new();
        for line in first..=last {
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n);
            let text = shortened(bytes[at..end].strip_suffix(b"\r").unwrap_or(&bytes[at..end]), LONGEST);
            lines.push(RawLine { line, text, event: self.event_at(file, at as u64) });
            at = (end + 1).min(bytes.len());
        }
        Some(Around { file: path.to_owned(), total, lines })
    }

    /// Where a line begins, counted from the last event that begins before it.
    fn start_of(&self, file: usize, line: u32) -> usize {
        let events = &self.logs.read.events;
        let own = self.ranges[file].start as usize..self.ranges[file].end as usize;
        let bytes = self.logs.read.files[file].text.bytes();
        let above = own.start + events.line[own.clone()].partition_point(|l| *l <= line);
        let (mut at, mut at_line) =
            if above > own.start { (events.offset[above - 1] as usize, events.line[above - 1]) } else { (0, 1) };
        at = at.min(bytes.len());
        while at_line < line && at < bytes.len() {
            at = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
            at_line += 1;
        }
        at
    }

    /// How many lines a file has.
    fn total(&self, file: usize) -> u32 {
        let events = &self.logs.read.events;
        let own = self.ranges[file].clone();
        let bytes = self.logs.read.files[file].text.bytes();
        let last = own.end.checked_sub(1).filter(|last| *last >= own.start).map(|n| n as usize);
        let (at, before) = last.map_or((0, 0), |n| (events.offset[n] as usize, events.line[n].saturating_sub(1)));
        let rest = bytes.get(at..).unwrap_or_default();
        let unfinished = u32::from(!rest.is_empty() && !rest.ends_with(b"\n"));
        before + memchr::memchr_iter(b'\n', rest).count() as u32 + unfinished
    }

    /// The event that a byte of a file belongs to.
    fn event_at(&self, file: usize, offset: u64) -> Option<u32> {
        let events = &self.logs.read.events;
        let own = self.ranges[file].start as usize..self.ranges[file].end as usize;
        let above = events.offset[own.clone()].partition_point(|o| *o <= offset).checked_sub(1)?;
        let event = own.start + above;
        (offset < events.offset[event] + u64::from(events.length[event])).then_some(event as u32)
    }
}
