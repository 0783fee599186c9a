//! Weights before learning.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::weights::{Shape, Weights};

impl Weights {
    /// Random weights; the same for the same seed.
    #[must_use]
    pub fn random(shape: Shape, seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let Shape { words, embedding, units, gaps } = shape;
        let mut uniform =
            |count: usize, limit: f32| -> Vec<f32> { (0..count).map(|_| random.random_range(-limit..limit)).collect() };
        let balanced = |fan_in: usize, fan_out: usize| (6.0 / (fan_in + fan_out) as f32).sqrt();
        // A template is the mean of several words, so words start with more than the unit variance that their mean should have.
        let word_in = uniform(words * embedding, 3.0);
        let kernel = uniform(embedding * 4 * units, balanced(embedding, 4 * units));
        let gap_in = uniform(gaps * 4 * units, 0.1);
        let recurrent = uniform(units * 4 * units, balanced(units, units));
        let word_out = uniform(words * units, (6.0 / units as f32).sqrt());
        // An LSTM that remembers from the first day learns faster: its forget gates start open.
        let bias: Vec<_> = (0..4 * units).map(|gate| if gate / units == 1 { 1.0 } else { 0.0 }).collect();
        let begin = bias.clone();
        Self { shape, word_in, kernel, bias, gap_in, begin, recurrent, word_out, word_bias: vec![0.0; words] }
    }
}
