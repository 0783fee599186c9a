//! What the window can ask for. Each command unpacks, calls and returns; what it calls knows nothing of the window.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands every argument over by value")]

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use engine::{
    LstmSummary, Progress, Report,
    explore::{Around, Detail, Facet, Found, Histogram, Kind, Listing, Row},
    follow::Pulse,
    ingest::{Correction, SourceRow},
    template::edits::Edit,
};
use settings::{
    ModelEntry, Recent, Sample, Settings, corrections,
    known_failures::{self, KnownFailures},
    models::{self, Interrupted},
    recent, samples,
};
use tauri::{State, async_runtime, ipc::Channel};

use crate::{
    dialog,
    explorer::Explored,
    export::{self, Format},
    failure::Failure,
    folder::Folder,
    live,
    session::{Plan, Session},
};

/// What a command gives, or why not.
pub type Answer<T> = Result<T, Failure>;

/// Looks at what the user opened.
#[tauri::command]
pub async fn ingest(session: State<'_, Session>, path: PathBuf) -> Answer<Folder> {
    let session = session.inner().clone();
    aside(move || session.open(&path)).await
}

/// Finds the root cause, compared with the logs of a good period where `good` names some, else with the model of the settings.
#[tauri::command]
pub async fn analyze(
    session: State<'_, Session>,
    job: String,
    logs: PathBuf,
    issue: Option<String>,
    good: Vec<PathBuf>,
    progress: Channel<Vec<Progress>>,
) -> Answer<Arc<Report>> {
    let session = session.inner().clone();
    let job = session.jobs.start(job, send_to(progress));
    aside(move || session.analyze(&logs, issue.as_deref(), &good, &job)).await
}

