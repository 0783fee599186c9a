//! Adam in one pass over each parameter. Burn's own does the same in a dozen passes, each of which makes a new tensor.

use burn::{
    Tensor,
    optim::{AdamState, AdaptiveMomentumState, LearningRate, ModuleOptimizer, Optimizer},
    tensor::{Bytes, Device},
};

use super::operation::{from_numbers, to_numbers};
use crate::score::kernel::{Level, Moments, descend};

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.999;

/// Adam with its usual constants; gradients whose norm is greater than 1 are scaled down to it, parameter by parameter.
#[derive(Debug, Clone)]
pub struct Adam {
    level: Level,
}

impl Default for Adam {
    fn default() -> Self {
        Self { level: Level::best() }
    }
}

/// The Euclidean norm. Several sums go side by side: one alone would wait for each addition.
fn norm(values: &[f32]) -> f64 {
    let mut sums = [0.0; 16];
    for chunk in values.chunks(sums.len()) {
        sums.iter_mut().zip(chunk).for_each(|(sum, &value)| *sum += f64::from(value) * f64::from(value));
    }
    sums.iter().sum::<f64>().sqrt()
}

impl Optimizer for Adam {
    type State<const D: usize> = AdamState<D>;

    fn step<const D: usize>(
        &self,
        rate: LearningRate,
        tensor: Tensor<D>,
        gradient: Tensor<D>,
        state: Option<AdamState<D>>,
    ) -> (Tensor<D>, Option<AdamState<D>>) {
        let (shape, device) = (tensor.dims(), tensor.device());
        let (mut parameters, gradient) = (to_numbers(tensor), to_numbers(gradient));
        let (time, mut first, mut second) = match state {
            Some(AdamState { momentum }) => (momentum.time + 1, to_numbers(momentum.moment_1), to_numbers(momentum.moment_2)),
            None => (1, vec![0.0; gradient.len()], vec![0.0; gradient.len()]),
        };
        let norm = norm(&gradient);
        let steps = i32::try_from(time).unwrap_or(i32::MAX);
        let moments = Moments {
            scale: (1.0 / norm.max(1.0)) as f32,
            first: FIRST,
            second: SECOND,
            rate: (rate / f64::from(1.0 - FIRST.powi(steps))) as f32,
            correction: 1.0 / (1.0 - SECOND.powi(steps)),
        };
        descend(self.level, moments, &mut parameters, &gradient, &mut first, &mut second);
        let tensor = |values| from_numbers(values, shape, &device);
        let momentum = AdaptiveMomentumState::new(time, tensor(first), tensor(second));
        (tensor(parameters), Some(AdamState::new(momentum)))
    }

    fn to_device<const D: usize>(mut state: AdamState<D>, device: &Device) -> AdamState<D> {
        state.momentum = state.momentum.to_device(device);
        state
    }
}

/// What an optimizer keeps of each parameter, as bytes.
pub fn kept(optimizer: &ModuleOptimizer) -> Vec<u8> {
    optimizer.into_bytes().map(|bytes| bytes.to_vec()).unwrap_or_default()
}

/// The optimizer that [`kept`] wrote of; none where these are no such bytes.
pub fn resumed(bytes: &[u8]) -> Option<ModuleOptimizer> {
    ModuleOptimizer::from(Adam::default()).from_bytes(Bytes::from_bytes_vec(bytes.to_vec())).ok()
}

#[cfg(test)]
mod tests {
    use burn::{
        grad_clipping::GradientClippingConfig,
        module::{Module, Param},
        optim::{AdamConfig, GradientsParams, ModuleOptimizer},
        tensor::TensorData,
    };

    use super::*;
    use crate::score::network::device;

    #[derive(Module, Debug)]
    struct Line {
        weight: Param<Tensor<2>>,
    }

    fn walk(mut optimizer: ModuleOptimizer, steepness: f32) -> Vec<f32> {
        let device = device();
        let values: Vec<f32> = (0..21).map(|index| index as f32 / 7.0 - 1.0).collect();
        let mut line = Line { weight: Param::from_data(TensorData::new(values, [3, 7]), &device) };
        for step in 0..20 {
            let loss = line.weight.val().add_scalar(0.1 * step as f32).square().mul_scalar(steepness).sum();
            let gradients = GradientsParams::from_grads(loss.backward(), &line);
            line = optimizer.step(0.01, line, gradients);
        }
        line.weight.val().into_data().iter::<f32>().collect()
    }

    #[test]
    fn walks_as_burns_own_does_with_and_without_clipping() {
        for steepness in [0.001, 10.0] {
            let theirs = walk(AdamConfig::new().with_grad_clipping(Some(GradientClippingConfig::Norm(1.0))).init(), steepness);
            for level in Level::all() {
                let ours = walk(ModuleOptimizer::from(Adam { level }), steepness);
                for (ours, theirs) in ours.iter().zip(&theirs) {
                    assert!((ours - theirs).abs() < 1e-4, "{level:?}: {ours} {theirs}");
                }
            }
        }
    }
}
