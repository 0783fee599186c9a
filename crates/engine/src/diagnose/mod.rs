//! Diagnoses: from what stands out to a verdict, a category and ranked causes.

pub mod category;
pub mod causes;
pub mod frames;
pub mod incidents;
pub mod known;
pub mod lead;
pub mod shared;
pub mod shown;

use self::{
    causes::Suspect,
    known::Known,
    lead::{Absent, Lead},
};
use crate::{
    config::{AnalysisConfig, Without},
    evidence::{Gathered, failing::Failing, findings::Finding, missing::Missing, stopped::Stopped},
    ingest::Ingested,
    report::{Category, Verdict},
    template::TemplateId,
};

/// The least weight that makes an incident where the user reports none: a new error weighs 1, a new warning half of it.
const ALARM: f64 = 0.75;
/// The same where the user says that something failed.
const ALARM_WITH_ISSUE: f64 = 0.3;
/// The least weight of a failing request that is shown.
const LEAST_FAILING: f64 = 0.2;

/// The most that is told of what never came, and of what fell silent.
const MOST_ABSENT: usize = 3;
/// What never came weighs at most this share of the weightiest record, where anything was reported: evidence, but no suspect.
const ASIDE: f64 = 0.1;

/// What was found out.
#[derive(Debug, Clone)]
pub struct Diagnosis {
    /// Whether anything departs from normal.
    pub verdict: Verdict,
    /// What kind of incident it is.
    pub category: Category,
    /// What stands out, read closely, weightiest first.
    pub leads: Vec<Lead>,
    /// The causes, best first.
    pub suspects: Vec<Suspect>,
    /// The requests that failed, weightiest first.
    pub failing: Vec<Failing>,
}

/// What is diagnosed: all records, or those of one incident.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What stands out, weightiest first.
    pub findings: &'a [Finding],
    /// The requests that failed, weightiest first.
    pub failing: &'a [Failing],
    /// What was expected in requests and never came, weightiest first.
    pub missing: &'a [Missing],
    /// What came again and again and then no more, that which is longest silent first.
    pub stopped: &'a [Stopped],
    /// The times of the events.
    pub times: &'a [i64],
    /// Their templates.
    pub of: &'a [TemplateId],
    /// The templates of all events there are.
    pub whole: &'a [TemplateId],
    /// How much can be made of what the model says, 0 to 1.
    pub trust: f64,
}

impl<'a> Subject<'a> {
    /// All records.
    #[must_use]
    pub fn all(read: &'a Ingested, of: &'a [TemplateId], gathered: &'a Gathered) -> Self {
        let Gathered { findings, failing, missing, stopped, trust, .. } = gathered;
        Self { findings, failing, missing, stopped, times: &read.events.time, of, whole: of, trust: *trust }
    }
}

/// What is asked of a diagnosis.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What is known about failures.
    pub known: &'a Known,
    /// The issue in the user's words.
    pub issue: Option<&'a str>,
    /// How many causes there are to be.
    pub config: &'a AnalysisConfig,
    /// What is left out.
    pub without: Without,
}

/// Diagnoses what was gathered. Where nothing departs from normal, the diagnosis is empty.
#[must_use]
pub fn diagnose(read: &Ingested, subject: &Subject, asked: &Asked) -> Diagnosis {
    let Asked { known, issue, config, without } = *asked;
    let mut leads = lead::read(subject, read, known, without);
    let mut failing = subject.failing.to_vec();
    failing.retain(|f| f.weight >= LEAST_FAILING);
    let alarm = if issue.is_some() { ALARM_WITH_ISSUE } else { ALARM };
    let heaviest = leads.iter().map(|l| if issue.is_some() { l.weight } else { l.alarm }).fold(0.0, f64::max);
    let refused = issue.is_some() && failing.iter().any(|f| f.named);
    let reported = heaviest >= alarm || refused;
    let absent = |absent: Absent, weight: f64| lead::absent(absent, weight, read, subject.whole, known);
    // Where nothing was reported, what never came is all there is to tell, or nothing; else it stands behind what was.
    let most = if reported { ASIDE * leads.first().map_or(0.0, |l| l.weight) } else { f64::INFINITY };
    leads.retain(|_| reported);
    let missing = subject.missing.iter().filter(|m| m.telling).take(MOST_ABSENT);
    let silent = subject.stopped.iter().filter(|s| s.weight() >= alarm).take(MOST_ABSENT);
    let absent: Vec<Lead> = missing
        .map(|m| absent(Absent::Missing(*m), m.weight.min(most)))
        .chain(silent.map(|s| absent(Absent::Stopped(*s), s.weight())))
        .collect();
    leads.extend(absent);
    leads.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    if leads.is_empty() && !refused {
        let category = category::none(known);
        return Diagnosis { verdict: Verdict::Clear, category, leads: Vec::new(), suspects: Vec::new(), failing: Vec::new() };
    }
    let shared = if without.requests { Vec::new() } else { shared::shared(&leads, read, known) };
    let suspects = causes::suspects(&leads, shared, subject.trust, config.max_causes);
    let category = category::category(&leads, issue, known, subject.trust);
    Diagnosis { verdict: Verdict::Incident, category, leads, suspects, failing }
}
