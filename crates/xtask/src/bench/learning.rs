//! Training and scoring beside Keras: the same network on the same number of random sequences.

use std::{path::Path, process::Command};

use anyhow::{Context, Result};

use super::{
    contenders,
    measure::{Measured, measure},
    table, yes,
};
use crate::shell::{Tree, run};

/// What `--only` calls it.
pub const NAME: &str = "Keras";
/// How many times as fast as Keras ours is to be.
const AIM: f64 = 5.0;
/// Vocabulary, embedding, units, events of a sequence, sequences of a batch, sequences.
const SHAPE: [&str; 6] = ["200", "128", "64", "100", "32", "3200"];
/// The version that ours is compared with, and those that it needs.
const PACKAGES: [&str; 2] = ["tensorflow-cpu==2.21.0", "keras==3.15.0"];

/// Measures both in turns, and tells in Markdown.
///
/// # Errors
/// Where Keras cannot be installed, or a program fails.
pub fn learning(tree: &Tree, scratch: &Path, rounds: usize) -> Result<String> {
    let python = contenders::python(scratch, "python-keras", "keras, tensorflow", &PACKAGES)?;
    run(&mut tree.cargo(&["bench", "--package", "engine", "--bench", "beside_keras", "--no-run"]))?;
    let script = tree.root.join("crates/xtask/src/bench/learn_with_keras.py");
    let mut best = Rates::default();
    for round in 1..=rounds {
        let ours = |words: &str| -> Result<Measured> {
            let mut program = tree.cargo(&["bench", "--quiet", "--package", "engine", "--bench", "beside_keras", "--"]);
            measure(program.args(SHAPE).arg(words))
        };
        raise(&mut best.ours, &ours("1")?, &["training", "scoring"])?;
        raise(&mut best.worded, &ours("8")?, &["training", "scoring"])?;
        raise(&mut best.keras, &measure(Command::new(&python).arg(&script).args(SHAPE))?, &["training", "scoring", "function"])?;
        println!("round {round} of {rounds}: sequences a second, {best:.0?}");
    }
    Ok(told(&best, rounds))
}

/// Sequences a second.
#[derive(Debug, Default)]
struct Rates {
    /// Training and scoring of the network of Keras.
    ours: [f64; 2],
    /// The same where a template is eight words.
    worded: [f64; 2],
    /// `fit`, `predict` and a compiled function.
    keras: [f64; 3],
}

/// Takes over the figures of a run that are better.
fn raise(best: &mut [f64], run: &Measured, names: &[&str]) -> Result<()> {
    for (best, name) in best.iter_mut().zip(names) {
        let figure = run.said(name).with_context(|| format!("`{name}` is missing: {}", run.output))?;
        *best = f64::max(*best, figure);
    }
    Ok(())
}

fn told(best: &Rates, rounds: usize) -> String {
    let Rates { ours, worded, keras } = best;
    let row = |work: &str, how: &str, ours: f64, worded: f64, keras: f64| {
        let ratio = ours / keras;
        let figures = [keras, ours, worded].map(|rate| format!("{rate:.0}"));
        let rest = [format!("{ratio:.1} ×"), format!("{AIM} ×"), yes(ratio >= AIM).to_owned()];
        [work.to_owned(), how.to_owned()].into_iter().chain(figures).chain(rest).collect::<Vec<_>>()
    };
    let rows = [
        row("training", "`fit`", ours[0], worded[0], keras[0]),
        row("scoring", "`predict`", ours[1], worded[1], keras[1]),
        row("scoring", "a compiled function, batch by batch", ours[1], worded[1], keras[2]),
    ];
    let head = ["work", "how Keras does it", "Keras", "ours", "ours, with words", "ours is faster by", "aim: at least", "met"];
    let [vocabulary, embedding, units, length, batch, count] = SHAPE;
    format!(
        "\n{START} with Keras 3.15 on TensorFlow 2.21 for the processor, in sequences a second: {count} sequences of {length} events, \
         {vocabulary} templates, an embedding of {embedding}, {units} units, batches of {batch}, Adam. Best of {rounds} interleaved runs. \
         With words, a template is the mean of eight words' vectors, as it is in models of logs.\n\n{}",
        table::markdown(&head, &rows),
    )
}

/// By what the section is known among the others of the page.
pub const START: &str = "The LSTM compared";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_replaces_itself_and_leaves_the_rest() {
        let rates = |training| Rates { ours: [training, 50.0], worded: [9.0, 40.0], keras: [1.0, 5.0, 20.0] };
        let page = "# Measured\n\nRead.\n\n| a |\n";
        let first = table::put(page, START, &told(&rates(30.0), 3));
        assert!(first.starts_with("# Measured\n\nRead.\n\n| a |\n\nThe LSTM compared"), "{first}");
        assert!(first.contains("30.0 ×") && first.contains("2.5 ×") && first.contains(" no |"), "{first}");
        let second = table::put(&format!("{first}\nAfter.\n"), START, &told(&rates(20.0), 3));
        assert_eq!(second.matches("The LSTM compared").count(), 1);
        assert!(second.ends_with("\n\nAfter.\n") && second.contains("20.0 ×") && !second.contains("30.0 ×"), "{second}");
    }
}