/// Shows the report of one incident alone, or that over everything.
#[tauri::command]
pub fn choose_incident(session: State<'_, Session>, incident: Option<usize>) -> Answer<Arc<Report>> {
    session.choose(incident)
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

/// The training of a model of that name that was interrupted, if one was.
#[tauri::command]
pub fn interrupted(session: State<'_, Session>, name: &str) -> Answer<Option<Interrupted>> {
    Ok(models::interrupted(session.folders()?, name))
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
    let session = session.inner().clone();
    let Some(path) = export::choose(&session, "Save the report", &name, format.extension()).await else { return Ok(None) };
    aside(move || export::save_shown(&session, format, &path).map(|()| Some(path))).await
}

/// The models that can be chosen.
#[tauri::command]
pub async fn model_list(session: State<'_, Session>) -> Answer<Vec<ModelEntry>> {
    let session = session.inner().clone();
    aside(move || Ok(models::list(session.folders()?)?)).await
}

/// How many failures are known, and what is wrong with the user's own.
#[tauri::command]
pub async fn known_failures(session: State<'_, Session>) -> Answer<KnownFailures> {
    let session = session.inner().clone();
    aside(move || Ok(known_failures::summary(session.folders()?))).await
}

/// The logs that are open, stream by stream.
#[tauri::command]
pub async fn source_list(session: State<'_, Session>) -> Answer<Vec<SourceRow>> {
    let session = session.inner().clone();
    aside(move || session.sources()).await
}

/// Keeps what the user knows better about a file or folder of the logs that are open.
#[tauri::command]
pub fn source_correct(session: State<'_, Session>, correction: Correction) -> Answer<()> {
    Ok(corrections::set(session.folders()?, &session.explored.path(), correction)?)
}

/// Takes back what was corrected of a path, or everything.
#[tauri::command]
pub fn source_reset(session: State<'_, Session>, path: Option<String>) -> Answer<()> {
    Ok(corrections::reset(session.folders()?, &session.explored.path(), path.as_deref())?)
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

/// Lets the user choose folders; none where the dialog was closed.
#[tauri::command]
pub async fn choose_folders(title: String, start: Option<PathBuf>) -> Vec<PathBuf> {
    dialog::choose_folders(&title, start.as_deref()).await
}

/// The first rows of logs that are not read yet.
#[tauri::command]
pub async fn explore_preview(path: PathBuf) -> Answer<Vec<Row>> {
    aside(move || Explored::preview(&path)).await
}

/// Searches; what is found is the view's from then on.
#[tauri::command]
pub async fn explore_search(
    session: State<'_, Session>,
    view: String,
    job: String,
    query: String,
    progress: Channel<Found>,
) -> Answer<Found> {
    let explored = session.explored.clone();
    let job = session.jobs.start(job, |_| ());
    aside(move || explored.search(&view, &query, &job, |found| progress.send(found).unwrap_or_default())).await
}

/// Rows of what was found.
#[tauri::command]
pub async fn explore_rows(session: State<'_, Session>, view: String, start: usize, count: usize) -> Answer<Vec<Row>> {
    let explored = session.explored.clone();
    aside(move || explored.rows(&view, start, count)).await
}

/// The values of what was found.
#[tauri::command]
pub async fn explore_facets(session: State<'_, Session>, view: String) -> Answer<Vec<Facet>> {
    let explored = session.explored.clone();
    aside(move || explored.facets(&view)).await
}

/// What was found, over time.
#[tauri::command]
pub async fn explore_histogram(session: State<'_, Session>, view: String, buckets: usize) -> Answer<Histogram> {
    let explored = session.explored.clone();
    aside(move || explored.histogram(&view, buckets)).await
}

/// The row of an event among what was found; none where it is not among it.
#[tauri::command]
pub async fn explore_place(session: State<'_, Session>, view: String, event: u32) -> Answer<Option<usize>> {
    let explored = session.explored.clone();
    aside(move || explored.place(&view, event)).await
}

/// Everything about an event.
#[tauri::command]
pub async fn explore_detail(session: State<'_, Session>, event: u32) -> Answer<Detail> {
    let explored = session.explored.clone();
    aside(move || explored.detail(event)).await
}

/// The lines of a file around a place.
#[tauri::command]
pub async fn explore_around(session: State<'_, Session>, file: String, line: u32, before: u32, after: u32) -> Answer<Around> {
    let explored = session.explored.clone();
    aside(move || explored.around(&file, line, before, after)).await
}

/// The lines of a file around a place, as they are on the disk now.
#[tauri::command]
pub async fn explore_now(session: State<'_, Session>, file: String, line: u32, before: u32, after: u32) -> Answer<Around> {
    let explored = session.explored.clone();
    aside(move || explored.around_now(&file, line, before, after)).await
}

/// Lets the user choose a file and writes what was found into it; none where the dialog was closed.
#[tauri::command]
pub async fn explore_export(
    session: State<'_, Session>,
    view: String,
    job: String,
    format: Listing,
    name: String,
    progress: Channel<Found>,
) -> Answer<Option<PathBuf>> {
    let (explored, job) = (session.explored.clone(), session.jobs.start(job, |_| ()));
    let Some(path) = export::choose(&session, "Save the events", &name, format.extension()).await else { return Ok(None) };
    let told = move |found| progress.send(found).unwrap_or_default();
    aside(move || explored.export(&view, (format, &path), &job, told).map(|()| Some(path))).await
}

/// Follows the logs that are open while they are written; `pulses` gets what came at each look. Ends when it is cancelled.
#[tauri::command]
pub async fn follow(session: State<'_, Session>, job: String, pulses: Channel<Pulse>) -> Answer<()> {
    let session = session.inner().clone();
    let job = session.jobs.start(job, |_| ());
    aside(move || live::follow(&session, &job, |pulse| pulses.send(pulse).is_ok())).await
}

/// Has what follows the logs pause, or go on.
#[tauri::command]
pub fn follow_pause(session: State<'_, Session>, job: &str, paused: bool) {
    session.jobs.pause(job, paused);
}

/// The templates of the open logs.
#[tauri::command]
pub async fn template_list(session: State<'_, Session>) -> Answer<Vec<Kind>> {
    let explored = session.explored.clone();
    aside(move || explored.templates()).await
}

/// The user's edits of templates, oldest first.
#[tauri::command]
pub fn template_edits(session: State<'_, Session>) -> Answer<Vec<Edit>> {
    session.edits()
}

/// Keeps an edit of templates; gives all of them.
#[tauri::command]
pub async fn template_edit(session: State<'_, Session>, edit: Edit) -> Answer<Vec<Edit>> {
    let session = session.inner().clone();
    aside(move || session.edit(edit)).await
}

/// Takes back an edit of templates by its place among them; gives those that are left.
#[tauri::command]
pub async fn template_undo(session: State<'_, Session>, place: usize) -> Answer<Vec<Edit>> {
    let session = session.inner().clone();
    aside(move || session.take_back(place)).await
}

/// Runs long work beside the window.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> Answer<T> + Send + 'static) -> Answer<T> {
    let done = async_runtime::spawn_blocking(work).await;
    done.unwrap_or_else(|cause| Err(Failure::internal("the work stopped unexpectedly", &cause)))
}

/// Hands progress over to the window.
pub fn send_to(channel: Channel<Vec<Progress>>) -> impl Fn(Vec<Progress>) + Send + 'static {
    // A window that is gone has no use for progress, and the job ends by itself.
    move |progress| channel.send(progress).unwrap_or_default()
}
