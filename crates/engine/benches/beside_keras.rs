//! Sequences a second in training and in scoring, for `cargo xtask bench`, which runs Keras beside it.
//!
//! Arguments: vocabulary, embedding, units, length, batch, sequences, words. With one word a template the network is the one of Keras,
//! where each template has a vector of its own; with eight it is what models of real logs are.

use std::{env, time::Instant};

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

const GAPS: usize = 12;

#[expect(clippy::print_stdout, reason = "what it measures is its output")]
fn main() {
    let numbers: Vec<usize> = env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    // What `cargo test` runs to see that it works has no numbers.
    let &[vocabulary, embedding, units, length, batch, sequences, words] = &numbers[..] else { return };
    let random = &mut ChaCha8Rng::seed_from_u64(1);
    let of_templates = if words == 1 { vocabulary } else { 3 * vocabulary };
    let shape = Shape { words: of_templates, embedding, units, gaps: GAPS };
    let mut bags = Bags::default();
    for template in 0..vocabulary {
        let more = (1..words).map(|_| random.random_range(0..of_templates as u32));
        bags.push(&std::iter::once(template as u32).chain(more).map(|word| (word, 1.0)).collect::<Vec<_>>());
    }
    let mut windows = Windows::default();
    for _ in 0..sequences {
        let events: Vec<u32> = (0..length).map(|_| random.random_range(0..vocabulary as u32)).collect();
        let gaps: Vec<u8> = (0..length).map(|_| random.random_range(0..GAPS as u8)).collect();
        windows.push(&events, &gaps, 0);
    }
    let config =
        LstmConfig { embedding, units, batch, sequence_length: length, epochs: 1, dropout: 0.0, ..LstmConfig::default() };
    let none = Windows::default();
    let learn = || train(shape, &config, &bags, &windows, &none, None, &Silent).map(drop);
    let scorer = Scorer::new(&Weights::random(shape, 1), &bags, vocabulary);
    let score = || scorer.surprise(&windows, &Silent).map(drop);
    for (name, work) in [("training", &learn as &dyn Fn() -> Result<(), engine::Error>), ("scoring", &score)] {
        work().expect("nobody cancels");
        let began = Instant::now();
        work().expect("nobody cancels");
        println!("{name}={:.1}", sequences as f64 / began.elapsed().as_secs_f64());
    }
}
