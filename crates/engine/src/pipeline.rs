//! The steps in order: the only place that knows all of them.

pub mod coverage;
mod kept;

use std::{collections::BTreeMap, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    Checkpoint, Config, Error, Logs, Model, Observer, Reading, Report, Without,
    diagnose::{self, incidents, known::Known},
    evidence,
    ingest::{self, Ingested, source::Source},
    progress::{Progress, Stage, check},
    report::{self, compose},
    score::{self, learn},
    sequence::{self, Sequences},
    template::{self, Template, TemplateId, Templates, edits},
};

/// Fewer events than this show no normal to learn.
const LEAST_EVENTS: usize = 200;

/// Steps of the last stage: gathering, diagnosing, composing.
const DIAGNOSIS: u64 = 3;

/// What to analyze, and how.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Where the logs are: a [`crate::Folder`], say.
    pub logs: &'a dyn Source,
    /// How they are read.
    pub reading: &'a Reading,
    /// The issue in the user's words.
    pub issue: Option<&'a str>,
    /// The model, or why there is none; the reason goes into the report.
    pub model: Result<&'a Model, &'a Error>,
    /// What is known about failures: [`Known::built_in`], or that with the user's own.
    pub known: &'a Known,
    /// All parameters.
    pub config: &'a Config,
    /// What the user makes of the templates.
    pub edits: &'a edits::Edits,
    /// What is left out: nothing, but where one wants to see what it is worth.
    pub without: Without,
}

/// What to learn from, and how.
#[derive(Clone, Copy)]
pub struct Training<'a> {
    /// Logs of normal work: those of one run, a folder for each of several, or several such folders.
    pub logs: &'a dyn Source,
    /// How they are read.
    pub reading: &'a Reading,
    /// The model's name.
    pub name: &'a str,
    /// The day of training, for the card: `2026-01-31`.
    pub date: &'a str,
    /// All parameters.
    pub config: &'a Config,
    /// Where the training is kept while it goes on, to be resumed where it is interrupted.
    pub checkpoint: Option<Checkpoint<'a>>,
}

/// What an analysis gives.
#[derive(Debug)]
pub struct Analysis {
    /// What was found, over everything.
    pub report: Report,
    /// The report of each incident alone, in the order of [`Report::incidents`].
    pub incidents: Vec<Report>,
    /// The logs that they were found in.
    pub logs: Logs,
    /// Why it could not be kept for the next time; it is as good without.
    pub unkept: Option<Error>,
}

/// Learns what normal is.
///
/// # Errors
/// Where there are no logs or too few, or the work was cancelled.
pub fn train(training: &Training, observer: &dyn Observer) -> Result<Model, Error> {
    training.config.check()?;
    let read = ingest::read(training.logs, training.reading, observer)?;
    if read.events.len() < LEAST_EVENTS {
        return Err(Error::TooFew { path: training.logs.name().into(), events: read.events.len(), needed: LEAST_EVENTS });
    }
    let (templates, of) = template::mine(&read, &[], observer)?;
    let events = read.events.len() as u64;
    step(observer, Stage::Group, 0, events)?;
    let sequences = sequence::group(&read.events, &read.streams());
    step(observer, Stage::Group, events, events)?;
    let trained_on = format!("{} files, {} lines of normal work", read.files.len(), read.lines);
    let origin = learn::Origin {
        name: training.name,
        date: training.date,
        trained_on: &trained_on,
        folders: &folders(training.logs),
        parts: training.logs.parts(),
        checkpoint: training.checkpoint.as_ref(),
    };
    learn::learn(origin, &read, &templates, &of, &sequences, &training.config.lstm, observer)
}

/// The names of the folders that logs come from; none where the source has no path. One that every host has, such as `log`, comes with
/// the name before it.
fn folders(logs: &dyn Source) -> Vec<String> {
    if !logs.parts().is_empty() {
        return logs.parts().to_vec();
    }
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let before = |own: &str| logs.name().parent().and_then(name).map(|parent| format!("{parent}/{own}"));
    let own = name(logs.name());
    own.map(|own| if ["log", "logs", "kolla"].contains(&own.as_str()) { before(&own).unwrap_or(own) } else { own })
        .into_iter()
        .collect()
}

