//! The suspected causes: what each weighty lead points to, each place or known failure once.

use super::{
    known::{Kind, Known},
    lead::Lead,
    shared::{Shared, What},
};
use crate::report::{CategoryId, SourceLocation};

/// A suspected cause before it is put into words.
#[derive(Debug, Clone)]
pub struct Suspect {
    /// The lead that it rests on most.
    pub lead: usize,
    /// Where the fault is thought to be; one of the lead's locations.
    pub source: Option<SourceLocation>,
    /// What it is to the place that the lead points to first.
    pub place: Place,
    /// How much speaks for it.
    pub weight: f64,
    /// 0 to 1.
    pub confidence: f64,
    /// All leads that speak for it, weightiest first.
    pub leads: Vec<usize>,
    /// What the services that fail have in common, where it is that.
    pub shared: Option<Shared>,
}

/// What a suspect is to the place that a lead points to first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is the place.
    Own,
    /// It called the place.
    Caller,
    /// The place calls it.
    Callee,
    /// Several leads share it.
    Shared,
}

/// Leads below this share of the weightiest one point to no cause of their own.
const LEAST_SHARE: f64 = 0.2;
/// A first-hand lead stands for its cause where it weighs at least this share of the weightiest one.
const FIRST_HAND: f64 = 0.25;
/// The most that a cause is sure: of the weightiest causes that were stated so on labelled incidents, real and simulated, about so
/// many were right.
const MOST: f64 = 0.8;
/// What is left of a confidence without a model that knows the cloud.
const UNAIDED: f64 = 0.6;
/// What each further file up the stack is worth beside the one before.
const CALLER: f64 = 0.45;
/// What a file is worth that may have given a wrong value, beside the one that complains of it.
const CALLEE: f64 = 0.4;

/// What all that fail name is worth beside the weightiest record that names it: each of them only met it.
const NAMED_BY_ALL: f64 = 1.1;
/// What the host is worth on which all that fail run: it says where, but not what.
const HOST_OF_ALL: f64 = 0.9;

/// The causes that leads point to and what they share, best first. `trust` says how much can be made of the model, 0 to 1.
#[must_use]
pub fn suspects(leads: &[Lead], shared: Vec<Shared>, trust: f64, most: usize) -> Vec<Suspect> {
    let Some(best) = leads.first().map(|l| l.weight) else { return Vec::new() };
    let mut found: Vec<Suspect> = Vec::new();
    // An access line tells that a request failed, not why: it is a suspect only where nothing else is.
    let telling = leads.iter().any(|l| l.finding.signals.status.is_none() && l.weight >= LEAST_SHARE * best);
    let suspicious = |l: &Lead| l.weight >= LEAST_SHARE * best && !(telling && l.finding.signals.status.is_some());
    for (n, lead) in leads.iter().enumerate().filter(|(_, l)| suspicious(l)) {
        if let Some(known) = lead.follows.and_then(|first| found.iter().position(|s| s.lead == first)) {
            found[known].leads.push(n);
            continue;
        }
        for (place, weight, source) in places(lead) {
            match found.iter_mut().find(|s| same(s, lead, place, source.as_ref(), leads)) {
                Some(suspect) => suspect.leads.push(n),
                None => {
                    found.push(Suspect { lead: n, source, place, weight, confidence: 0.0, leads: vec![n], shared: None });
                }
            }
        }
    }
    for shared in shared {
        join(&mut found, shared, leads);
    }
    for suspect in &mut found {
        suspect.leads.dedup();
        // What the culprit itself says shows a cause better than what others say of it.
        let near = |n: &&usize| {
            suspect.place != Place::Shared
                && leads[**n].first_hand
                && leads[**n].weight >= FIRST_HAND * leads[suspect.lead].weight
        };
        if let Some(first_hand) = suspect.leads.iter().find(near) {
            suspect.lead = *first_hand;
            suspect.source = leads[*first_hand].locations.first().cloned();
        }
        // What several records say is surer than what one says, up to a point.
        suspect.weight *= 1.0 + 0.05 * (suspect.leads.len() - 1).min(4) as f64;
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.lead.cmp(&b.lead)));
    found.truncate(most);
    let top = found.first().map_or(1.0, |s| s.weight);
    for suspect in &mut found {
        suspect.confidence = confidence(suspect.weight, suspect.weight / top) * sureness(trust);
    }
    found
}

