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
    report: Arc<Mutex<Option<Arc<Report>>>>,
    /// Held while edits of templates change or are shown, one after the other.
    editing: Arc<Mutex<()>>,
}

impl Session {
    /// Begins a session of the user whose environment this is.
    pub fn new() -> Self {
        let folders = Folders::find(&|name| env::var_os(name)).map_err(Failure::from);
        Self { jobs: Jobs::default(), explored: Explored::default(), folders, report: Arc::default(), editing: Arc::default() }
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
        let report = Arc::new(analysis.report);
        self.explored.set(logs, Arc::new(analysis.logs));
        *self.report.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&report));
        self.show_newer(edits);
        Ok(report)
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
        let report = self.report.lock().unwrap_or_else(PoisonError::into_inner).clone();
        report.ok_or_else(|| Failure::new("no_report", "there is no report yet", "open a folder of logs first"))
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
}
