//! The sequence of events to tell.

use super::{
    Evidence, Moment, Verdict,
    compose::{Parts, shortened},
};
use crate::{events::NO_TIME, ingest::time};

/// The most moments.
const MOST: usize = 200;

/// The evidence by time, with the records of the failing requests around it.
#[must_use]
pub fn timeline(parts: &Parts, evidence: &[Evidence]) -> Vec<Moment> {
    if parts.diagnosis.verdict == Verdict::Clear {
        return Vec::new();
    }
    let mut moments: Vec<(i64, Moment)> = Vec::new();
    let place = |file: &str, line: u32| (file.to_owned(), line);
    let shown: std::collections::BTreeSet<(String, u32)> = evidence.iter().map(|e| place(&e.file, e.line)).collect();
    let events = &parts.read.events;
    for failing in parts.diagnosis.failing.iter().take(3) {
        let Some(request) = parts.gathered.requests.with_id(failing.id) else { continue };
        for event in request.events.iter().map(|e| *e as usize).filter(|e| events.time[*e] != NO_TIME) {
            let file = &parts.read.files[events.file[event] as usize].path;
            if !shown.contains(&place(file, events.line[event])) {
                moments.extend(moment(parts, event, None).map(|m| (events.time[event], m)));
            }
        }
    }
    moments.sort_by_key(|m| m.0);
    moments.dedup();
    moments.truncate(MOST.saturating_sub(evidence.len()));
    for piece in evidence {
        let event = (0..events.len())
            .find(|e| events.line[*e] == piece.line && parts.read.files[events.file[*e] as usize].path == piece.file);
        moments.extend(event.and_then(|e| moment(parts, e, Some(piece.id.clone())).map(|m| (events.time[e], m))));
    }
    moments.sort_by_key(|m| m.0);
    moments.into_iter().map(|(_, m)| m).collect()
}

fn moment(parts: &Parts, event: usize, evidence_id: Option<String>) -> Option<Moment> {
    let events = &parts.read.events;
    Some(Moment {
        timestamp: time::written(events.time[event], events.zone[event])?,
        service: parts.read.symbols.said(events.service[event]).map(str::to_owned),
        host: parts.read.symbols.said(events.host[event]).map(str::to_owned),
        label: shortened(&String::from_utf8_lossy(parts.read.headline(event)), 160),
        evidence_id,
    })
}
