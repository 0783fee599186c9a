//! The parameters as a burn module.

use std::sync::Arc;

use burn::{
    Tensor,
    module::{Module, Param, ParamId},
    tensor::{Device, TensorData},
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{
    operation::{Tables, learn, templates},
    projection::project,
    weights::{Shape, Weights},
};
use crate::score::{
    kernel::{Dropout, Level, Noise, Packed},
    windows::Bags,
};

/// All parameters, to be optimized. See [`Weights`] for their meaning.
#[derive(Module, Debug)]
pub struct Network {
    pub(super) word_in: Param<Tensor<2>>,
    pub(super) kernel: Param<Tensor<2>>,
    pub(super) bias: Param<Tensor<2>>,
    pub(super) gap_in: Param<Tensor<2>>,
    pub(super) begin: Param<Tensor<2>>,
    pub(super) recurrent: Param<Tensor<2>>,
    pub(super) word_out: Param<Tensor<2>>,
    pub(super) word_bias: Param<Tensor<2>>,
}

/// A parameter by its number. What the optimizer keeps goes by that number, so it must be the same when a training goes on.
fn parameter(number: u64, values: &[f32], width: usize, device: &Device) -> Param<Tensor<2>> {
    let shape = [values.len() / width, width];
    let mut parameter = Param::from_data(TensorData::new(values.to_vec(), shape), device);
    parameter.id = ParamId::from(number);
    parameter
}

fn values(parameter: &Param<Tensor<2>>) -> Vec<f32> {
    parameter.val().into_data().iter::<f32>().collect()
}

impl Network {
    /// A network with these weights.
    #[must_use]
    pub fn new(weights: &Weights, device: &Device) -> Self {
        let Shape { embedding, units, .. } = weights.shape;
        Self {
            word_in: parameter(1, &weights.word_in, embedding, device),
            kernel: parameter(2, &weights.kernel, 4 * units, device),
            bias: parameter(3, &weights.bias, 4 * units, device),
            gap_in: parameter(4, &weights.gap_in, 4 * units, device),
            begin: parameter(5, &weights.begin, 4 * units, device),
            recurrent: parameter(6, &weights.recurrent, 4 * units, device),
            word_out: parameter(7, &weights.word_out, units, device),
            word_bias: parameter(8, &weights.word_bias, 1, device),
        }
    }

    /// The weights as they are now.
    #[must_use]
    pub fn weights(&self) -> Weights {
        let [words, embedding] = self.word_in.dims();
        let [gaps, gates] = self.gap_in.dims();
        Weights {
            shape: Shape { words, embedding, units: gates / 4, gaps },
            word_in: values(&self.word_in),
            kernel: values(&self.kernel),
            bias: values(&self.bias),
            gap_in: values(&self.gap_in),
            begin: values(&self.begin),
            recurrent: values(&self.recurrent),
            word_out: values(&self.word_out),
            word_bias: values(&self.word_bias),
        }
    }

    /// The summed cross entropy of a batch times `scale`, to go back from, and the sum itself in nats.
    #[must_use]
    pub fn loss(&self, bags: &Arc<Bags>, blocks: &[Packed], scale: f32, noise: Option<Noise>) -> (Tensor<1>, f64) {
        self.loss_at(Level::best(), bags, blocks, scale, noise)
    }

    /// [`Network::loss`] with the instructions of a level.
    pub(super) fn loss_at(
        &self,
        level: Level,
        bags: &Arc<Bags>,
        blocks: &[Packed],
        scale: f32,
        noise: Option<Noise>,
    ) -> (Tensor<1>, f64) {
        let mut embedding = templates(bags, self.word_in.val());
        if let Some(noise) = noise {
            let [rows, width] = embedding.dims();
            let factors = noise.embedding().factors(rows * width);
            embedding = embedding.clone() * Tensor::from_data(TensorData::new(factors, [rows, width]), &embedding.device());
        }
        let tables = Tables {
            inputs: project(embedding, self.kernel.val()) + self.bias.val(),
            begin: self.begin.val(),
            gaps: self.gap_in.val(),
            recurrent: self.recurrent.val(),
            outputs: templates(bags, self.word_out.val()),
            bias: templates(bags, self.word_bias.val()),
        };
        learn(level, tables, blocks, scale, noise)
    }
}

impl Noise {
    /// What drops parts of the templates' embeddings, the same for a whole batch; the blocks have streams of their own.
    fn embedding(self) -> Dropout {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(self.batch << 16);
        Dropout { rate: self.rate, random }
    }
}
