//! The softmax over templates: its loss and gradients, and its surprise.

use rand::RngCore;
use rand_chacha::ChaCha8Rng;

use super::{
    level::Level,
    pack::Packed,
    panel::Panel,
    product::{Matrix, product},
    vector::{cross_entropy, log_sum},
};

/// What is more probable than this is more so than all others together: the logarithm of a half.
const HALF: f32 = -std::f32::consts::LN_2;
/// Logits are computed for so many numbers at a time, which stay in the processor's cache.
const CHUNK: usize = 1 << 16;

/// What the logits are computed from.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    /// U.
    pub units: usize,
    /// For each template its direction: templates x U.
    pub templates: &'a [f32],
    /// For each template its bias.
    pub bias: &'a [f32],
}

/// What the output layer of a block gives while learning.
#[derive(Debug, Clone)]
pub struct Learned {
    /// The sum of the cross entropies, in nats.
    pub loss: f64,
    /// The gradient of the hidden state: events x U.
    pub hidden: Vec<f32>,
    /// The gradient of [`Output::templates`].
    pub templates: Vec<f32>,
    /// The gradient of [`Output::bias`].
    pub bias: Vec<f32>,
}

/// Which hidden units are dropped.
#[derive(Debug, Clone)]
pub struct Dropout {
    /// The share dropped, below 1.
    pub rate: f64,
    /// Draws them.
    pub random: ChaCha8Rng,
}

impl Dropout {
    /// Factors for so many numbers: 0 where dropped, else what keeps the mean.
    pub fn factors(&mut self, count: usize) -> Vec<f32> {
        let mut bytes = vec![0; count];
        self.random.fill_bytes(&mut bytes);
        // The share is rounded to a whole number of 256ths, so that one random byte decides.
        let threshold = (self.rate * 256.0).round().clamp(0.0, 255.0) as u8;
        let kept = 256.0 / (256.0 - f32::from(threshold));
        bytes.into_iter().map(|byte| if byte < threshold { 0.0 } else { kept }).collect()
    }
}

impl Output<'_> {
    fn rows(&self) -> usize {
        (CHUNK / self.bias.len().max(1)).clamp(8, 256)
    }

    fn matrix(&self) -> Matrix<'_> {
        Matrix::new(self.templates, self.bias.len(), self.units)
    }

    /// The logits of some hidden states; `directions` is the transposed [`Output::matrix`].
    fn logits(&self, level: Level, directions: &Panel, hidden: &[f32], logits: &mut [f32]) {
        logits.chunks_exact_mut(self.bias.len()).for_each(|row| row.copy_from_slice(self.bias));
        directions.add(level, hidden, logits);
    }
}

