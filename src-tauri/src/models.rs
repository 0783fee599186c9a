//! What the window can ask for about models, and about what the program keeps.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands every argument over by value")]

use std::path::PathBuf;

use engine::{Coverage, Progress};
use settings::{
    library::{self, Apart, Imported, ModelDetail, Removed},
    limits::{self, Limits},
    models, package,
    storage::{self, Keeping, Kept},
};
use tauri::{State, ipc::Channel};

use crate::{
    commands::{Answer, aside, send_to},
    dialog, reveal,
    session::Session,
};

/// Everything that is shown of one model.
#[tauri::command]
pub async fn model_detail(session: State<'_, Session>, name: String) -> Answer<ModelDetail> {
    let session = session.inner().clone();
    aside(move || Ok(library::detail(session.folders()?, &name)?)).await
}

/// What each of two models knows and the other does not.
#[tauri::command]
pub async fn model_compare(session: State<'_, Session>, first: String, second: String) -> Answer<Apart> {
    let session = session.inner().clone();
    aside(move || Ok(library::compare(session.folders()?, &first, &second)?)).await
}

/// How well a model knows the open logs.
#[tauri::command]
pub async fn model_coverage(
    session: State<'_, Session>,
    job: String,
    name: String,
    progress: Channel<Vec<Progress>>,
) -> Answer<Coverage> {
    let session = session.inner().clone();
    let job = session.jobs.start(job, send_to(progress));
    aside(move || session.coverage(&name, &job)).await
}

/// Gives a model another name.
#[tauri::command]
pub async fn model_rename(session: State<'_, Session>, from: String, to: String) -> Answer<()> {
    let session = session.inner().clone();
    aside(move || Ok(library::rename(session.folders()?, &from, &to)?)).await
}

/// Removes a model.
#[tauri::command]
pub fn model_remove(session: State<'_, Session>, name: &str) -> Answer<Removed> {
    Ok(library::remove(session.folders()?, name)?)
}

/// Takes in a model from a file or a folder.
#[tauri::command]
pub async fn model_import(session: State<'_, Session>, path: PathBuf) -> Answer<Imported> {
    let session = session.inner().clone();
    aside(move || Ok(library::import(session.folders()?, &path, None)?)).await
}

/// Lets the user choose a file and writes a model into it; none where the dialog was closed.
#[tauri::command]
pub async fn model_export(session: State<'_, Session>, name: String) -> Answer<Option<PathBuf>> {
    let session = session.inner().clone();
    let Some(path) = dialog::choose_file("Save the model", &name, package::EXTENSION, None).await else { return Ok(None) };
    aside(move || Ok(library::export(session.folders()?, &name, &path).map(|()| Some(path))?)).await
}

/// Lets the user choose a file that a model was written into; none where the dialog was closed.
#[tauri::command]
pub async fn choose_model(title: String) -> Option<PathBuf> {
    dialog::open_file(&title, "tar.gz", &["gz", "tgz", "tar"]).await
}

/// Shows a model's folder in the file manager.
#[tauri::command]
pub fn model_show(session: State<'_, Session>, name: &str) -> Answer<()> {
    models::check_name(name)?;
    reveal::folder(&session.folders()?.models.join(name))
}

/// How much the program keeps, and where.
#[tauri::command]
pub async fn storage_list(session: State<'_, Session>) -> Answer<Vec<Kept>> {
    let session = session.inner().clone();
    aside(move || Ok(storage::list(session.folders()?))).await
}

/// Clears what can be made again, and gives the bytes that this freed.
#[tauri::command]
pub async fn storage_clear(session: State<'_, Session>, what: Keeping) -> Answer<u64> {
    let session = session.inner().clone();
    aside(move || Ok(storage::clear(session.folders()?, what)?)).await
}

/// Shows in the file manager where something is kept.
#[tauri::command]
pub fn storage_show(session: State<'_, Session>, what: Keeping) -> Answer<()> {
    reveal::folder(&what.path(session.folders()?))
}

/// The ranges of the settings, and their defaults.
#[tauri::command]
pub fn settings_limits() -> Limits {
    limits::limits()
}
