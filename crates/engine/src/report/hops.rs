//! A request's way: what each process on it did, and what was expected there and never came.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    compose::{Parts, shortened},
    exhibits::{self, Exhibit},
};
use crate::{
    diagnose::lead::Absent,
    events::NO_TIME,
    evidence::{missing::Missing, requests::Request},
};

/// The most steps that are told of one process.
const STEPS: usize = 40;
/// Longer texts are cut.
const LONGEST: usize = 160;

/// A failing request and its way across services.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct RequestPath {
    /// `req-…`.
    pub request_id: String,
    /// The processes that it went through, in the order of their first event.
    pub services: Vec<String>,
    /// Time of its first event.
    pub start: Option<String>,
    /// Time of its last event.
    pub end: Option<String>,
    /// How it ended, in words.
    pub outcome: String,
    /// Ids of the evidence that belongs to it.
    pub evidence: Vec<String>,
    /// What each process on its way did, in the order of their first events.
    #[serde(default)]
    pub hops: Vec<Hop>,
    /// What was expected in it and never came.
    #[serde(default)]
    pub missing: Vec<MissingStep>,
}

/// What one process on one host did in a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Hop {
    /// The process: `nova-compute`.
    pub service: String,
    /// The host, where the logs name one.
    pub host: Option<String>,
    /// Time of its first event, ISO 8601 as logged.
    pub start: Option<String>,
    /// Time of its last event.
    pub end: Option<String>,
    /// All its events.
    pub events: u32,
    /// Those at ERROR or above.
    pub errors: u32,
    /// Its events by time; of many the first, the last, the errors and what is evidence, and some of the others evenly.
    pub steps: Vec<Step>,
}

/// An event of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Step {
    /// ISO 8601 as logged.
    pub timestamp: Option<String>,
    /// As logged: `ERROR`.
    pub level: Option<String>,
    /// One line.
    pub label: String,
    /// Relative to the folder that was given.
    pub file: String,
    /// Its first line, from 1.
    pub line: u32,
    /// The evidence that it is, if it is one.
    pub evidence_id: Option<String>,
}

/// What was expected in a request and never came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct MissingStep {
    /// The process that writes it elsewhere; none where it is nowhere in these logs.
    pub service: Option<String>,
    /// The template.
    pub label: String,
    /// The process of the event after which it was expected.
    pub after: Option<String>,
    /// The time of that event, ISO 8601 as logged.
    pub since: Option<String>,
    /// Within so many seconds it always came in normal work, where that is known.
    pub within: Option<f32>,
    /// How sure the LSTM was, 0 to 1.
    pub probability: f32,
}

/// What each process did, in the order of their first events.
#[must_use]
pub fn hops(parts: &Parts, request: &Request, exhibits: &[Exhibit]) -> Vec<Hop> {
    let events = &parts.read.events;
    let place = |event: u32| (events.service(event as usize), events.host(event as usize));
    let mut lanes: Vec<Vec<u32>> = Vec::new();
    for event in &request.events {
        match lanes.iter_mut().find(|lane| place(lane[0]) == place(*event)) {
            Some(lane) => lane.push(*event),
            None => lanes.push(vec![*event]),
        }
    }
    lanes.iter().map(|lane| hop(parts, lane, exhibits)).collect()
}

fn hop(parts: &Parts, lane: &[u32], exhibits: &[Exhibit]) -> Hop {
    let (events, symbols) = (&parts.read.events, &parts.read.symbols);
    let first = lane[0] as usize;
    let times = || lane.iter().map(|e| *e as usize).filter(|e| events.time[*e] != NO_TIME);
    let written = |event: usize| parts.read.written(event);
    let shown = |event: u32| exhibits.iter().position(|x| x.event == event).map(exhibits::id);
    Hop {
        service: symbols.text(events.service(first)).to_owned(),
        host: symbols.said(events.host(first)).map(str::to_owned),
        start: times().min_by_key(|e| events.time[*e]).and_then(written),
        end: times().max_by_key(|e| events.time[*e]).and_then(written),
        events: lane.len() as u32,
        errors: lane.iter().filter(|e| events.level[**e as usize].is_error()).count() as u32,
        steps: chosen(parts, lane, exhibits).into_iter().map(|event| step(parts, event, shown(event))).collect(),
    }
}

/// The events of a lane that are told.
fn chosen(parts: &Parts, lane: &[u32], exhibits: &[Exhibit]) -> Vec<u32> {
    if lane.len() <= STEPS {
        return lane.to_vec();
    }
    let levels = &parts.read.events.level;
    let worth = |event: &u32| exhibits.iter().any(|x| x.event == *event) || levels[*event as usize].is_error();
    let telling: Vec<usize> = (0..lane.len()).filter(|n| worth(&lane[*n])).take(STEPS / 2).collect();
    let every = lane.len().div_ceil(STEPS - telling.len() - 1);
    let mut places: Vec<usize> = (0..lane.len()).step_by(every).chain([lane.len() - 1]).chain(telling).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|n| lane[n]).collect()
}

fn step(parts: &Parts, event: u32, evidence_id: Option<String>) -> Step {
    let (read, n) = (parts.read, event as usize);
    let message = read.message(n);
    Step {
        timestamp: read.written(n),
        level: read.events.level[n].name().map(str::to_owned),
        label: shortened(message.lines().next().unwrap_or_default(), LONGEST),
        file: read.files[read.events.file(n) as usize].path.clone(),
        line: read.events.line[n],
        evidence_id,
    }
}

/// What was expected in a request and never came, as far as it is told as evidence.
#[must_use]
pub fn missing(parts: &Parts, request: &Request) -> Vec<MissingStep> {
    let absent = parts.diagnosis.leads.iter().filter_map(|lead| lead.absent.as_ref());
    let missing = absent.filter_map(|absent| match absent {
        Absent::Missing(missing) if request.events.contains(&missing.absence.after) => Some(missing),
        _ => None,
    });
    missing.map(|missing| missing_step(parts, missing)).collect()
}

fn missing_step(parts: &Parts, missing: &Missing) -> MissingStep {
    let (read, absence) = (parts.read, &missing.absence);
    let service = |event: usize| read.symbols.said(read.events.service(event)).map(str::to_owned);
    MissingStep {
        service: parts.templates.firsts[absence.template as usize].and_then(|event| service(event as usize)),
        label: shortened(&parts.templates.list[absence.template as usize].text, LONGEST),
        after: service(absence.after as usize),
        since: read.written(absence.after as usize),
        within: absence.delay.map(|(_, longest)| longest),
        probability: absence.probability,
    }
}
