//! What speaks for a cause, and what against it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Change,
    compose::Parts,
    exhibits::{self, Exhibit},
};
use crate::diagnose::{
    causes::{Place, Suspect},
    known::{Kind, Signature},
    lead::Lead,
};

/// An issue is spoken of from this cosine on.
const RELEVANT: f64 = 0.15;
/// So surprising is what the LSTM saw in one of a thousand normal events at most.
const SURPRISING: f64 = 0.999;

/// Something that speaks for a cause, or against it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Argument {
    /// Whether it speaks for the cause.
    pub pro: bool,
    /// A sentence.
    pub text: String,
    /// The evidence that shows it, where one does.
    pub evidence_id: Option<String>,
}

/// The reasons, those for the cause first.
#[must_use]
pub fn reasons(parts: &Parts, suspect: &Suspect, exhibits: &[Exhibit]) -> Vec<Argument> {
    let lead = &parts.diagnosis.leads[suspect.lead];
    let evidence_id = exhibits.iter().position(|e| e.lead == Some(suspect.lead)).map(exhibits::id);
    let of_lead = |pro: bool, text: String| Argument { pro, text, evidence_id: evidence_id.clone() };
    let pro = rarity(parts, lead)
        .into_iter()
        .chain(told(lead, suspect))
        .map(|text| of_lead(true, text))
        .chain(others(parts, suspect, exhibits))
        .chain(order(parts, suspect, exhibits));
    let contra = doubts(parts, lead, suspect).into_iter().map(|text| of_lead(false, text));
    let mut all: Vec<Argument> = pro.chain(contra).collect();
    all.sort_by_key(|reason| !reason.pro);
    all
}

/// How what the record says compares with normal work.
fn rarity(parts: &Parts, lead: &Lead) -> Vec<String> {
    let departure = &parts.scores.departures[lead.finding.template as usize];
    let mut all = Vec::new();
    match (departure.change, departure.expected) {
        (Change::New, Some(_)) => all.push("Normal work never says this.".to_owned()),
        (Change::Surging, Some(expected)) => {
            let here = f64::from(parts.templates.counts[lead.finding.template as usize]);
            all.push(format!("It comes {:.0} times as often as in normal work.", here / expected.max(1.0)));
        }
        _ => {}
    }
    if parts.model.is_ok() && lead.absent.is_none() && lead.finding.signals.importance >= SURPRISING {
        all.push(
            "In its sequence the LSTM did not expect it: fewer than one of a thousand normal events are so surprising.".into(),
        );
    }
    all
}

/// What the record itself tells.
fn told(lead: &Lead, suspect: &Suspect) -> Vec<String> {
    let mut all = Vec::new();
    let signature = lead.signature.as_ref().filter(|s| s.kind == Kind::Cause && suspect.place == Place::Own);
    if let Some(signature) = signature {
        let whose = if lead.first_hand { ", and the service at fault says so itself" } else { "" };
        all.push(format!("It is a known cause ({}){whose}.", signature.id));
        all.extend(lead.beside.as_ref().map(|beside| format!("Near it there is what goes with it: {}.", beside.title)));
    }
    if lead.raised.is_some() && signature.is_none() && suspect.place == Place::Own {
        all.push("A traceback leads to the code where it was raised.".into());
    }
    if let Some(shared) = &suspect.shared {
        all.push(format!("{} services meet it independently of each other.", shared.services.len()));
    }
    if lead.finding.signals.failing > 0.0 {
        all.push("Requests failed in which it stands.".into());
    }
    if lead.finding.signals.relevance >= RELEVANT {
        all.push("It is what the issue speaks of.".into());
    }
    all
}

/// Further records that speak for the same.
fn others(parts: &Parts, suspect: &Suspect, exhibits: &[Exhibit]) -> Option<Argument> {
    let more: Vec<usize> = suspect.leads.iter().copied().filter(|n| *n != suspect.lead).collect();
    let shown = exhibits.iter().position(|e| e.lead.is_some_and(|l| more.contains(&l))).map(exhibits::id);
    let services = more.iter().filter_map(|n| {
        let event = parts.diagnosis.leads[*n].finding.event as usize;
        parts.read.symbols.said(parts.read.events.service(event))
    });
    let mut services: Vec<&str> = services.collect();
    services.sort_unstable();
    services.dedup();
    let text = match (more.len(), services.len()) {
        (0, _) => return None,
        (1, _) => "Another kind of record says the same.".to_owned(),
        (n, 0 | 1) => format!("{n} other kinds of records say the same."),
        (n, services) => format!("{n} other kinds of records of {services} services say the same."),
    };
    Some(Argument { pro: true, text, evidence_id: shown })
}

/// Whether it came before the other causes, or after the first one.
fn order(parts: &Parts, suspect: &Suspect, exhibits: &[Exhibit]) -> Option<Argument> {
    let suspects = &parts.diagnosis.suspects;
    let began = |s: &Suspect| {
        let events = s.leads.iter().map(|n| parts.diagnosis.leads[*n].finding.event as usize);
        events.filter(|e| crate::events::is_plausible(parts.read.events.time[*e])).min_by_key(|e| parts.read.events.time[*e])
    };
    let own = began(suspect)?;
    let is_first = suspects.first().is_some_and(|first| first.lead == suspect.lead && first.place == suspect.place);
    let time = |event: usize| parts.read.events.time[event];
    if is_first {
        let earliest = suspects.iter().skip(1).filter_map(began).all(|other| time(other) > time(own));
        let shown = exhibits.iter().position(|e| e.event as usize == own).map(exhibits::id);
        let text = "It began before all the other suspects.".to_owned();
        return (suspects.len() > 1 && earliest).then_some(Argument { pro: true, text, evidence_id: shown });
    }
    let first = suspects.first().and_then(began)?;
    let late = (time(own) - time(first)) as f64 / 1e6;
    let text = format!("It began {late:.1} s after the first suspect, and may follow from it.");
    (late >= 0.1).then_some(Argument { pro: false, text, evidence_id: None })
}

/// What makes it less sure.
fn doubts(parts: &Parts, lead: &Lead, suspect: &Suspect) -> Vec<String> {
    let mut all = Vec::new();
    if lead.signature.as_ref().is_some_and(|s| s.kind == Kind::Symptom) && suspect.place == Place::Own {
        all.push("It is known as a symptom: the cause may be in another service.".into());
    }
    // A fault of the host has no service that could say so.
    let has_service = |s: &Signature| s.subsystem != "host" || s.culprit.is_some();
    if !lead.first_hand && lead.signature.as_ref().is_some_and(|s| s.kind == Kind::Cause && has_service(s)) {
        all.push("The service at fault does not say so itself; another one met it.".into());
    }
    match suspect.place {
        Place::Caller => all.push("No record says so: it only called what failed.".into()),
        Place::Callee => all.push("No record says so: what failed complains of a value that it may have given.".into()),
        Place::Own | Place::Shared => {}
    }
    if lead.absent.is_some() {
        all.push("Nothing reported an error: this rests on what did not come.".into());
    }
    let usual = parts.scores.departures[lead.finding.template as usize];
    if usual.change == Change::Usual && usual.expected.is_some_and(|e| e >= 1.0) {
        all.push("Normal work says this as well.".into());
    }
    if parts.model.is_err() {
        all.push("No model scored these logs, so what is always there cannot be told from what is new.".into());
    } else if parts.scores.trust < 1.0 {
        all.push("The model hardly knows this cloud, so what is always there may look new.".into());
    }
    all
}
