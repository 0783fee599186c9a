//! Learns a model from logs of normal work: templates, rates, sequences, the network, the calibration.

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    artifact::{Facts, Model, VERSION},
    calibration::Calibration,
    checkpoint::Checkpoint,
    cut::{Cut, cut},
    infer::Scorer,
    network::Shape,
    normal::Normal,
    runs::runs,
    train,
    windows::Windows,
    words::Words,
};
use crate::{
    Error,
    config::LstmConfig,
    ingest::Ingested,
    progress::Observer,
    sequence::{GAPS, Sequences},
    template::{TemplateId, Templates},
};

/// What a model is called and was made from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Its name.
    pub name: &'a str,
    /// The day of training.
    pub date: &'a str,
    /// What it was trained on, in words.
    pub trained_on: &'a str,
    /// The folders that it learns from, as [`Source::parts`](crate::ingest::source::Source::parts) has them.
    pub parts: &'a [String],
    /// Where its training is kept while it goes on.
    pub checkpoint: Option<&'a Checkpoint<'a>>,
}

/// Learns a model.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn learn(
    origin: Origin,
    read: &Ingested,
    templates: &Templates,
    of: &[TemplateId],
    sequences: &Sequences,
    config: &LstmConfig,
    observer: &dyn Observer,
) -> Result<Model, Error> {
    let normal = Normal::learn(of, &runs(read, origin.parts), &read.events.time, templates.list.len());
    let words = Words::of(&templates.list);
    let bags = words.bags(&templates.list);
    let (training, held_out) = split(&cut(sequences, &read.events, of, config.sequence_length), config);
    let shape = Shape { words: words.list().len(), embedding: config.embedding, units: config.units, gaps: GAPS };
    let trained = train::train(shape, config, &bags, &training, &held_out, origin.checkpoint, observer)?;
    let scorer = Scorer::new(&trained.weights, &bags, bags.len());
    let judged = if held_out.is_empty() { &training } else { &held_out };
    let surprises = scorer.surprise(judged, observer)?;
    let calibrating = (0..judged.len()).flat_map(|w| judged.range(w).skip(judged.window(w).skip)).map(|n| surprises[n]).collect();
    let facts = Facts {
        version: VERSION,
        name: origin.name.into(),
        trained_on: origin.trained_on.into(),
        date: origin.date.into(),
        config: config.clone(),
        words: words.list().to_vec(),
        templates: templates.list.clone(),
        normal,
        calibration: Calibration::learn(calibrating),
        epochs: trained.epochs,
        windows: [training.len() as u64, held_out.len() as u64],
    };
    Ok(Model { facts, weights: trained.weights, words })
}

/// The distinct windows in two parts, by chance but always the same: those to learn from, and those held out.
fn split(cut: &Cut, config: &LstmConfig) -> (Windows, Windows) {
    let mut order: Vec<usize> = (0..cut.windows.len()).collect();
    order.shuffle(&mut ChaCha8Rng::seed_from_u64(config.seed));
    if config.max_windows > 0 {
        order.truncate(config.max_windows);
    }
    let held_out = (order.len() as f64 * config.validation_split) as usize;
    let pick = |chosen: &[usize]| {
        let mut windows = Windows::default();
        for &w in chosen {
            let window = cut.windows.window(w);
            windows.push(window.templates, window.gaps, window.skip as u16);
        }
        windows
    };
    (pick(&order[held_out..]), pick(&order[..held_out]))
}
