//! Gathers evidence: the two filters, importance and then relevance to the issue, and what stands out among what they keep.

pub mod access;
pub mod calls;
pub mod failing;
pub mod findings;
pub mod missing;
pub mod requests;
pub mod stopped;
pub mod tfidf;
pub mod unanswered;

use rustc_hash::FxHashSet;

use crate::{
    config::{Config, Without},
    ingest::Ingested,
    score::{Scores, normal::Change},
    sequence::Sequences,
    template::{TemplateId, Templates},
};
use failing::Failing;
use findings::Finding;
use missing::Missing;
use requests::Requests;
use stopped::Stopped;
use tfidf::Tfidf;

/// An event of a template that departs at least this much is never lost to a percentage.
const DEPARTS: f64 = 0.3;

/// What the filters kept, and what stands out in it.
#[derive(Debug)]
pub struct Gathered {
    /// What stands out, weightiest first.
    pub findings: Vec<Finding>,
    /// All requests.
    pub requests: Requests,
    /// The requests that failed, weightiest first.
    pub failing: Vec<Failing>,
    /// What was expected in requests and never came, weightiest first.
    pub missing: Vec<Missing>,
    /// What came again and again and then no more, that which is longest silent for its habit first.
    pub stopped: Vec<Stopped>,
    /// Cosine to the issue per template; none without an issue.
    pub relevance: Option<Vec<f64>>,
    /// Events kept by importance.
    pub important: u64,
    /// Events kept by relevance.
    pub relevant: u64,
    /// How much can be made of what the model says, 0 to 1.
    pub trust: f64,
}

impl Gathered {
    /// The findings of some events alone, weightiest first: of each template that stands out in all of them.
    #[must_use]
    pub fn among(
        &self,
        read: &Ingested,
        templates: &Templates,
        of: &[TemplateId],
        scores: &Scores,
        events: &[u32],
    ) -> Vec<Finding> {
        let kept: FxHashSet<TemplateId> = self.findings.iter().map(|f| f.template).collect();
        let mut found = findings::find(read, templates, of, scores, &self.requests, self.relevance.as_deref(), Some(events));
        found.retain(|f| kept.contains(&f.template));
        found
    }
}

/// What is asked of the logs.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The issue in the user's words.
    pub issue: Option<&'a str>,
    /// All parameters.
    pub config: &'a Config,
    /// What is left out.
    pub without: Without,
}

/// Gathers the evidence, but for templates that the user has muted. An event that departs from normal, or belongs to a failing request, passes both filters.
#[must_use]
pub fn gather(
    read: &Ingested,
    templates: &Templates,
    of: &[TemplateId],
    sequences: &Sequences,
    scores: &Scores,
    asked: Asked,
) -> Gathered {
    let Asked { issue, config, without } = asked;
    let requests = if without.requests { Requests::default() } else { Requests::gather(&read.events, sequences, templates, of) };
    let relevance = issue.filter(|_| !without.relevance).map(|issue| relevance(templates, issue, config));
    let kept = important(of, scores, config.analysis.keep_percent);
    let important = kept.iter().filter(|k| **k).count() as u64;
    let near = |id: TemplateId| relevance.as_ref().is_none_or(|r| r[id as usize] >= config.tfidf.threshold);
    let passes = |id: TemplateId| near(id) || scores.departures[id as usize].degree >= DEPARTS;
    let relevant = of.iter().zip(&kept).filter(|(id, kept)| **kept && passes(**id)).count() as u64;
    let mut findings = findings::find(read, templates, of, scores, &requests, relevance.as_deref(), None);
    findings.retain(|f| !templates.is_muted(f.template));
    findings.retain(|f| f.signals.failing > 0.0 || (kept[f.event as usize] && passes(f.template)));
    let calls = issue.map(calls::named).unwrap_or_default();
    let failing = failing::find(read, templates, of, scores, &requests, &calls);
    let logs = missing::Logs { read, templates, of };
    let missing = missing::find(logs, scores, &requests, issue, &calls);
    // A model that hardly knows the cloud cannot say what is missing.
    let stopped =
        scores.pauses.as_ref().filter(|_| scores.trust >= 1.0).map(|pauses| stopped::find(logs, pauses)).unwrap_or_default();
    Gathered { findings, requests, failing, missing, stopped, relevance, important, relevant, trust: scores.trust }
}

/// Cosine of each template to the issue.
fn relevance(templates: &Templates, issue: &str, config: &Config) -> Vec<f64> {
    let texts: Vec<String> = templates.list.iter().map(|t| format!("{} {}", t.origin, t.text)).collect();
    let tfidf = Tfidf::fit(texts.iter().map(String::as_str), &config.tfidf);
    let issue = tfidf.row(issue);
    texts.iter().map(|text| tfidf::cosine(&issue, &tfidf.row(text))).collect()
}

/// Which events are among the most important so many percent, or depart from normal.
fn important(of: &[TemplateId], scores: &Scores, percent: f64) -> Vec<bool> {
    let mut sorted = scores.importance.clone();
    sorted.sort_unstable_by(f32::total_cmp);
    let dropped = ((1.0 - percent / 100.0) * sorted.len() as f64) as usize;
    let least = sorted.get(dropped).copied().unwrap_or(0.0);
    of.iter()
        .enumerate()
        .map(|(event, id)| {
            let departure = &scores.departures[*id as usize];
            scores.importance[event] >= least || departure.degree >= DEPARTS || departure.change == Change::New
        })
        .collect()
}
