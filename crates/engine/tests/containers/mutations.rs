//! Archives with bytes changed and ends cut off, as the fuzz targets try them for longer.

use super::*;

#[path = "../corpus/containers.rs"]
mod checks;

/// Bytes of all archives of a form that are changed, each in two ways, and cut off at.
const CHANGED: usize = 100;

/// The small archives of a form that are kept for fuzzing.
fn seeds(form: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(form);
    let mut paths = files_under(&folder);
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn no_change_of_an_archive_does_harm() {
    for (form, check) in checks::ALL {
        let seeds = seeds(form);
        assert!(seeds.len() > 2, "{form} has next to no inputs");
        for seed in &seeds {
            check(seed);
            let step = (seed.len() * seeds.len() / CHANGED).max(1);
            for at in (0..seed.len()).step_by(step) {
                let mut changed = seed.clone();
                changed[at] ^= 1 << (at % 8);
                check(&changed);
                changed[at] = 0xff;
                check(&changed);
                check(&seed[..at]);
            }
        }
    }
}
