//! Composes the report from what the steps gave.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    Cause, FORMAT_VERSION, Funnel, IncidentRef, ModelRef, Patterns, Report, Skipped, absence, common, drift,
    exhibits::{self, Exhibit},
    narrative, requests, timeline, weighing,
};
use crate::{
    Error, Model,
    config::AnalysisConfig,
    diagnose::{
        Diagnosis, causes,
        causes::{Place, Suspect},
        known::{Kind, Known, Signature},
    },
    evidence::Gathered,
    ingest::Ingested,
    score::{Scores, drift::Distance},
    template::{TemplateId, Templates},
};

/// What a report is composed from.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// The issue in the user's words.
    pub issue: Option<&'a str>,
    /// The model, or why there is none.
    pub model: Result<&'a Model, &'a Error>,
    /// What is known about failures.
    pub known: &'a Known,
    /// How evidence is chosen.
    pub config: &'a AnalysisConfig,
    /// What was read.
    pub read: &'a Ingested,
    /// The templates.
    pub templates: &'a Templates,
    /// Each event's template.
    pub of: &'a [TemplateId],
    /// How much each departs from normal.
    pub scores: &'a Scores,
    /// What stands out.
    pub gathered: &'a Gathered,
    /// What was found out.
    pub diagnosis: &'a Diagnosis,
}

/// Composes the report of what was diagnosed; `patterns` are the counts over everything, `incidents` those that it tells of.
#[must_use]
pub fn compose(parts: &Parts, patterns: Patterns, incidents: Vec<IncidentRef>) -> Report {
    let exhibits = exhibits::choose(parts);
    let evidence = exhibits::evidence(parts, &exhibits);
    let causes: Vec<Cause> = causes(parts, &exhibits);
    let mut report = Report {
        format_version: FORMAT_VERSION,
        issue: parts.issue.map(str::to_owned),
        verdict: parts.diagnosis.verdict,
        category: parts.diagnosis.category.clone(),
        funnel: funnel(parts, evidence.len()),
        incidents,
        incident: None,
        timeline: timeline::timeline(parts, &exhibits),
        requests: requests::paths(parts, &exhibits),
        patterns,
        actions: actions(&causes),
        narrative: narrative::empty(),
        skipped: skipped(parts),
        model: parts.model.ok().map(|m| model(m, parts.scores.distance)),
        seconds: BTreeMap::new(),
        causes,
        evidence,
    };
    report.narrative = narrative::offline(&report);
    report
}

fn funnel(parts: &Parts, evidence: usize) -> Funnel {
    let (read, gathered) = (parts.read, parts.gathered);
    Funnel {
        files: read.files.len() as u64,
        bytes: read.bytes,
        lines: read.lines,
        events: read.events.len() as u64,
        important: gathered.important,
        relevant: gathered.relevant,
        evidence: evidence as u64,
    }
}

fn model(model: &Model, distance: Option<Distance>) -> ModelRef {
    let summary = model.summary();
    let baseline = model.facts.baseline;
    let drift = distance.and_then(|distance| drift::drift(distance, baseline));
    ModelRef { name: summary.name, trained_on: summary.trained_on, version: summary.version, baseline, drift }
}

/// What could not be read, and the model where it could not be loaded.
fn skipped(parts: &Parts) -> Vec<Skipped> {
    let mut all = parts.read.skipped.clone();
    if let Err(error) = parts.model {
        all.push(Skipped {
            path: "model".into(),
            line: None,
            reason: format!("no model scored these logs: {error}; {}", error.hint()),
        });
    }
    all
}

fn causes(parts: &Parts, exhibits: &[Exhibit]) -> Vec<Cause> {
    let found = parts.diagnosis.suspects.iter().filter_map(|s| cause(parts, s, exhibits));
    found.enumerate().map(|(n, cause)| Cause { rank: n as u32 + 1, ..cause }).collect()
}

/// A cause in words; none where none of its leads made it into the evidence.
fn cause(parts: &Parts, suspect: &Suspect, exhibits: &[Exhibit]) -> Option<Cause> {
    let lead = &parts.diagnosis.leads[suspect.lead];
    let evidence: Vec<String> = exhibits
        .iter()
        .enumerate()
        .filter(|(_, e)| e.lead.is_some_and(|l| suspect.leads.contains(&l)))
        .map(|(n, _)| exhibits::id(n))
        .take(8)
        .collect();
    if evidence.is_empty() {
        return None;
    }
    let signature = lead.signature.as_ref().filter(|_| suspect.place == Place::Own);
    let place = common::place(parts, suspect);
    Some(Cause {
        rank: 0,
        title: title(parts, suspect),
        confidence: (suspect.confidence * 100.0).round() / 100.0,
        service: place.service,
        subsystem: place.subsystem,
        host: place.host,
        source: suspect.source.clone(),
        signature: signature.map(|s| s.id.clone()),
        explanation: explanation(parts, suspect),
        evidence,
        reasons: weighing::reasons(parts, suspect, exhibits),
        actions: causes::actions(suspect, &parts.diagnosis.leads, parts.diagnosis.category.id, parts.known),
    })
}

