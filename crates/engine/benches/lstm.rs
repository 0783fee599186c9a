//! Events a second in training and in scoring, beside the same network in burn's own operations.

use std::hint::black_box;

use burn::{
    Tensor,
    optim::{AdamConfig, GradientsParams},
    tensor::Device,
};
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use engine::{
    Silent,
    config::LstmConfig,
    score::{
        infer::Scorer,
        network::{Shape, Weights},
        train::train,
        windows::{Bags, Windows},
    },
};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

#[path = "../src/score/network/plain.rs"]
mod plain;

use plain::{Plain, Sequence, matrix};

const SHAPE: Shape = Shape { words: 1500, embedding: 128, units: 64, gaps: 12 };
const TEMPLATES: u32 = 500;
const LENGTH: usize = 100;
const BATCH: usize = 32;

fn bags(random: &mut ChaCha8Rng) -> Bags {
    let mut bags = Bags::default();
    for _ in 0..TEMPLATES {
        let words: Vec<_> = (0..8).map(|_| (random.random_range(0..SHAPE.words as u32), random.random_range(0.1..1.0))).collect();
        bags.push(&words);
    }
    bags
}

fn sequences(random: &mut ChaCha8Rng, count: usize) -> (Windows, Vec<Sequence>) {
    let mut windows = Windows::default();
    let mut sequences = Vec::new();
    for _ in 0..count {
        let events: Vec<_> = (0..LENGTH).map(|_| random.random_range(0..TEMPLATES)).collect();
        let gaps: Vec<_> = (0..LENGTH).map(|_| random.random_range(0..SHAPE.gaps as u8)).collect();
        windows.push(&events, &gaps, 0);
        sequences.push((events, gaps, 0));
    }
    (windows, sequences)
}

fn dense(bags: &Bags, device: &Device) -> Tensor<2> {
    let mut values = vec![0.0; bags.len() * SHAPE.words];
    for template in 0..bags.len() {
        bags.row(template).for_each(|(word, weight)| values[template * SHAPE.words + word] += weight);
    }
    matrix(&values, SHAPE.words, device)
}

#[expect(deprecated, reason = "the backend that the engine uses")]
fn device() -> Device {
    Device::ndarray()
}

fn plain(weights: &Weights, device: &Device) -> Plain {
    let w = weights;
    let parameters = [&w.word_in[..], &w.kernel, &w.bias, &w.gap_in, &w.begin, &w.recurrent, &w.word_out, &w.word_bias];
    Plain::new(parameters, SHAPE.embedding, SHAPE.units, device)
}

fn events(group: &mut BenchmarkGroup<WallTime>, windows: usize) {
    group.sample_size(10).throughput(Throughput::Elements((windows * LENGTH) as u64));
}

fn training(criterion: &mut Criterion) {
    let random = &mut ChaCha8Rng::seed_from_u64(1);
    let bags = bags(random);
    let mut group = criterion.benchmark_group("training");

    let (windows, _) = sequences(random, 16 * BATCH);
    let config = LstmConfig { epochs: 1, batch: BATCH, ..LstmConfig::default() };
    events(&mut group, windows.len());
    group.bench_function("engine", |bencher| {
        let train = |windows| train(SHAPE, &config, &bags, windows, &Windows::default(), None, &Silent);
        bencher.iter(|| train(black_box(&windows)).expect("nobody cancels"));
    });

    let (_, sequences) = sequences(random, BATCH);
    let device = device().autodiff();
    let dense = dense(&bags, &device);
    let mut network = Some(plain(&Weights::random(SHAPE, 1), &device));
    let mut optimizer = AdamConfig::new().init();
    events(&mut group, sequences.len());
    group.bench_function("plain operations", |bencher| {
        bencher.iter(|| {
            let current = network.take().expect("put back each time");
            let loss = current.loss(&dense, black_box(&sequences)).div_scalar((BATCH * LENGTH) as f32);
            let gradients = GradientsParams::from_grads(loss.backward(), &current);
            network = Some(optimizer.step(0.003, current, gradients));
        });
    });
}

fn scoring(criterion: &mut Criterion) {
    let random = &mut ChaCha8Rng::seed_from_u64(1);
    let bags = bags(random);
    let weights = Weights::random(SHAPE, 1);
    let mut group = criterion.benchmark_group("scoring");

    let (windows, _) = sequences(random, 32 * BATCH);
    let scorer = Scorer::new(&weights, &bags, bags.len());
    events(&mut group, windows.len());
    group.bench_function("engine", |bencher| bencher.iter(|| scorer.surprise(black_box(&windows), &Silent)));

    let (_, sequences) = sequences(random, BATCH);
    let device = device();
    let (dense, network) = (dense(&bags, &device), plain(&weights, &device));
    events(&mut group, sequences.len());
    group.bench_function("plain operations", |bencher| {
        bencher.iter(|| network.loss(&dense, black_box(&sequences)).into_scalar::<f32>());
    });
}

criterion_group!(benches, training, scoring);
criterion_main!(benches);
