//! Years that syslog leaves out.

use crate::{
    events::{Events, NO_TIME},
    ingest::{Ingested, time},
};

const DAY: i64 = 86_400_000_000;
/// A step of more than this between neighbours is one over New Year.
const HALF_YEAR: i64 = 183 * DAY;

/// Gives the times without a year one. Within a stream the year changes where the times step from December to January. The last time
/// of a stream gets the year that puts it last, but not more than a day after the last time of all logs that has a year; where none
/// has one, not more than a day after the file was last written.
pub fn fill(read: &mut Ingested) {
    let known = read.events.time.iter().copied().filter(|t| *t != NO_TIME && !time::lacks_year(*t)).max();
    let mut start = 0;
    while start < read.events.len() {
        let file = read.events.file(start) as usize;
        let stream = read.files[file].stream;
        let mut end = start;
        let mut modified = 0;
        while end < read.events.len() {
            let file = &read.files[read.events.file(end) as usize];
            if file.stream != stream {
                break;
            }
            modified = modified.max(file.modified);
            end += 1;
        }
        let anchor = known.or(Some(modified).filter(|m| *m > 0));
        stream_years(&mut read.events, start..end, anchor);
        start = end;
    }
}

fn stream_years(events: &mut Events, range: std::ops::Range<usize>, anchor: Option<i64>) {
    let lacking = |t: i64| t != NO_TIME && time::lacks_year(t);
    let Some(last) = range.clone().rev().map(|n| events.time[n]).find(|t| lacking(*t)) else { return };
    let Some((anchor, year)) = anchor.and_then(|a| time::year(a).map(|year| (a, year))) else {
        return range.for_each(|n| {
            if lacking(events.time[n]) {
                events.time[n] = NO_TIME;
            }
        });
    };
    let late = time::with_year(last, year) > anchor.saturating_add(DAY);
    let mut year = if late { year - 1 } else { year };
    let mut after = last;
    for n in range.rev() {
        let said = events.time[n];
        if !lacking(said) {
            continue;
        }
        if said - after > HALF_YEAR {
            year -= 1;
        } else if after - said > HALF_YEAR {
            year += 1;
        }
        after = said;
        events.time[n] = time::with_year(said, year);
    }
}
