//! How often each template comes in normal work, and what departs from it.

use serde::{Deserialize, Serialize};

use crate::{report::Change, template::TemplateId};

/// The normal rate of each template.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Normal {
    /// Events learned from.
    pub events: u64,
    /// Runs learned from: logs of separate times or clouds.
    pub runs: u32,
    /// Events of each template in all runs.
    pub counts: Vec<u32>,
    /// The most events of each template in one run, as a share of that run's events.
    pub highest: Vec<f32>,
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
    /// Learns the rates from each event's template and run.
    #[must_use]
    pub fn learn(of: &[TemplateId], runs: &[u32], templates: usize) -> Self {
        let count = runs.iter().max().map_or(0, |r| r + 1);
        let mut counts = vec![0; templates];
        let mut highest = vec![0.0_f32; templates];
        for run in 0..count {
            let mut here = vec![0_u32; templates];
            let mut events = 0_u32;
            for (id, _) in of.iter().zip(runs).filter(|(_, r)| **r == run) {
                here[*id as usize] += 1;
                events += 1;
            }
            for (id, n) in here.into_iter().enumerate() {
                counts[id] += n;
                highest[id] = highest[id].max(n as f32 / events.max(1) as f32);
            }
        }
        Self { events: of.len() as u64, runs: count, counts, highest }
    }

    /// Compares a template's count in `events` events with normal. `coverage` is the share of this origin's events that the model
    /// knows: where it knows little, a template that it does not know says little.
    #[must_use]
    pub fn compare(&self, id: TemplateId, count: u32, events: u64, coverage: f64) -> Departure {
        let Some(&normal) = self.counts.get(id as usize) else {
            return Departure { change: Change::New, expected: Some(0.0), degree: coverage };
        };
        let scale = events as f64 / self.events.max(1) as f64;
        let expected = f64::from(normal) * scale;
        let highest = f64::from(self.highest[id as usize]) * events as f64;
        // Counts scatter as in a Poisson process at least; bursts that normal work has had are normal too.
        let usual = expected.max(highest);
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

    fn normal() -> Normal {
        let of: Vec<u32> = (0..1000).map(|n| u32::from(n % 10 == 0)).collect();
        Normal::learn(&of, &vec![0; 1000], 2)
    }

    #[test]
    fn learns_rates_by_run() {
        let normal = Normal::learn(&[0, 0, 1, 1, 1, 1], &[0, 0, 0, 1, 1, 1], 2);
        assert_eq!((normal.runs, normal.counts), (2, vec![2, 4]));
        assert_eq!(normal.highest, [2.0 / 3.0, 1.0]);
    }

    #[test]
    fn the_usual_is_usual() {
        for count in [50, 100, 150] {
            assert_eq!(normal().compare(1, count, 1000, 1.0).change, Change::Usual);
        }
        assert_eq!(normal().compare(1, 0, 1000, 1.0).change, Change::Vanished);
    }

    #[test]
    fn a_surge_grows_on_one() {
        let degree = |count| normal().compare(1, count, 1000, 1.0).degree;
        assert_eq!(normal().compare(1, 400, 1000, 1.0).change, Change::Surging);
        assert!(degree(400) > 0.5 && degree(4000) > degree(400) && degree(4000) < 1.0);
    }

    #[test]
    fn what_is_new_counts_as_far_as_the_model_knows_its_origin() {
        let found = normal().compare(7, 1, 1000, 0.25);
        assert_eq!((found.change, found.degree), (Change::New, 0.25));
    }
}
