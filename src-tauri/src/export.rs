//! A report as a file that the user keeps.

use std::path::{Path, PathBuf};

use engine::{
    Report,
    report::{
        html, markdown,
        marks::{Marked, marked},
    },
};
use serde::{Deserialize, Serialize};
use settings::exports;
use ts_rs::TS;

use crate::{dialog, failure::Failure, session::Session};

/// What a report can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "types.ts")]
pub enum Format {
    /// One page for a browser and for paper.
    Html,
    /// For people and trackers.
    Markdown,
    /// The report contract's own form.
    Json,
}

impl Format {
    /// What its files end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Json => "json",
        }
    }

    fn write(self, report: &Report, marked: &Marked) -> Result<String, Failure> {
        match self {
            Self::Html => Ok(html::write(report, marked)),
            Self::Markdown => Ok(markdown::write(report, marked)),
            Self::Json => serde_json::to_string_pretty(&Json { report, marks: marked.is_marked(report).then_some(marked) })
                .map_err(|cause| Failure::internal("the report cannot be written as JSON", &cause)),
        }
    }
}

/// The report contract's own form, with what the reader marked beside it.
#[derive(Debug, Serialize)]
struct Json<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    marks: Option<&'a Marked>,
}

/// Lets the user choose where a file is written, beginning where one was written last; none where the dialog was closed.
pub async fn choose(session: &Session, title: &str, name: &str, extension: &str) -> Option<PathBuf> {
    // A file that cannot be read has forgotten where that was.
    let start = session.folders().ok().and_then(|folders| exports::folder(folders).ok().flatten());
    let path = dialog::choose_file(title, name, extension, start.as_deref()).await?;
    if let (Ok(folders), Some(parent)) = (session.folders(), path.parent()) {
        // Nothing is lost where this cannot be remembered: the next dialog begins elsewhere.
        exports::remember(folders, parent).unwrap_or_default();
    }
    Some(path)
}

/// Writes the report that is shown, as its reader marked it, into a file: all of it, or nothing.
pub fn save_shown(session: &Session, format: Format, path: &Path) -> Result<(), Failure> {
    let report = session.report()?;
    save(&report, &marked(&report, &session.marks()?), format, path)
}

/// Writes a report into a file: all of it, or nothing.
pub fn save(report: &Report, marked: &Marked, format: Format, path: &Path) -> Result<(), Failure> {
    write(path, &format.write(report, marked)?)
}

/// Writes a text into a file: all of it, or nothing.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    Ok(settings::disk::write(path, text.as_bytes())?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use engine::{
        Config, Folder, Known, Reading, Request, Silent,
        report::marks::{Mark, Marks, Stance, evidence_key},
        template::edits::Edits,
    };

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
        let saved = |marks: &Marks| {
            save(&report, &marked(&report, marks), Format::Json, &path).expect("the folder can be written");
            fs::read_to_string(&path).expect("it was written")
        };
        let text = saved(&Marks::default());
        assert_eq!(serde_json::from_str::<Report>(&text).expect("it is JSON"), report);
        assert!(!text.contains("\"marks\""));
        let dismissed = Mark { key: evidence_key(&report.evidence[0]), stance: Stance::Dismissed, note: String::new() };
        let text = saved(&Marks { evidence: vec![dismissed], ..Marks::default() });
        assert_eq!(serde_json::from_str::<Report>(&text).expect("it is JSON"), report);
        assert!(text.contains("\"marks\"") && text.contains("\"dismissed\""));
    }

    #[test]
    fn markdown_and_page_name_the_first_cause() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let report = report();
        for format in [Format::Markdown, Format::Html] {
            let path = folder.path().join(format!("report.{}", format.extension()));
            save(&report, &marked(&report, &Marks::default()), format, &path).expect("the folder can be written");
            assert!(fs::read_to_string(path).expect("it was written").contains(&report.causes[0].title));
        }
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let failure = save(&report(), &Marked::default(), Format::Json, Path::new("/proc/no/report.json"))
            .expect_err("it cannot be written");
        assert!(failure.message.contains("/proc/no"), "{}", failure.message);
    }
}
