//! A finding read closely: its text, its traceback, the known failures that it matches, and where it points.

use std::sync::Arc;

use super::{
    Subject, frames,
    known::{Kind, Known, Signature},
    shown::{self, Shown},
};
use crate::{
    Without, events,
    evidence::{
        findings::{Finding, Signals},
        missing::Missing,
        stopped::Stopped,
    },
    ingest::Ingested,
    report::SourceLocation,
    template::TemplateId,
    traceback::{self, Traceback},
};

/// From this severity on a record tells of an error.
pub const GRAVE: f64 = 0.9;
/// How much a lead counts that only passes on what a request of its own was answered with.
const CALLED: f64 = 0.3;

/// A finding and what it points to.
#[derive(Debug, Clone)]
pub struct Lead {
    /// The finding.
    pub finding: Finding,
    /// How much it matters once its text is read.
    pub weight: f64,
    /// The record's message, a traceback included.
    pub message: String,
    /// The exception of the innermost traceback, and what it says.
    pub raised: Option<(String, String)>,
    /// Code locations, the most telling first.
    pub locations: Vec<SourceLocation>,
    /// The file that may have given the value that its exception complains of.
    pub callee: Option<SourceLocation>,
    /// The known failure that it matches best.
    pub signature: Option<Arc<Signature>>,
    /// The known failure that shows beside it, and makes it count or surer.
    pub beside: Option<Arc<Signature>>,
    /// Whether the record was written by the project that its known cause is in, rather than by one that met it.
    pub first_hand: bool,
    /// The process that the fault is in, as far as this record tells.
    pub service: Option<String>,
    /// The project that it belongs to.
    pub subsystem: Option<String>,
    /// What speaks for an incident by this lead alone, where nobody reports one.
    pub alarm: f64,
    /// The same fault as this lead's, told again later: the index of the lead that tells it first.
    pub follows: Option<usize>,
    /// What did not come after this record, where the lead is that.
    pub absent: Option<Absent>,
}

/// What did not come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Absent {
    /// What the LSTM expected in a request.
    Missing(Missing),
    /// What comes again and again.
    Stopped(Stopped),
}

impl Absent {
    /// The last event before.
    #[must_use]
    pub fn after(&self) -> u32 {
        match self {
            Self::Missing(missing) => missing.absence.after,
            Self::Stopped(stopped) => stopped.last,
        }
    }
}

/// Reads the weightiest findings closely; gives them by their new weight.
#[must_use]
pub fn read(subject: &Subject, read: &Ingested, known: &Known, without: Without) -> Vec<Lead> {
    const CLOSELY: usize = 150;
    let findings = &subject.findings[..subject.findings.len().min(CLOSELY)];
    let messages: Vec<String> = findings.iter().map(|f| read.message(f.event as usize)).collect();
    let shown = if without.signatures {
        vec![None; findings.len()]
    } else {
        let writers: Vec<_> = findings.iter().map(|f| read.symbols.said(read.events.service(f.event as usize))).collect();
        shown::shown(findings, &messages, &writers, subject.times, subject.of, known)
    };
    let mut leads: Vec<Lead> =
        findings.iter().zip(messages).zip(shown).map(|((f, message), shown)| lead(f, message, shown, read, known)).collect();
    if !without.requests {
        callers(&mut leads, read);
    }
    order(&mut leads, read);
    fold(&mut leads);
    leads
}

fn lead(finding: &Finding, message: String, shown: Option<Shown>, read: &Ingested, known: &Known) -> Lead {
    let event = finding.event as usize;
    let traces = traceback::read(&message);
    let logger = read.symbols.text(read.events.logger(event));
    let service = read.symbols.said(read.events.service(event)).map(str::to_owned);
    let (signature, beside) = shown.map_or((None, None), |shown| (Some(shown.signature), shown.beside));
    let locations = locations(&traces, logger, &message);
    let callee = traces.first().zip(locations.first()).and_then(|(trace, first)| frames::callee(trace, first));
    let elsewhere = traces.first().is_some_and(frames::came_from_elsewhere);
    let own = service.as_deref().and_then(|s| known.subsystem_of(s)).and_then(|c| c.subsystem.as_deref());
    let first_hand = signature.as_ref().is_some_and(|s| s.kind == Kind::Cause && own == Some(s.subsystem.as_str()));
    let weight = weight(finding, signature.as_deref(), first_hand, elsewhere);
    let (service, subsystem) = place(signature.as_deref(), &locations, service, logger, known);
    let raised = traces.first().filter(|t| !t.exception.is_empty()).map(|t| (t.exception.to_owned(), t.message.to_owned()));
    Lead {
        finding: finding.clone(),
        weight,
        alarm: if lifted(finding) { finding.weight } else { weight },
        raised,
        locations,
        callee,
        signature,
        beside,
        first_hand,
        service,
        subsystem,
        follows: None,
        absent: None,
        message,
    }
}

/// The lead of what did not come: the record after which it was expected. The process that did not go on is where to look, whatever
/// library it spoke of last.
#[must_use]
pub fn absent(absent: Absent, weight: f64, read: &Ingested, of: &[TemplateId], known: &Known) -> Lead {
    let event = absent.after();
    let finding = Finding { template: of[event as usize], event, count: 1, signals: Signals::default(), weight };
    let lead = lead(&finding, read.message(event as usize), None, read, known);
    let own = lead.service.as_deref().and_then(|s| known.subsystem_of(s)).and_then(|c| c.subsystem.clone());
    let subsystem = own.or_else(|| lead.subsystem.clone());
    Lead { subsystem, weight, alarm: weight, raised: None, absent: Some(absent), ..lead }
}

