//! What a command finds around it: folders, settings, models.

use std::{
    env,
    path::{Path, PathBuf},
};

use engine::{Analysis, Folder, Model, Report, Request};
use settings::{Folders, Settings, baselines, known_failures, models, reading, templates};

use crate::{args::Subject, failure::Failure, print, watch::Watch};

/// What a command finds around it.
#[derive(Debug)]
pub struct Surroundings {
    /// Where files are kept.
    pub folders: Folders,
    /// What the settings file says.
    pub settings: Settings,
}

/// The folders that the environment names.
///
/// # Errors
/// Where it names none.
pub fn folders() -> Result<Folders, settings::Error> {
    Folders::find(&|name| env::var_os(name))
}

impl Surroundings {
    /// Finds folders and settings.
    ///
    /// # Errors
    /// Where the environment names no folders, or the settings file cannot be understood.
    pub fn find() -> Result<Self, Failure> {
        let folders = folders()?;
        let settings = Settings::load(&folders.settings)?;
        Ok(Self { folders, settings })
    }

    /// Analyzes what the user named: everything, or one incident in it. A model that does not load is a warning, and the analysis goes
    /// on without.
    ///
    /// # Errors
    /// The engine's, and where there is no such incident.
    pub fn analyze(&self, subject: &Subject) -> Result<Report, Failure> {
        let model = match &subject.baseline[..] {
            [] => self.model_of(subject.model.as_deref()),
            good => Ok(self.learned(good, &subject.logs)?),
        };
        let issue = subject.issue.as_deref().map(str::trim).filter(|issue| !issue.is_empty());
        let config = self.settings.config();
        let logs = &Folder::new(&subject.logs).cached(&self.folders.cache);
        let reading = &reading(&self.folders, &subject.logs)?;
        let edits = &templates::load(&self.folders)?;
        let loaded = known_failures::load(&self.folders);
        for problem in &loaded.problems {
            print::note(format!("warning: {}; {}; it is left out", print::harmless(&problem.to_string()), problem.remedy));
        }
        let known = &loaded.known;
        let request = Request {
            logs,
            reading,
            issue,
            model: model.as_ref(),
            known,
            config: &config,
            edits,
            without: engine::Without::default(),
        };
        let analysis = engine::analyze(&request, &Watch::new())?;
        if let Some(error) = &analysis.unkept {
            print::note(format!("warning: {error}; {}; the folder will be read again next time", error.hint()));
        }
        chosen(analysis, subject.incident)
    }

    /// What logs of a good period tell of normal work. That it cannot be kept is a warning.
    fn learned(&self, good: &[PathBuf], incident: &Path) -> Result<Model, Failure> {
        let config = self.settings.config();
        let period = baselines::GoodPeriod { logs: good, incident, config: &config };
        let learned = baselines::learn(&self.folders, &period, &Watch::new())?;
        if let Some(error) = learned.unkept {
            print::note(format!("warning: {error}; {}; the good period will be learned again next time", error.hint()));
        }
        Ok(learned.model)
    }

    /// The model that the user named, or that of the settings. One that does not load is a warning.
    pub fn model_of(&self, named: Option<&Path>) -> Result<Model, engine::Error> {
        let model = self.loaded(named);
        if let Err(error) = &model {
            print::note(format!(
                "warning: {error}; {}; `openstack-rca models` lists those that load; the work goes on without a model",
                error.hint()
            ));
        }
        model
    }

    /// The model in a folder, or of a name; that of the settings where none is named.
    ///
    /// # Errors
    /// The engine's, where it does not load.
    pub fn loaded(&self, named: Option<&Path>) -> Result<Model, engine::Error> {
        let Some(named) = named else { return models::open(&self.folders, &self.settings.model) };
        let name = named.to_str().filter(|name| models::check_name(name).is_ok());
        match name {
            Some(name) if !named.is_dir() => models::open(&self.folders, name),
            _ => Model::load(named),
        }
    }
}

/// The report over everything, or of one incident.
fn chosen(analysis: Analysis, incident: Option<usize>) -> Result<Report, Failure> {
    let Some(number) = incident else { return Ok(analysis.report) };
    let mut all = analysis.incidents;
    let found = match all.len() {
        0 => "there is no incident in these logs",
        1 => "there is 1 incident in these logs",
        many => &format!("there are {many} incidents in these logs"),
    };
    let remedy = if all.is_empty() { "leave out --incident" } else { "choose one of them with --incident, or leave it out" };
    if number == 0 || number > all.len() {
        return Err(Failure::users(format!("{found}, and none is number {number}"), remedy));
    }
    Ok(all.swap_remove(number - 1))
}
