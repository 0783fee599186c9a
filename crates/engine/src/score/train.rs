//! Learning: epochs over shuffled batches, the best weights kept.

use std::sync::Arc;

use burn::optim::{GradientsParams, ModuleOptimizer};
use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    checkpoint::{Checkpoint, Keeper, Place, State, fingerprint},
    infer::Scorer,
    kernel::{Noise, Packed},
    network::{Adam, Network, Shape, Weights, adam, device},
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
/// With a checkpoint the training is kept in its file after each epoch and where it is cancelled. The next one with the same
/// arguments goes on from there and ends with the same weights, to the last bit, as one that was never interrupted.
///
/// Progress: a step for each batch, counted over all epochs, and an [`Epoch`] after each. Where a training is resumed, its epochs
/// are told again.
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
    checkpoint: Option<&Checkpoint>,
    observer: &dyn Observer,
) -> Result<Trained, Error> {
    let fingerprint = if checkpoint.is_some() { fingerprint(config, bags, [training, validation]) } else { 0 };
    let mut keeper = Keeper::new(checkpoint, fingerprint, observer);
    let mut run = Run::new(shape, config, bags, [training, validation], observer);
    if let Some((state, optimizer)) = keeper.take(shape) {
        run.resume(state, optimizer);
    }
    while !run.is_over() {
        let epoch = run.epoch();
        if matches!(epoch, Ok(()) | Err(Error::Cancelled)) {
            keeper.keep(&run.state());
        }
        epoch?;
    }
    Ok(Trained { weights: run.best, epochs: run.place.epochs })
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
    place: Place,
    best: Weights,
    bags: Arc<Bags>,
    config: &'a LstmConfig,
    training: &'a Windows,
    validation: &'a Windows,
    observer: &'a dyn Observer,
}

impl<'a> Run<'a> {
    fn new(
        shape: Shape,
        config: &'a LstmConfig,
        bags: &Bags,
        [training, validation]: [&'a Windows; 2],
        observer: &'a dyn Observer,
    ) -> Self {
        let best = Weights::random(shape, config.seed);
        let network = Network::new(&best, &device());
        let optimizer = ModuleOptimizer::from(Adam::default());
        let mut random = ChaCha8Rng::seed_from_u64(config.seed);
        random.set_stream(u64::MAX);
        let (place, bags) = (Place::default(), Arc::new(bags.clone()));
        Self { network, optimizer, random, place, best, bags, config, training, validation, observer }
    }

    /// Goes on where another run of the same training was.
    fn resume(&mut self, state: State, optimizer: ModuleOptimizer) {
        self.network = Network::new(&state.network, &device());
        (self.optimizer, self.place, self.best) = (optimizer, state.place, state.best);
    }

    /// All that it takes to resume.
    fn state(&self) -> State {
        let (place, best) = (self.place.clone(), self.best.clone());
        State { place, network: self.network.weights(), best, optimizer: adam::kept(&self.optimizer) }
    }

    /// Whether all epochs were run, or too many of them without a better one.
    fn is_over(&self) -> bool {
        let epochs = &self.place.epochs;
        let waited = epochs.iter().rev().take_while(|epoch| !epoch.best).count();
        epochs.len() >= self.config.epochs || waited >= self.config.patience
    }

    /// One epoch, or what is left of it.
    fn epoch(&mut self) -> Result<(), Error> {
        self.random.set_word_pos(self.place.begin.into());
        let loss = self.learn()?;
        if !loss.is_finite() {
            let value = self.config.learning_rate.to_string();
            return Err(Error::Setting { name: "lstm.learning_rate", value, allowed: "smaller: with it the training diverged" });
        }
        let weights = self.network.weights();
        let validation_loss = mean_surprise(&weights, &self.bags, self.validation, self.observer)?.unwrap_or(loss);
        let Place { epochs, begin, sum, .. } = &mut self.place;
        let least = epochs.iter().map(|epoch| epoch.validation_loss).fold(f64::INFINITY, f64::min);
        let best = validation_loss < least;
        let epoch = Epoch { epoch: epochs.len() + 1, epochs: self.config.epochs, loss, validation_loss, best };
        epochs.push(epoch);
        (*begin, *sum) = (self.random.get_word_pos() as u64, 0.0);
        if best {
            self.best = weights;
        }
        self.observer.progress(Progress::Epoch(epoch));
        Ok(())
    }

    /// The batches of an epoch, but for those that were done before an interruption; gives the mean loss of its events, in nats.
    fn learn(&mut self) -> Result<f64, Error> {
        let batches = self.shuffled();
        let total = (batches.len() * self.config.epochs) as u64;
        let events = self.training.scored();
        // Every event has the same weight, whether its batch is full of long windows or of short ones.
        let scale = batches.len() as f32 / events.max(1) as f32;
        let done = (self.place.batches as usize).saturating_sub(self.place.epochs.len() * batches.len());
        for batch in batches.iter().skip(done) {
            check(self.observer)?;
            self.place.sum += self.step(batch, scale);
            self.place.batches += 1;
            self.observer.progress(Progress::Step { stage: Stage::Train, done: self.place.batches, total });
        }
        Ok(self.place.sum / events.max(1) as f64)
    }

    /// All windows in a new order, in batches of similar lengths.
    fn shuffled(&mut self) -> Vec<Vec<usize>> {
        let size = self.config.batch.max(1);
        let mut order: Vec<_> = (0..self.training.len()).collect();
        order.shuffle(&mut self.random);
        for pool in order.chunks_mut(size * POOL) {
            pool.sort_by_key(|&window| self.training.range(window).len());
        }
        let mut batches: Vec<_> = order.chunks(size).map(<[usize]>::to_vec).collect();
        batches.shuffle(&mut self.random);
        batches
    }

    fn step(&mut self, batch: &[usize], scale: f32) -> f64 {
        let blocks = Packed::blocks(self.training, batch);
        let rate = self.config.dropout;
        let noise = (rate > 0.0).then_some(Noise { rate, seed: self.config.seed, batch: self.place.batches });
        let (loss, sum) = self.network.loss(&self.bags, &blocks, scale, noise);
        let gradients = GradientsParams::from_grads(loss.backward(), &self.network);
        self.network = self.optimizer.step(self.config.learning_rate, self.network.clone(), gradients);
        sum
    }
}
