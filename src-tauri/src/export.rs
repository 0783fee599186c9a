//! A report as a file that the user keeps.

use std::path::Path;

use engine::Report;
use serde::Deserialize;
use ts_rs::TS;

use crate::failure::Failure;

/// What a report can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Format {
    /// For people and trackers.
    Markdown,
    /// The report contract's own form.
    Json,
}

impl Format {
    /// What its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }

    fn write(self, report: &Report) -> Result<String, Failure> {
        match self {
            Self::Markdown => Ok(engine::report::markdown::write(report)),
            Self::Json => serde_json::to_string_pretty(report)
                .map_err(|cause| Failure::internal("the report cannot be written as JSON", &cause)),
        }
    }
}

/// Writes the report into a file: all of it, or nothing.
pub fn save(report: &Report, format: Format, path: &Path) -> Result<(), Failure> {
    let text = format.write(report)?;
    Ok(settings::disk::write(path, text.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use engine::{Config, Folder, Known, Reading, Request, Silent, template::edits::Edits};

    use super::*;

    fn report() -> Report {
        let logs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../sample_logs/database_connections/logs"));
        let no_model = engine::Error::NotFound("model".into());
        let request = Request {
            logs: &Folder::new(logs),
            reading: &Reading::default(),
            issue: None,
            model: Err(&no_model),
            known: Known::built_in(),
            config: &Config::default(),
            edits: &Edits::default(),
            without: engine::Without::default(),
        };
        engine::analyze(&request, &Silent).expect("the sample is there").report
    }

    #[test]
    fn json_reads_back_as_the_same_report() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (path, report) = (folder.path().join("report.json"), report());
        save(&report, Format::Json, &path).expect("the folder can be written");
        let text = fs::read_to_string(path).expect("it was written");
        assert_eq!(serde_json::from_str::<Report>(&text).expect("it is JSON"), report);
    }

    #[test]
    fn markdown_names_the_first_cause() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (path, report) = (folder.path().join("report.md"), report());
        save(&report, Format::Markdown, &path).expect("the folder can be written");
        assert!(fs::read_to_string(path).expect("it was written").contains(&report.causes[0].title));
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let failure = save(&report(), Format::Json, Path::new("/proc/no/report.json")).expect_err("it cannot be written");
        assert!(failure.message.contains("/proc/no"), "{}", failure.message);
    }
}
