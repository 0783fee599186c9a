//! Analyzes all cases and sums up how well that went.

use std::{collections::BTreeSet, path::Path};

use engine::{
    Config, Folder, Known, Model, Observer, Progress, Reading, Request, Training, Without,
    ingest::{self, source::Source},
    template::edits::Edits,
};
use serde::Serialize;

use crate::{
    Broken, Case, Cases, Error, Kind, Stratum,
    answer::Answer,
    jobs,
    judge::{self, Marks},
    reliability::{Reliability, Stated},
    sources::{Masked, Runs},
    table::{self, Table},
    trivial::{self, Shape},
};

/// How cases are evaluated.
#[derive(Clone, Copy)]
pub struct Setup<'a> {
    /// What tells normal from not.
    pub model: &'a Model,
    /// The known failures.
    pub known: &'a Known,
    /// All parameters of the analysis.
    pub config: &'a Config,
    /// What the user makes of the templates.
    pub edits: &'a Edits,
    /// The fault-free runs that the model has learned from, where they are of these cases: their ERRORs are not new.
    pub normal: &'a [Case],
    /// Whether levels are hidden.
    pub mask_levels: bool,
    /// Whether the same is done without each of the signals.
    pub ablate: bool,
    /// Cases at a time.
    pub jobs: usize,
}

/// What can be left out, with the words for it; first comes nothing at all.
pub const LEFT_OUT: [(&str, Without); 6] = {
    let none = Without { lstm: false, rates: false, relevance: false, signatures: false, requests: false };
    [
        ("nothing", none),
        ("the LSTM", Without { lstm: true, ..none }),
        ("normal rates", Without { rates: true, ..none }),
        ("words of the issue", Without { relevance: true, ..none }),
        ("known failures", Without { signatures: true, ..none }),
        ("request paths", Without { requests: true, ..none }),
    ]
};

/// How an evaluation went.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Evaluation {
    /// The program's figures beside those of trivial answers, for each group of cases.
    pub tables: Vec<Table>,
    /// How sure the program was in failing cases, and how often it was right.
    pub reliability: Vec<Reliability>,
    /// The main figures with something left out; none where that was not asked for.
    pub ablation: Option<Table>,
    /// The seconds that the analysis of a case took: the median, and the most.
    pub seconds: (f64, f64),
    /// Each case.
    pub cases: Vec<Outcome>,
    /// Those that could not be evaluated, which count nowhere.
    pub broken: Vec<Broken>,
}

/// How one case went.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Its name.
    pub case: String,
    /// What it is.
    pub kind: Kind,
    /// How loudly the logs tell of it.
    pub stratum: Option<Stratum>,
    /// How long its analysis took, all that was left out in turn included.
    pub seconds: f64,
    /// What the program got right, for each of [`LEFT_OUT`] that was asked for.
    pub program: Vec<Marks>,
    /// What the first ERROR tells.
    pub first_error: Marks,
    /// What the first ERROR tells that normal runs do not write.
    pub first_new_error: Marks,
    /// How sure the program was of its first cause in a failing case.
    pub cause: Option<Stated>,
    /// How sure it was of the category, where the truth has one.
    pub category: Option<Stated>,
}

/// Learns from fault-free runs, each a run of its own.
///
/// # Errors
/// [`Error::NoNormal`] where there are none, and the engine's.
pub fn train(
    cases: &Cases,
    normal: &[Case],
    mask_levels: bool,
    (config, date): (&Config, &str),
    observer: &dyn Observer,
) -> Result<Model, Error> {
    if normal.is_empty() {
        return Err(Error::NoNormal(cases.root.clone()));
    }
    let folders: Vec<Folder> = normal.iter().map(|case| Folder::new(&case.logs)).collect();
    let named = |case: &Case| Path::new(&case.name).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let logs = folders.iter().map(|folder| folder as &dyn Source).collect();
    let runs = Runs { name: &cases.root, runs: normal.iter().map(named).collect(), logs };
    let masked = Masked(&runs);
    let logs: &dyn Source = if mask_levels { &masked } else { &runs };
    Ok(engine::train(
        &Training { logs, reading: &Reading::default(), name: "evaluated", date, config, checkpoint: None },
        observer,
    )?)
}

