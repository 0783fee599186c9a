//! The sequence of events to tell.

use rustc_hash::FxHashSet;

use super::{
    Moment, Verdict,
    compose::{Parts, shortened},
    exhibits::{self, Exhibit},
};
use crate::events::NO_TIME;

/// The most moments.
const MOST: usize = 200;

/// The evidence by time, with the records of the failing requests around it.
#[must_use]
pub fn timeline(parts: &Parts, exhibits: &[Exhibit]) -> Vec<Moment> {
    if parts.diagnosis.verdict == Verdict::Clear {
        return Vec::new();
    }
    let mut moments: Vec<(i64, Moment)> = Vec::new();
    let shown: FxHashSet<u32> = exhibits.iter().map(|e| e.event).collect();
    let events = &parts.read.events;
    for failing in parts.diagnosis.failing.iter().take(3) {
        let Some(request) = parts.gathered.requests.with_id(failing.id) else { continue };
        for event in request.events.iter().filter(|e| !shown.contains(e) && events.time[**e as usize] != NO_TIME) {
            moments.extend(moment(parts, *event as usize, None).map(|m| (events.time[*event as usize], m)));
        }
    }
    moments.sort_by_key(|m| m.0);
    moments.dedup();
    // Where there are too many, the end of a failing request tells more than its beginning.
    let room = MOST.saturating_sub(exhibits.len());
    moments.drain(..moments.len().saturating_sub(room));
    for (n, exhibit) in exhibits.iter().enumerate() {
        let event = exhibit.event as usize;
        moments.extend(moment(parts, event, Some(exhibits::id(n))).map(|m| (events.time[event], m)));
    }
    moments.sort_by_key(|m| m.0);
    moments.into_iter().map(|(_, m)| m).collect()
}

fn moment(parts: &Parts, event: usize, evidence_id: Option<String>) -> Option<Moment> {
    let events = &parts.read.events;
    let label = shortened(&String::from_utf8_lossy(&parts.read.headline(event)), 160);
    Some(Moment {
        timestamp: parts.read.written(event)?,
        service: parts.read.symbols.said(events.service(event)).map(str::to_owned),
        host: parts.read.symbols.said(events.host(event)).map(str::to_owned),
        label: if label.is_empty() { return None } else { label },
        evidence_id,
    })
}