/// Finds the root cause.
///
/// # Errors
/// Where there are no logs, or the work was cancelled. A bad line, a bad file or a missing model is no error: the report says so.
pub fn analyze(request: &Request, observer: &dyn Observer) -> Result<Analysis, Error> {
    request.config.check()?;
    let mut laps = Laps::start(observer);
    let known = request.model.map_or(&[][..], |m| &m.facts.templates);
    let mined = kept::mine(request.logs, request.reading, known, &mut laps, observer)?;
    if let (true, Some(kept)) = (mined.reopened, kept::reports(request, &mined.logs)) {
        let logs = mined.logs.edited(request.edits);
        let Concluded { report, incidents } = kept.took(&laps.seconds);
        return Ok(Analysis { report, incidents, logs, unkept: None });
    }
    let Logs { read, templates, of, .. } = mined.logs;
    let events = read.events.len() as u64;
    step(observer, Stage::Group, 0, events)?;
    let sequences = sequence::group(&read.events, &read.streams());
    step(observer, Stage::Group, events, events)?;
    laps.end("group");
    let mut scores = score::score(request.model.ok(), request.without, &read, &templates, &of, &sequences, observer)?;
    laps.end("score");
    let logs = Logs { read, templates, of, importance: std::mem::take(&mut scores.importance), mined: None };
    // What was scored with something left out is no use to others.
    let kept = if request.without.is_nothing() { kept::keep(request.logs, request.reading, known, &logs) } else { Ok(()) };
    laps.end("keep");
    // The model and the index know the templates as they are mined; everyone after them sees them as the user wants them.
    let mined = (!request.edits.list.is_empty()).then(|| Arc::new((logs.templates.clone(), logs.of.clone())));
    let edits::Edited { templates, of, before } = edits::apply(request.edits, &logs.read, logs.templates, logs.of);
    let (read, scores) = (logs.read, score::Scores { importance: logs.importance, ..scores }.follow(&before));
    let edited = (&templates, of.as_slice());
    let concluded = conclude(request, &read, edited, &sequences, &scores, &mut laps, observer)?;
    let logs = Logs { read, templates, of, importance: scores.importance, mined };
    let kept = kept.and_then(|()| kept::keep_reports(request, &logs, &concluded));
    let Concluded { report, incidents } = concluded;
    Ok(Analysis { report, incidents, logs, unkept: kept.err() })
}

/// What is found in the same logs with this or that left out.
#[derive(Debug)]
pub struct Comparison {
    /// A report for each that was asked for, in that order.
    pub reports: Vec<Report>,
    /// The logs that they were found in.
    pub logs: Logs,
}

/// Finds the root cause once for each of `without`, which takes the place of the request's own. What they have in common, reading
/// and scoring above all, is done once. Nothing is kept.
///
/// # Errors
/// As [`analyze`].
pub fn compare(request: &Request, without: &[Without], observer: &dyn Observer) -> Result<Comparison, Error> {
    request.config.check()?;
    let (mut laps, model) = (Laps::start(observer), request.model.ok());
    let known = model.map_or(&[][..], |m| &m.facts.templates);
    let Logs { read, templates, of, .. } = kept::mine(request.logs, request.reading, known, &mut laps, observer)?.logs;
    let sequences = sequence::group(&read.events, &read.streams());
    let heard = score::score(model, Without::default(), &read, &templates, &of, &sequences, observer)?;
    let edited = edits::apply(request.edits, &read, templates.clone(), of.clone());
    let report = |without: &Without| {
        // The LSTM is what takes long, and says the same each time.
        let quick = score::score(model, Without { lstm: true, ..*without }, &read, &templates, &of, &sequences, observer)?;
        let scores = if without.lstm { quick } else { score::Scores { departures: quick.departures, ..heard.clone() } };
        let (request, mut laps) = (Request { without: *without, ..*request }, Laps::start(observer));
        let logs = (&edited.templates, edited.of.as_slice());
        let concluded = conclude(&request, &read, logs, &sequences, &scores.follow(&edited.before), &mut laps, observer)?;
        Ok(concluded.report)
    };
    let reports = without.iter().map(report).collect::<Result<_, Error>>()?;
    Ok(Comparison {
        reports,
        logs: Logs { read, templates: edited.templates, of: edited.of, importance: heard.importance, mined: None },
    })
}

