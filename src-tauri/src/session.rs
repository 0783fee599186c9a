//! What the window's commands share, and the work that they call.

use std::{
    env,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use engine::{
    Checkpoint, Folder as Source, Joined, LstmSummary, Reading, Report, Request, Training,
    config::LstmConfig,
    ingest::{self, SourceRow},
    template::edits::{Edit, Edits},
};
use settings::{Folders, Settings, corrections, known_failures, models, recent, templates};

use crate::{
    explorer::Explored,
    failure::Failure,
    folder::{self, Folder},
    job::{Job, Jobs},
};

/// What lives as long as the window.
#[derive(Debug, Clone)]
pub struct Session {
    /// The jobs that run.
    pub jobs: Jobs,
    /// The logs that are open.
    pub explored: Explored,
    folders: Result<Folders, Failure>,
    reports: Arc<Mutex<Option<Reports>>>,
    /// Held while edits of templates change or are shown, one after the other.
    editing: Arc<Mutex<()>>,
}

/// The reports of the open logs.
#[derive(Debug, Clone)]
struct Reports {
    /// Over everything.
    whole: Arc<Report>,
    /// Of each incident alone.
    incidents: Vec<Arc<Report>>,
    /// The one that the window shows.
    shown: Arc<Report>,
}

impl Session {
    /// Begins a session of the user whose environment this is.
    pub fn new() -> Self {
        let folders = Folders::find(&|name| env::var_os(name)).map_err(Failure::from);
        Self { jobs: Jobs::default(), explored: Explored::default(), folders, reports: Arc::default(), editing: Arc::default() }
    }

    /// Where the program keeps its files; a failure where the user has no home.
    pub fn folders(&self) -> Result<&Folders, Failure> {
        self.folders.as_ref().map_err(Clone::clone)
    }

    /// The settings as the file holds them now.
    pub fn settings(&self) -> Result<Settings, Failure> {
        Ok(Settings::load(&self.folders()?.settings)?)
    }

    /// Looks at what the user opened, and remembers it among the recent ones.
    pub fn open(&self, path: &Path) -> Result<Folder, Failure> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
        let folder = folder::survey(&path)?;
        recent::add(self.folders()?, &path)?;
        Ok(folder)
    }

    /// Finds the root cause, with the model and the parameters of the settings.
    pub fn analyze(&self, logs: &Path, issue: Option<&str>, job: &Job) -> Result<Arc<Report>, Failure> {
        let settings = self.settings()?;
        let model = models::open(self.folders()?, &settings.model);
        let source = &Source::new(logs).cached(&self.folders()?.cache);
        let reading = &settings::reading(self.folders()?, logs)?;
        let (config, edits) = (&settings.config(), &templates::load(self.folders()?)?);
        let known = &known_failures::load(self.folders()?).known;
        let request = Request {
            logs: source,
            reading,
            issue,
            model: model.as_ref(),
            known,
            config,
            edits,
            without: engine::Without::default(),
        };
        let analysis = engine::analyze(&request, job)?;
        let whole = Arc::new(analysis.report);
        let incidents = analysis.incidents.into_iter().map(Arc::new).collect();
        self.explored.set(logs, Arc::new(analysis.logs));
        *self.reports() = Some(Reports { whole: Arc::clone(&whole), incidents, shown: Arc::clone(&whole) });
        self.show_newer(edits);
        Ok(whole)
    }

    /// Shows the report of one incident alone, or that over everything.
    pub fn choose(&self, incident: Option<usize>) -> Result<Arc<Report>, Failure> {
        let mut reports = self.reports();
        let reports = reports.as_mut().ok_or_else(no_report)?;
        let chosen = match incident {
            None => Some(&reports.whole),
            Some(number) => number.checked_sub(1).and_then(|n| reports.incidents.get(n)),
        };
        let gone = || Failure::new("no_incident", "there is no such incident in the open logs", "analyze them again");
        reports.shown = Arc::clone(chosen.ok_or_else(gone)?);
        Ok(Arc::clone(&reports.shown))
    }

    fn reports(&self) -> MutexGuard<'_, Option<Reports>> {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The logs that are open, stream by stream.
    pub fn sources(&self) -> Result<Vec<SourceRow>, Failure> {
        let corrections = corrections::load(self.folders()?, &self.explored.path())?;
        Ok(ingest::sources(&self.explored.logs()?.read, &corrections))
    }

    /// The user's edits of templates, oldest first.
    pub fn edits(&self) -> Result<Vec<Edit>, Failure> {
        Ok(templates::load(self.folders()?)?.list)
    }

    /// Keeps an edit of templates, and shows the open logs with it.
    pub fn edit(&self, edit: Edit) -> Result<Vec<Edit>, Failure> {
        let _alone = self.alone();
        templates::add(self.folders()?, edit)?;
        self.show_edits()
    }

    /// Takes back an edit of templates by its place among them, and shows the open logs without it.
    pub fn take_back(&self, place: usize) -> Result<Vec<Edit>, Failure> {
        let _alone = self.alone();
        templates::remove(self.folders()?, place)?;
        self.show_edits()
    }

    fn show_edits(&self) -> Result<Vec<Edit>, Failure> {
        let edits = templates::load(self.folders()?)?;
        self.explored.edit(&edits);
        Ok(edits.list)
    }

    /// Shows the open logs with what was edited while they were analyzed.
    fn show_newer(&self, analyzed: &Edits) {
        let _alone = self.alone();
        let now = self.folders().ok().and_then(|folders| templates::load(folders).ok());
        if let Some(now) = now.filter(|now| now != analyzed) {
            self.explored.edit(&now);
        }
    }

    fn alone(&self) -> MutexGuard<'_, ()> {
        self.editing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The report that the window shows.
    pub fn report(&self) -> Result<Arc<Report>, Failure> {
        self.reports().as_ref().map(|reports| Arc::clone(&reports.shown)).ok_or_else(no_report)
    }

    /// Learns what normal is, and keeps it as a model of that name.
    pub fn train(&self, plan: &Plan, job: &Job) -> Result<LstmSummary, Failure> {
        // Before the long work, so that it is not done in vain.
        models::check_name(&plan.name)?;
        let config = engine::Config { lstm: plan.lstm.clone(), ..self.settings()?.config() };
        config.check()?;
        let kept = models::checkpoint(self.folders()?, &plan.name);
        let training = Training {
            logs: &Joined::new(&plan.logs, &self.folders()?.cache),
            reading: &Reading::default(),
            name: &plan.name,
            date: &plan.date,
            config: &config,
            checkpoint: Some(Checkpoint { path: &kept, fresh: false }),
        };
        let model = engine::train(&training, job)?;
        models::save(self.folders()?, &plan.name, &model)?;
        Ok(model.summary())
    }
}

