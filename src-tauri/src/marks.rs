//! What a reader does with a report: marks it, prints it, and makes a bug report of it.

use std::path::PathBuf;

use engine::{
    Known,
    report::{
        Evidence,
        draft::{self, Draft, Facts},
        marks::{self, Marked, Marks, marked},
    },
};
use serde::Serialize;
use settings::known_failures;
use tauri::{AppHandle, State};
use ts_rs::TS;

use crate::{
    commands::{Answer, aside},
    export,
    failure::Failure,
    print,
    session::Session,
};

/// The marks on the reports of the open logs, and the report that is shown as they make it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Marking {
    /// The marks.
    pub marks: Marks,
    /// The report with them.
    pub marked: Marked,
}

/// The marks on the reports of the open logs.
#[tauri::command]
pub async fn marks_load(session: State<'_, Session>) -> Answer<Marking> {
    let session = session.inner().clone();
    aside(move || marking(&session)).await
}

/// Keeps the marks, and gives the report that is shown with them.
#[tauri::command]
pub async fn marks_save(session: State<'_, Session>, marks: Marks) -> Answer<Marked> {
    let session = session.inner().clone();
    aside(move || session.mark(&marks)).await
}

/// An event of the open logs as evidence of the reader's own.
#[tauri::command]
pub async fn marks_piece(session: State<'_, Session>, event: u32) -> Answer<Evidence> {
    let explored = session.explored.clone();
    aside(move || Ok(marks::piece(&explored.detail(event)?, Known::built_in()))).await
}

/// A draft of a bug report on the cause of that rank, or on the first one.
#[tauri::command]
pub async fn bug_draft(session: State<'_, Session>, cause: Option<u32>) -> Answer<Draft> {
    let session = session.inner().clone();
    aside(move || drafted(&session, cause)).await
}

/// Lets the user choose a file and writes a text into it; none where the dialog was closed.
#[tauri::command]
pub async fn text_save(session: State<'_, Session>, title: String, name: String, text: String) -> Answer<Option<PathBuf>> {
    let Some(path) = export::choose(&session, &title, &name, "md").await else { return Ok(None) };
    aside(move || export::write(&path, &text).map(|()| Some(path))).await
}

/// Shows the report in a window of its own, and asks there how it is to be printed.
#[tauri::command]
pub async fn print_report(app: AppHandle, session: State<'_, Session>) -> Answer<()> {
    session.report()?;
    print::open(&app)
}

fn marking(session: &Session) -> Answer<Marking> {
    let marks = session.marks()?;
    let marked = marked(&*session.report()?, &marks);
    Ok(Marking { marks, marked })
}

fn drafted(session: &Session, cause: Option<u32>) -> Answer<Draft> {
    let report = session.report()?;
    // Marks that cannot be read are told where they are shown; the draft is then on the report as it is.
    let marked = marked(&report, &session.marks().unwrap_or_default());
    let known = known_failures::load(session.folders()?).known;
    let versions = draft::versions(&*session.explored.logs()?);
    let none = || Failure::new("no_cause", "there is no cause to report", "dismiss fewer causes, or open logs of an incident");
    draft::write(&report, &marked, cause, Facts { known: &known, versions: &versions }).ok_or_else(none)
}
