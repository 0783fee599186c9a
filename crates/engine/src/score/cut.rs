//! Cuts sequences into windows that the LSTM reads, each distinct one once.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::{vocabulary::Vocabulary, windows::Windows};
use crate::{
    events::{Events, NO_TIME},
    sequence::{Sequences, gap},
    template::TemplateId,
};

/// A request is over where its process went on for so long without it: 30 seconds, in microseconds.
const PATIENCE: i64 = 30_000_000;
/// The bucket of a time that is not known.
pub const UNKNOWN: u8 = 0;

/// The distinct windows of a set of sequences, and where each stands.
#[derive(Debug, Default)]
pub struct Cut {
    /// The distinct windows.
    pub windows: Windows,
    /// Where they stand, sequence after sequence.
    pub places: Vec<Place>,
}

/// Where a window stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The window.
    pub window: u32,
    /// Its first event in [`Sequences::order`].
    pub start: u32,
    /// How many events it has, without the end of the sequence.
    pub events: u32,
    /// The sequence.
    pub sequence: u32,
    /// Whether the window has one more row, the end of the sequence.
    pub ends: bool,
}

/// Cuts sequences into windows of at most `length` events. A long sequence goes on in the next window, whose first quarter repeats
/// the end of the one before as context. Where the vocabulary has the end, requests that are over end with it, after an unknown time.
#[must_use]
pub fn cut(sequences: &Sequences, events: &Events, of: &[TemplateId], vocabulary: Vocabulary, length: usize) -> Cut {
    let mut cutter = Cutter { cut: Cut::default(), seen: FxHashMap::default() };
    let last_of_file = vocabulary.end().map(|_| last_of_file(events)).unwrap_or_default();
    let (mut templates, mut gaps) = (Vec::new(), Vec::new());
    for (sequence, bound) in sequences.bounds.windows(2).enumerate() {
        let (first, last) = (bound[0] as usize, bound[1] as usize);
        let (mut start, mut skip) = (first, 0);
        loop {
            let end = (start + length).min(last);
            templates.clear();
            gaps.clear();
            for at in start..end {
                let event = sequences.order[at] as usize;
                templates.push(vocabulary.row(of[event]));
                let before = (at > first).then(|| events.time[sequences.order[at - 1] as usize]);
                gaps.push(before.map_or(UNKNOWN, |before| gap(before, events.time[event])));
            }
            let is_over = || is_over(events, &sequences.order[first..last], &last_of_file);
            let over = vocabulary.end().filter(|_| end == last && is_over());
            if let Some(row) = over {
                templates.push(row);
                gaps.push(UNKNOWN);
            }
            let place = Place {
                window: cutter.window(&templates, &gaps, skip as u16),
                start: start as u32,
                events: (end - start) as u32,
                sequence: sequence as u32,
                ends: over.is_some(),
            };
            cutter.cut.places.push(place);
            if end == last {
                break;
            }
            skip = length / 4;
            start = end - skip;
        }
    }
    cutter.cut
}

/// The time of the last event of each file.
fn last_of_file(events: &Events) -> Vec<i64> {
    let mut last = Vec::new();
    for event in 0..events.len() {
        let file = events.file(event) as usize;
        if file >= last.len() {
            last.resize(file + 1, NO_TIME);
        }
        last[file] = events.time[event].max(last[file]);
    }
    last
}

/// Whether a sequence is a request, and its file goes on long after it: one at the end of the logs may still go on.
fn is_over(events: &Events, sequence: &[u32], last_of_file: &[i64]) -> bool {
    sequence.last().is_some_and(|event| {
        let event = *event as usize;
        let time = events.time[event];
        !events.request[event].is_none()
            && time != NO_TIME
            && last_of_file[events.file(event) as usize] >= time.saturating_add(PATIENCE)
    })
}

struct Cutter {
    cut: Cut,
    seen: FxHashMap<u64, Vec<u32>>,
}

