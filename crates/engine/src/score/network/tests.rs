//! The operations against the same network in burn's own operations.

use std::sync::Arc;

use burn::{Tensor, module::Param, nn::LstmConfig, tensor::TensorData};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    Network, Shape, Weights, device,
    plain::{Plain, Sequence, matrix},
};
use crate::{
    Silent,
    score::{
        infer::Scorer,
        kernel::{Inputs, Level, Noise, Packed},
        windows::{Bags, Windows},
    },
};

const SHAPE: Shape = Shape { words: 20, embedding: 9, units: 21, gaps: 3 };
const TEMPLATES: usize = 12;

fn bags() -> Bags {
    let mut random = ChaCha8Rng::seed_from_u64(3);
    let mut bags = Bags::default();
    for _ in 0..TEMPLATES {
        let words: Vec<_> =
            (0..random.random_range(1..5)).map(|_| (random.random_range(0..20), random.random_range(0.1..2.0))).collect();
        bags.push(&words);
    }
    bags
}

fn dense(bags: &Bags) -> Tensor<2> {
    let mut values = vec![0.0; bags.len() * SHAPE.words];
    for template in 0..bags.len() {
        bags.row(template).for_each(|(word, weight)| values[template * SHAPE.words + word] += weight);
    }
    matrix(&values, SHAPE.words, &device())
}

fn sequences(lengths: impl Iterator<Item = usize>) -> (Windows, Vec<Sequence>) {
    let mut random = ChaCha8Rng::seed_from_u64(4);
    let mut windows = Windows::default();
    let mut sequences = Vec::new();
    for length in lengths {
        let templates: Vec<_> = (0..length).map(|_| random.random_range(0..TEMPLATES as u32)).collect();
        let gaps: Vec<_> = (0..length).map(|_| random.random_range(0..SHAPE.gaps as u8)).collect();
        let skip = random.random_range(0..3);
        windows.push(&templates, &gaps, skip);
        sequences.push((templates, gaps, usize::from(skip)));
    }
    (windows, sequences)
}

/// Weights none of which is zero, so that a gradient that goes astray is seen.
fn weights() -> Weights {
    let mut random = ChaCha8Rng::seed_from_u64(9);
    let mut weights = Weights::random(SHAPE, 5);
    for value in weights.begin.iter_mut().chain(&mut weights.bias).chain(&mut weights.word_bias) {
        *value += random.random_range(-0.5..0.5);
    }
    weights
}

fn plain(weights: &Weights) -> Plain {
    let w = weights;
    let parameters = [&w.word_in[..], &w.kernel, &w.bias, &w.gap_in, &w.begin, &w.recurrent, &w.word_out, &w.word_bias];
    Plain::new(parameters, SHAPE.embedding, SHAPE.units, &device())
}

fn numbers(tensor: Tensor<2>) -> Vec<f32> {
    tensor.into_data().iter::<f32>().collect()
}

fn assert_close(name: &str, ours: &[f32], theirs: &[f32], tolerance: f32) {
    assert_eq!(ours.len(), theirs.len(), "{name}");
    let greatest = theirs.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
    assert!(greatest > 0.0, "{name}: nothing to compare");
    let apart = ours.iter().zip(theirs).fold(0.0_f32, |most, (a, b)| most.max((a - b).abs()));
    assert!(apart <= tolerance * greatest, "{name}: {apart} apart, where the greatest is {greatest}");
}

