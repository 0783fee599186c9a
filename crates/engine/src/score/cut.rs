//! Cuts sequences into windows that the LSTM reads, each distinct one once.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::windows::Windows;
use crate::{
    events::Events,
    sequence::{Sequences, gap},
    template::TemplateId,
};

/// The distinct windows of a set of sequences, and where each stands.
#[derive(Debug, Default)]
pub struct Cut {
    /// The distinct windows.
    pub windows: Windows,
    /// For each place in the sequences: its window, and its first event in [`Sequences::order`].
    pub places: Vec<(u32, u32)>,
}

/// Cuts sequences into windows of at most `length` events. A long sequence goes on in the next window, whose first quarter repeats
/// the end of the one before as context.
#[must_use]
pub fn cut(sequences: &Sequences, events: &Events, of: &[TemplateId], length: usize) -> Cut {
    let mut cutter = Cutter { cut: Cut::default(), seen: FxHashMap::default() };
    let (mut templates, mut gaps) = (Vec::new(), Vec::new());
    for bound in sequences.bounds.windows(2) {
        let (first, last) = (bound[0] as usize, bound[1] as usize);
        let (mut start, mut skip) = (first, 0);
        loop {
            let end = (start + length).min(last);
            templates.clear();
            gaps.clear();
            for at in start..end {
                let event = sequences.order[at] as usize;
                templates.push(of[event]);
                let before = (at > first).then(|| events.time[sequences.order[at - 1] as usize]);
                gaps.push(before.map_or(0, |before| gap(before, events.time[event])));
            }
            cutter.place(&templates, &gaps, skip as u16, start as u32);
            if end == last {
                break;
            }
            skip = length / 4;
            start = end - skip;
        }
    }
    cutter.cut
}

struct Cutter {
    cut: Cut,
    seen: FxHashMap<u64, Vec<u32>>,
}

impl Cutter {
    fn place(&mut self, templates: &[u32], gaps: &[u8], skip: u16, start: u32) {
        let mut hasher = FxHasher::default();
        (templates, gaps, skip).hash(&mut hasher);
        let same = self.seen.entry(hasher.finish()).or_default();
        let windows = &mut self.cut.windows;
        let known = same.iter().copied().find(|w| {
            let window = windows.window(*w as usize);
            window.templates == templates && window.gaps == gaps && window.skip == usize::from(skip)
        });
        let window = known.unwrap_or_else(|| {
            windows.push(templates, gaps, skip);
            same.push(windows.len() as u32 - 1);
            windows.len() as u32 - 1
        });
        self.cut.places.push((window, start));
    }
}

impl Cut {
    /// Spreads a number per window event over all events of the sequences; `events` is their number.
    #[must_use]
    pub fn spread(&self, values: &[f32], sequences: &Sequences, events: usize) -> Vec<f32> {
        let mut all = vec![0.0; events];
        for (window, start) in &self.places {
            let range = self.windows.range(*window as usize);
            let skip = self.windows.window(*window as usize).skip;
            for (n, value) in values[range].iter().enumerate().skip(skip) {
                all[sequences.order[*start as usize + n] as usize] = *value;
            }
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
        let cut = cut(&sequences, &events, &of, 8);
        assert_eq!(cut.places, [(0, 0), (0, 4), (1, 8), (2, 14)]);
        assert_eq!(cut.windows.window(2).templates, [14, 15, 16, 17]);
        assert_eq!(cut.windows.window(2).skip, 2);
    }

    #[test]
    fn each_event_gets_its_value_once() {
        let events = events();
        let sequences = group(&events, &[0]);
        let of: Vec<u32> = (0..18).collect();
        let cut = cut(&sequences, &events, &of, 8);
        let values: Vec<f32> =
            (0..cut.windows.len()).flat_map(|w| cut.windows.window(w).templates.iter().map(|t| *t as f32)).collect();
        let spread = cut.spread(&values, &sequences, 18);
        assert_eq!(spread, (0..18).map(|n| n as f32).collect::<Vec<_>>());
    }
}