fn no_report() -> Failure {
    Failure::new("no_report", "there is no report yet", "open a folder of logs first")
}

/// A training as the window asks for it.
#[derive(Debug, Clone, serde::Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Plan {
    /// Folders of logs of normal work.
    #[ts(type = "string[]")]
    pub logs: Vec<PathBuf>,
    /// The name that the model gets.
    pub name: String,
    /// Today, where the user is: `2026-01-31`.
    pub date: String,
    /// How the LSTM is built and trained.
    pub lstm: LstmConfig,
}

#[cfg(test)]
mod tests {
    use std::thread;

    use engine::template::Template;

    use super::*;

    #[test]
    fn edits_made_at_once_are_all_kept() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let in_home = |name: &str| home.path().join(name);
        let folders = Folders {
            settings: in_home("settings.toml"),
            data: in_home("data"),
            models: in_home("models"),
            cache: in_home("cache"),
        };
        let session = Session { folders: Ok(folders), ..Session::new() };
        let edit = |n: usize| {
            let template = Template { origin: "nova".into(), text: format!("Text {n}") };
            session.edit(Edit::Mute { template, muted: true }).map(drop)
        };
        thread::scope(|scope| {
            for n in 0..8 {
                let edit = &edit;
                scope.spawn(move || edit(n).expect("an edit"));
            }
        });
        assert_eq!(session.edits().expect("edits").len(), 8);
    }

    #[test]
    fn an_incident_is_shown_alone_and_then_all_again() {
        let home = tempfile::tempdir().expect("a temporary folder");
        let in_home = |name: &str| home.path().join(name);
        let folders = Folders {
            settings: in_home("settings.toml"),
            data: in_home("data"),
            models: in_home("models"),
            cache: in_home("cache"),
        };
        let session = Session { folders: Ok(folders), ..Session::new() };
        assert_eq!(session.choose(None).expect_err("nothing is open").code, "no_report");
        let logs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../sample_logs/disk_full/logs"));
        let whole = session.analyze(logs, None, &session.jobs.start("a".into(), drop)).expect("a sample");
        let one = session.choose(Some(1)).expect("its incident");
        assert_eq!((whole.incident, one.incident), (None, Some(1)));
        assert_eq!(session.report().expect("it is shown").incident, Some(1));
        assert_eq!(session.choose(Some(whole.incidents.len() + 1)).expect_err("no such").code, "no_incident");
        assert_eq!(session.choose(None).expect("all of it"), whole);
    }
}