/// Adds what services share: to the known cause that it is, where one of the records shows that; else as a suspect of its own.
fn join(found: &mut Vec<Suspect>, shared: Shared, leads: &[Lead]) {
    let is_it = |s: &&mut Suspect| {
        known_as(&leads[s.lead], s.place).is_some_and(|(kind, _)| kind == Kind::Cause)
            && leads[s.lead].subsystem == shared.subsystem
    };
    if let Some(suspect) = found.iter_mut().find(is_it) {
        suspect.leads.extend(&shared.leads);
        suspect.leads.sort_unstable();
        suspect.leads.dedup();
        suspect.shared = Some(shared);
        return;
    }
    let lead = shared.leads[0];
    let worth = if shared.what == What::Host { HOST_OF_ALL } else { NAMED_BY_ALL };
    let (weight, leads) = (worth * leads[lead].weight, shared.leads.clone());
    found.push(Suspect { lead, source: None, place: Place::Shared, weight, confidence: 0.0, leads, shared: Some(shared) });
}

/// The places that a lead points to, each with what speaks for it. A known cause is what it is, whoever called; only where the code
/// itself is in question do its callers and callees come into it.
fn places(lead: &Lead) -> Vec<(Place, f64, Option<SourceLocation>)> {
    let mut weight = lead.weight;
    let mut found = vec![(Place::Own, weight, lead.locations.first().cloned())];
    if lead.signature.as_ref().is_some_and(|s| s.kind == Kind::Cause) {
        return found;
    }
    found.extend(lead.callee.clone().map(|callee| (Place::Callee, CALLEE * weight, Some(callee))));
    for caller in lead.locations.iter().take(3).skip(1) {
        weight *= CALLER;
        found.push((Place::Caller, weight, Some(caller.clone())));
    }
    found
}

/// Two leads speak for one cause where they match the same known failure, or else point to the same place.
fn same(suspect: &Suspect, lead: &Lead, place: Place, source: Option<&SourceLocation>, leads: &[Lead]) -> bool {
    let (a, b) = (known_as(&leads[suspect.lead], suspect.place), known_as(lead, place));
    let is_cause = |k: Option<(Kind, &str)>| k.is_some_and(|(kind, _)| kind == Kind::Cause);
    if is_cause(a) || is_cause(b) || (a.is_some() && a == b) {
        return a == b;
    }
    match (&suspect.source, source) {
        (Some(x), Some(y)) => x.file == y.file && (x.function == y.function || x.function.is_none() || y.function.is_none()),
        (None, None) => leads[suspect.lead].service == lead.service,
        _ => false,
    }
}

/// The known failure that a lead matches; who called or is called matches none.
fn known_as(lead: &Lead, place: Place) -> Option<(Kind, &str)> {
    lead.signature.as_deref().filter(|_| place == Place::Own).map(|s| (s.kind, s.id.as_str()))
}

/// Grows with the weight, and with the share of the best cause's weight.
fn confidence(weight: f64, share: f64) -> f64 {
    (MOST * (1.0 - (-1.1 * weight).exp()) * share).max(0.01)
}

/// How much of a confidence stands where the model can be trusted so far: without one that knows the cloud, what is always there
/// looks like what broke.
#[must_use]
pub fn sureness(trust: f64) -> f64 {
    UNAIDED + (1.0 - UNAIDED) * trust
}

/// What to do about a cause, most useful first: the known failure's remedy and read-only checks, else those of the category.
#[must_use]
pub fn actions(suspect: &Suspect, leads: &[Lead], category: CategoryId, known: &Known) -> Vec<String> {
    let (lead, source) = (&leads[suspect.lead], suspect.source.as_ref());
    let mut actions = Vec::new();
    let common = suspect.shared.as_ref().filter(|_| suspect.place == Place::Shared);
    if let Some(signature) = lead.signature.as_ref().filter(|_| common.is_none()) {
        actions.extend(
            signature.look_upstream.iter().filter(|_| signature.kind == Kind::Symptom).map(|w| format!("Look upstream: {w}")),
        );
        actions.extend(signature.remedy.iter().cloned());
        actions.extend(signature.confirm.iter().map(|c| format!("Check: `{c}`")));
        return actions;
    }
    actions.extend(common.into_iter().flat_map(Shared::checks));
    if let (Some((exception, _)), Some(source)) = (&lead.raised, source) {
        let function = source.function.as_ref().map_or(String::new(), |f| format!(", function `{f}`"));
        let line = source.line.map_or(String::new(), |l| format!(", line {l}"));
        actions.push(format!("Read `{}`{function}{line} for what raises `{exception}`; compare it with the installed release, and look for local changes or a known bug.", source.file));
    }
    if let Some(facts) = known.category(category) {
        actions.extend(facts.checks.iter().map(|c| format!("Check: `{c}`")));
        actions.extend(facts.remedies.iter().cloned());
    }
    actions
}
