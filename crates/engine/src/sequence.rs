//! Groups events into sequences: by request, by instance, else by process; in each by time.

use rayon::prelude::*;

use crate::events::{Events, NO_TIME};

/// Buckets of the time between two events of a sequence: unknown or none before, then up to 1 ms, 10 ms … 10 minutes, and more.
pub const GAPS: usize = 9;
/// The longest time of each bucket but the last, in microseconds.
const LIMITS: [i64; 7] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000, 60_000_000, 600_000_000];

/// Events in the order of their sequences.
#[derive(Debug, Default)]
pub struct Sequences {
    /// Event indices, sequence after sequence, each by time.
    pub order: Vec<u32>,
    /// Where each sequence begins in `order`; one more at the end.
    pub bounds: Vec<u32>,
}

impl Sequences {
    /// The sequences, each a slice of event indices.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.bounds.windows(2).map(|b| &self.order[b[0] as usize..b[1] as usize])
    }

    /// How many sequences there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Groups events; `streams` has the stream of each file. Within a sequence events go by time, and by line where a clock stands still or no time is known.
#[must_use]
pub fn group(events: &Events, streams: &[u32]) -> Sequences {
    let times = carried(events);
    let mut keyed: Vec<(u64, i64, u32)> = (0..events.len()).map(|n| (key(events, streams, n), times[n], n as u32)).collect();
    keyed.par_sort_unstable();
    let mut bounds: Vec<u32> = Vec::new();
    for (at, pair) in keyed.iter().enumerate() {
        if at == 0 || keyed[at - 1].0 != pair.0 {
            bounds.push(at as u32);
        }
    }
    bounds.push(keyed.len() as u32);
    Sequences { order: keyed.into_iter().map(|k| k.2).collect(), bounds }
}

/// The bucket of the time between two moments, in microseconds.
#[must_use]
pub fn gap(before: i64, after: i64) -> u8 {
    if before == NO_TIME || after == NO_TIME {
        return 0;
    }
    let gap = after.saturating_sub(before);
    1 + LIMITS.iter().take_while(|limit| gap > **limit).count() as u8
}

/// What an event's sequence is known by; the kind stands in the top bits.
fn key(events: &Events, streams: &[u32], n: usize) -> u64 {
    const KIND: u32 = 62;
    if !events.request[n].is_none() {
        u64::from(events.request[n].0)
    } else if !events.instance[n].is_none() {
        1 << KIND | u64::from(events.instance[n].0)
    } else {
        2 << KIND | u64::from(streams[events.file(n) as usize] & 0x3fff_ffff) << 32 | u64::from(events.pid[n])
    }
}

/// Each event's time; one that names none stands where the event above it in its file stands.
fn carried(events: &Events) -> Vec<i64> {
    let mut last = (u32::MAX, NO_TIME);
    (0..events.len())
        .map(|n| {
            if events.file(n) != last.0 {
                last = (events.file(n), NO_TIME);
            }
            if events.time[n] != NO_TIME {
                last.1 = events.time[n];
            }
            last.1
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{Event, Symbol};

    #[test]
    fn requests_then_instances_then_processes() {
        let mut events = Events::default();
        for (time, request, instance, pid) in
            [(30, 5, 0, 1), (10, 5, 9, 2), (20, 0, 9, 1), (5, 0, 0, 1), (NO_TIME, 0, 0, 1), (1, 0, 0, 1)]
        {
            events.push(&Event { time, request: Symbol(request), instance: Symbol(instance), pid, ..Event::default() });
        }
        let sequences = group(&events, &[0]);
        let found: Vec<&[u32]> = sequences.iter().collect();
        assert_eq!(found, [&[1, 0][..], &[2], &[5, 3, 4]]);
    }

    #[test]
    fn gaps_are_told_apart_by_tens() {
        assert_eq!([0, 1_000, 1_001, 2_000_000, 700_000_000].map(|t| gap(0, t)), [1, 1, 2, 5, 8]);
        assert_eq!((gap(NO_TIME, 0), gap(5, 0)), (0, 1));
        assert!((0..i64::from(u32::MAX)).step_by(99_999_999).all(|t| usize::from(gap(0, t)) < GAPS));
    }
}
