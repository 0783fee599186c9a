//! What the window's commands share, and the work that they call.

use std::{
    env,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use engine::{
    Checkpoint, Folder as Source, Joined, LstmSummary, Model, Reading, Report, Request, Training,
    config::LstmConfig,
    ingest::{self, SourceRow},
    report::marks::{Marked, Marks, marked},
    template::edits::{Edit, Edits},
};
use settings::{
    Folders, Settings,
    baselines::{self, GoodPeriod},
    corrections, known_failures, marks, models, recent, templates,
};

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
    /// What the good period tells that the report compares with; none where it is the model of the settings.
    good: Arc<Mutex<Option<Arc<Model>>>>,
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
        let (jobs, explored, reports) = (Jobs::default(), Explored::default(), Arc::default());
        Self { jobs, explored, folders, reports, good: Arc::default(), editing: Arc::default() }
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

    /// Finds the root cause, compared with a good period or else with the model of the settings, and with their parameters.
    pub fn analyze(&self, logs: &Path, issue: Option<&str>, good: &[PathBuf], job: &Job) -> Result<Arc<Report>, Failure> {
        let settings = self.settings()?;
        let model = match good {
            [] => models::open(self.folders()?, &settings.model).map(Arc::new),
            good => Ok(Arc::new(self.learn(&GoodPeriod { logs: good, incident: logs, config: &settings.config() }, job)?)),
        };
        let source = &Source::new(logs).cached(&self.folders()?.cache);
        let reading = &settings::reading(self.folders()?, logs)?;
        let (config, edits) = (&settings.config(), &templates::load(self.folders()?)?);
        let known = &known_failures::load(self.folders()?).known;
        let request = Request {
            logs: source,
            reading,
            issue,
            model: model.as_deref(),
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
        *self.good.lock().unwrap_or_else(PoisonError::into_inner) = model.ok().filter(|_| !good.is_empty());
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

    /// What the reader marked in the reports of the open logs.
    pub fn marks(&self) -> Result<Marks, Failure> {
        Ok(marks::load(self.folders()?, &self.explored.path())?)
    }

    /// Keeps the marks, and gives the report as it is marked now.
    pub fn mark(&self, marks: &Marks) -> Result<Marked, Failure> {
        marks::save(self.folders()?, &self.explored.path(), marks)?;
        Ok(marked(&*self.report()?, marks))
    }

    fn reports(&self) -> MutexGuard<'_, Option<Reports>> {
        self.reports.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the open logs are compared with: the good period of their report, else the model of the settings, if that can be used.
    pub fn normal(&self) -> Result<Option<Arc<Model>>, Failure> {
        let good = self.good.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let settings = self.settings()?;
        let open = |folders| models::open(folders, &settings.model).ok().map(Arc::new);
        Ok(good.or_else(|| self.folders().ok().and_then(open)))
    }

    /// What a good period tells. What is wrong with its logs is not wrong with those of the incident, so it has a code of its own.
    fn learn(&self, period: &GoodPeriod, job: &Job) -> Result<Model, Failure> {
        let folders = self.folders()?;
        let learned = baselines::learn(folders, period, job);
        let learned = learned.map_err(|error| {
            let of_logs = error.is_users() && error.code() != "setting";
            let failure = Failure::from(error);
            if of_logs { Failure { code: "good_period".into(), ..failure } } else { failure }
        })?;
        // It is offered again among the recent folders, behind the incident. One that cannot be remembered is compared with all the same.
        for path in period.logs.iter().map(PathBuf::as_path).chain([period.incident]) {
            let _ = recent::add(folders, path);
        }
        Ok(learned.model)
    }

    /// How well a model knows the open logs.
    pub fn coverage(&self, name: &str, job: &Job) -> Result<engine::Coverage, Failure> {
        let logs = self.explored.logs()?;
        let model = models::open(self.folders()?, name)?;
        Ok(engine::coverage(&model, &logs.read, job)?)
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
            checkpoint: Some(Checkpoint { path: &kept, fresh: plan.fresh }),
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
    /// Whether to begin anew, where a training that was interrupted would go on.
    pub fresh: bool,
}

#[cfg(test)]
mod tests {
    use std::{fs, thread};

    use engine::{Progress, template::Template};

    use super::*;

    /// A session with folders of its own in a temporary one.
    fn session() -> (tempfile::TempDir, Session) {
        let home = tempfile::tempdir().expect("a temporary folder");
        let in_home = |name: &str| home.path().join(name);
        let folders = Folders {
            settings: in_home("settings.toml"),
            data: in_home("data"),
            models: in_home("models"),
            cache: in_home("cache"),
        };
        (home, Session { folders: Ok(folders), ..Session::new() })
    }

    #[test]
    fn an_incident_is_compared_with_a_good_period_that_is_learned_once() {
        let (home, session) = session();
        fs::write(home.path().join("settings.toml"), "format_version = 1\n[lstm]\nepochs = 1\nunits = 4\nembedding = 4\n")
            .expect("settings");
        let logs = |name: &str, lines: usize| {
            let folder = home.path().join(name);
            let line =
                |n: usize| format!("2025-01-01 10:{:02}:{:02}.000 7 INFO nova.claims [-] Claim successful\n", n / 60, n % 60);
            fs::create_dir(&folder).expect("a folder");
            fs::write(folder.join("nova.log"), (0..lines).map(line).collect::<String>()).expect("logs");
            folder
        };
        let (good, few, incident) = (logs("good", 300), logs("few", 9), logs("incident", 250));
        let analyzed = |good: &Path| {
            let (told, heard) = std::sync::mpsc::channel();
            let job = session.jobs.start("a".into(), move |batch| told.send(batch).expect("the test listens"));
            let report = session.analyze(&incident, None, &[good.to_path_buf()], &job);
            drop(job);
            (report, heard.iter().flatten().filter(|one| matches!(one, Progress::Epoch(_) | Progress::Learned { .. })).count())
        };
        let (report, told) = analyzed(&good);
        let model = report.expect("a report").model.clone().expect("a good period");
        assert!(model.baseline && Path::new(&model.name) == good, "{model:?}");
        assert_eq!(told, 2, "an epoch, and that it is learned");
        assert_eq!(analyzed(&good).1, 1, "no epoch the second time");
        let recent: Vec<_> =
            recent::list(session.folders().expect("folders")).expect("recent folders").into_iter().map(|r| r.name).collect();
        assert_eq!(recent, ["incident", "good"]);
        let normal = || session.normal().expect("settings").map(|model| PathBuf::from(model.summary().name));
        assert_eq!(normal().as_deref(), Some(good.as_path()), "what is followed is compared with the same");
        for (wrong, word) in [(&few, "too few"), (&incident, "holds the incident itself")] {
            let failure = analyzed(wrong).0.expect_err("nothing to compare with");
            assert!(failure.code == "good_period" && failure.message.contains(word), "{failure:?}");
        }
        session.analyze(&incident, None, &[], &session.jobs.start("b".into(), |_| ())).expect("a report");
        assert_ne!(normal().as_deref(), Some(good.as_path()));
    }

    #[test]
    fn edits_made_at_once_are_all_kept() {
        let (_home, session) = session();
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
    fn marks_are_there_again_after_the_next_analysis_and_in_the_incident_alone() {
        use engine::report::marks::{Mark, Stance, evidence_key};
        let (_home, session) = session();
        let logs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../sample_logs/disk_full/logs"));
        let analyzed = || session.analyze(logs, None, &[], &session.jobs.start("a".into(), drop)).expect("a sample");
        let report = analyzed();
        let mark = Mark { key: evidence_key(&report.evidence[2]), stance: Stance::Pinned, note: "mine".into() };
        let kept = Marks { evidence: vec![mark], ..Marks::default() };
        let first = |marked: &Marked| (marked.evidence[0].key.clone(), marked.evidence[0].note.clone());
        assert_eq!(first(&session.mark(&kept).expect("it is kept")), (kept.evidence[0].key.clone(), "mine".into()));
        let again = analyzed();
        assert_eq!(first(&marked(&again, &session.marks().expect("marks"))), (kept.evidence[0].key.clone(), "mine".into()));
        session.choose(Some(1)).expect("its incident");
        assert_eq!(session.marks().expect("the same marks"), kept);
    }

    #[test]
    fn an_incident_is_shown_alone_and_then_all_again() {
        let (_home, session) = session();
        assert_eq!(session.choose(None).expect_err("nothing is open").code, "no_report");
        let logs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../sample_logs/disk_full/logs"));
        let whole = session.analyze(logs, None, &[], &session.jobs.start("a".into(), drop)).expect("a sample");
        let one = session.choose(Some(1)).expect("its incident");
        assert_eq!((whole.incident, one.incident), (None, Some(1)));
        assert_eq!(session.report().expect("it is shown").incident, Some(1));
        assert_eq!(session.choose(Some(whole.incidents.len() + 1)).expect_err("no such").code, "no_incident");
        assert_eq!(session.choose(None).expect("all of it"), whole);
    }
}