/// Analyzes all cases. `told` is called after each. A case that fails is listed, and the rest goes on.
///
/// # Errors
/// [`engine::Error::Cancelled`], and the engine's where normal runs cannot be read.
pub fn evaluate(cases: &Cases, setup: &Setup, told: &(dyn Fn() + Sync), observer: &dyn Observer) -> Result<Evaluation, Error> {
    let quiet = &Quiet(observer);
    let known = known(setup, quiet)?;
    let done = jobs::each(cases.list.len(), setup.jobs, |n| {
        let outcome = outcome(&cases.list[n], setup, &known, quiet);
        told();
        outcome
    });
    let (mut outcomes, mut broken) = (Vec::new(), cases.broken.clone());
    for (case, done) in cases.list.iter().zip(done) {
        match done {
            Ok(outcome) => outcomes.push(outcome),
            Err(engine::Error::Cancelled) => return Err(engine::Error::Cancelled.into()),
            Err(error) => broken.push(Broken::new(&case.name, &error.into())),
        }
    }
    Ok(Evaluation {
        tables: table::tables(&outcomes),
        reliability: reliability(&outcomes),
        ablation: setup.ablate.then(|| table::ablation(&outcomes)),
        seconds: seconds(&outcomes),
        cases: outcomes,
        broken,
    })
}

/// The shapes of the ERRORs that normal runs write.
fn known(setup: &Setup, observer: &dyn Observer) -> Result<BTreeSet<Shape>, Error> {
    let mut shapes = BTreeSet::new();
    for case in setup.normal {
        let folder = Folder::new(&case.logs);
        let masked = Masked(&folder);
        let logs: &dyn Source = if setup.mask_levels { &masked } else { &folder };
        shapes.extend(trivial::shapes(&ingest::read(logs, &Reading::default(), observer)?));
    }
    Ok(shapes)
}

fn outcome(case: &Case, setup: &Setup, known: &BTreeSet<Shape>, observer: &dyn Observer) -> Result<Outcome, engine::Error> {
    let folder = Folder::new(&case.logs);
    let masked = Masked(&folder);
    let request = Request {
        logs: if setup.mask_levels { &masked } else { &folder },
        reading: &Reading::default(),
        issue: case.issue.as_deref(),
        model: Ok(setup.model),
        known: setup.known,
        config: setup.config,
        edits: setup.edits,
        without: Without::default(),
    };
    let asked = if setup.ablate { &LEFT_OUT[..] } else { &LEFT_OUT[..1] };
    let without: Vec<Without> = asked.iter().map(|(_, without)| *without).collect();
    let began = observer.seconds();
    let found = engine::compare(&request, &without, observer)?;
    let seconds = observer.seconds() - began;
    let answers: Vec<Answer> = found.reports.iter().map(Answer::from).collect();
    let (truth, read) = (&case.truth, &found.logs.read);
    let failing = (truth.kind == Kind::Failure).then_some(&answers[0]);
    let first = failing.and_then(|answer| answer.causes.first());
    let stated = |confidence, right| Stated { confidence, right };
    Ok(Outcome {
        case: case.name.clone(),
        kind: truth.kind,
        stratum: truth.stratum,
        seconds,
        program: answers.iter().map(|answer| judge::judge(answer, truth)).collect(),
        first_error: judge::judge(&trivial::answer(read, &BTreeSet::new()), truth),
        first_new_error: judge::judge(&trivial::answer(read, known), truth),
        cause: first.and_then(|cause| Some(stated(cause.confidence?, judge::is_right(cause, truth)))),
        category: failing
            .filter(|answer| answer.incident)
            .and_then(|answer| Some(stated(answer.category.as_ref()?.1, judge::right_category(answer, truth)?))),
    })
}

/// How sure the program was, by what it was sure of; what nothing was stated of is left out.
fn reliability(outcomes: &[Outcome]) -> Vec<Reliability> {
    let causes: Vec<Stated> = outcomes.iter().filter_map(|outcome| outcome.cause).collect();
    let categories: Vec<Stated> = outcomes.iter().filter_map(|outcome| outcome.category).collect();
    let all = [("the first cause", causes), ("the category", categories)];
    all.into_iter().filter(|(_, stated)| !stated.is_empty()).map(|(of, stated)| Reliability::of(of, &stated)).collect()
}

fn seconds(outcomes: &[Outcome]) -> (f64, f64) {
    let mut all: Vec<f64> = outcomes.iter().map(|outcome| outcome.seconds).collect();
    all.sort_by(f64::total_cmp);
    let Some(last) = all.last() else { return (0.0, 0.0) };
    (f64::midpoint(all[(all.len() - 1) / 2], all[all.len() / 2]), *last)
}

/// Passes on the wish to stop and the clock; how far each case is, is of no interest among many.
struct Quiet<'a>(&'a dyn Observer);

impl Observer for Quiet<'_> {
    fn progress(&self, _: Progress) {}

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }

    fn seconds(&self) -> f64 {
        self.0.seconds()
    }
}
