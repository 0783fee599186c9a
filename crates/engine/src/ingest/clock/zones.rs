//! The zone of each log, and the one clock that all are brought onto.

use rustc_hash::FxHashMap;

use super::{
    Basis, Clock, MINUTE,
    facts::{self, Machine},
    mentions, rates,
    vote::{self, Votes},
};
use crate::{
    events::{NO_TIME, NO_ZONE, Symbol},
    ingest::Ingested,
};

/// How sure a zone is that a host's own files tell: they speak of the day on which they were collected.
const TOLD: f32 = 0.85;
/// How much less sure a zone is that the host's other logs tell.
const OF_HOST: f32 = 0.9;
/// How much less sure a zone is that the cloud's other logs tell.
const OF_CLOUD: f32 = 0.75;
/// How sure it is that logs have one clock where nothing can tell: on one host, on several, and beside logs that name a zone.
const UNTOLD: [f32; 3] = [0.9, 0.6, 0.2];

/// What is known of a file before its zone is.
#[derive(Debug, Clone, Default)]
struct File {
    /// Events whose time names a zone, for each zone.
    zoned: FxHashMap<i16, u64>,
    /// Events whose time names none.
    local: u64,
    /// The host of most events.
    host: Symbol,
}

impl File {
    fn zone(&self) -> Option<i16> {
        let (zone, count) = self.zoned.iter().max_by_key(|(zone, count)| (**count, **zone))?;
        (*count >= self.local).then_some(*zone)
    }
}

/// The clock of each file, and the minutes that the incident's clock is east of UTC; [`NO_ZONE`] where no log names a zone.
pub fn settle(read: &Ingested, machines: &[Machine]) -> (Vec<Clock>, i16) {
    let files = files(read);
    let zoned = files.iter().any(|f| !f.zoned.is_empty());
    let told = |n: usize| facts::of(machines, &read.files[n].path).and_then(|m| m.zone);
    if !zoned && (0..files.len()).all(|n| told(n).is_none()) {
        let mut hosts: Vec<Symbol> = files.iter().map(|f| f.host).collect();
        hosts.sort_unstable();
        hosts.dedup();
        let confidence = UNTOLD[usize::from(hosts.len() > 1)];
        return (vec![Clock { confidence, ..Clock::default() }; files.len()], NO_ZONE);
    }
    let inferred = infer(read, &files, told);
    let mut weights: FxHashMap<i16, u64> = FxHashMap::default();
    for (file, (zone, _)) in files.iter().zip(&inferred).filter_map(|(f, z)| Some((f, (*z)?))) {
        *weights.entry(zone).or_default() += file.local;
    }
    let reference = weights.into_iter().filter(|w| w.1 > 0).max_by_key(|(zone, count)| (*count, *zone)).map_or(0, |w| w.0);
    let clocks = files.iter().zip(&inferred).map(|(file, zone)| clock(file, *zone, reference)).collect();
    (clocks, reference)
}

fn clock(file: &File, inferred: Option<(i16, f32)>, reference: i16) -> Clock {
    let shift = |zone: i16| i64::from(reference - zone) * MINUTE;
    match (file.zone(), inferred) {
        (Some(zone), _) => Clock { shift: shift(zone), basis: Basis::Logged, confidence: 1.0 },
        (None, Some((zone, confidence))) => Clock { shift: shift(zone), basis: Basis::Inferred, confidence },
        (None, None) => Clock { confidence: UNTOLD[2], ..Clock::default() },
    }
}

