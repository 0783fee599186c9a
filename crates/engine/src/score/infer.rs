//! How surprising each event is, and what was expected instead. No autodiff: plain slices and the kernels.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::{
    kernel::{Inputs, Level, Matrix, Output, Packed, compose, product, score},
    network::Weights,
    windows::{Bags, Windows},
};
use crate::{Error, Observer, Progress, Stage, progress::check};

pub use super::kernel::Judged;

/// A trained network ready to score: its tables for a fixed list of templates.
#[derive(Debug, Clone)]
pub struct Scorer {
    level: Level,
    units: usize,
    known: usize,
    inputs: Vec<f32>,
    begin: Vec<f32>,
    gaps: Vec<f32>,
    recurrent: Vec<f32>,
    outputs: Vec<f32>,
    bias: Vec<f32>,
}

impl Scorer {
    /// Prepares the tables. The first `known` rows of `bags` are the vocabulary that was learned, and share the softmax; the
    /// later ones are templates never seen, which are what their words say.
    #[must_use]
    pub fn new(weights: &Weights, bags: &Bags, known: usize) -> Self {
        Self::at(Level::best(), weights, bags, known)
    }

    /// [`Scorer::new`] with the instructions of a level.
    pub(super) fn at(level: Level, weights: &Weights, bags: &Bags, known: usize) -> Self {
        let (units, width) = (weights.shape.units, weights.shape.embedding);
        let embedding = compose(bags, &weights.word_in, width);
        let mut inputs = weights.bias.repeat(bags.len());
        product(Matrix::new(&embedding, bags.len(), width), Matrix::new(&weights.kernel, width, 4 * units), 1.0, &mut inputs);
        Self {
            level,
            units,
            known: known.min(bags.len()),
            inputs,
            begin: weights.begin.clone(),
            gaps: weights.gap_in.clone(),
            recurrent: weights.recurrent.clone(),
            outputs: compose(bags, &weights.word_out, units),
            bias: compose(bags, &weights.word_bias, 1),
        }
    }

    fn tables(&self) -> (Inputs<'_>, Output<'_>) {
        let (units, templates) = (self.units, &self.inputs);
        let inputs = Inputs { units, templates, begin: &self.begin, gaps: &self.gaps, recurrent: &self.recurrent };
        (inputs, Output { units, templates: &self.outputs, bias: &self.bias })
    }

    /// The surprise of each event, -ln p(event | the events before it in its window), in nats: one number for each event of the
    /// windows, in their order, and 0 for those that are skipped. Progress is counted in windows.
    ///
    /// A template outside the vocabulary joins the softmax as one more candidate when it is the event itself.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn surprise(&self, windows: &Windows, observer: &dyn Observer) -> Result<Vec<f32>, Error> {
        Ok(self.judge(windows, observer)?.into_iter().map(|judged| judged.surprise).collect())
    }

    /// [`Scorer::surprise`], and what was expected in place of each event.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn judge(&self, windows: &Windows, observer: &dyn Observer) -> Result<Vec<Judged>, Error> {
        let (inputs, output) = self.tables();
        let (done, total) = (AtomicU64::new(0), windows.len() as u64);
        let blocks = Packed::groups(windows);
        let blocks = blocks.par_iter().map(|rows| {
            check(observer)?;
            let block = Packed::new(windows, rows);
            let hidden = inputs.run(self.level, &block).hidden;
            let judged = score(self.level, &output, self.known, &block, &hidden);
            let rows = rows.len() as u64;
            let done = done.fetch_add(rows, Ordering::Relaxed) + rows;
            observer.progress(Progress::Step { stage: Stage::Score, done, total });
            Ok(block.scored.iter().map(|&event| block.origins[event as usize]).zip(judged).collect::<Vec<_>>())
        });
        let mut all = vec![Judged::default(); windows.events()];
        for (origin, judged) in blocks.collect::<Result<Vec<_>, Error>>()?.into_iter().flatten() {
            all[origin as usize] = judged;
        }
        Ok(all)
    }

    /// The `count` most probable next templates after these events, each with its probability, the most probable first.
    /// `gaps` has one more entry than `templates`: the last is the bucket of the time until the next event.
    #[must_use]
    pub fn expected(&self, templates: &[u32], gaps: &[u8], count: usize) -> Vec<(u32, f32)> {
        let mut windows = Windows::default();
        // The next event stands in the window only to be predicted: any template will do.
        windows.push(&[templates, &[0]].concat(), gaps, 0);
        let (inputs, output) = self.tables();
        let hidden = inputs.run(self.level, &Packed::new(&windows, &[0])).hidden;
        let last = &hidden[templates.len() * self.units..];
        let mut probable: Vec<_> = output.probabilities(self.level, self.known, last).into_iter().enumerate().collect();
        probable.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        probable.into_iter().take(count).map(|(template, probability)| (template as u32, probability)).collect()
    }
}
