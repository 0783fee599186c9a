//! Counts for the charts.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Change, Patterns, ServiceCount, TemplateCount, TimeCount, compose::Parts, places};
use crate::{
    events::{Level, NO_ZONE, Symbol, is_plausible, span},
    ingest::{layout, time},
};

/// About so many buckets show how events spread over time.
const BUCKETS: i64 = 60;
/// Widths of a time bucket, in seconds.
const WIDTHS: [i64; 12] = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 10_800, 21_600, 86_400];
/// The most templates in the chart.
const TEMPLATES: usize = 50;
/// The charts show an event as departing where its template does at least this much.
const SHOWN_AS_DEPARTING: f64 = 0.5;
/// Words that name a resource.
const RESOURCES: [&str; 14] = [
    "memory",
    "disk",
    "cpu",
    "vcpu",
    "port",
    "network",
    "volume",
    "image",
    "instance",
    "quota",
    "connection",
    "token",
    "host",
    "router",
];

/// Counts events in all ways that the charts need.
#[must_use]
pub fn patterns(parts: &Parts) -> Patterns {
    let departing: Vec<bool> =
        parts.scores.departures.iter().map(|d| d.degree >= SHOWN_AS_DEPARTING && d.change != Change::Vanished).collect();
    let (bucket_seconds, times, first) = times(parts, &departing);
    let places = places::places(parts, &departing, i64::from(bucket_seconds) * 1_000_000, first);
    Patterns {
        levels: levels(parts),
        services: services(parts, &departing),
        hosts: hosts(parts),
        bucket_seconds,
        times,
        places,
        templates: templates(parts),
        resources: resources(parts),
    }
}

fn level_name(level: Level) -> &'static str {
    level.name().unwrap_or("UNKNOWN")
}

fn levels(parts: &Parts) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for level in &parts.read.events.level {
        *counts.entry(level_name(*level)).or_insert(0) += 1;
    }
    counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
}

fn services(parts: &Parts, departing: &[bool]) -> Vec<ServiceCount> {
    let events = &parts.read.events;
    let mut counts: FxHashMap<Symbol, [u64; 3]> = FxHashMap::default();
    for event in 0..events.len() {
        let count = counts.entry(events.service(event)).or_default();
        count[0] += 1;
        count[1] += u64::from(events.level[event].is_error());
        count[2] += u64::from(departing[parts.of[event] as usize]);
    }
    let mut all: Vec<ServiceCount> = counts
        .into_iter()
        .map(|(service, [events, errors, departing])| ServiceCount {
            service: parts.read.symbols.text(service).to_owned(),
            events,
            errors,
            departing,
        })
        .collect();
    all.sort_by(|a, b| {
        (b.departing, b.errors, b.events).cmp(&(a.departing, a.errors, a.events)).then_with(|| a.service.cmp(&b.service))
    });
    all
}

fn hosts(parts: &Parts) -> BTreeMap<String, u64> {
    let mut counts: FxHashMap<Symbol, u64> = FxHashMap::default();
    for host in (0..parts.of.len()).map(|e| parts.read.events.host(e)).filter(|h| !h.is_none()) {
        *counts.entry(host).or_default() += 1;
    }
    counts.into_iter().map(|(host, count)| (parts.read.symbols.text(host).to_owned(), count)).collect()
}

/// The width of a bucket, in seconds, the buckets, and the number of the first one.
fn times(parts: &Parts, departing: &[bool]) -> (u32, Vec<TimeCount>, i64) {
    let events = &parts.read.events;
    let Some((first, last)) = span(events.time.iter().copied()) else { return (1, Vec::new(), 0) };
    let span = (last - first) / 1_000_000;
    let width = WIDTHS.into_iter().find(|w| span / w < BUCKETS).unwrap_or(86_400 * (span / 86_400 / BUCKETS + 1));
    let mut buckets: BTreeMap<i64, (BTreeMap<Level, u64>, u64)> = BTreeMap::new();
    for event in (0..events.len()).filter(|e| is_plausible(events.time[*e])) {
        let bucket = buckets.entry(events.time[event].div_euclid(width * 1_000_000)).or_default();
        *bucket.0.entry(events.level[event]).or_default() += 1;
        bucket.1 += u64::from(departing[parts.of[event] as usize]);
    }
    let start = first.div_euclid(width * 1_000_000);
    let counted = buckets.into_iter().filter_map(|(bucket, (levels, departing))| {
        let start = time::written(bucket * width * 1_000_000, NO_ZONE)?;
        let levels = levels.into_iter().map(|(level, count)| (level_name(level).to_owned(), count)).collect();
        Some(TimeCount { start, levels, departing })
    });
    (width as u32, counted.collect(), start)
}

/// The templates that changed most: new and surging by degree and gravity, then the vanished ones by what was expected.
fn templates(parts: &Parts) -> Vec<TemplateCount> {
    let levels = crate::template::levels(parts.read, parts.of, parts.templates.list.len());
    let degree = |id: usize| {
        let departure = &parts.scores.departures[id];
        let gravity = 1.0 + f64::from(levels[id] as u8);
        match departure.change {
            Change::Usual => 0.0,
            Change::Vanished => 0.2 + departure.expected.unwrap_or(0.0) / 1e6,
            Change::New | Change::Surging => departure.degree * gravity,
        }
    };
    let mut ids: Vec<usize> =
        (0..parts.templates.list.len()).filter(|id| degree(*id) > 0.0 && parts.templates.list[*id].says_something()).collect();
    ids.sort_by(|a, b| degree(*b).total_cmp(&degree(*a)).then(a.cmp(b)));
    ids.truncate(TEMPLATES);
    ids.into_iter()
        .map(|id| {
            let template = &parts.templates.list[id];
            let first = parts.templates.firsts[id];
            TemplateCount {
                number: id as u32,
                template: template.text.clone(),
                // One that these logs do not hold has no process here but the one that its logger tells of.
                service: first.map_or_else(
                    || layout::by_logger(&template.origin),
                    |e| parts.read.symbols.said(parts.read.events.service(e as usize)).map(str::to_owned),
                ),
                level: levels[id].name().map(str::to_owned),
                count: u64::from(parts.templates.counts[id]),
                expected: parts.scores.departures[id].expected,
                change: parts.scores.departures[id].change,
            }
        })
        .collect()
}

/// Events whose templates name a resource. Counted by template, since all its events say the same.
fn resources(parts: &Parts) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for (template, count) in parts.templates.list.iter().zip(&parts.templates.counts).filter(|(_, c)| **c > 0) {
        let text = template.text.to_lowercase();
        for word in RESOURCES {
            let named = text.split(|c: char| !c.is_alphanumeric()).any(|w| w.strip_suffix('s').unwrap_or(w) == word);
            if named {
                *counts.entry(word.to_owned()).or_default() += u64::from(*count);
            }
        }
    }
    counts
}
