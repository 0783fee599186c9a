//! Searches: columns first, texts last. Blocks of the order by time are searched in parallel, and what is found is handed out in
//! that order as it comes.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;

use super::{Explorer, Found, Query, Selection, columns::Filter, text::Finder};
use crate::{Error, Observer, progress::check};

/// Events of the first block; each one is twice as large as the one before, so that something is found soon.
const FIRST_BLOCK: usize = 4096;
/// Events of the largest block.
const LARGEST_BLOCK: usize = 65_536;
/// Bytes that are searched between two questions whether to go on.
const RUN: usize = 1 << 20;
/// Bytes between two events that are searched in vain rather than jumped over.
const GAP: u64 = 512;

impl Explorer {
    /// Searches. What is found goes into `selection`, which shall be new, in the order of time as it comes; `told` hears of it
    /// from any thread.
    ///
    /// # Errors
    /// [`Error::Cancelled`]; `selection` then holds what was found before. [`Error::Query`] where an expression is too large.
    pub fn search(
        &self,
        query: &Query,
        selection: &Selection,
        observer: &dyn Observer,
        told: &(dyn Fn(Found) + Sync),
    ) -> Result<Found, Error> {
        let filter = Filter::new(self, query)?;
        let events = self.order.len() as u32;
        if filter.is_span() {
            selection.set_span(filter.places.first().cloned().unwrap_or_default());
        } else {
            let blocks = blocks(&filter.places);
            let searched = events - filter.places.iter().map(ExactSizeIterator::len).sum::<usize>() as u32;
            let sorted = Sorted { selection, told, events, state: Mutex::new(State { searched, ..State::default() }) };
            blocks.into_iter().enumerate().par_bridge().try_for_each(|(n, block)| {
                let places = block.len();
                sorted.take(n, places, self.pick(&filter, block, observer)?);
                Ok(())
            })?;
        }
        let found = Found { found: selection.len() as u32, searched: events, events };
        told(found);
        Ok(found)
    }

    /// The events of a block that are wanted, in the order of time.
    fn pick(&self, filter: &Filter, block: Range<usize>, observer: &dyn Observer) -> Result<Vec<u32>, Error> {
        check(observer)?;
        let first = block.start;
        let events = self.order[block].iter().enumerate().filter(|(_, event)| filter.passes(self, **event));
        if filter.texts.is_empty() {
            return Ok(events.map(|(_, event)| *event).collect());
        }
        // In the order of files and lines texts stand next to each other; the places lead back to the order of time.
        let mut found: Vec<(u32, u32)> = events.map(|(place, event)| (*event, place as u32)).collect();
        found.sort_unstable();
        for (finder, exclude) in &filter.texts {
            let mut kept = Vec::new();
            for run in self.runs(&found, finder) {
                check(observer)?;
                self.search_run(finder, *exclude, run, &mut kept);
            }
            found = kept;
        }
        let mut places: Vec<u32> = found.into_iter().map(|(_, place)| place).collect();
        places.sort_unstable();
        Ok(places.into_iter().map(|place| self.order[first + place as usize]).collect())
    }

    /// Cuts events into those whose texts stand next to each other in one file.
    fn runs<'a>(&'a self, found: &'a [(u32, u32)], finder: &Finder) -> impl Iterator<Item = &'a [(u32, u32)]> {
        let events = &self.logs.read.events;
        let alone = finder.alone();
        let mut rest = found;
        std::iter::from_fn(move || {
            let first = rest.first()?.0;
            let (end, start) = (self.neighbours(first).end, events.offset[first as usize]);
            let mut behind = start;
            let together = rest.iter().take_while(|(event, _)| {
                let n = *event as usize;
                let near = *event < end && events.offset[n].saturating_sub(behind) <= GAP && behind - start <= RUN as u64;
                behind = events.offset[n] + u64::from(events.length[n]);
                near
            });
            let count = if alone { 1 } else { together.count().max(1) };
            let (run, others) = rest.split_at(count);
            rest = others;
            Some(run)
        })
    }

    /// Searches the texts of a run at once, and tells by the place of a hit which event it stands in.
    fn search_run(&self, finder: &Finder, exclude: bool, run: &[(u32, u32)], kept: &mut Vec<(u32, u32)>) {
        let events = &self.logs.read.events;
        let Some((first, last)) = run.first().zip(run.last()) else { return };
        let base = events.offset[first.0 as usize];
        let bytes = self.logs.read.files[events.file(first.0 as usize) as usize].text.bytes();
        let text = bytes.get(base as usize..).unwrap_or_default();
        let bounds = |event: u32| {
            let start = ((events.offset[event as usize] - base) as usize).min(text.len());
            start..(start + events.length[event as usize] as usize).min(text.len())
        };
        let text = &text[..bounds(last.0).end];
        let mut rest = run.iter();
        let mut from = 0;
        while let Some((start, end)) = finder.find_at(text, from) {
            // What ends before the hit holds none.
            let passed = rest.as_slice().partition_point(|(event, _)| bounds(*event).end <= start);
            let without = rest.as_slice()[..passed].iter();
            kept.extend(without.filter(|_| exclude));
            rest = rest.as_slice()[passed..].iter();
            let Some(event) = rest.as_slice().first() else { return };
            let bounds = bounds(event.0);
            if start < bounds.start {
                from = bounds.start;
                continue;
            }
            if end > bounds.end {
                // It runs on into what is not of this event: from here on each is asked alone.
                kept.extend(rest.filter(|(event, _)| finder.is_in(self.logs.read.text(*event as usize)) != exclude));
                return;
            }
            kept.extend(rest.next().filter(|_| !exclude));
            from = bounds.end;
        }
        kept.extend(rest.filter(|_| exclude));
    }
}

/// Cuts places into blocks that grow.
fn blocks(places: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut size = FIRST_BLOCK;
    let mut blocks = Vec::new();
    for range in places {
        let mut start = range.start;
        while start < range.end {
            let end = (start + size).min(range.end);
            blocks.push(start..end);
            start = end;
            size = (size * 2).min(LARGEST_BLOCK);
        }
    }
    blocks
}

/// Hands out what was found in the order of the blocks, whichever is done first.
struct Sorted<'a> {
    selection: &'a Selection,
    told: &'a (dyn Fn(Found) + Sync),
    events: u32,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The block whose turn it is.
    next: usize,
    waiting: BTreeMap<usize, (usize, Vec<u32>)>,
    found: u32,
    searched: u32,
}

impl Sorted<'_> {
    fn take(&self, block: usize, places: usize, found: Vec<u32>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.waiting.insert(block, (places, found));
        let mut turn = state.next;
        while let Some((places, found)) = state.waiting.remove(&turn) {
            self.selection.append(&found);
            turn += 1;
            state.found += found.len() as u32;
            state.searched += places as u32;
        }
        if turn > state.next {
            state.next = turn;
            (self.told)(Found { found: state.found, searched: state.searched, events: self.events });
        }
    }
}