/// A finding's weight once its text is read: a known cause counts more, a known symptom and what another service raised count less.
/// Where the culprit itself tells a known cause, it is as grave as an error at whatever level it is told: databases and schedulers say
/// at WARNING or INFO what breaks everything above them.
fn weight(finding: &Finding, signature: Option<&Signature>, first_hand: bool, elsewhere: bool) -> f64 {
    match signature {
        Some(s) if first_hand => {
            let severity = finding.signals.severity.max(GRAVE);
            Signals { severity, ..finding.signals }.weight() * (1.5 + 0.6 * s.confidence)
        }
        Some(s) if s.kind == Kind::Cause => finding.weight * (1.0 + 0.6 * s.confidence),
        Some(_) => finding.weight * 0.6,
        None if elsewhere => finding.weight * 0.7,
        None => finding.weight,
    }
}

/// Whether a finding's gravity is only what a known failure lends it, and it came once, and no request failed by it: services say such
/// things while they start, before the others are there.
fn lifted(finding: &Finding) -> bool {
    let signals = &finding.signals;
    signals.severity < GRAVE && signals.failing == 0.0 && finding.count == 1
}

/// Code locations of a chain of tracebacks, that of the innermost cause first; without a traceback the logger's own file.
fn locations(traces: &[Traceback], logger: &str, message: &str) -> Vec<SourceLocation> {
    let mut all: Vec<SourceLocation> = Vec::new();
    for location in traces.iter().flat_map(frames::locations) {
        if all.iter().all(|l| l.file != location.file) {
            all.push(location);
        }
    }
    if all.is_empty() {
        let headline = message.lines().next().unwrap_or_default();
        all.extend(frames::of_debug(headline).or_else(|| frames::of_logger(logger)));
    }
    all
}

/// The process and project at fault: what the known failure says, else the project whose code raised, else the writer.
fn place(
    signature: Option<&Signature>,
    locations: &[SourceLocation],
    service: Option<String>,
    logger: &str,
    known: &Known,
) -> (Option<String>, Option<String>) {
    let writer = service.as_deref().and_then(|s| known.subsystem_of(s)).and_then(|c| c.subsystem.clone());
    let by_logger = || known.subsystem_of(logger).and_then(|c| c.subsystem.clone());
    let own = writer.or_else(by_logger).or_else(|| service.as_deref().and_then(|s| s.split('-').next()).map(str::to_owned));
    // A fault of the host without a process of its own belongs to the process that met it.
    let of_host = |s: &&Signature| s.subsystem == "host" && s.culprit.is_none();
    if let Some(signature) = signature.filter(|s| s.kind == Kind::Cause && !of_host(s)) {
        let same = own.as_deref() == Some(signature.subsystem.as_str());
        let culprit = if same { service } else { signature.culprit.clone().or(service) };
        return (culprit, Some(signature.subsystem.clone()));
    }
    let raised = locations
        .first()
        .and_then(|l| l.file.split('/').next())
        .and_then(|p| known.subsystem_of(p))
        .and_then(|c| c.subsystem.clone());
    match (raised, own) {
        // Placement was a part of nova; its code tells no more than its process.
        (Some(raised), Some(own)) if raised != own && own != "placement" => (service, Some(raised)),
        (raised, own) => (service, own.or(raised)),
    }
}

/// Lessens the leads that name the request in which another lead failed: who calls an API logs the id that the API's answer carried, and
/// the reason stands where that request was served.
fn callers(leads: &mut [Lead], read: &Ingested) {
    let id = |l: &Lead| read.symbols.text(read.events.request[l.finding.event as usize]);
    let failed: Vec<&str> =
        leads.iter().filter(|l| l.finding.signals.severity >= GRAVE).map(id).filter(|id| !id.is_empty()).collect();
    let calls = |l: &Lead| {
        let own = id(l);
        l.message.contains("equest-ID: req-") && failed.iter().any(|other| *other != own && l.message.contains(other))
    };
    let passing: Vec<usize> = (0..leads.len()).filter(|n| calls(&leads[*n])).collect();
    for n in passing {
        leads[n].weight *= CALLED;
    }
}

/// Sorts by weight; of leads about as weighty, the earlier comes first, since what comes later can follow from it.
fn order(leads: &mut [Lead], read: &Ingested) {
    let time = |l: &Lead| events::in_order(read.events.time[l.finding.event as usize]);
    let most = leads.iter().map(|l| l.weight).fold(0.0, f64::max);
    let mut early: Vec<usize> = (0..leads.len()).filter(|n| leads[*n].weight > 0.4 * most).collect();
    early.sort_by_key(|n| (time(&leads[*n]), leads[*n].finding.event));
    for (place, n) in early.into_iter().enumerate() {
        leads[n].weight *= f64::max(0.5, 1.0 - 0.08 * place as f64);
    }
    leads.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then_with(|| time(a).cmp(&time(b))).then(a.finding.event.cmp(&b.finding.event))
    });
}

/// Folds a lead that raises the same exception from the same place as a weightier one.
fn fold(leads: &mut [Lead]) {
    for n in 1..leads.len() {
        let same = |a: &Lead, b: &Lead| a.raised.is_some() && a.raised == b.raised && a.locations.first() == b.locations.first();
        leads[n].follows = (0..n).find(|m| leads[*m].follows.is_none() && same(&leads[*m], &leads[n]));
    }
}