/// What the last steps give.
#[derive(Debug, Serialize, Deserialize)]
struct Concluded {
    report: Report,
    incidents: Vec<Report>,
}

impl Concluded {
    /// The same, with the seconds that the steps took.
    fn took(mut self, seconds: &BTreeMap<String, f64>) -> Self {
        std::iter::once(&mut self.report).chain(&mut self.incidents).for_each(|report| report.seconds.clone_from(seconds));
        self
    }
}

/// The last steps: gathers evidence, diagnoses, tells incidents apart and composes the reports.
fn conclude(
    request: &Request,
    read: &Ingested,
    (templates, of): (&Templates, &[TemplateId]),
    sequences: &Sequences,
    scores: &score::Scores,
    laps: &mut Laps,
    observer: &dyn Observer,
) -> Result<Concluded, Error> {
    step(observer, Stage::Diagnose, 0, DIAGNOSIS)?;
    let Request { issue, model, known, config, without, .. } = *request;
    let gathered = &evidence::gather(read, templates, of, sequences, scores, evidence::Asked { issue, config, without });
    laps.end("gather");
    step(observer, Stage::Diagnose, 1, DIAGNOSIS)?;
    let config = &config.analysis;
    let asked = diagnose::Asked { known, issue, config, without };
    let diagnosis = &diagnose::diagnose(read, &diagnose::Subject::all(read, of, gathered), &asked);
    let incidents = incidents::find(&incidents::Basis { read, templates, of, scores, gathered, asked }, diagnosis);
    step(observer, Stage::Diagnose, 2, DIAGNOSIS)?;
    let parts = compose::Parts { issue, model, known, config, read, templates, of, scores, gathered, diagnosis };
    let (report, incidents) = report::incidents::reports(&parts, &incidents);
    step(observer, Stage::Diagnose, DIAGNOSIS, DIAGNOSIS)?;
    laps.end("diagnose");
    Ok(Concluded { report, incidents }.took(&std::mem::take(&mut laps.seconds)))
}

/// Reads and mines logs, and goes no further.
///
/// # Errors
/// As [`analyze`].
pub fn load(logs: &dyn Source, reading: &Reading, known: &[Template], observer: &dyn Observer) -> Result<Logs, Error> {
    let mined = kept::mine(logs, reading, known, &mut Laps::start(observer), observer)?;
    if !mined.reopened {
        // Logs that are not kept are read again next time, and that is all.
        let _ = kept::keep(logs, reading, known, &mined.logs);
    }
    Ok(mined.logs)
}

/// Reports progress between steps, where the work can also be stopped.
fn step(observer: &dyn Observer, stage: Stage, done: u64, total: u64) -> Result<(), Error> {
    observer.progress(Progress::Step { stage, done, total });
    check(observer)
}

/// How long each step took, by the observer's clock.
struct Laps<'a> {
    observer: &'a dyn Observer,
    last: f64,
    seconds: BTreeMap<String, f64>,
}

impl<'a> Laps<'a> {
    fn start(observer: &'a dyn Observer) -> Self {
        Self { observer, last: observer.seconds(), seconds: BTreeMap::new() }
    }

    fn end(&mut self, step: &str) {
        let now = self.observer.seconds();
        self.seconds.insert(step.to_owned(), ((now - self.last) * 1000.0).round() / 1000.0);
        self.last = now;
    }
}