fn title(parts: &Parts, suspect: &Suspect) -> String {
    let lead = &parts.diagnosis.leads[suspect.lead];
    let file = suspect.source.as_ref().map_or("another file", |s| s.file.as_str());
    match suspect.place {
        Place::Own => {}
        Place::Caller => return format!("The caller in {file} may have passed on something wrong"),
        Place::Callee => return format!("{file} may have given back something wrong"),
        Place::Shared => return suspect.shared.as_ref().map_or(String::new(), common::title),
    }
    if let Some(absent) = &lead.absent {
        return absence::title(parts, absent);
    }
    if let Some(signature) = &lead.signature {
        return signature.title.clone();
    }
    let headline = unprefixed(lead.message.lines().next().unwrap_or_default());
    match (&lead.raised, &suspect.source) {
        (Some((exception, said)), Some(source)) if said.is_empty() => format!("{exception} raised in {}", source.file),
        (Some((exception, said)), _) => format!("{exception}: {}", shortened(said, 120)),
        _ => shortened(headline, 140),
    }
}

/// A headline without the id in brackets that some services put before it.
fn unprefixed(headline: &str) -> &str {
    let id = |inside: &str| {
        inside.starts_with("req-") || (inside.len() == 36 && inside.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-'))
    };
    headline
        .strip_prefix('[')
        .and_then(|h| h.split_once("] "))
        .filter(|(inside, _)| id(inside))
        .map_or(headline, |(_, rest)| rest)
}

/// Why this is thought to be the cause: what happened, where, since when, how often, and how that compares with normal.
fn explanation(parts: &Parts, suspect: &Suspect) -> String {
    let common = suspect.shared.as_ref().map_or(String::new(), common::why);
    if suspect.place == Place::Shared {
        return format!("{common} {}", first_told(parts, suspect));
    }
    let lead = &parts.diagnosis.leads[suspect.lead];
    let mut text = String::new();
    if let Some(signature) = lead.signature.as_ref().filter(|_| suspect.place == Place::Own) {
        text.push_str(&signature.explanation);
        text.push(' ');
        if signature.kind == Kind::Symptom {
            text.push_str("This is a symptom: what lies behind it may be in another service. ");
        }
        text.push_str(&background(signature, lead.beside.as_deref()));
    }
    if let Some(absent) = &lead.absent {
        return absence::why(parts, absent);
    }
    text.push_str(&first_told(parts, suspect));
    if !common.is_empty() {
        _ = write!(text, " {common}");
    }
    text
}

/// Who reported it when, in what words, and how that compares with normal.
fn first_told(parts: &Parts, suspect: &Suspect) -> String {
    let lead = &parts.diagnosis.leads[suspect.lead];
    let (read, finding) = (parts.read, &lead.finding);
    let event = finding.event as usize;
    let mut text = String::new();
    let service = read.symbols.said(read.events.service(event)).unwrap_or("a service");
    let when = read.written(event).map_or(String::new(), |t| format!(" at {t}"));
    let first = &lead.message.lines().next().unwrap_or_default();
    _ = write!(text, "{service} reported it{when}: \u{201c}{}\u{201d}", shortened(first, 160));
    if let Some((exception, _)) = &lead.raised {
        _ = write!(text, ", with {exception}");
    }
    if let Some(source) = &suspect.source {
        let function = source.function.as_ref().map_or(String::new(), |f| format!(", function {f}"));
        let how = match suspect.place {
            Place::Own | Place::Shared => "the code is in",
            Place::Caller => "the call came from",
            Place::Callee => "the value may come from",
        };
        _ = write!(text, "; {how} {}{function}", source.file);
    }
    _ = write!(text, ". {}", exhibits::compared(parts, finding.template, finding.count));
    text
}

/// What more is known about a known failure: what came beside it, its releases, and whether it is one of the user's own.
fn background(signature: &Signature, beside: Option<&Signature>) -> String {
    let mut text = String::new();
    if let (Some(beside), Some(with)) = (beside, &signature.with) {
        let minutes = if with.minutes == 1 { "a minute".to_owned() } else { format!("{} minutes", with.minutes) };
        _ = write!(text, "Within {minutes} of it there was also: \u{201c}{}\u{201d}. ", beside.title);
    }
    if let Some(releases) = &signature.releases {
        _ = write!(text, "Known from releases {releases}. ");
    }
    if let Some(file) = &signature.file {
        _ = write!(text, "This known failure is one of your own, from {file}. ");
    }
    text
}

/// The actions of the causes in turn, each once: the first cause's come first.
fn actions(causes: &[Cause]) -> Vec<String> {
    const MOST: usize = 12;
    let mut all: Vec<String> = Vec::new();
    for action in causes.iter().flat_map(|c| &c.actions) {
        if !all.contains(action) && all.len() < MOST {
            all.push(action.clone());
        }
    }
    all
}

/// A text's beginning, up to so many characters.
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.trim().into();
    }
    let mut short: String = text.chars().take(most - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('\u{2026}');
    short
}
