//! The network's own operations inside burn's autodiff: one from words to templates, one for the LSTM over all steps with the
//! softmax and its loss. The arithmetic is [`kernel`](super::super::kernel)'s; here it only gets its place among the tensors.
#![expect(
    deprecated,
    reason = "burn-ndarray is pinned; the kernels know nothing of it, so that they can move to another backend"
)]

use std::sync::Arc;

use burn::{
    Tensor,
    backend::{
        Autodiff, BackendTypes,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::NoCheckpointing},
            grads::Gradients,
            ops::{Backward, Ops, OpsKind},
        },
    },
    tensor::{Device, TensorData},
};
use burn_ndarray::{NdArray, NdArrayTensor};

use super::super::{
    kernel::{Inputs, Lesson, Level, Noise, Output, Packed, compose, spread, teach},
    windows::Bags,
};

/// Where the network computes, with gradients.
pub(super) type Differentiable = Autodiff<NdArray, NoCheckpointing>;
/// A tensor there.
pub(super) type Primitive = <Differentiable as BackendTypes>::FloatTensorPrimitive;

/// Where tensors with gradients live.
#[must_use]
pub fn device() -> Device {
    Device::ndarray().autodiff()
}

/// The numbers of a tensor, row by row.
pub(super) fn numbers(tensor: &NdArrayTensor) -> Vec<f32> {
    match tensor {
        NdArrayTensor::F32(storage) => {
            let view = storage.view();
            view.as_slice().map_or_else(|| view.iter().copied().collect(), <[f32]>::to_vec)
        }
        _ => Vec::new(),
    }
}

/// A tensor of these numbers.
pub(super) fn tensor(values: Vec<f32>, shape: &[usize]) -> NdArrayTensor {
    NdArrayTensor::from_data(TensorData::new(values, shape.to_vec()))
}

/// The tensor inside burn's own.
pub(super) fn inner<const D: usize>(tensor: Tensor<D>) -> Primitive {
    tensor.try_into_primitive::<Differentiable>().expect("the network's tensors live on its device")
}

/// The numbers of a tensor without gradients, row by row.
#[must_use]
pub fn to_numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    numbers(&tensor.try_into_primitive::<NdArray>().expect("the network's tensors live on its device"))
}

/// A tensor without gradients.
#[must_use]
pub fn from_numbers<const D: usize>(values: Vec<f32>, shape: [usize; D], device: &Device) -> Tensor<D> {
    Tensor::from_data(TensorData::new(values, shape), device)
}

#[derive(Debug)]
struct Compose;

#[derive(Debug, Clone)]
struct Composed {
    bags: Arc<Bags>,
    words: usize,
    width: usize,
}

impl Backward<NdArray, 1> for Compose {
    type State = Composed;

    fn backward(self, ops: Ops<Composed, 1>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = numbers(&gradients.consume::<NdArray>(&ops.node));
        let Composed { bags, words, width } = ops.state;
        if let [Some(parent)] = ops.parents {
            let gradient = spread(&bags, &gradient, words, width);
            gradients.register::<NdArray>(parent.id, tensor(gradient, &[words, width]));
        }
    }
}

/// Templates from words: the product of the bags with `rows`, words x width.
#[must_use]
pub fn templates(bags: &Arc<Bags>, rows: Tensor<2>) -> Tensor<2> {
    let [words, width] = rows.dims();
    let rows = inner(rows);
    let composed = tensor(compose(bags, &numbers(rows.primitive()), width), &[bags.len(), width]);
    let out = match Compose.prepare::<NoCheckpointing>([rows.node()]).compute_bound().stateful() {
        OpsKind::Tracked(prepared) => prepared.finish(Composed { bags: Arc::clone(bags), words, width }, composed),
        OpsKind::UnTracked(prepared) => prepared.finish(composed),
    };
    Tensor::from_primitive::<Differentiable>(out)
}

/// The parameters of the recurrent operation.
#[derive(Debug, Clone)]
pub struct Tables {
    /// Templates x 4 U: their share of the gates.
    pub inputs: Tensor<2>,
    /// 1 x 4 U: the share of a window's start.
    pub begin: Tensor<2>,
    /// Buckets x 4 U: the share of the time gap.
    pub gaps: Tensor<2>,
    /// U x 4 U: the share of the step before.
    pub recurrent: Tensor<2>,
    /// Templates x U: their directions as predictions.
    pub outputs: Tensor<2>,
    /// Templates x 1: their biases as predictions.
    pub bias: Tensor<2>,
}

#[derive(Debug)]
struct Learn;

#[derive(Debug, Clone)]
struct Learned {
    lesson: Arc<Lesson>,
    shapes: [[usize; 2]; 6],
}

impl Backward<NdArray, 6> for Learn {
    type State = Learned;

    /// The gradients were computed on the way forward, where everything they need was at hand; only the factor that arrives from
    /// above is missing.
    fn backward(self, ops: Ops<Learned, 6>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let factor = numbers(&gradients.consume::<NdArray>(&ops.node)).first().copied().unwrap_or(1.0);
        let lesson = Arc::unwrap_or_clone(ops.state.lesson);
        let parts = [lesson.inputs, lesson.begin, lesson.gaps, lesson.recurrent, lesson.outputs, lesson.bias];
        for ((parent, mut part), shape) in ops.parents.into_iter().zip(parts).zip(ops.state.shapes) {
            if let Some(parent) = parent {
                for number in &mut part {
                    *number *= factor;
                }
                gradients.register::<NdArray>(parent.id, tensor(part, &shape));
            }
        }
    }
}

/// The summed cross entropy of a batch, times `scale`, as a tensor of one number to go back from; and the sum itself, in nats.
#[must_use]
pub fn learn(level: Level, tables: Tables, blocks: &[Packed], scale: f32, noise: Option<Noise>) -> (Tensor<1>, f64) {
    let tensors = [tables.inputs, tables.begin, tables.gaps, tables.recurrent, tables.outputs, tables.bias];
    let shapes = tensors.each_ref().map(Tensor::dims);
    let tensors = tensors.map(inner);
    let [templates, begin, gaps, recurrent, directions, bias] = tensors.each_ref().map(|tensor| numbers(tensor.primitive()));
    let units = shapes[3][0];
    let inputs = Inputs { units, templates: &templates, begin: &begin, gaps: &gaps, recurrent: &recurrent };
    let output = Output { units, templates: &directions, bias: &bias };
    let lesson = teach(level, &inputs, &output, blocks, scale, noise);
    let sum = lesson.loss;
    let loss = tensor(vec![(sum * f64::from(scale)) as f32], &[1]);
    let nodes = tensors.each_ref().map(Primitive::node);
    let out = match Learn.prepare::<NoCheckpointing>(nodes).compute_bound().stateful() {
        OpsKind::Tracked(prepared) => prepared.finish(Learned { lesson: Arc::new(lesson), shapes }, loss),
        OpsKind::UnTracked(prepared) => prepared.finish(loss),
    };
    (Tensor::from_primitive::<Differentiable>(out), sum)
}
