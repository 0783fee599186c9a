//! How often each template comes in normal work, and what departs from it.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{events, template::TemplateId};

/// The normal rate of each template.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Normal {
    /// Events learned from.
    pub events: u64,
    /// Runs learned from: logs of separate times or clouds.
    pub runs: u32,
    /// Events of each template in all runs.
    pub counts: Vec<u32>,
    /// The most events of each template in one run, as a share of that run's events: what comes with the traffic.
    pub highest: Vec<f32>,
    /// The most events of each template in one run, per hour: what comes with the time, such as periodic tasks.
    pub hourly: Vec<f32>,
}

/// How much there is to compare with normal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Events.
    pub events: u64,
    /// Hours from the first event to the last.
    pub hours: f64,
}

impl Extent {
    /// The extent of events with their times in microseconds, of which some may be unknown.
    #[must_use]
    pub fn of(times: impl Iterator<Item = i64>) -> Self {
        let mut events = 0;
        let span = events::span(times.inspect(|_| events += 1)).map_or(0, |(first, last)| last - first);
        // What comes within a minute says nothing about an hour.
        Self { events, hours: (span as f64 / 3.6e9).max(1.0 / 60.0) }
    }
}

/// How a template's count compares with normal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Change {
    /// The model never saw it.
    New,
    /// Much more frequent than normal.
    Surging,
    /// Normally there, and missing.
    Vanished,
    /// As normal.
    Usual,
}

/// How one template compares with normal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Departure {
    /// In words.
    pub change: Change,
    /// Events expected at the normal rate; none without a model.
    pub expected: Option<f64>,
    /// 0: as normal; 1: departs without doubt.
    pub degree: f64,
}

impl Normal {
    /// Learns the rates from each event's template, run and time.
    #[must_use]
    pub fn learn(of: &[TemplateId], runs: &[u32], times: &[i64], templates: usize) -> Self {
        let count = runs.iter().max().map_or(0, |r| r + 1);
        let mut normal = Self { events: of.len() as u64, runs: count, ..Self::default() };
        normal.counts.resize(templates, 0);
        normal.highest.resize(templates, 0.0);
        normal.hourly.resize(templates, 0.0);
        let mut by_run: Vec<Vec<usize>> = vec![Vec::new(); count as usize];
        (0..of.len()).for_each(|event| by_run[runs[event] as usize].push(event));
        for events in by_run {
            let extent = Extent::of(events.iter().map(|e| times[*e]));
            let mut here: FxHashMap<TemplateId, u32> = FxHashMap::default();
            for event in events {
                *here.entry(of[event]).or_default() += 1;
            }
            for (id, n) in here {
                let id = id as usize;
                normal.counts[id] += n;
                normal.highest[id] = normal.highest[id].max(n as f32 / extent.events.max(1) as f32);
                normal.hourly[id] = normal.hourly[id].max(n as f32 / extent.hours as f32);
            }
        }
        normal
    }

    /// Compares a template's count in logs of an extent with normal. `coverage` is the share of this origin's events that the model
    /// knows: where it knows little, a template that it does not know says little.
    #[must_use]
    pub fn compare(&self, id: TemplateId, count: u32, extent: Extent, coverage: f64) -> Departure {
        let Some(&normal) = self.counts.get(id as usize) else {
            return Departure { change: Change::New, expected: Some(0.0), degree: coverage };
        };
        let expected = f64::from(normal) * extent.events as f64 / self.events.max(1) as f64;
        let by_traffic = f64::from(self.highest[id as usize]) * extent.events as f64;
        let by_time = f64::from(self.hourly[id as usize]) * extent.hours;
        // Counts scatter as in a Poisson process at least; bursts that normal work has had are normal too.
        let usual = by_traffic.max(by_time);
        let limit = 2.0 * usual + 3.0 * usual.sqrt() + 2.0;
        let excess = f64::from(count) / limit;
        if excess > 1.0 {
            return Departure { change: Change::Surging, expected: Some(expected), degree: (1.0 - 1.0 / excess).sqrt() };
        }
        let lowest = if count == 0 && expected > 10.0 { Change::Vanished } else { Change::Usual };
        Departure { change: lowest, expected: Some(expected), degree: 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::NO_TIME;

    const START: i64 = 1_600_000_000_000_000;
    const HOUR: Extent = Extent { events: 1000, hours: 1.0 };

    /// An hour of a thousand events, of which every tenth is of template 1.
    fn normal() -> Normal {
        let of: Vec<u32> = (0..1000).map(|n| u32::from(n % 10 == 0)).collect();
        Normal::learn(&of, &[0; 1000], &(0..1000).map(|n| START + n * 3_603_604).collect::<Vec<_>>(), 2)
    }

    #[test]
    fn learns_rates_by_run() {
        let normal = Normal::learn(
            &[0, 0, 1, 1, 1, 1],
            &[0, 0, 0, 1, 1, 1],
            &[START, START, START + 7_200_000_000, NO_TIME, START, START + 3_600_000_000],
            2,
        );
        assert_eq!((normal.runs, normal.counts), (2, vec![2, 4]));
        assert_eq!(normal.highest, [2.0 / 3.0, 1.0]);
        assert_eq!(normal.hourly, [1.0, 3.0]);
    }

    #[test]
    fn the_usual_is_usual() {
        for count in [50, 100, 150] {
            assert_eq!(normal().compare(1, count, HOUR, 1.0).change, Change::Usual);
        }
        assert_eq!(normal().compare(1, 0, HOUR, 1.0).change, Change::Vanished);
    }

    #[test]
    fn what_comes_with_the_time_is_no_surge_where_there_is_little_traffic() {
        let quiet = Extent { events: 300, hours: 1.0 };
        assert_eq!(normal().compare(1, 150, quiet, 1.0).change, Change::Usual);
        assert_eq!(normal().compare(1, 280, quiet, 1.0).change, Change::Surging);
    }

    #[test]
    fn a_surge_grows_on_one() {
        let degree = |count| normal().compare(1, count, HOUR, 1.0).degree;
        assert_eq!(normal().compare(1, 400, HOUR, 1.0).change, Change::Surging);
        assert!(degree(400) > 0.5 && degree(4000) > degree(400) && degree(4000) < 1.0);
    }

    #[test]
    fn what_is_new_counts_as_far_as_the_model_knows_its_origin() {
        let found = normal().compare(7, 1, HOUR, 0.25);
        assert_eq!((found.change, found.degree), (Change::New, 0.25));
    }
}