impl Cutter {
    /// The window with these rows, the same for the same rows.
    fn window(&mut self, templates: &[u32], gaps: &[u8], skip: u16) -> u32 {
        let mut hasher = FxHasher::default();
        (templates, gaps, skip).hash(&mut hasher);
        let same = self.seen.entry(hasher.finish()).or_default();
        let windows = &mut self.cut.windows;
        let known = same.iter().copied().find(|w| {
            let window = windows.window(*w as usize);
            window.templates == templates && window.gaps == gaps && window.skip == usize::from(skip)
        });
        known.unwrap_or_else(|| {
            windows.push(templates, gaps, skip);
            same.push(windows.len() as u32 - 1);
            windows.len() as u32 - 1
        })
    }
}

impl Cut {
    /// The rows of the windows that are judged, each with its event; `values` has one for each row.
    pub fn rows<'a, T>(&'a self, values: &'a [T], sequences: &'a Sequences) -> impl Iterator<Item = (&'a T, u32)> {
        self.places.iter().flat_map(move |place| {
            let skip = self.windows.window(place.window as usize).skip;
            let events = &sequences.order[place.start as usize..][..place.events as usize];
            values[self.windows.range(place.window as usize)].iter().zip(events.iter().copied()).skip(skip)
        })
    }

    /// Spreads a number per window event over all events of the sequences; `events` is their number.
    #[must_use]
    pub fn spread(&self, values: &[f32], sequences: &Sequences, events: usize) -> Vec<f32> {
        let mut all = vec![0.0; events];
        for (value, event) in self.rows(values, sequences) {
            all[event as usize] = *value;
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::{Event, Symbol},
        sequence::group,
    };

    /// Requests of four events each, at one time, and then a request of ten.
    fn events() -> Events {
        let mut events = Events::default();
        for n in 0..18 {
            events.push(&Event { request: Symbol(if n < 8 { 1 + n / 4 } else { 9 }), ..Event::default() });
        }
        events
    }

    #[test]
    fn equal_windows_are_one_and_long_ones_overlap() {
        let events = events();
        let sequences = group(&events, &[0]);
        let of: Vec<u32> = (0..18).map(|n| if n < 8 { n % 4 } else { n }).collect();
        let cut = cut(&sequences, &events, &of, Vocabulary::new(18, false), 8);
        let places: Vec<_> = cut.places.iter().map(|p| (p.window, p.start, p.events, p.sequence)).collect();
        assert_eq!(places, [(0, 0, 4, 0), (0, 4, 4, 1), (1, 8, 8, 2), (2, 14, 4, 2)]);
        assert_eq!(cut.windows.window(2).templates, [14, 15, 16, 17]);
        assert_eq!(cut.windows.window(2).skip, 2);
    }

    #[test]
    fn each_event_gets_its_value_once() {
        let events = events();
        let sequences = group(&events, &[0]);
        let of: Vec<u32> = (0..18).collect();
        let cut = cut(&sequences, &events, &of, Vocabulary::new(18, false), 8);
        let values: Vec<f32> =
            (0..cut.windows.len()).flat_map(|w| cut.windows.window(w).templates.iter().map(|t| *t as f32)).collect();
        let spread = cut.spread(&values, &sequences, 18);
        assert_eq!(spread, (0..18).map(|n| n as f32).collect::<Vec<_>>());
    }

    #[test]
    fn a_request_ends_where_its_file_goes_on_without_it() {
        let mut events = Events::default();
        for (request, second) in [(1, 0), (1, 1), (2, 2), (0, 3), (2, 45), (0, 50)] {
            events.push(&Event { request: Symbol(request), time: second * 1_000_000, ..Event::default() });
        }
        let sequences = group(&events, &[0]);
        let vocabulary = Vocabulary::new(5, true);
        let cut = cut(&sequences, &events, &[0, 1, 2, 3, 5, 4], vocabulary, 8);
        assert_eq!(cut.windows.window(0).templates, [0, 1, 5], "over");
        assert_eq!(cut.windows.window(0).gaps[2], UNKNOWN);
        assert_eq!(cut.windows.window(1).templates, [2, 6], "may go on after the end of the logs; what is new moves up");
        assert_eq!(cut.windows.window(2).templates, [3, 4], "no request");
        assert_eq!(cut.places.iter().map(|p| p.ends).collect::<Vec<_>>(), [true, false, false]);
        let values: Vec<f32> = (0..cut.windows.events()).map(|n| n as f32).collect();
        assert_eq!(cut.spread(&values, &sequences, 6), [0.0, 1.0, 3.0, 5.0, 4.0, 6.0]);
    }
}
