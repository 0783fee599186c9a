//! `cargo xtask bench`: reading, parsing and mining, measured beside other tools on the same logs in the same run.
//!
//! Figures are printed, never asserted: they depend on the machine and on what else it does. The runs of all programs are
//! interleaved, and the best of each counts, so that what disturbs the machine for a while disturbs all of them.

mod contenders;
mod desktop;
mod inputs;
mod learning;
mod measure;
mod options;
mod quality;
mod table;

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

pub use options::Options;

use crate::{
    setup::{self, Host},
    shell::{Tree, run},
};
use contenders::Contender;
use inputs::Logs;
use measure::{Measured, measure};

/// The program that is measured.
const PROGRAM: &str = "openstack-rca";

/// Prepares, measures and prints.
///
/// # Errors
/// Where something cannot be installed or built, or a program fails.
pub fn bench(tree: &Tree, options: &Options) -> Result<()> {
    let scratch = tree.target.join("bench");
    fs::create_dir_all(scratch.join("home")).with_context(|| format!("{} cannot be made", scratch.display()))?;
    let page = tree.root.join("docs/bench.md");
    if options.only.len() == 1 && (options.wants(learning::NAME) || options.wants(desktop::NAME)) {
        let (start, section) = if options.wants(learning::NAME) {
            (learning::START, learning::learning(tree, &scratch, options.rounds)?)
        } else {
            (desktop::START, desktop::desktop(tree, &scratch, options)?)
        };
        println!("{section}");
        let held = fs::read_to_string(&page).unwrap_or_default();
        return if options.write { write(&page, &table::put(&held, start, &section)) } else { Ok(()) };
    }
    setup::bench(&Host)?;
    run(&mut tree.cargo(&["build", "--release", "--package", "cli"]))?;
    let logs = inputs::prepare(tree, &scratch, options)?;
    let contenders: Vec<Contender> =
        contenders::all(tree, &scratch, &logs.folder)?.into_iter().filter(|c| options.wants(c.name)).collect();
    let runs = rounds(&contenders, options.rounds)?;
    let mut text = report(&logs, &contenders, &runs, options);
    if options.only.is_empty() {
        text.push_str(&reopening(tree, &scratch, &logs)?);
        text.push_str(&quality::quality(tree, &scratch, &contenders::drain3(&scratch)?, &contenders::script(tree))?);
        text.push_str(&learning::learning(tree, &scratch, options.rounds)?);
        text.push_str(&desktop::desktop(tree, &scratch, options)?);
    }
    println!("\n{text}");
    if options.write { write(&page, &format!("# Measured by `cargo xtask bench`\n\n{text}")) } else { Ok(()) }
}

fn write(page: &Path, text: &str) -> Result<()> {
    fs::write(page, text).with_context(|| format!("{} cannot be written", page.display()))
}

/// The best of each contender's runs: the shortest times, and the most memory.
fn rounds(contenders: &[Contender], rounds: usize) -> Result<Vec<Measured>> {
    let mut best: Vec<Option<Measured>> = vec![None; contenders.len()];
    for round in 1..=rounds {
        for (contender, best) in contenders.iter().zip(&mut best) {
            let run = measure(&mut (contender.command)())?;
            println!("round {round} of {rounds}: {:18} {:8.2} s", contender.name, contender.seconds(&run));
            *best = Some(match best.take() {
                None => run,
                Some(before) => contender.better(before, run),
            });
        }
    }
    Ok(best.into_iter().flatten().collect())
}

fn report(logs: &Logs, contenders: &[Contender], runs: &[Measured], options: &Options) -> String {
    let ours = contenders.iter().zip(runs).find(|(c, _)| c.is_ours()).map(|(c, run)| (c.seconds(run), run));
    let head =
        ["program", "what it does", "s", "MB/s", "CPU s", "memory, MB", "with files, MB", "ours takes", "aim: at most", "met"];
    let rows = contenders.iter().zip(runs).map(|(contender, run)| {
        let seconds = contender.seconds(run);
        let ratio = ours.as_ref().filter(|_| !contender.is_ours()).map(|(ours, _)| ours / seconds);
        vec![
            contender.name.to_owned(),
            contender.does.to_owned(),
            format!("{seconds:.2}"),
            format!("{:.0}", logs.bytes as f64 / 1e6 / seconds),
            format!("{:.2}", run.processor),
            format!("{:.0}", run.memory.anonymous as f64 / 1e6),
            format!("{:.0}", run.memory.resident as f64 / 1e6),
            ratio.map_or_else(String::new, |ratio| format!("{ratio:.2} ×")),
            contender.aim.filter(|_| ratio.is_some()).map_or_else(String::new, |aim| format!("{aim} ×")),
            contender.aim.zip(ratio).map_or("", |(aim, ratio)| yes(ratio <= aim)).to_owned(),
        ]
    });
    let table = table::markdown(&head, &rows.collect::<Vec<_>>());
    let memory = ours.map_or_else(String::new, |(_, run)| footprint(run));
    format!("{}{table}{memory}", table::heading(logs, options.rounds))
}

/// How long a folder takes that was analysed before, and is opened again from its index.
fn reopening(tree: &Tree, scratch: &Path, logs: &Logs) -> Result<String> {
    let home = scratch.join("home-reopen");
    if home.exists() {
        fs::remove_dir_all(&home).with_context(|| format!("{} cannot be removed", home.display()))?;
    }
    fs::create_dir_all(&home).with_context(|| format!("{} cannot be made", home.display()))?;
    let analyze = || {
        let mut program = Command::new(tree.binary(PROGRAM, true));
        program.args(["analyze", "--format", "json", "--logs"]).arg(&logs.folder).env("HOME", &home);
        for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "DATA_DIR", "MODELS_DIR"] {
            program.env_remove(name);
        }
        measure(&mut program)
    };
    let (first, again) = (analyze()?, analyze()?);
    println!("analysis {:.2} s, opened again {:.2} s", first.seconds, again.seconds);
    Ok(format!(
        "\nA whole analysis takes {:.2} s and {:.0} MB of memory; opened again from its index, the same folder takes {:.2} s (aim: under 1 s, \
         {}).\n",
        first.seconds,
        first.memory.anonymous as f64 / 1e6,
        again.seconds,
        if again.seconds < 1.0 { "met" } else { "not met" }
    ))
}

/// What an event costs in memory.
fn footprint(run: &Measured) -> String {
    let Some(events) = run.said("events").filter(|events| *events > 0.0) else { return String::new() };
    let each = run.memory.anonymous as f64 / events;
    format!(
        "\nOurs holds {each:.0} bytes for each of {events:.0} events beside the mapped text at its highest (aim: at most 64, {}).\n",
        if each <= 64.0 { "met" } else { "not met" }
    )
}

fn yes(met: bool) -> &'static str {
    if met { "yes" } else { "no" }
}
