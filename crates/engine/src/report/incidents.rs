//! The report over everything, and one for each incident in it.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Category, Report,
    compose::{self, Parts},
    patterns,
};
use crate::{diagnose::incidents::Incident, events::Symbol};

/// An incident among those in the logs: enough to choose it by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct IncidentRef {
    /// From 1, the worst.
    pub number: u32,
    /// Its first cause, in a line.
    pub title: String,
    /// What kind of incident it is.
    pub category: Category,
    /// How sure its first cause is, 0 to 1.
    pub confidence: f64,
    /// The process where the fault is: `nova-compute`.
    pub service: Option<String>,
    /// The project it belongs to: `nova`.
    pub subsystem: Option<String>,
    /// The hosts that tell of it, those that tell most first, at most 5.
    pub hosts: Vec<String>,
    /// Time of the first event that tells of it, as logged.
    pub start: Option<String>,
    /// Time of the last.
    pub end: Option<String>,
    /// Events that tell of it: those that could make an incident by themselves.
    pub events: u64,
}

impl IncidentRef {
    /// When it was, from the first event that tells of it to the last, in whole seconds; the day once where it is the same.
    #[must_use]
    pub fn when(&self) -> String {
        let seconds = |time: &Option<String>| time.as_ref().map(|t| t.get(..19).unwrap_or(t).replace('T', " "));
        match (seconds(&self.start), seconds(&self.end)) {
            (Some(start), Some(end)) if start == end => start,
            (Some(start), Some(end)) => {
                let same = start.split_once(' ').zip(end.split_once(' ')).filter(|(a, b)| a.0 == b.0);
                let until = same.map_or(end.as_str(), |(_, (_, time))| time).to_owned();
                format!("{start} to {until}")
            }
            (start, end) => start.or(end).unwrap_or_else(|| "at an unknown time".into()),
        }
    }
}

/// The most hosts that an incident names.
const HOSTS: usize = 5;

/// The report over everything, and the reports of the incidents alone, in their order; each knows of all of them.
#[must_use]
pub fn reports(parts: &Parts, found: &[Incident]) -> (Report, Vec<Report>) {
    let patterns = patterns::patterns(parts);
    let mut own: Vec<Report> = found
        .iter()
        .enumerate()
        .map(|(n, incident)| {
            let parts = Parts { diagnosis: &incident.diagnosis, ..*parts };
            Report { incident: Some(n as u32 + 1), ..compose::compose(&parts, patterns.clone(), Vec::new()) }
        })
        .collect();
    let all: Vec<IncidentRef> = found.iter().zip(&own).map(|(incident, report)| told(parts, incident, report)).collect();
    for report in &mut own {
        report.incidents.clone_from(&all);
    }
    (compose::compose(parts, patterns, all), own)
}

/// An incident as the reports name it.
fn told(parts: &Parts, incident: &Incident, report: &Report) -> IncidentRef {
    let cause = report.causes.first();
    let written = |event: &u32| parts.read.written(*event as usize);
    IncidentRef {
        number: report.incident.unwrap_or_default(),
        title: cause.map_or_else(|| report.category.label.clone(), |c| c.title.clone()),
        category: report.category.clone(),
        confidence: cause.map_or(report.category.confidence, |c| c.confidence),
        service: cause.and_then(|c| c.service.clone()),
        subsystem: cause.and_then(|c| c.subsystem.clone()),
        hosts: hosts(parts, &incident.telling),
        start: incident.telling.iter().find_map(written),
        end: incident.telling.iter().rev().find_map(written),
        events: incident.telling.len() as u64,
    }
}

/// The hosts that wrote most of the events, those with the most first.
fn hosts(parts: &Parts, events: &[u32]) -> Vec<String> {
    let mut counts: FxHashMap<Symbol, usize> = FxHashMap::default();
    for event in events {
        *counts.entry(parts.read.events.host(*event as usize)).or_default() += 1;
    }
    let said = |(host, count): (Symbol, usize)| Some((parts.read.symbols.said(host)?, count));
    let mut all: Vec<(&str, usize)> = counts.into_iter().filter_map(said).collect();
    all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    all.into_iter().take(HOSTS).map(|(host, _)| host.to_owned()).collect()
}
