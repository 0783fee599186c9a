//! `analyze`: finds the root cause and writes the report.

use console::Term;
use engine::Report;

use crate::{
    args::{Analyze, Format},
    failure::Failure,
    print,
    surroundings::Surroundings,
    text::{self, Look},
};

/// Runs the command.
pub fn run(args: &Analyze) -> Result<(), Failure> {
    let surroundings = Surroundings::find()?;
    let report = surroundings.analyze(&args.subject)?;
    let Some(path) = &args.output else {
        return print::result(&write(&report, args.format, Look::of(&Term::stdout()))?);
    };
    settings::disk::write(path, write(&report, args.format, Look::PLAIN)?.as_bytes())?;
    print::note(format!("The report is in {}.", path.display()));
    Ok(())
}

fn write(report: &Report, format: Format, look: Look) -> Result<String, Failure> {
    match format {
        Format::Text => Ok(text::write(report, look)),
        Format::Markdown => Ok(engine::report::markdown::write(report)),
        Format::Json => json(report),
    }
}

fn json(report: &Report) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(report).map_err(|error| Failure::json(&error))?;
    text.push('\n');
    Ok(text)
}
