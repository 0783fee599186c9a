//! `simulate`: writes the logs of a simulated cloud, with a known fault.

use std::{fmt::Write, path::Path};

use simulate::{Cases, Config, Fault, Part, Size};

use crate::{args::Simulate, failure::Failure, print, watch};

/// Runs the command.
pub fn run(args: &Simulate) -> Result<(), Failure> {
    match (&args.cases, &args.out) {
        (Some(folder), _) => cases(args, folder),
        (None, Some(out)) if !args.list => write(args, out),
        _ => print::result(&list()),
    }
}

fn cases(args: &Simulate, folder: &Path) -> Result<(), Failure> {
    let part = args.part.as_ref().and_then(|name| Part::ALL.into_iter().find(|part| part.name() == name));
    let asked = Cases { part, lines: args.lines.unwrap_or(Cases::default().lines), seed: args.seed };
    let bar = watch::bar("Writing cases", false);
    bar.set_length(simulate::cases(&asked)?.len() as u64);
    let written = simulate::write_cases(&asked, folder, &mut |done| {
        bar.set_position(done as u64);
        !watch::interrupted()
    });
    bar.finish_and_clear();
    let truths = written?;
    let lines: u64 = truths.iter().map(|truth| truth.lines).sum();
    print::result(&format!("{} cases: {lines} lines in {}, and the truth beside them\n", truths.len(), folder.display()))
}

fn write(args: &Simulate, out: &Path) -> Result<(), Failure> {
    let lines = args.lines.unwrap_or(100_000);
    let faults: Vec<Fault> = args.fault.iter().filter_map(|name| Fault::from_name(name)).collect();
    let config = Config {
        seed: args.seed,
        size: Size::Lines(lines),
        faults,
        start: args.start,
        debug: args.debug,
        labels: args.labels.clone(),
        ..Config::default()
    };
    let bar = watch::bar("Writing lines", false);
    bar.set_length(lines);
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
