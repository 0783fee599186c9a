//! Clocks that step back within a log.

use crate::{
    events::{NO_TIME, NO_ZONE},
    ingest::{Ingested, Skipped, clock::MINUTE},
};

/// Events that must follow a step for it to be one, and not a line out of its place.
const FOLLOWING: usize = 5;

/// Notes where a log without a zone goes back by about an hour and goes on from there, as at the end of summer time. The order of
/// its lines is kept in any case.
pub fn note(read: &mut Ingested) {
    let mut notes = Vec::new();
    let events = &read.events;
    let mut last = (u32::MAX, NO_TIME);
    let mut done = u32::MAX;
    for n in 0..events.len() {
        let origin = events.origin_of(n);
        let time = events.time[n];
        if time == NO_TIME || origin.zone != NO_ZONE {
            continue;
        }
        let back = last.1.saturating_sub(time);
        if origin.file == last.0 && done != origin.file && (55 * MINUTE..=65 * MINUTE).contains(&back) {
            let stays =
                (n + 1..events.len()).take(FOLLOWING).filter(|m| events.file(*m) == origin.file && events.time[*m] != NO_TIME);
            let times: Vec<i64> = stays.map(|m| events.time[m]).collect();
            if times.len() == FOLLOWING && times.iter().all(|t| *t < last.1 - 30 * MINUTE) {
                done = origin.file;
                notes.push(Skipped {
                    path: read.files[origin.file as usize].path.clone(),
                    line: Some(events.line[n]),
                    reason: format!(
                        "the clock goes back by {} minutes here, as at the end of summer time; the order of the lines is kept",
                        (back + MINUTE / 2) / MINUTE
                    ),
                });
            }
        }
        last = (origin.file, time);
    }
    read.skipped.extend(notes);
}
