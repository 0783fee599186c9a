//! `simulate`: writes the logs of a simulated cloud, with a known fault.

use std::{fmt::Write, path::Path};

use simulate::{Config, Fault, Size};

use crate::{args::Simulate, failure::Failure, print, watch};

/// Runs the command.
pub fn run(args: &Simulate) -> Result<(), Failure> {
    match &args.out {
        Some(out) if !args.list => write(args, out),
        _ => print::result(&list()),
    }
}

fn write(args: &Simulate, out: &Path) -> Result<(), Failure> {
    let faults: Vec<Fault> = args.fault.iter().filter_map(|name| Fault::from_name(name)).collect();
    let config = Config {
        seed: args.seed,
        size: Size::Lines(args.lines),
        faults,
        start: args.start,
        debug: args.debug,
        labels: args.labels.clone(),
        ..Config::default()
    };
    let bar = watch::bar("Writing lines", false);
    bar.set_length(args.lines);
    let written = simulate::write(&config, out, &mut |lines| {
        bar.set_position(lines);
        !watch::interrupted()
    });
    bar.finish_and_clear();
    let truth = written?;
    let logs = out.join("logs");
    print::result(&format!("{}: {} lines in {}, and the truth beside them\n", truth.name, truth.lines, logs.display()))
}

fn list() -> String {
    let mut text = "Faults:\n".to_owned();
    for fault in Fault::all() {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "  {}", fault.name());
    }
    text.push_str("Samples, which `openstack-rca setup` writes:\n");
    for sample in settings::samples::list() {
        let _ = writeln!(text, "  {:28} {}", sample.id, sample.title);
    }
    text
}
