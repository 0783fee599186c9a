//! `sources`: whose each log is, how its clock goes, and what the user knows better.

use std::{fmt::Write, path::Path};

use engine::{
    Folder,
    ingest::{self, Correction, Known, SourceRow, clock::Basis},
};
use settings::corrections;

use crate::{
    args::sources::{Change, Sources, Table},
    failure::Failure,
    print,
    surroundings::Surroundings,
    watch::Watch,
};

/// Runs the command.
pub fn run(args: &Sources) -> Result<(), Failure> {
    let surroundings = Surroundings::find()?;
    let folders = &surroundings.folders;
    match (&args.change, &args.logs) {
        (Some(Change::Set(set)), _) => {
            let (path, logs) = (set.path.trim_end_matches('/').to_owned(), &set.logs);
            let earlier = corrections::load(folders, logs)?.into_iter().find(|c| c.path == path).unwrap_or_default();
            let correction = Correction {
                path,
                service: set.service.clone().or(earlier.service),
                host: set.host.clone().or(earlier.host),
                shift: set.shift.or(earlier.shift),
            };
            Ok(corrections::set(folders, logs, correction)?)
        }
        (Some(Change::Reset(reset)), _) => Ok(corrections::reset(folders, &reset.logs, reset.path.as_deref())?),
        (None, Some(logs)) => list(&surroundings, logs, args.format),
        (None, None) => Err(Failure::users("no folder of logs is named", "give --logs DIR")),
    }
}

fn list(surroundings: &Surroundings, logs: &Path, format: Table) -> Result<(), Failure> {
    let corrections = corrections::load(&surroundings.folders, logs)?;
    let source = Folder::new(logs).cached(&surroundings.folders.cache);
    let read = ingest::read(&source, &settings::reading(&surroundings.folders, logs)?, &Watch::new())?;
    let rows = ingest::sources(&read, &corrections);
    print::result(&match format {
        Table::Text => text(&rows, ingest::reference(&read).as_deref()),
        Table::Json => json(&rows)?,
    })
}

fn text(rows: &[SourceRow], reference: Option<&str>) -> String {
    let mut text = match reference {
        Some(reference) => format!("All times are brought onto one clock: {reference}.\n\n"),
        None => "No log names its zone; all times are taken as they are.\n\n".to_owned(),
    };
    for row in rows {
        let name = row.files.last().map(|path| print::harmless(path)).unwrap_or_default();
        let more = if row.files.len() > 1 { format!(" and {} older", row.files.len() - 1) } else { String::new() };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{name}{more}");
        let _ = writeln!(text, "    {}, {} events, {} errors", row.form, row.events, row.errors);
        let (service, host) = (said(row.service.as_deref(), row.service_from), said(row.host.as_deref(), row.host_from));
        let others = if row.other_hosts > 0 { format!(" and {} others", row.other_hosts) } else { String::new() };
        let _ = writeln!(text, "    process {service}; host {host}{others}");
        if let Some((first, last)) = row.first.as_ref().zip(row.last.as_ref()) {
            let _ = writeln!(text, "    {first} to {last}");
        }
        let _ = writeln!(text, "    clock {} ({})", row.shift, basis(row));
    }
    text
}

fn said(name: Option<&str>, known: Known) -> String {
    let from = match known {
        Known::Content => "from its lines",
        Known::Path => "from its path",
        Known::Given => "as you said",
        Known::Unknown => return "unknown".to_owned(),
    };
    format!("{} ({from})", print::harmless(name.unwrap_or_default()))
}

fn basis(row: &SourceRow) -> String {
    let sure = format!("{:.0} % sure", row.confidence * 100.0);
    match row.basis {
        Basis::Logged => "its zone is in the log".to_owned(),
        Basis::Inferred => format!("inferred, {sure}"),
        Basis::Assumed => format!("assumed, {sure}"),
        Basis::Given => "as you said".to_owned(),
    }
}

fn json(rows: &[SourceRow]) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(rows).map_err(|error| Failure::Told {
        message: format!("the sources cannot be written as JSON: {error}"),
        hint: "use --format text, and report this as a defect".to_owned(),
        users: false,
    })?;
    Ok(text + "\n")
}
