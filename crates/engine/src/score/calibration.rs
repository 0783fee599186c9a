//! Turns surprise into importance: the share of held-out normal events that were less surprising.

use serde::{Deserialize, Serialize};

/// Steps that the distribution is kept in.
const STEPS: usize = 1000;

/// The distribution of the surprise of normal events that the model was not trained on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Quantiles in nats, from the least to the greatest surprise, at even steps.
    quantiles: Vec<f32>,
}

impl Calibration {
    /// Learns from surprises in nats; without any, every event is of middling importance.
    #[must_use]
    pub fn learn(mut surprises: Vec<f32>) -> Self {
        surprises.retain(|s| s.is_finite());
        surprises.sort_unstable_by(f32::total_cmp);
        let Some(last) = surprises.len().checked_sub(1) else { return Self::default() };
        Self { quantiles: (0..=STEPS).map(|n| surprises[n * last / STEPS]).collect() }
    }

    /// The share of normal events that are less surprising, 0 to 1. Beyond the most surprising one it nears 1 with the distance.
    #[must_use]
    pub fn importance(&self, surprise: f32) -> f32 {
        let (Some(first), Some(last)) = (self.quantiles.first(), self.quantiles.last()) else { return 0.5 };
        if surprise <= *first {
            return 0.0;
        }
        // The last thousandth is shared between what was seen and what is beyond it.
        let seen = self.quantiles.partition_point(|q| *q < surprise) as f32 / self.quantiles.len() as f32;
        let beyond = 1.0 - (-(surprise - last).max(0.0) / 4.0).exp();
        seen * 0.999 + 0.001 * beyond
    }

    /// Surprises in nats at even steps, from the least to the greatest; empty where there were no events.
    #[must_use]
    pub fn quantiles(&self) -> &[f32] {
        &self.quantiles
    }

    /// Whether the numbers are what [`Calibration::learn`] could have made.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.quantiles.iter().all(|q| q.is_finite()) && self.quantiles.is_sorted()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn importance_is_the_share_of_normal_events_below() {
        let calibration = Calibration::learn((0..10_000).map(|n| n as f32 / 1000.0).collect());
        for (surprise, expected) in [(-1.0, 0.0), (2.5, 0.25), (9.0, 0.9)] {
            assert!((calibration.importance(surprise) - expected).abs() < 0.01);
        }
        assert!(calibration.importance(12.0) < calibration.importance(20.0) && calibration.importance(1e9) <= 1.0);
        assert!(calibration.is_sound());
    }

    #[test]
    fn without_normal_events_all_are_alike() {
        assert!((Calibration::learn(vec![]).importance(3.0) - 0.5).abs() < f32::EPSILON);
    }
}
