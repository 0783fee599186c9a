//! Learning: epochs over shuffled batches, the best weights kept.

use std::sync::Arc;

use burn::optim::{GradientsParams, ModuleOptimizer};
use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    infer::Scorer,
    kernel::{Noise, Packed},
    network::{Adam, Network, Shape, Weights, device},
    windows::{Bags, Windows},
};
use crate::{Epoch, Error, Observer, Progress, Stage, config::LstmConfig, progress::check};

/// Windows are sorted by length among so many batches: similar lengths share a batch, and batches still differ between epochs.
const POOL: usize = 50;

/// What training gave.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The weights of the best epoch.
    pub weights: Weights,
    /// All epochs that were run.
    pub epochs: Vec<Epoch>,
}

/// Learns to predict the next event of the training windows. The rows of `bags` are the vocabulary. The weights with the least
/// validation loss are kept (with the least training loss, where there is nothing to validate), and training ends early after
/// `config.patience` epochs without a better one. The same seed gives the same weights, on any number of processors.
///
/// Progress: a step for each batch, counted over all epochs, and an [`Epoch`] after each.
///
/// # Errors
/// [`Error::Cancelled`], within a batch's time.
///
/// # Panics
/// Where a window holds a template that has no row in `bags`.
pub fn train(
    shape: Shape,
    config: &LstmConfig,
    bags: &Bags,
    training: &Windows,
    validation: &Windows,
    observer: &dyn Observer,
) -> Result<Trained, Error> {
    let mut run = Run::new(shape, config, bags, training, observer);
    let mut best = Trained { weights: run.network.weights(), epochs: Vec::new() };
    let (mut least, mut waited) = (f64::INFINITY, 0);
    for epoch in 1..=config.epochs {
        let loss = run.epoch()?;
        let weights = run.network.weights();
        if !loss.is_finite() {
            let value = config.learning_rate.to_string();
            return Err(Error::Setting { name: "lstm.learning_rate", value, allowed: "smaller: with it the training diverged" });
        }
        let validation_loss = mean_surprise(&weights, bags, validation, observer)?.unwrap_or(loss);
        let improved = validation_loss < least;
        let report = Epoch { epoch, epochs: config.epochs, loss, validation_loss, best: improved };
        observer.progress(Progress::Epoch(report));
        best.epochs.push(report);
        if improved {
            (least, waited, best.weights) = (validation_loss, 0, weights);
        } else {
            waited += 1;
        }
        if waited >= config.patience {
            break;
        }
    }
    Ok(best)
}

/// The mean surprise of the windows' events in nats; none where there are no events.
fn mean_surprise(weights: &Weights, bags: &Bags, windows: &Windows, observer: &dyn Observer) -> Result<Option<f64>, Error> {
    let events = windows.scored();
    if events == 0 {
        return Ok(None);
    }
    let surprises = Scorer::new(weights, bags, bags.len()).surprise(windows, &Quiet(observer))?;
    let sum: f64 = surprises.iter().map(|&surprise| f64::from(surprise)).sum();
    Ok(Some(sum / events as f64))
}

/// Passes on the wish to stop, and no progress: validation counts in other units than training.
struct Quiet<'a>(&'a dyn Observer);

impl Observer for Quiet<'_> {
    fn progress(&self, _: Progress) {}

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }

    fn seconds(&self) -> f64 {
        self.0.seconds()
    }
}

struct Run<'a> {
    network: Network,
    optimizer: ModuleOptimizer,
    random: ChaCha8Rng,
    batches: u64,
    bags: Arc<Bags>,
    config: &'a LstmConfig,
    windows: &'a Windows,
    observer: &'a dyn Observer,
}

impl<'a> Run<'a> {
    fn new(shape: Shape, config: &'a LstmConfig, bags: &Bags, windows: &'a Windows, observer: &'a dyn Observer) -> Self {
        let network = Network::new(&Weights::random(shape, config.seed), &device());
        let optimizer = ModuleOptimizer::from(Adam::default());
        let mut random = ChaCha8Rng::seed_from_u64(config.seed);
        random.set_stream(u64::MAX);
        Self { network, optimizer, random, batches: 0, bags: Arc::new(bags.clone()), config, windows, observer }
    }

    /// One epoch; gives the mean loss of its events, in nats.
    fn epoch(&mut self) -> Result<f64, Error> {
        let batches = self.shuffled();
        let total = (batches.len() * self.config.epochs) as u64;
        let events = self.windows.scored();
        // Every event has the same weight, whether its batch is full of long windows or of short ones.
        let scale = batches.len() as f32 / events.max(1) as f32;
        let mut sum = 0.0;
        for batch in &batches {
            check(self.observer)?;
            sum += self.step(batch, scale);
            self.batches += 1;
            self.observer.progress(Progress::Step { stage: Stage::Train, done: self.batches, total });
        }
        Ok(sum / events.max(1) as f64)
    }

    /// All windows in a new order, in batches of similar lengths.
    fn shuffled(&mut self) -> Vec<Vec<usize>> {
        let size = self.config.batch.max(1);
        let mut order: Vec<_> = (0..self.windows.len()).collect();
        order.shuffle(&mut self.random);
        for pool in order.chunks_mut(size * POOL) {
            pool.sort_by_key(|&window| self.windows.range(window).len());
        }
        let mut batches: Vec<_> = order.chunks(size).map(<[usize]>::to_vec).collect();
        batches.shuffle(&mut self.random);
        batches
    }

    fn step(&mut self, batch: &[usize], scale: f32) -> f64 {
        let blocks = Packed::blocks(self.windows, batch);
        let rate = self.config.dropout;
        let noise = (rate > 0.0).then_some(Noise { rate, seed: self.config.seed, batch: self.batches });
        let (loss, sum) = self.network.loss(&self.bags, &blocks, scale, noise);
        let gradients = GradientsParams::from_grads(loss.backward(), &self.network);
        self.network = self.optimizer.step(self.config.learning_rate, self.network.clone(), gradients);
        sum
    }
}
