//! Replays the inputs kept for fuzzing, each as it is and changed a few hundred times, and checks what the fuzz targets check.

use std::{fs, path::PathBuf};

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

#[path = "corpus/checks.rs"]
mod checks;

/// Changed inputs for each check.
const CHANGED: usize = 400;

/// Bytes that mean something to a form.
const TELLING: &[u8] = b" \"\\[]{}:,\n\r\x1b-+|=<>0Z\0\xff";

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<_> = fs::read_dir(&folder).expect("a corpus").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("an input")).collect()
}

/// Cuts, joins and overwrites inputs.
fn changed(inputs: &[Vec<u8>], rng: &mut ChaCha8Rng) -> Vec<u8> {
    let mut input = inputs[rng.random_range(0..inputs.len())].clone();
    for _ in 0..rng.random_range(1..4) {
        let at = rng.random_range(0..=input.len());
        let telling = TELLING[rng.random_range(0..TELLING.len())];
        match rng.random_range(0..5) {
            0 => input.truncate(at),
            1 => _ = input.drain(..at),
            2 => input.insert(at, telling),
            3 if at < input.len() => input[at] = telling,
            _ => {
                let other = &inputs[rng.random_range(0..inputs.len())];
                input.truncate(at);
                input.extend_from_slice(&other[rng.random_range(0..=other.len())..]);
            }
        }
    }
    input
}

#[test]
fn kept_and_changed_inputs_hold_what_must_hold() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    for (name, check) in checks::ALL {
        let inputs = corpus(name);
        assert!(inputs.len() > 2, "{name} has next to no inputs");
        for input in &inputs {
            check(input);
        }
        for _ in 0..CHANGED {
            check(&changed(&inputs, &mut rng));
        }
    }
}

#[test]
fn every_target_has_a_check_and_inputs() {
    let fuzz = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).expect("a manifest");
    for (name, _) in checks::ALL {
        assert!(manifest.contains(&format!("path = \"targets/{name}.rs\"")), "{name} is no target");
        let target = fs::read_to_string(fuzz.join("targets").join(format!("{name}.rs"))).expect("a target");
        assert!(target.contains(&format!("checks::{name}(data)")), "the target {name} runs another check");
    }
}