impl Output<'_> {
    fn logit(&self, template: usize, hidden: &[f32]) -> f32 {
        self.bias[template] + dot(hidden, &self.templates[template * self.units..][..self.units])
    }

    /// The probabilities of the first `known` templates after one hidden state.
    #[must_use]
    pub fn probabilities(&self, level: Level, known: usize, hidden: &[f32]) -> Vec<f32> {
        let logits: Vec<_> = (0..known.min(self.bias.len())).map(|template| self.logit(template, hidden)).collect();
        let (total, _) = log_sum(level, &mut logits.clone(), 0.0);
        logits.iter().map(|logit| (logit - total).exp()).collect()
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn gather(events: &[u32], hidden: &[f32], units: usize) -> Vec<f32> {
    events.iter().flat_map(|&event| &hidden[event as usize * units..][..units]).copied().collect()
}

/// The loss of a block and its gradients, both times `scale` but for the reported sum. `hidden` is events x U.
#[must_use]
pub fn learn(level: Level, output: &Output, block: &Packed, hidden: &[f32], scale: f32, dropout: Option<Dropout>) -> Learned {
    let (units, count) = (output.units, output.bias.len());
    let mut learned = Learned {
        loss: 0.0,
        hidden: vec![0.0; hidden.len()],
        templates: vec![0.0; output.templates.len()],
        bias: vec![0.0; count],
    };
    let mut dropout = dropout;
    let mut logits = vec![0.0; output.rows() * count];
    let (directions, templates) = (Panel::new(output.matrix().transposed()), Panel::new(output.matrix()));
    for events in block.scored.chunks(output.rows()) {
        let factors = dropout.as_mut().map(|dropout| dropout.factors(events.len() * units));
        let mut inputs = gather(events, hidden, units);
        apply(&mut inputs, factors.as_deref());
        let logits = &mut logits[..events.len() * count];
        output.logits(level, &directions, &inputs, logits);
        for (&event, row) in events.iter().zip(logits.chunks_exact_mut(count)) {
            learned.loss += f64::from(cross_entropy(level, row, block.targets[event as usize] as usize, scale));
            learned.bias.iter_mut().zip(row).for_each(|(sum, value)| *sum += *value);
        }
        let gradient = Matrix::new(logits, events.len(), count);
        product(gradient.transposed(), Matrix::new(&inputs, events.len(), units), 1.0, &mut learned.templates);
        inputs.fill(0.0);
        templates.add(level, logits, &mut inputs);
        apply(&mut inputs, factors.as_deref());
        for (&event, row) in events.iter().zip(inputs.chunks_exact(units)) {
            learned.hidden[event as usize * units..][..units].copy_from_slice(row);
        }
    }
    learned
}

fn apply(values: &mut [f32], factors: Option<&[f32]>) {
    if let Some(factors) = factors {
        values.iter_mut().zip(factors).for_each(|(value, factor)| *value *= factor);
    }
}

/// What the network makes of an event.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Judged {
    /// How surprising it is, -ln p, in nats.
    pub surprise: f32,
    /// The template that was more probable than all others together, and its probability, where there was one.
    pub expected: Option<(u32, f32)>,
}

/// What is made of each event of `block.scored`. The first `known` templates of `output` share the softmax; a later one, when it is
/// the target, joins them as one more candidate.
#[must_use]
pub fn score(level: Level, output: &Output, known: usize, block: &Packed, hidden: &[f32]) -> Vec<Judged> {
    let units = output.units;
    let vocabulary = Output { units, templates: &output.templates[..known * units], bias: &output.bias[..known] };
    let mut logits = vec![0.0; vocabulary.rows() * known];
    let directions = Panel::new(vocabulary.matrix().transposed());
    let mut judged = Vec::with_capacity(block.scored.len());
    for events in block.scored.chunks(vocabulary.rows()) {
        let inputs = gather(events, hidden, units);
        let logits = &mut logits[..events.len() * known];
        if known > 0 {
            vocabulary.logits(level, &directions, &inputs, logits);
        }
        for (index, (&event, hidden)) in events.iter().zip(inputs.chunks_exact(units)).enumerate() {
            let row = &mut logits[index * known..(index + 1) * known];
            let target = block.targets[event as usize] as usize;
            judged.push(judge(level, output, target, hidden, row));
        }
    }
    judged
}

/// `row` holds the logits of the known templates, and is overwritten.
fn judge(level: Level, output: &Output, target: usize, hidden: &[f32], row: &mut [f32]) -> Judged {
    if row.is_empty() {
        return Judged::default();
    }
    let own = row.get(target).copied();
    let wanted = own.unwrap_or_else(|| output.logit(target, hidden));
    let (others, greatest) = log_sum(level, row, wanted);
    let surprise = match own {
        Some(_) => others.max(0.0),
        // ln(e^others + e^wanted) - wanted, without overflow.
        None => others.max(0.0) + (-others.abs()).exp().ln_1p(),
    };
    let likelihood = greatest - wanted - surprise;
    // What was greatest is e to the power of nothing now.
    let likeliest = || row.iter().position(|exponential| *exponential >= 1.0);
    let expected = (likelihood > HALF).then(likeliest).flatten();
    Judged { surprise, expected: expected.map(|place| (place as u32, likelihood.exp())) }
}
