//! What the window can ask for. Each command unpacks, calls and returns; what it calls knows nothing of the window.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands every argument over by value")]

use std::{
    env,
    path::{Path, PathBuf},
    sync::Arc,
};

use engine::{LstmSummary, Progress, Report};
use settings::{ModelEntry, Recent, Sample, Settings, models, recent, samples};
use tauri::{State, async_runtime, ipc::Channel};

use crate::{
    dialog,
    export::{self, Format},
    failure::Failure,
    folder::Folder,
    session::{Plan, Session},
};

type Answer<T> = Result<T, Failure>;

/// The folder named on the command line, if one is.
#[tauri::command]
pub fn opening() -> Option<String> {
    env::args_os().nth(1).map(|path| path.to_string_lossy().into_owned())
}

/// Looks at what the user opened.
#[tauri::command]
pub async fn ingest(session: State<'_, Session>, path: PathBuf) -> Answer<Folder> {
    let session = session.inner().clone();
    aside(move || session.open(&path)).await
}

/// Finds the root cause.
#[tauri::command]
pub async fn analyze(
    session: State<'_, Session>,
    job: String,
    logs: PathBuf,
    issue: Option<String>,
    progress: Channel<Vec<Progress>>,
) -> Answer<Arc<Report>> {
    let session = session.inner().clone();
    let job = session.jobs.start(job, send_to(progress));
    aside(move || session.analyze(&logs, issue.as_deref(), &job)).await
}

/// Trains a model.
#[tauri::command]
pub async fn train(
    session: State<'_, Session>,
    job: String,
    plan: Plan,
    progress: Channel<Vec<Progress>>,
) -> Answer<LstmSummary> {
    let session = session.inner().clone();
    let job = session.jobs.start(job, send_to(progress));
    aside(move || session.train(&plan, &job)).await
}

/// Asks a job to stop.
#[tauri::command]
pub fn cancel(session: State<'_, Session>, job: &str) {
    session.jobs.cancel(job);
}

/// The sample incidents.
#[tauri::command]
pub fn sample_list() -> Vec<Sample> {
    samples::list()
}

/// The folder of a sample's logs, written if it is not there yet.
#[tauri::command]
pub async fn sample_open(session: State<'_, Session>, id: String) -> Answer<PathBuf> {
    let session = session.inner().clone();
    aside(move || Ok(samples::open(session.folders()?, &id)?)).await
}

/// Answers a question about the report that is shown.
#[tauri::command]
pub async fn chat(session: State<'_, Session>, question: String) -> Answer<chat::Answer> {
    let report = session.report()?;
    aside(move || Ok(chat::answer(&report, &question))).await
}

/// Questions that the report can answer.
#[tauri::command]
pub async fn suggestions(session: State<'_, Session>) -> Answer<Vec<String>> {
    let report = session.report()?;
    aside(move || Ok(chat::suggestions(&report))).await
}

/// Lets the user choose a file and writes the report into it; none where the dialog was closed.
#[tauri::command]
pub async fn export_report(session: State<'_, Session>, format: Format, name: String) -> Answer<Option<PathBuf>> {
    let report = session.report()?;
    let Some(path) = dialog::choose_file("Save the report", &name, format.extension()).await else { return Ok(None) };
    aside(move || export::save(&report, format, &path).map(|()| Some(path))).await
}

/// The models that can be chosen.
#[tauri::command]
pub async fn model_list(session: State<'_, Session>) -> Answer<Vec<ModelEntry>> {
    let session = session.inner().clone();
    aside(move || Ok(models::list(session.folders()?)?)).await
}

/// The folders opened last.
#[tauri::command]
pub fn recent_list(session: State<'_, Session>) -> Answer<Vec<Recent>> {
    Ok(recent::list(session.folders()?)?)
}

/// Forgets a folder opened before.
#[tauri::command]
pub fn recent_remove(session: State<'_, Session>, path: &Path) -> Answer<()> {
    Ok(recent::remove(session.folders()?, path)?)
}

/// The settings.
#[tauri::command]
pub fn settings_load(session: State<'_, Session>) -> Answer<Settings> {
    session.settings()
}

/// Keeps the settings.
#[tauri::command]
pub fn settings_save(session: State<'_, Session>, settings: Settings) -> Answer<()> {
    Ok(settings.save(&session.folders()?.settings)?)
}

/// Lets the user choose a folder.
#[tauri::command]
pub async fn choose_folder(title: String, start: Option<PathBuf>) -> Option<PathBuf> {
    dialog::choose_folder(&title, start.as_deref()).await
}

/// Runs long work beside the window.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    let done = async_runtime::spawn_blocking(work).await;
    done.unwrap_or_else(|cause| Err(Failure::internal("the work stopped unexpectedly", &cause)))
}

fn send_to(channel: Channel<Vec<Progress>>) -> impl Fn(Vec<Progress>) + Send + 'static {
    // A window that is gone has no use for progress, and the job ends by itself.
    move |progress| channel.send(progress).unwrap_or_default()
}
