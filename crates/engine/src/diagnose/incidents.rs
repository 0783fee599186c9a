//! Tells the incidents in one set of logs apart: by time, and by what their records have to do with each other.
//!
//! What could make an incident by itself comes in *bursts*. Bursts that begin together, or that share a request, a resource, a host,
//! a project or a known failure without a quiet gap between them, are one incident: better one too few than one that is told as two.
//! Each is then diagnosed from its own records alone, and is an incident where these would raise the alarm by themselves.

mod bursts;
mod groups;
mod members;
mod ties;

use super::{Asked, Diagnosis, Subject, lead::Lead};
use crate::{
    evidence::Gathered,
    ingest::Ingested,
    report::Verdict,
    score::Scores,
    template::{TemplateId, Templates},
};
use bursts::Burst;

/// The most incidents that are told apart, the gravest of them.
const MOST: usize = 20;
/// So many records tell little by themselves.
const FEW: usize = 2;

/// What incidents are found in.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
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
    /// What is asked.
    pub asked: Asked<'a>,
}

/// One of the incidents.
#[derive(Debug, Clone)]
pub struct Incident {
    /// The events that could make an incident by themselves, by time.
    pub telling: Vec<u32>,
    /// What was found out from its own records.
    pub diagnosis: Diagnosis,
}

/// The incidents, the worst first. None where `whole`, the diagnosis of all records, is clear; and where they are not to be told apart,
/// one that is diagnosed as the whole.
#[must_use]
pub fn find(basis: &Basis, whole: &Diagnosis) -> Vec<Incident> {
    if whole.verdict == Verdict::Clear {
        return Vec::new();
    }
    let (bursts, gap) = bursts::find(basis, &whole.leads);
    let groups = grave(grouped(basis, &whole.leads, bursts, gap), &whole.leads);
    if let [] | [_] = groups[..] {
        return vec![Incident { telling: telling(basis, &groups, whole), diagnosis: whole.clone() }];
    }
    let events = members::share(basis, &whole.leads, &groups, gap);
    let mut found: Vec<Incident> = groups
        .iter()
        .zip(events)
        .map(|(group, events)| Incident { telling: group.events(basis), diagnosis: diagnosed(basis, whole, &events) })
        .filter(|incident| incident.diagnosis.verdict == Verdict::Incident)
        .collect();
    if found.len() < 2 {
        let telling = found.pop().map_or_else(|| telling(basis, &groups, whole), |one| one.telling);
        return vec![Incident { telling, diagnosis: whole.clone() }];
    }
    let weight = |i: &Incident| i.diagnosis.suspects.first().map_or(0.0, |s| s.weight);
    // Those about as bad stay in the order of time.
    found.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    found
}

/// Bursts that belong together.
#[derive(Debug)]
struct Group {
    bursts: Vec<Burst>,
    /// What ties events to it.
    keys: ties::Keys,
}

impl Group {
    /// Its first and its last moment.
    fn span(&self) -> (i64, i64) {
        self.bursts.iter().fold((i64::MAX, i64::MIN), |(start, end), b| (start.min(b.start), end.max(b.end)))
    }

    /// Whether it is but a record or two, by which no request failed, and which the culprit itself does not tell.
    fn is_lone(&self, leads: &[Lead]) -> bool {
        let telling = |n: &usize| leads[*n].first_hand || leads[*n].finding.signals.failing > 0.0;
        matches!(&self.bursts[..], [burst] if burst.events.len() <= FEW && !burst.leads.iter().any(telling))
    }

    /// Its events by time.
    fn events(&self, basis: &Basis) -> Vec<u32> {
        let mut all: Vec<u32> = self.bursts.iter().flat_map(|b| &b.events).copied().collect();
        all.sort_by_key(|e| (basis.read.events.time[*e as usize], *e));
        all
    }
}

/// The bursts joined to groups, in the order of time.
fn grouped(basis: &Basis, leads: &[Lead], bursts: Vec<Burst>, gap: i64) -> Vec<Group> {
    let hosts = ties::Hosts::of(basis.read);
    let keys: Vec<ties::Keys> = bursts.iter().map(|b| ties::of_burst(basis, b, leads, &hosts)).collect();
    let number = groups::join(&bursts, &keys, gap);
    let mut groups: Vec<Group> = Vec::new();
    for ((burst, keys), number) in bursts.into_iter().zip(keys).zip(number) {
        if groups.len() <= number {
            groups.resize_with(number + 1, || Group { bursts: Vec::new(), keys: ties::Keys::default() });
        }
        groups[number].keys.extend(keys);
        groups[number].bursts.push(burst);
    }
    groups
}

/// The groups whose weightiest lead raises the alarm by itself, the gravest where there are many. What only a lone record tells is none
/// beside others that more records tell.
fn grave(mut groups: Vec<Group>, leads: &[Lead]) -> Vec<Group> {
    let alarm = |g: &Group| g.bursts.iter().flat_map(|b| &b.leads).map(|n| leads[*n].alarm).fold(0.0, f64::max);
    groups.retain(|g| alarm(g) >= super::ALARM);
    if groups.iter().any(|g| !g.is_lone(leads)) {
        groups.retain(|g| !g.is_lone(leads));
    }
    groups.sort_by(|a, b| alarm(b).total_cmp(&alarm(a)));
    groups.truncate(MOST);
    groups.sort_by_key(Group::span);
    groups
}

/// The events that tell of the one incident: those of the group, else those that show the weightier leads.
fn telling(basis: &Basis, groups: &[Group], whole: &Diagnosis) -> Vec<u32> {
    if let [group] = groups {
        return group.events(basis);
    }
    let most = whole.leads.first().map_or(0.0, |l| l.weight);
    let mut events: Vec<u32> = whole.leads.iter().filter(|l| l.weight >= 0.5 * most).map(|l| l.finding.event).collect();
    events.extend(whole.failing.first().map(|f| f.event).filter(|_| events.is_empty()));
    events.sort_by_key(|e| (crate::events::in_order(basis.read.events.time[*e as usize]), *e));
    events
}

/// What some events alone tell, where nobody says that there is an incident.
fn diagnosed(basis: &Basis, whole: &Diagnosis, events: &[u32]) -> Diagnosis {
    let Basis { read, templates, of, scores, gathered, asked } = *basis;
    let findings = gathered.among(read, templates, of, scores, events);
    let members: rustc_hash::FxHashSet<u32> = events.iter().copied().collect();
    let failing: Vec<_> = whole.failing.iter().filter(|f| members.contains(&f.event)).cloned().collect();
    let missing: Vec<_> = gathered.missing.iter().filter(|m| members.contains(&m.absence.after)).copied().collect();
    let stopped: Vec<_> = gathered.stopped.iter().filter(|s| members.contains(&s.last)).copied().collect();
    let times: Vec<i64> = events.iter().map(|e| read.events.time[*e as usize]).collect();
    let own: Vec<TemplateId> = events.iter().map(|e| of[*e as usize]).collect();
    let subject = Subject {
        findings: &findings,
        failing: &failing,
        missing: &missing,
        stopped: &stopped,
        times: &times,
        of: &own,
        whole: of,
        trust: gathered.trust,
    };
    super::diagnose(read, &subject, &asked)
}
