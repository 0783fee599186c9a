//! Which ids events mention, and when: what logs with a zone and logs without one have in common.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::MINUTE;
use crate::{
    events::{NO_ZONE, is_plausible},
    ingest::Ingested,
};

/// Events of either kind that are looked at; of more, blocks of [`BLOCK`] spread over all are.
const MOST_EVENTS: usize = 100_000;
/// Events in a block.
const BLOCK: usize = 1024;
/// Bytes of an event that are searched.
const LONGEST: usize = 1024;
/// Mentions that are kept.
const MOST_MENTIONS: usize = 200_000;

/// An id in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The id, by its first ten digits: what a tap device's name has of its port's.
    pub id: u64,
    /// The stream of the event; none where its time names a zone.
    pub stream: Option<u32>,
    /// The time, in UTC where it names a zone.
    pub time: i64,
}

/// The mentions of ids that both kinds of logs have, sorted.
pub fn gather(read: &Ingested) -> Vec<Mention> {
    let zoned: Vec<bool> = read.events.origins.list().iter().map(|o| o.zone != NO_ZONE).collect();
    let mut all: Vec<Mention> =
        [true, false].into_par_iter().flat_map(|kind| of_kind(read, |n| zoned[read.events.origin[n] as usize] == kind)).collect();
    let mut kinds: FxHashMap<u64, u8> = FxHashMap::default();
    for mention in &all {
        *kinds.entry(mention.id).or_default() |= if mention.stream.is_none() { 1 } else { 2 };
    }
    all.retain(|m| kinds.get(&m.id) == Some(&3));
    let share = all.len().div_ceil(MOST_MENTIONS).max(1) as u64;
    all.retain(|m| m.id % share == 0);
    all.par_sort_unstable();
    all.dedup();
    all
}

fn of_kind(read: &Ingested, is_kind: impl Fn(usize) -> bool + Sync) -> Vec<Mention> {
    let events: Vec<u32> =
        (0..read.events.len()).filter(|n| is_plausible(read.events.time[*n]) && is_kind(*n)).map(|n| n as u32).collect();
    let stride = events.len().div_ceil(MOST_EVENTS).max(1);
    let blocks: Vec<&[u32]> = events.chunks(BLOCK).step_by(stride).collect();
    blocks.into_par_iter().flat_map_iter(|block| block.iter().flat_map(|n| mentions(read, *n as usize))).collect()
}

/// What one event mentions.
fn mentions(read: &Ingested, n: usize) -> Vec<Mention> {
    let origin = read.events.origin_of(n);
    let (stream, time) = match origin.zone {
        NO_ZONE => (Some(read.files[origin.file as usize].stream), read.events.time[n]),
        zone => (None, read.events.time[n] - i64::from(zone) * MINUTE),
    };
    let text = read.text(n);
    let mut found: Vec<Mention> = ids(&text[..text.len().min(LONGEST)]).map(|id| Mention { id, stream, time }).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The ids in a text: eight hexadecimal digits, a `-`, and two more, as UUIDs and the names of tap devices begin; and libvirt's
/// `instance-0000002a`.
pub fn ids(text: &[u8]) -> impl Iterator<Item = u64> + '_ {
    const INSTANCE: &[u8] = b"instance";
    memchr::memchr_iter(b'-', text).filter_map(move |at| {
        if text[..at].ends_with(INSTANCE) {
            return hex(text.get(at + 1..at + 9)?).map(|n| n | 1 << 60);
        }
        let first = hex(text.get(at.checked_sub(8)?..at)?)?;
        let next = text.get(at + 1..at + 3)?;
        let behind = &text[at + 3..];
        let rest = behind.iter().take_while(|b| b.is_ascii_hexdigit()).count();
        // A UUID goes on with two digits and a `-`; the name of a device ends here.
        let whole = (rest == 2 && behind.get(2) == Some(&b'-')) || rest == 0;
        whole.then(|| hex(next).map(|n| first << 8 | n))?
    })
}

fn hex(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0, |n, d| (*d as char).to_digit(16).map(|d| n << 4 | u64::from(d)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_and_ports_have_the_same_id() {
        let of = |text: &str| ids(text.as_bytes()).collect::<Vec<_>>();
        let port = of("port 3f1c2b4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d is up");
        assert_eq!(port.len(), 1);
        assert_eq!(port, of("bridge br-int: added interface tap3f1c2b4d-5e on port 7"));
        assert_eq!(port, of("qvb3f1c2b4d-5e"));
        assert!(of("2024-01-01 20240101-12345 x-y br-int 12345678-abc").is_empty());
        assert_eq!(of("domain instance-0000002a is up").len(), 1);
    }
}
