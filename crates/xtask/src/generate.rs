//! What the repository holds ready-made: the samples and the default model.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::shell::{Tree, output, run};

/// Writes `sample_logs` anew.
///
/// # Errors
/// Where the generator does not build or fails.
pub fn samples(tree: &Tree) -> Result<()> {
    run(&mut tree.cargo(&["run", "--package", "simulate", "--release", "--example", "samples"]))
}

/// Stretches of normal work that the default model learns from, each by its own seed and on a day of its own; one has DEBUG records.
const STRETCHES: [(&str, &[&str]); 4] = [
    ("1", &["--start", "2025-03-03T08:00:00"]),
    ("2", &["--start", "2025-03-04T08:00:00"]),
    ("3", &["--start", "2025-03-05T08:00:00"]),
    ("4", &["--start", "2025-03-06T08:00:00", "--debug"]),
];

/// Lines of each of them.
const LINES: &str = "100000";

/// Runs of other clouds that the default model learns from as well: of all layouts and plugins, each with troubles of its own that are
/// always there. They are the healthy ones of the cases for choosing, with a seed that no figures are taken on.
const CLOUDS: [&str; 6] = ["--part", "choosing", "--seed", "77000", "--lines", "10000"];

/// What stands above the figures in the card.
const MEASURED: &str = "## How right it is

Measured on simulated incidents of 21 faults that no parameter was chosen by, each twice, and on healthy runs of the same clouds, none of
which it learned from: `openstack-rca simulate --part reporting --cases DIR`, then `openstack-rca evaluate DIR --ablate`. On real clouds
that it does not know it is worth less: docs/accuracy.md.
";

/// Trains `models/default` anew, on simulated logs of normal work: the same seeds give the same model.
///
/// # Errors
/// Where the command line does not build, or a step of it fails.
pub fn model(tree: &Tree) -> Result<()> {
    run(&mut tree.cargo(&["build", "--release", "--package", "cli"]))?;
    let scratch = tree.target.join("model");
    if scratch.exists() {
        fs::remove_dir_all(&scratch).with_context(|| format!("{} cannot be removed", scratch.display()))?;
    }
    let program = |words: &[&str]| {
        let mut program = Command::new(tree.binary("openstack-rca", true));
        program.args(words);
        // The user's own settings would give another model, so the program is shown none.
        for home in ["APPDATA", "DATA_DIR", "HOME", "XDG_CONFIG_HOME"] {
            program.env(home, scratch.join("home"));
        }
        program
    };
    let logs = scratch.join("logs");
    for (seed, more) in STRETCHES {
        let folder = logs.join(format!("normal-{seed}"));
        run(program(&["simulate", "--lines", LINES, "--seed", seed, "--out"]).arg(folder).args(more))?;
    }
    let cases = scratch.join("cases");
    run(program(&["simulate", "--cases"]).arg(&cases).args(CLOUDS))?;
    let mut train = program(&["train", "--name", "default", "--out"]);
    train.arg(tree.root.join("models/default"));
    for folder in folders(&logs)?.into_iter().chain(folders(&cases.join("fault_free"))?) {
        train.arg("--logs").arg(folder.join("logs"));
    }
    run(&mut train)?;
    let (cases, card) = (scratch.join("reporting"), tree.root.join("models/default/CARD.md"));
    run(program(&["simulate", "--part", "reporting", "--cases"]).arg(&cases))?;
    let mut evaluate = program(&["evaluate", "--ablate", "--format", "markdown", "--model"]);
    let figures = output(evaluate.arg(tree.root.join("models/default")).arg(&cases))?;
    let learned = fs::read_to_string(&card).with_context(|| format!("{} cannot be read", card.display()))?;
    // The figures' headings stand below the card's own.
    let figures = figures.trim_start_matches("# Evaluation").trim_start().replace("## ", "### ");
    fs::write(&card, format!("{learned}\n{MEASURED}\n{figures}")).with_context(|| format!("{} cannot be written", card.display()))
}

/// The folders in a folder, by name.
fn folders(of: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(of).with_context(|| format!("{} cannot be read", of.display()))?;
    let mut found = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    found.sort();
    Ok(found)
}
