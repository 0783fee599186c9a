//! What was read, stream by stream: whose it is, how that is known, and how its clock relates to the incident's.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Correction, Ingested, LogFile,
    clock::{self, Basis},
    hosts::corrected,
    time,
};
use crate::events::{NO_ZONE, Symbol, is_plausible};

/// How process or host is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub enum Known {
    /// The lines themselves say so.
    Content,
    /// The path says so, or what a machine's own files tell.
    Path,
    /// The user said so.
    Given,
    /// It is not known.
    Unknown,
}

/// A log with the files that it was rotated into.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct SourceRow {
    /// Its files, relative to what was given, the oldest first.
    pub files: Vec<String>,
    /// What its lines are written in.
    pub form: String,
    /// Its process, or the one of most of its events.
    pub service: Option<String>,
    /// How that is known.
    pub service_from: Known,
    /// Its host, or the one of most of its events.
    pub host: Option<String>,
    /// How that is known.
    pub host_from: Known,
    /// How many other hosts are in it.
    pub other_hosts: u32,
    /// The first time, as logged.
    pub first: Option<String>,
    /// The last time, as logged.
    pub last: Option<String>,
    /// Events.
    pub events: u32,
    /// Events at ERROR or above.
    pub errors: u32,
    /// What is added to its times, as `+02:00`.
    pub shift: String,
    /// How that is known.
    pub basis: Basis,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// Whether the user corrected anything.
    pub corrected: bool,
}

/// What a stream's events say.
#[derive(Debug, Default)]
struct Sum {
    files: Vec<usize>,
    events: u32,
    errors: u32,
    /// The first and the last event with a time.
    span: Option<(usize, usize)>,
    services: FxHashMap<Symbol, u32>,
    hosts: FxHashMap<Symbol, u32>,
}

/// A row for each stream, in the order of the files.
#[must_use]
pub fn sources(read: &Ingested, corrections: &[Correction]) -> Vec<SourceRow> {
    let mut sums: Vec<Sum> = Vec::new();
    let mut of_stream: FxHashMap<u32, usize> = FxHashMap::default();
    let mut of_file: Vec<usize> = Vec::with_capacity(read.files.len());
    for (n, file) in read.files.iter().enumerate() {
        let at = *of_stream.entry(file.stream).or_insert_with(|| {
            sums.push(Sum::default());
            sums.len() - 1
        });
        sums[at].files.push(n);
        of_file.push(at);
    }
    for n in 0..read.events.len() {
        let origin = read.events.origin_of(n);
        let Some(sum) = of_file.get(origin.file as usize).map(|at| &mut sums[*at]) else { continue };
        sum.events += 1;
        sum.errors += u32::from(read.events.level[n].is_error());
        *sum.services.entry(origin.service).or_default() += 1;
        *sum.hosts.entry(origin.host).or_default() += 1;
        let time = read.events.time[n];
        if is_plausible(time) {
            let (first, last) = sum.span.unwrap_or((n, n));
            let earlier = time < read.events.time[first];
            sum.span = Some((if earlier { n } else { first }, if time > read.events.time[last] { n } else { last }));
        }
    }
    sums.iter().map(|sum| row(read, sum, corrections)).collect()
}

fn row(read: &Ingested, sum: &Sum, corrections: &[Correction]) -> SourceRow {
    let newest = &read.files[sum.files.last().copied().unwrap_or_default()];
    let given = corrected(corrections, &newest.path);
    let (service, host) = (most(&sum.services), most(&sum.hosts));
    let (service, host) = (read.symbols.said(service), read.symbols.said(host));
    SourceRow {
        files: sum.files.iter().map(|n| read.files[*n].path.clone()).collect(),
        form: form(newest),
        service_from: known(given.service.is_some(), service, Some(&newest.place.service).filter(|_| newest.place.sure)),
        service: service.map(str::to_owned),
        host_from: known(given.host.is_some(), host, newest.place.host.as_ref()),
        host: host.map(str::to_owned),
        other_hosts: sum.hosts.len() as u32 - u32::from(!sum.hosts.is_empty()),
        first: sum.span.and_then(|(first, _)| written(read, first)),
        last: sum.span.and_then(|(_, last)| written(read, last)),
        events: sum.events,
        errors: sum.errors,
        shift: clock::offset(newest.clock.shift),
        basis: newest.clock.basis,
        confidence: newest.clock.confidence,
        corrected: given.service.is_some() || given.host.is_some() || given.shift.is_some(),
    }
}

fn written(read: &Ingested, event: usize) -> Option<String> {
    time::written(read.logged(event), read.events.origin_of(event).zone)
}

fn known(given: bool, said: Option<&str>, path: Option<&String>) -> Known {
    match said {
        _ if given => Known::Given,
        None => Known::Unknown,
        Some(said) if path.is_some_and(|path| path == said) => Known::Path,
        Some(_) => Known::Content,
    }
}

/// The most frequent; of equals, the one that came first.
fn most(counts: &FxHashMap<Symbol, u32>) -> Symbol {
    counts.iter().max_by_key(|(symbol, count)| (**count, std::cmp::Reverse(**symbol))).map_or(Symbol(0), |(symbol, _)| *symbol)
}

fn form(file: &LogFile) -> String {
    if file.headed { "text with times" } else { "text without times" }.to_owned()
}

/// The clock that all times are on, in words: `UTC`, `UTC+02:00`; none where no log names a zone.
#[must_use]
pub fn reference(read: &Ingested) -> Option<String> {
    match read.zone {
        NO_ZONE => None,
        0 => Some("UTC".to_owned()),
        zone => Some(format!("UTC{}", clock::offset(i64::from(zone) * clock::MINUTE))),
    }
}
