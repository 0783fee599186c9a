//! Learns a model from logs of normal work: templates, rates, sequences, the network, the calibration.

use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    absence::{Habits, Seen},
    artifact::{Facts, Model, VERSION},
    calibration::Calibration,
    checkpoint::Checkpoint,
    cut::{Cut, UNKNOWN, cut},
    delays::Delays,
    infer::{Judged, Scorer},
    network::Shape,
    normal::Normal,
    pauses::Pauses,
    runs::runs,
    train,
    vocabulary::{END, Vocabulary},
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

/// The share of the times between events that are hidden in training.
const HIDDEN: f64 = 0.15;

/// What a model is called and was made from.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// Its name.
    pub name: &'a str,
    /// The day of training.
    pub date: &'a str,
    /// What it was trained on, in words.
    pub trained_on: &'a str,
    /// The names of the folders that it learns from, as the model keeps them.
    pub folders: &'a [String],
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
    let runs = runs(read, origin.parts);
    let normal = Normal::learn(of, &runs, &read.events.time, templates.list.len());
    let words = Words::of(&templates.list).with(END);
    let vocabulary = Vocabulary::new(templates.list.len(), true);
    let bags = vocabulary.bags(&words, &templates.list);
    let cut = cut(sequences, &read.events, of, vocabulary, config.sequence_length);
    let (chosen, held_out) = split(cut.windows.len(), config);
    let windows = [hidden(&pick(&cut, &chosen), config.seed), pick(&cut, &held_out)];
    let shape = Shape { words: words.list().len(), embedding: config.embedding, units: config.units, gaps: GAPS };
    let trained = train::train(shape, config, &bags, &windows[0], &windows[1], origin.checkpoint, observer)?;
    let judged = Scorer::new(&trained.weights, &bags, bags.len()).judge(&cut.windows, observer)?;
    let calibration =
        Calibration::learn(surprises(&cut, &judged, if held_out.is_empty() { &chosen } else { &held_out }, vocabulary));
    let seen = Seen { read, sequences, of, cut: &cut, judged: &judged, vocabulary };
    let facts = Facts {
        version: VERSION,
        name: origin.name.into(),
        trained_on: origin.trained_on.into(),
        folders: origin.folders.to_vec(),
        date: origin.date.into(),
        config: config.clone(),
        words: words.list().to_vec(),
        templates: templates.list.clone(),
        normal,
        calibration,
        habits: Habits::learn(&seen, templates.list.len()),
        delays: Delays::learn(sequences, &read.events, of, templates.list.len()),
        pauses: Pauses::learn(read, of, &runs, templates.list.len()),
        epochs: trained.epochs,
        windows: [chosen.len() as u64, held_out.len() as u64],
        baseline: false,
    };
    Ok(Model { facts, weights: trained.weights, words })
}

/// The distinct windows in two parts, by chance but always the same: those to learn from, and those held out.
fn split(windows: usize, config: &LstmConfig) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..windows).collect();
    order.shuffle(&mut ChaCha8Rng::seed_from_u64(config.seed));
    if config.max_windows > 0 {
        order.truncate(config.max_windows);
    }
    let held_out = (order.len() as f64 * config.validation_split) as usize;
    let chosen = order.split_off(held_out);
    (chosen, order)
}

fn pick(cut: &Cut, chosen: &[usize]) -> Windows {
    let mut windows = Windows::default();
    for &w in chosen {
        let window = cut.windows.window(w);
        windows.push(window.templates, window.gaps, window.skip as u16);
    }
    windows
}

/// Windows with some of their times hidden. A request ends after an unknown time, so some events come after one, too: else that
/// would tell the end.
fn hidden(windows: &Windows, seed: u64) -> Windows {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut out = Windows::default();
    for w in 0..windows.len() {
        let window = windows.window(w);
        let gaps: Vec<u8> = window.gaps.iter().map(|gap| if random.random_bool(HIDDEN) { UNKNOWN } else { *gap }).collect();
        out.push(window.templates, &gaps, window.skip as u16);
    }
    out
}

/// The surprises of the events of some windows, without the ends.
fn surprises(cut: &Cut, judged: &[Judged], chosen: &[usize], vocabulary: Vocabulary) -> Vec<f32> {
    let of_window = |w: &usize| {
        let window = cut.windows.window(*w);
        let rows = window.templates.iter().zip(&judged[cut.windows.range(*w)]).skip(window.skip);
        rows.filter(|(row, _)| Some(**row) != vocabulary.end()).map(|(_, judged)| judged.surprise)
    };
    chosen.iter().flat_map(of_window).collect()
}
