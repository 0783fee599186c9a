//! The last resort: warnings and errors that come in bursts in all logs at once tell how far clocks are apart.

use rustc_hash::FxHashMap;

use super::{
    MINUTE,
    vote::{MOST_QUARTERS, zone_at},
};
use crate::{
    events::{Level, NO_ZONE, is_plausible},
    ingest::Ingested,
};

/// Separate bursts that must meet.
const LEAST_BURSTS: usize = 5;
/// Minutes with warnings beyond which logs are too long for this.
const MOST_MINUTES: usize = 20_000;

/// The zone of the logs without one, in minutes east of UTC, with a confidence of at most a half; none where the logs do not tell.
pub fn zone(read: &Ingested) -> Option<(i16, f32)> {
    let (zoned, local) = (minutes(read, true), minutes(read, false));
    if zoned.len() < LEAST_BURSTS || local.len() < LEAST_BURSTS || zoned.len().max(local.len()) > MOST_MINUTES {
        return None;
    }
    let scores: Vec<(f64, usize)> = (-MOST_QUARTERS..=MOST_QUARTERS).map(|q| meeting(&zoned, &local, q * 15)).collect();
    let best = (0..scores.len()).max_by(|a, b| scores[*a].0.total_cmp(&scores[*b].0))?;
    let second = scores.iter().enumerate().filter(|(n, _)| *n != best).map(|(_, s)| s.0).fold(0.0, f64::max);
    let (score, bursts) = scores[best];
    let clear = bursts >= LEAST_BURSTS && score >= 0.5 && score - second >= 0.25;
    clear.then(|| (zone_at(best), (score * 0.5) as f32))
}

/// How much happened in each minute that had a warning or worse: the logarithm of its count.
fn minutes(read: &Ingested, zoned: bool) -> FxHashMap<i64, f64> {
    let mut counts: FxHashMap<i64, f64> = FxHashMap::default();
    for n in 0..read.events.len() {
        let zone = read.events.origin_of(n).zone;
        if read.events.level[n] >= Level::Warning && (zone != NO_ZONE) == zoned && is_plausible(read.events.time[n]) {
            let offset = if zone == NO_ZONE { 0 } else { i64::from(zone) };
            *counts.entry(read.events.time[n].div_euclid(MINUTE) - offset).or_default() += 1.0;
        }
    }
    for count in counts.values_mut() {
        *count = (1.0 + *count).ln();
    }
    counts
}

/// The cosine of both over minutes, the local ones moved back, and the number of separate bursts that meet.
fn meeting(zoned: &FxHashMap<i64, f64>, local: &FxHashMap<i64, f64>, shift: i64) -> (f64, usize) {
    let mut met: Vec<i64> = zoned.keys().copied().filter(|m| local.contains_key(&(m + shift))).collect();
    met.sort_unstable();
    let product: f64 = met.iter().map(|m| zoned[m] * local[&(m + shift)]).sum();
    let length = |counts: &FxHashMap<i64, f64>| {
        let mut squares: Vec<f64> = counts.values().map(|v| v * v).collect();
        squares.sort_unstable_by(f64::total_cmp);
        squares.iter().sum::<f64>().sqrt()
    };
    let bursts = usize::from(!met.is_empty()) + met.windows(2).filter(|pair| pair[1] - pair[0] > 2).count();
    (product / (length(zoned) * length(local)), bursts)
}
