//! Loss and all gradients of a batch: blocks in parallel, sums always in the same order.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::{
    level::Level,
    output::{Dropout, Learned, Output, learn},
    pack::{BEGIN, Packed},
    recurrence::{Gradients, Inputs, add},
};

/// The randomness of a batch.
#[derive(Debug, Clone, Copy)]
pub struct Noise {
    /// The share of hidden units dropped.
    pub rate: f64,
    /// The seed of the whole training.
    pub seed: u64,
    /// The number of the batch, from the start of the training.
    pub batch: u64,
}

/// What a batch teaches.
#[derive(Debug, Clone, Default)]
pub struct Lesson {
    /// The sum of the cross entropies, in nats.
    pub loss: f64,
    /// Gradient of [`Inputs::templates`].
    pub inputs: Vec<f32>,
    /// Gradient of [`Inputs::begin`].
    pub begin: Vec<f32>,
    /// Gradient of [`Inputs::gaps`].
    pub gaps: Vec<f32>,
    /// Gradient of [`Inputs::recurrent`].
    pub recurrent: Vec<f32>,
    /// Gradient of [`Output::templates`].
    pub outputs: Vec<f32>,
    /// Gradient of [`Output::bias`].
    pub bias: Vec<f32>,
}

/// Runs a batch forwards and backwards. The gradients are those of `scale` times the summed cross entropy.
#[must_use]
pub fn teach(level: Level, inputs: &Inputs, output: &Output, blocks: &[Packed], scale: f32, noise: Option<Noise>) -> Lesson {
    let parts: Vec<_> = blocks
        .par_iter()
        .enumerate()
        .map(|(index, block)| {
            let tape = inputs.run(level, block);
            let mut learned = learn(level, output, block, &tape.hidden, scale, noise.map(|noise| noise.dropout(index)));
            let hidden = std::mem::take(&mut learned.hidden);
            (learned, inputs.back(level, block, tape, hidden))
        })
        .collect();
    let mut lesson = Lesson {
        inputs: vec![0.0; inputs.templates.len()],
        begin: vec![0.0; inputs.begin.len()],
        gaps: vec![0.0; inputs.gaps.len()],
        recurrent: vec![0.0; inputs.recurrent.len()],
        outputs: vec![0.0; output.templates.len()],
        bias: vec![0.0; output.bias.len()],
        loss: 0.0,
    };
    for (learned, gradients) in &parts {
        lesson.add(learned, gradients);
    }
    let gates: Vec<_> = parts.iter().map(|part| &part.1.gates[..]).collect();
    lesson.scatter(4 * inputs.units, blocks, &gates);
    lesson
}

impl Noise {
    fn dropout(self, block: usize) -> Dropout {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream((self.batch << 16) + block as u64 + 1);
        Dropout { rate: self.rate, random }
    }
}

impl Lesson {
    fn add(&mut self, learned: &Learned, gradients: &Gradients) {
        self.loss += learned.loss;
        add(&mut self.outputs, &learned.templates);
        add(&mut self.bias, &learned.bias);
        add(&mut self.recurrent, &gradients.recurrent);
        add(&mut self.begin, &gradients.begin);
        add(&mut self.gaps, &gradients.gaps);
    }

    /// Adds the gradient of each event's gates to the row of the template before it.
    fn scatter(&mut self, width: usize, blocks: &[Packed], gates: &[&[f32]]) {
        let mut users = vec![Vec::new(); self.inputs.len() / width];
        for (block, gates) in blocks.iter().zip(gates) {
            for (&input, row) in block.inputs.iter().zip(gates.chunks_exact(width)) {
                if input != BEGIN {
                    users[input as usize].push(row);
                }
            }
        }
        let rows = self.inputs.par_chunks_exact_mut(width).with_min_len(16);
        rows.zip(users).for_each(|(sum, users)| users.iter().for_each(|row| add(sum, row)));
    }
}
