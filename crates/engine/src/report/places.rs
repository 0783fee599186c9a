//! Where it happens: how events, errors and what departs spread over hosts and instances, and over time.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::compose::Parts;
use crate::events::{Symbol, is_plausible};

/// The most hosts, and the most instances.
const MOST: usize = 24;

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum PlaceKind {
    /// A machine that writes logs.
    Host,
    /// A virtual machine, by its UUID.
    Instance,
}

/// Events of one host, or about one instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct PlaceCount {
    /// What it is.
    pub kind: PlaceKind,
    /// Its name or UUID.
    pub name: String,
    /// All its events.
    pub events: u64,
    /// Those at ERROR or above.
    pub errors: u64,
    /// Those that depart from normal.
    pub departing: u64,
    /// How they spread over time; times without events are left out.
    pub times: Vec<PlaceTime>,
}

/// Events of one place in one time bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct PlaceTime {
    /// Which time bucket: so many widths after the first one of [`Patterns::times`](super::Patterns::times).
    pub bucket: u32,
    /// All events in it.
    pub events: u32,
    /// Those at ERROR or above.
    pub errors: u32,
    /// Those that depart from normal.
    pub departing: u32,
}

/// All events, errors and departing ones.
type Counts = [u64; 3];

/// Hosts and instances, those with most that departs first. `width` is that of a bucket, in microseconds, `first` the number of the
/// first one.
#[must_use]
pub fn places(parts: &Parts, departing: &[bool], width: i64, first: i64) -> Vec<PlaceCount> {
    let events = &parts.read.events;
    let hosts = gather(parts, departing, width, first, |event| events.host(event));
    let instances = gather(parts, departing, width, first, |event| events.instance[event]);
    let of = |kind, found: FxHashMap<Symbol, BTreeMap<u32, Counts>>| -> Vec<PlaceCount> {
        let mut all: Vec<PlaceCount> =
            found.into_iter().map(|(name, times)| place(kind, parts.read.symbols.text(name), &times)).collect();
        all.sort_by(|a, b| {
            (b.departing, b.errors, b.events).cmp(&(a.departing, a.errors, a.events)).then_with(|| a.name.cmp(&b.name))
        });
        all.truncate(MOST);
        all
    };
    [of(PlaceKind::Host, hosts), of(PlaceKind::Instance, instances)].concat()
}

fn gather(
    parts: &Parts,
    departing: &[bool],
    width: i64,
    first: i64,
    of: impl Fn(usize) -> Symbol,
) -> FxHashMap<Symbol, BTreeMap<u32, Counts>> {
    let events = &parts.read.events;
    let mut found: FxHashMap<Symbol, BTreeMap<u32, Counts>> = FxHashMap::default();
    for event in (0..events.len()).filter(|e| is_plausible(events.time[*e])) {
        let place = of(event);
        if place.is_none() {
            continue;
        }
        let bucket = (events.time[event].div_euclid(width) - first) as u32;
        let counts = found.entry(place).or_default().entry(bucket).or_default();
        counts[0] += 1;
        counts[1] += u64::from(events.level[event].is_error());
        counts[2] += u64::from(departing[parts.of[event] as usize]);
    }
    found
}

fn place(kind: PlaceKind, name: &str, times: &BTreeMap<u32, Counts>) -> PlaceCount {
    let sum = |n: usize| times.values().map(|counts| counts[n]).sum();
    PlaceCount {
        kind,
        name: name.to_owned(),
        events: sum(0),
        errors: sum(1),
        departing: sum(2),
        times: times
            .iter()
            .map(|(bucket, [events, errors, departing])| PlaceTime {
                bucket: *bucket,
                events: *events as u32,
                errors: *errors as u32,
                departing: *departing as u32,
            })
            .collect(),
    }
}
