//! The product of two tensors inside burn's autodiff, on all processors: burn's own backend computes it on one.
#![expect(
    deprecated,
    reason = "burn-ndarray is pinned; the kernels know nothing of it, so that they can move to another backend"
)]

use burn::{
    Tensor,
    backend::autodiff::{
        checkpoint::{base::Checkpointer, strategy::NoCheckpointing},
        grads::Gradients,
        ops::{Backward, Ops, OpsKind},
    },
};
use burn_ndarray::NdArray;

use super::{
    super::kernel::{Matrix, divided_product},
    operation::{Differentiable, Primitive, inner, numbers, tensor},
};

#[derive(Debug)]
struct Project;

#[derive(Debug, Clone)]
struct Projected {
    a: Vec<f32>,
    b: Vec<f32>,
    /// Rows of `a`, columns of `a` and rows of `b`, columns of `b`.
    sizes: [usize; 3],
}

fn multiplied(a: Matrix, b: Matrix) -> Vec<f32> {
    let mut out = vec![0.0; a.size().0 * b.size().1];
    divided_product(a, b, &mut out);
    out
}

impl Backward<NdArray, 2> for Project {
    type State = Projected;

    fn backward(self, ops: Ops<Projected, 2>, gradients: &mut Gradients, _: &mut Checkpointer) {
        let gradient = numbers(&gradients.consume::<NdArray>(&ops.node));
        let Projected { a, b, sizes: [rows, inner, columns] } = ops.state;
        let gradient = Matrix::new(&gradient, rows, columns);
        let [left, right] = ops.parents;
        if let Some(parent) = left {
            let part = multiplied(gradient, Matrix::new(&b, inner, columns).transposed());
            gradients.register::<NdArray>(parent.id, tensor(part, &[rows, inner]));
        }
        if let Some(parent) = right {
            let part = multiplied(Matrix::new(&a, rows, inner).transposed(), gradient);
            gradients.register::<NdArray>(parent.id, tensor(part, &[inner, columns]));
        }
    }
}

/// The product `a x b`.
#[must_use]
pub fn project(a: Tensor<2>, b: Tensor<2>) -> Tensor<2> {
    let ([rows, middle], [_, columns]) = (a.dims(), b.dims());
    let nodes = [inner(a), inner(b)];
    let [a, b] = nodes.each_ref().map(|node| numbers(node.primitive()));
    let out = tensor(multiplied(Matrix::new(&a, rows, middle), Matrix::new(&b, middle, columns)), &[rows, columns]);
    let prepared = Project.prepare::<NoCheckpointing>(nodes.each_ref().map(Primitive::node));
    let out = match prepared.compute_bound().stateful() {
        OpsKind::Tracked(prepared) => prepared.finish(Projected { a, b, sizes: [rows, middle, columns] }, out),
        OpsKind::UnTracked(prepared) => prepared.finish(out),
    };
    Tensor::from_primitive::<Differentiable>(out)
}