type Named = Vec<(&'static str, Vec<f32>)>;

fn gradients(level: Level, network: &Network, windows: &Windows, noise: Option<Noise>) -> (f64, Named) {
    let batch: Vec<_> = (0..windows.len()).collect();
    let (loss, sum) = network.loss_at(level, &Arc::new(bags()), &Packed::blocks(windows, &batch), 0.5, noise);
    let from = loss.backward();
    let of = |parameter: &Param<Tensor<2>>| numbers(parameter.val().grad(&from).expect("every parameter has a gradient"));
    let named = [
        ("word_in", of(&network.word_in)),
        ("kernel", of(&network.kernel)),
        ("bias", of(&network.bias)),
        ("gap_in", of(&network.gap_in)),
        ("begin", of(&network.begin)),
        ("recurrent", of(&network.recurrent)),
        ("word_out", of(&network.word_out)),
        ("word_bias", of(&network.word_bias)),
    ];
    (sum, named.into())
}

#[test]
fn loss_and_gradients_are_those_of_plain_operations() {
    let weights = weights();
    let (windows, sequences) = sequences((2..30).chain([30, 30]));
    let plain = plain(&weights);
    let loss = plain.loss(&dense(&bags()), &sequences);
    let expected = f64::from(loss.clone().into_scalar::<f32>());
    let from = loss.mul_scalar(0.5).backward();
    let theirs = [
        &plain.word_in,
        &plain.kernel,
        &plain.bias,
        &plain.gap_in,
        &plain.begin,
        &plain.recurrent,
        &plain.word_out,
        &plain.word_bias,
    ];
    for level in Level::all() {
        let (sum, ours) = gradients(level, &Network::new(&weights, &device()), &windows, None);
        assert!((sum - expected).abs() < 1e-5 * expected, "{level:?}: {sum} {expected}");
        for ((name, ours), theirs) in ours.into_iter().zip(theirs) {
            assert_close(&format!("{level:?} {name}"), &ours, &numbers(theirs.val().grad(&from).unwrap()), 2e-5);
        }
    }
}

#[test]
fn surprise_is_the_loss_of_plain_operations() {
    let weights = weights();
    let (windows, sequences) = sequences((2..30).chain([30, 30]));
    let expected = f64::from(plain(&weights).loss(&dense(&bags()), &sequences).into_scalar::<f32>());
    for level in Level::all() {
        let scorer = Scorer::at(level, &weights, &bags(), TEMPLATES);
        let sum: f64 = scorer.surprise(&windows, &Silent).unwrap().iter().map(|&surprise| f64::from(surprise)).sum();
        assert!((sum - expected).abs() < 1e-5 * expected, "{level:?}: {sum} {expected}");
    }
}

#[test]
fn with_dropout_the_gradients_are_the_slopes_of_the_loss() {
    let (windows, _) = sequences(5..12);
    let noise = Some(Noise { rate: 0.3, seed: 1, batch: 7 });
    let at = |weights: &Weights| gradients(Level::best(), &Network::new(weights, &device()), &windows, noise);
    let base = weights();
    let (_, ours) = at(&base);
    let step = 0.01;
    let slope = |change: &dyn Fn(&mut Weights, f32)| {
        let [mut up, mut down] = [base.clone(), base.clone()];
        change(&mut up, step);
        change(&mut down, -step);
        0.5 * (at(&up).0 - at(&down).0) / f64::from(2.0 * step)
    };
    for index in [0, 5, 17, 40] {
        let slopes = [
            (0, slope(&|weights, step| weights.word_in[index] += step)),
            (1, slope(&|weights, step| weights.kernel[index] += step)),
            (3, slope(&|weights, step| weights.gap_in[index] += step)),
            (5, slope(&|weights, step| weights.recurrent[index] += step)),
            (6, slope(&|weights, step| weights.word_out[index] += step)),
        ];
        for (parameter, slope) in slopes {
            let (name, gradient) = &ours[parameter];
            assert!((f64::from(gradient[index]) - slope).abs() < 0.01 + 0.01 * slope.abs(), "{name} {} {slope}", gradient[index]);
        }
    }
}

#[test]
fn the_cell_is_the_one_of_burn_nn() {
    let weights = weights();
    let units = SHAPE.units;
    let device = device();
    let mut theirs = LstmConfig::new(SHAPE.embedding, units, true).init(&device);
    let forget = theirs.forget_gate.as_mut().expect("a forget gate");
    let gates = [&mut theirs.input_gate, forget, &mut theirs.cell_gate, &mut theirs.output_gate];
    for (number, gate) in gates.into_iter().enumerate() {
        let part = |values: &[f32]| -> Vec<f32> {
            values.chunks_exact(4 * units).flat_map(|row| &row[number * units..(number + 1) * units]).copied().collect()
        };
        let weight = |values: &[f32]| Param::from_tensor(matrix(&part(values), units, &device));
        let bias = |values: &[f32]| Some(Param::from_data(TensorData::new(part(values), [units]), &device));
        gate.input_transform.weight = weight(&weights.kernel);
        gate.input_transform.bias = bias(&weights.bias);
        gate.hidden_transform.weight = weight(&weights.recurrent);
        gate.hidden_transform.bias = bias(&weights.gap_in[..4 * units]);
    }
    let (rows, steps) = (5, 17);
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let embeddings: Vec<f32> = (0..TEMPLATES * SHAPE.embedding).map(|_| random.random_range(-2.0..2.0)).collect();
    let templates = matrix(&embeddings, SHAPE.embedding, &device);
    let inputs = numbers(
        templates.clone().matmul(matrix(&weights.kernel, 4 * units, &device)) + matrix(&weights.bias, 4 * units, &device),
    );
    let mut windows = Windows::default();
    let mut chosen = Vec::new();
    for _ in 0..rows {
        let events: Vec<u32> = (0..steps).map(|_| random.random_range(0..TEMPLATES as u32)).collect();
        windows.push(&events, &vec![0; steps], 0);
        chosen.push(matrix(&[0.0; SHAPE.embedding], SHAPE.embedding, &device));
        chosen.extend(
            events[..steps - 1]
                .iter()
                .map(|&event| templates.clone().slice([event as usize..event as usize + 1, 0..SHAPE.embedding])),
        );
    }
    let (theirs, _) = theirs.forward(Tensor::cat(chosen, 0).reshape([rows, steps, SHAPE.embedding]), None);
    let theirs: Vec<f32> = theirs.swap_dims(0, 1).into_data().iter::<f32>().collect();
    // An embedding of zeros is a window's start when the start's input is the bias alone.
    let [block] = &Packed::blocks(&windows, &[0, 1, 2, 3, 4])[..] else { panic!("one block") };
    for level in Level::all() {
        let inputs = Inputs {
            units,
            templates: &inputs,
            begin: &weights.bias,
            gaps: &weights.gap_in[..4 * units],
            recurrent: &weights.recurrent,
        };
        assert_close(&format!("{level:?}"), &inputs.run(level, block).hidden, &theirs, 1e-5);
    }
}
