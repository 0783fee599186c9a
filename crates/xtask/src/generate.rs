//! What the repository holds ready-made: the samples and the default model.

use std::{fs, process::Command};

use anyhow::{Context, Result};

use crate::shell::{Tree, run};

/// Writes `sample_logs` anew.
///
/// # Errors
/// Where the generator does not build or fails.
pub fn samples(tree: &Tree) -> Result<()> {
    run(&mut tree.cargo(&["run", "--package", "simulate", "--release", "--example", "samples"]))
}

/// Days of normal work that the default model learns from, each by its own seed.
const SEEDS: [u64; 4] = [1, 2, 3, 4];

/// Trains `models/default` anew, on simulated logs of normal work: the same seeds give the same model.
///
/// # Errors
/// Where the command line does not build, or a step of it fails.
pub fn model(tree: &Tree) -> Result<()> {
    run(&mut tree.cargo(&["build", "--release", "--package", "cli"]))?;
    let program = tree.binary("openstack-rca", true);
    let logs = tree.target.join("normal");
    if logs.exists() {
        fs::remove_dir_all(&logs).with_context(|| format!("{} cannot be removed", logs.display()))?;
    }
    for seed in SEEDS {
        let mut simulate = Command::new(&program);
        simulate.args(["simulate", "--seed", &seed.to_string(), "--out"]).arg(logs.join(format!("day{seed}")));
        run(&mut simulate)?;
    }
    let mut train = Command::new(&program);
    train.args(["train", "--name", "default", "--logs"]).arg(&logs).arg("--out").arg(tree.root.join("models/default"));
    run(&mut train)
}
