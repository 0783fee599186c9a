//! Groups events into sequences: by request, by instance, else by process; in each by time.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::events::{Events, NO_TIME, Origin, Symbol};

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

    /// One sequence.
    #[must_use]
    pub fn get(&self, n: usize) -> &[u32] {
        &self.order[self.bounds[n] as usize..self.bounds[n + 1] as usize]
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
    let (times, writers) = (carried(events, streams), writers(events, streams));
    let mut keyed: Vec<(u64, i64, u32)> = (0..events.len()).map(|n| (key(events, &writers, n), times[n], n as u32)).collect();
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

/// Numbers what writes into each stream: a stream's processes on different hosts, and different processes of one host, are not one.
fn writers(events: &Events, streams: &[u32]) -> Vec<u32> {
    let mut ids: FxHashMap<(u32, Symbol, Symbol), u32> = FxHashMap::default();
    let stream = |file: u32| streams.get(file as usize).copied().unwrap_or_default();
    let id = |o: &Origin| {
        let next = ids.len() as u32;
        *ids.entry((stream(o.file), o.host, o.service)).or_insert(next)
    };
    events.origins.list().iter().map(id).collect()
}

/// What an event's sequence is known by; the kind stands in the top bits.
fn key(events: &Events, writers: &[u32], n: usize) -> u64 {
    const KIND: u32 = 62;
    if !events.request[n].is_none() {
        u64::from(events.request[n].0)
    } else if !events.instance[n].is_none() {
        1 << KIND | u64::from(events.instance[n].0)
    } else {
        2 << KIND | u64::from(writers[events.origin[n] as usize] & 0x3fff_ffff) << 32 | u64::from(events.pid[n])
    }
}

/// Each event's time for the order; one that names none stands where the event above it in its file stands.
fn carried(events: &Events, streams: &[u32]) -> Vec<i64> {
    let mut times = Vec::with_capacity(events.len());
    let mut last = (u32::MAX, NO_TIME);
    for n in 0..events.len() {
        let file = events.file(n);
        if file != last.0 {
            last = (file, NO_TIME);
        }
        if events.time[n] != NO_TIME {
            last.1 = events.time[n];
        }
        times.push(last.1);
    }
    let stream = |n: usize| streams.get(events.file(n) as usize).copied().unwrap_or_default();
    let mut start = 0;
    while start < times.len() {
        let end = (start..times.len()).find(|n| stream(*n) != stream(start)).unwrap_or(times.len());
        keep_order(&mut times[start..end]);
        start = end;
    }
    times
}

/// Keeps the order of a stream's lines where its clock steps back: an event is not earlier than those before it. A log that goes
/// back again and again is not in the order of time at all, and one that goes back far had a wrong clock before.
fn keep_order(times: &mut [i64]) {
    const FAR: i64 = 2 * 3_600_000_000;
    let back = times.windows(2).filter(|pair| pair[1] < pair[0]).count();
    if back == 0 || back > times.len() / 10 + 1 {
        return;
    }
    let mut latest = NO_TIME;
    for time in times {
        if *time < latest && latest.saturating_sub(*time) <= FAR {
            *time = latest;
        }
        latest = *time;
    }
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
    fn lines_keep_their_order_where_a_clock_steps_back() {
        let hour = 3_600_000_000;
        let mut times: Vec<i64> = (0..20).map(|n| hour + n).chain((0..20).map(|n| n * 2)).chain([9 * hour, 5 * hour]).collect();
        keep_order(&mut times);
        assert!(times[..40].is_sorted(), "{times:?}");
        assert_eq!(times[40..], [9 * hour, 5 * hour]);
        let mut newest_first = vec![30, 20, 10];
        keep_order(&mut newest_first);
        assert_eq!(newest_first, [30, 20, 10]);
    }

    #[test]
    fn processes_of_two_hosts_stay_apart() {
        let mut events = Events::default();
        for host in [1, 2, 1, 2] {
            let origin = events.origins.intern(Origin { host: Symbol(host), ..Origin::default() });
            events.push(&Event { time: 5, pid: 7, origin, ..Event::default() });
        }
        let sequences = group(&events, &[0]);
        assert_eq!(sequences.iter().collect::<Vec<_>>(), [&[0, 2][..], &[1, 3]]);
    }

    #[test]
    fn gaps_are_told_apart_by_tens() {
        assert_eq!([0, 1_000, 1_001, 2_000_000, 700_000_000].map(|t| gap(0, t)), [1, 1, 2, 5, 8]);
        assert_eq!((gap(NO_TIME, 0), gap(5, 0)), (0, 1));
        assert!((0..i64::from(u32::MAX)).step_by(99_999_999).all(|t| usize::from(gap(0, t)) < GAPS));
    }
}
