//! `truth.toml`: what the simulator says of what it wrote. Only the fields that are needed are known here, so that it may say more.

use serde::Deserialize;

use super::{Fault, Kind, Records, Stratum, Truth, said, to_the_second};

#[derive(Deserialize)]
struct Simulated {
    #[serde(default)]
    issue: String,
    #[serde(default)]
    fault: Vec<SimulatedFault>,
}

#[derive(Deserialize)]
struct SimulatedFault {
    subsystem: String,
    #[serde(default)]
    source_file: String,
    #[serde(default)]
    source_function: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    silent: bool,
    #[serde(default)]
    start: String,
    #[serde(default)]
    end: String,
    #[serde(default)]
    requests: Vec<String>,
    #[serde(default)]
    cause: Vec<Lines>,
}

#[derive(Deserialize)]
struct Lines {
    file: String,
    first: u32,
    last: u32,
}

/// Reads the truth; else says in a sentence what is wrong with it.
pub fn read(text: &str, kind: Option<Kind>) -> Result<Truth, String> {
    let said_so: Simulated = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let kind = kind.unwrap_or(if said_so.fault.is_empty() { Kind::FaultFree } else { Kind::Failure });
    if kind == Kind::Failure && said_so.fault.is_empty() {
        return Err("it names no fault, and stands among the failures".to_owned());
    }
    let lines = |lines: &Lines| Records { file: lines.file.clone(), first: lines.first, last: lines.last };
    let faults = &said_so.fault;
    Ok(Truth {
        kind,
        stratum: faults.iter().map(stratum).min(),
        records: faults.iter().flat_map(|fault| fault.cause.iter().map(lines)).collect(),
        requests: faults.iter().flat_map(|fault| fault.requests.clone()).collect(),
        issue: said(said_so.issue),
        faults: said_so.fault.into_iter().map(place).collect(),
    })
}

/// A code location is there only where a traceback of the cause shows it.
fn stratum(fault: &SimulatedFault) -> Stratum {
    match fault {
        SimulatedFault { silent: true, .. } => Stratum::Silent,
        SimulatedFault { source_file, .. } if source_file.is_empty() => Stratum::Error,
        _ => Stratum::Traceback,
    }
}

fn place(fault: SimulatedFault) -> Fault {
    let span = said(fault.start).zip(said(fault.end));
    Fault {
        subsystem: fault.subsystem,
        file: said(fault.source_file),
        function: said(fault.source_function),
        category: said(fault.category),
        span: span.map(|(from, to)| (to_the_second(&from), to_the_second(&to))),
    }
}
