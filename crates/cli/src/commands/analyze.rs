//! `analyze`: finds the root cause and writes the report.

use console::Term;
use engine::{
    Report,
    report::{
        html, markdown,
        marks::{Marked, Marks, marked},
    },
};

use crate::{
    args::{Analyze, ReportForm},
    failure::Failure,
    print,
    surroundings::Surroundings,
    text::{self, Look},
};

/// Runs the command.
pub fn run(args: &Analyze) -> Result<(), Failure> {
    let surroundings = Surroundings::find()?;
    let report = surroundings.analyze(&args.subject)?;
    let marked = &marked(&report, &marks(&surroundings, args));
    let Some(path) = &args.output else {
        return print::result(&write(&report, marked, args.format, Look::of(&Term::stdout()))?);
    };
    settings::disk::write(path, write(&report, marked, args.format, Look::PLAIN)?.as_bytes())?;
    print::note(format!("The report is in {}.", path.display()));
    Ok(())
}

/// What the reader marked in the reports of these logs. A file of marks that cannot be understood is a warning.
fn marks(surroundings: &Surroundings, args: &Analyze) -> Marks {
    settings::marks::load(&surroundings.folders, &args.subject.logs).unwrap_or_else(|error| {
        print::note(format!("warning: {error}; {}; the report is written without marks", error.hint()));
        Marks::default()
    })
}

fn write(report: &Report, marked: &Marked, format: ReportForm, look: Look) -> Result<String, Failure> {
    match format {
        ReportForm::Text => Ok(text::write(report, look)),
        ReportForm::Markdown => Ok(markdown::write(report, marked)),
        ReportForm::Html => Ok(html::write(report, marked)),
        ReportForm::Json => json(report),
    }
}

fn json(report: &Report) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(report).map_err(|error| Failure::json(&error))?;
    text.push('\n');
    Ok(text)
}