/// Counts the events of each file by zone, and finds its host.
fn files(read: &Ingested) -> Vec<File> {
    let mut counts = vec![0_u64; read.events.origins.list().len()];
    for (origin, _) in read.events.origin.iter().zip(&read.events.time).filter(|(_, t)| **t != NO_TIME) {
        counts[*origin as usize] += 1;
    }
    let mut files = vec![File::default(); read.files.len()];
    let mut hosts: FxHashMap<(u32, Symbol), u64> = FxHashMap::default();
    for (origin, count) in read.events.origins.list().iter().zip(counts).filter(|(_, count)| *count > 0) {
        let Some(file) = files.get_mut(origin.file as usize) else { continue };
        match origin.zone {
            NO_ZONE => file.local += count,
            zone => *file.zoned.entry(zone).or_default() += count,
        }
        *hosts.entry((origin.file, origin.host)).or_default() += count;
    }
    let mut hosts: Vec<_> = hosts.into_iter().collect();
    hosts.sort_unstable_by_key(|((file, host), count)| (*file, *count, std::cmp::Reverse(*host)));
    for ((file, host), _) in hosts {
        files[file as usize].host = host;
    }
    files
}

/// The zone of each file that names none, and how sure it is.
fn infer(read: &Ingested, files: &[File], told: impl Fn(usize) -> Option<i16>) -> Vec<Option<(i16, f32)>> {
    let both = files.iter().any(|f| !f.zoned.is_empty()) && files.iter().any(|f| f.local > 0);
    let votes = if both { vote::count(&mentions::gather(read)) } else { FxHashMap::default() };
    let none = Votes::default();
    let of_stream = |n: usize| votes.get(&read.files[n].stream).unwrap_or(&none);
    let mut hosts: FxHashMap<Symbol, Votes> = FxHashMap::default();
    let mut cloud = Votes::default();
    let mut last = u32::MAX;
    for (n, file) in files.iter().enumerate().filter(|(_, f)| f.zone().is_none()) {
        if read.files[n].stream != last {
            last = read.files[n].stream;
            hosts.entry(file.host).or_default().add(of_stream(n));
            cloud.add(of_stream(n));
        }
    }
    let less = |found: Option<(i16, f32)>, factor: f32| found.map(|(zone, confidence)| (zone, confidence * factor));
    let of_cloud = less(cloud.winner(), OF_CLOUD).or_else(|| both.then(|| rates::zone(read)).flatten());
    let zone = |n: usize| {
        let file = &files[n];
        if file.zone().is_some() {
            return None;
        }
        (of_stream(n).winner())
            .or_else(|| told(n).map(|zone| (zone, TOLD)))
            .or_else(|| less(hosts.get(&file.host).and_then(Votes::winner), OF_HOST))
            .or(of_cloud)
    };
    (0..files.len()).map(zone).collect()
}

/// A shift as `+02:00`, with seconds where it has any: `-00:00:07`.
#[must_use]
pub fn offset(micros: i64) -> String {
    let seconds = (micros.abs() + 500_000) / 1_000_000;
    let sign = if micros < 0 && seconds > 0 { '-' } else { '+' };
    let text = format!("{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 == 0 { text } else { format!("{text}:{:02}", seconds % 60) }
}

/// Reads `+02:00` or `-00:00:07` as microseconds; the sign is needed.
#[must_use]
pub fn read_offset(text: &str) -> Option<i64> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let parts: Vec<i64> = rest.split(':').map(|part| part.parse::<u32>().ok().map(i64::from)).collect::<Option<_>>()?;
    let seconds = match parts[..] {
        [h, m] if m < 60 => h * 3600 + m * 60,
        [h, m, s] if m < 60 && s < 60 => h * 3600 + m * 60 + s,
        _ => return None,
    };
    // More than ten years is no clock that is set wrong, but a slip of the hand.
    (seconds <= 10 * 366 * 86_400).then_some(sign * seconds * 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_as_they_are_written() {
        for text in ["+00:00", "+02:00", "-03:30", "-00:00:07", "+26:00"] {
            assert_eq!(read_offset(text).map(offset).as_deref(), Some(text));
        }
        for text in ["", "2:00", "+2", "+02:60", "+aa:00", "+99999999:00", "\u{e9}x"] {
            assert_eq!(read_offset(text), None, "{text}");
        }
    }
}
