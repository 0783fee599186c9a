//! Events over time.

use rayon::prelude::*;

use super::{Bucket, Explorer, Histogram, Selection, millis};
use crate::events::{Level, is_plausible, span};

/// The most buckets that can be asked for.
const MOST_BUCKETS: usize = 2000;
/// Importance from which an event is out of the ordinary.
const UNUSUAL: f32 = 0.99;
/// Widths that people count in, in microseconds.
const WIDTHS: [i64; 30] = {
    const MS: i64 = 1000;
    const SECOND: i64 = 1000 * MS;
    const MINUTE: i64 = 60 * SECOND;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    [
        MS,
        2 * MS,
        5 * MS,
        10 * MS,
        20 * MS,
        50 * MS,
        100 * MS,
        200 * MS,
        500 * MS,
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND,
        15 * SECOND,
        30 * SECOND,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        7 * DAY,
        28 * DAY,
    ]
};

impl Explorer {
    /// The events of a selection over time, in at most so many buckets of a width that people count in. Times that cannot be true
    /// count as no time.
    #[must_use]
    pub fn histogram(&self, selection: &Selection, buckets: usize) -> Histogram {
        self.with(selection, |events| self.drawn(events, buckets.clamp(1, MOST_BUCKETS)))
    }

    fn drawn(&self, events: &[u32], most: usize) -> Histogram {
        let times = &self.logs.read.events.time;
        let Some((first, last)) = span(events.iter().map(|e| times[*e as usize])) else {
            return Histogram { start: 0.0, width: millis(WIDTHS[0]), buckets: Vec::new(), timeless: events.len() as u32 };
        };
        let (start, width, count) = scale(first, last, most);
        let empty = || (vec![Bucket::default(); count], 0_u32);
        let (buckets, timeless) = events
            .par_chunks(events.len().div_ceil(rayon::current_num_threads()).max(1))
            .map(|events| {
                let (mut buckets, mut timeless) = empty();
                for event in events {
                    let time = times[*event as usize];
                    if is_plausible(time) {
                        self.count(*event as usize, &mut buckets[((time - start) / width) as usize]);
                    } else {
                        timeless += 1;
                    }
                }
                (buckets, timeless)
            })
            .reduce(empty, |(a, x), (b, y)| (a.iter().zip(&b).map(|(a, b)| sum(a, b)).collect(), x + y));
        Histogram { start: millis(start), width: millis(width), buckets, timeless }
    }

    fn count(&self, event: usize, bucket: &mut Bucket) {
        *match self.logs.read.events.level[event] {
            Level::Error | Level::Critical => &mut bucket.errors,
            Level::Warning => &mut bucket.warnings,
            Level::Info | Level::Audit => &mut bucket.infos,
            _ => &mut bucket.others,
        } += 1;
        bucket.unusual += u32::from(self.logs.importance.get(event).is_some_and(|i| *i >= UNUSUAL));
    }
}

/// Where the first bucket begins, how wide each is, and how many there are.
fn scale(first: i64, last: i64, most: usize) -> (i64, i64, usize) {
    let fitting = |width: i64| {
        let start = first.div_euclid(width) * width;
        (start, width, ((last - start) / width + 1) as usize)
    };
    // Beyond the widest, as many of those as it takes.
    let widest = WIDTHS[WIDTHS.len() - 1];
    let wider = (1..).map(|n| n * widest);
    WIDTHS.into_iter().chain(wider).map(fitting).find(|(_, _, count)| *count <= most).unwrap_or(fitting(widest))
}

fn sum(a: &Bucket, b: &Bucket) -> Bucket {
    Bucket {
        errors: a.errors + b.errors,
        warnings: a.warnings + b.warnings,
        infos: a.infos + b.infos,
        others: a.others + b.others,
        unusual: a.unusual + b.unusual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_that_people_count_in() {
        const SECOND: i64 = 1_000_000;
        for (seconds, most, width) in
            [(0, 100, 0.001), (3600, 60, 120.0), (86_400, 100, 900.0), (86_400 * 800, 2, 2_419_200.0 * 15.0)]
        {
            let (start, found, count) = scale(7 * SECOND, (7 + seconds) * SECOND, most);
            assert!((found as f64 / 1e6 - width).abs() < 1e-9, "{seconds} s: {found}");
            assert!(
                start <= 7 * SECOND && start + found * i64::try_from(count).unwrap() > (7 + seconds) * SECOND && count <= most
            );
        }
    }
}
