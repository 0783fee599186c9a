//! Weights on disk: what was written comes back, and nothing else is taken for weights.

use engine::score::network::{Shape, Weights};
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn bytes() -> Vec<u8> {
    Weights::random(Shape { words: 5, embedding: 3, units: 2, gaps: 2 }, 7).to_bytes()
}

#[test]
fn what_was_written_comes_back() {
    let weights = Weights::random(Shape { words: 50, embedding: 8, units: 6, gaps: 3 }, 7);
    assert_eq!(Weights::from_bytes(&weights.to_bytes()).unwrap(), weights);
}

#[test]
fn every_truncation_and_extension_is_an_error() {
    let whole = bytes();
    for length in 0..whole.len() {
        assert!(Weights::from_bytes(&whole[..length]).is_err(), "{length} bytes");
    }
    assert!(Weights::from_bytes(&[whole, vec![0]].concat()).is_err());
}

#[test]
fn every_damaged_byte_is_an_error() {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let whole = bytes();
    for place in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= random.random_range(1..=255_u8);
        assert!(Weights::from_bytes(&damaged).is_err(), "byte {place}");
    }
}

#[test]
fn noise_is_an_error_whatever_sizes_it_claims() {
    let mut random = ChaCha8Rng::seed_from_u64(2);
    for _ in 0..2_000 {
        let mut noise = vec![0; random.random_range(0..200)];
        random.fill_bytes(&mut noise);
        assert!(Weights::from_bytes(&noise).is_err());
        let mut headed = bytes();
        random.fill_bytes(&mut headed[12..28]);
        assert!(Weights::from_bytes(&headed).is_err());
    }
}
