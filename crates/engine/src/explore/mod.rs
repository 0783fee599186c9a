//! Looks into logs: searches, counts, pages, follows. What the explorer of the window and `openstack-rca events` share.
//!
//! An [`Explorer`] puts the events of [`Logs`] into one order by time; a [`Query`] says which of them are wanted; a search writes
//! them into a [`Selection`], which can be paged, counted and drawn while it still grows.

mod columns;
mod export;
mod facets;
mod histogram;
mod kinds;
pub mod now;
pub mod preview;
pub mod query;
mod raw;
mod rows;
mod search;
mod selection;
mod text;
mod wire;

use std::{ops::Range, sync::Arc};

use rayon::prelude::*;

pub use export::Listing;
pub use query::{Query, Term};
pub use selection::Selection;
pub use wire::{Around, Bucket, Detail, Facet, FacetValue, Found, Histogram, Kind, Opened, RawLine, Row};

use crate::{
    Logs,
    events::{Events, NO_TIME, in_order, span},
};
use text::Rarity;

/// Bytes at the start of each file that show how often each byte stands in the logs.
const SAMPLE: usize = 16 << 10;

/// Logs in one order by time. Beside the logs it keeps 4 bytes an event.
#[derive(Debug)]
pub struct Explorer {
    logs: Arc<Logs>,
    /// Event indices by time, and by file and line where times are equal. Those whose time is not known come last.
    order: Vec<u32>,
    /// The events of each file.
    ranges: Vec<Range<u32>>,
    rarity: Rarity,
}

impl Explorer {
    /// Puts the events into order. An event without a time stands where the one above it in its file stands.
    #[must_use]
    pub fn new(logs: Arc<Logs>) -> Self {
        let ranges = ranges(&logs.read.events, logs.read.files.len());
        let order = order(&logs.read.events, &ranges);
        let samples = logs.read.files.iter().map(|f| f.text.bytes()).map(|text| &text[..text.len().min(SAMPLE)]);
        let rarity = Rarity::of(samples);
        Self { logs, order, ranges, rarity }
    }

    /// The logs that it looks into.
    #[must_use]
    pub fn logs(&self) -> &Arc<Logs> {
        &self.logs
    }

    /// What the logs are, in numbers.
    #[must_use]
    pub fn opened(&self) -> Opened {
        let read = &self.logs.read;
        let (start, end) = span(read.events.time.iter().copied()).unzip();
        Opened {
            events: read.events.len() as u32,
            files: read.files.len() as u32,
            lines: read.lines,
            bytes: read.bytes,
            start: start.map(millis),
            end: end.map(millis),
            scored: !self.logs.importance.is_empty(),
            skipped: read.skipped.clone(),
        }
    }

    /// The events of the file that an event stands in.
    fn neighbours(&self, event: u32) -> Range<u32> {
        self.ranges[self.logs.read.events.file(event as usize) as usize].clone()
    }

    /// Where an event stands in time: at its own, or at the one of the event above it in its file; behind all others where no
    /// time is known.
    fn moment(&self, event: u32) -> i64 {
        let times = &self.logs.read.events.time;
        let first = self.neighbours(event).start;
        let known = (first..=event).rev().map(|n| times[n as usize]).find(|t| *t != NO_TIME);
        in_order(known.unwrap_or(NO_TIME))
    }

    /// How many events stand before a moment, in microseconds.
    fn before(&self, moment: i64) -> usize {
        self.order.partition_point(|event| self.moment(*event) < moment)
    }

    /// The place of an event in the order of all.
    fn place(&self, event: u32) -> usize {
        let key = (self.moment(event), event);
        self.order.partition_point(|other| (self.moment(*other), *other) < key)
    }
}

/// A time as the window draws it: milliseconds since 1970.
fn millis(micros: i64) -> f64 {
    micros as f64 / 1000.0
}

/// The events of each file, which stand next to each other.
fn ranges(events: &Events, files: usize) -> Vec<Range<u32>> {
    let mut ranges = vec![0..0; files];
    let mut start = 0;
    while start < events.len() {
        let file = events.file(start);
        let rest = &events.origin[start..];
        let end = start + rest.partition_point(|origin| events.origins.list()[*origin as usize].file == file);
        ranges[file as usize] = start as u32..end as u32;
        start = end;
    }
    ranges
}

fn order(events: &Events, ranges: &[Range<u32>]) -> Vec<u32> {
    let mut keyed: Vec<(i64, u32)> = events.time.iter().enumerate().map(|(n, time)| (*time, n as u32)).collect();
    for range in ranges {
        let mut last = NO_TIME;
        for (time, _) in &mut keyed[range.start as usize..range.end as usize] {
            last = if *time == NO_TIME { last } else { *time };
            *time = in_order(last);
        }
    }
    keyed.par_sort_unstable();
    keyed.into_iter().map(|(_, event)| event).collect()
}
