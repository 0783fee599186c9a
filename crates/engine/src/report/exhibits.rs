//! Chooses the evidence: the leads in their order, with the failing requests' own records among the first.

use std::fmt::Write;

use super::{
    Change, Evidence, Role, absence,
    compose::{Parts, shortened},
};
use crate::{
    diagnose::{known::Kind, lead::Lead},
    evidence::{
        failing::{Failing, Habit},
        findings::gravity,
    },
    template::TemplateId,
};

/// An event chosen as evidence, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhibit {
    /// The event.
    pub event: u32,
    /// The lead that it shows, if it shows one.
    pub lead: Option<usize>,
    /// The failing request that it shows, if it is here for that.
    pub failing: Option<usize>,
}

/// Leads below this share of the weightiest one are no evidence.
const LEAST_SHARE: f64 = 0.08;
/// How many failing requests stand among the evidence, and where they are put in.
const FAILING_AT: [usize; 3] = [1, 3, 6];

/// Chooses the evidence.
#[must_use]
pub fn choose(parts: &Parts) -> Vec<Exhibit> {
    let diagnosis = parts.diagnosis;
    let least = LEAST_SHARE * diagnosis.leads.first().map_or(0.0, |l| l.weight);
    // The first piece of evidence shows the first cause.
    let first = diagnosis.suspects.first().map(|s| s.lead);
    let (mut own, following): (Vec<usize>, Vec<usize>) = (0..diagnosis.leads.len())
        .filter(|n| diagnosis.leads[*n].weight >= least)
        .partition(|n| diagnosis.leads[*n].follows.is_none());
    own.sort_by_key(|n| Some(*n) != first);
    let mut chosen: Vec<Exhibit> = own
        .into_iter()
        .chain(following)
        .map(|n| Exhibit { event: diagnosis.leads[n].finding.event, lead: Some(n), failing: None })
        .collect();
    for (n, failing) in diagnosis.failing.iter().enumerate().take(FAILING_AT.len()) {
        insert(parts, &mut chosen, n, failing);
    }
    chosen.truncate(parts.config.max_evidence);
    chosen
}

/// Puts a failing request's most telling record among the first, unless one of its records stands there already.
fn insert(parts: &Parts, chosen: &mut Vec<Exhibit>, n: usize, failing: &Failing) {
    let at = FAILING_AT[n].min(chosen.len());
    let request = parts.gathered.requests.with_id(failing.id);
    let of_request = |e: &Exhibit| request.is_some_and(|r| r.events.contains(&e.event));
    if chosen[..at].iter().any(of_request) {
        return;
    }
    let exhibit = match chosen.iter().position(of_request) {
        Some(place) => chosen.remove(place),
        None => Exhibit { event: failing.event, lead: None, failing: Some(n) },
    };
    chosen.insert(at, exhibit);
}

/// The id of the piece of evidence at a place in the list.
#[must_use]
pub fn id(place: usize) -> String {
    format!("E{}", place + 1)
}

/// The evidence as the report gives it.
#[must_use]
pub fn evidence(parts: &Parts, exhibits: &[Exhibit]) -> Vec<Evidence> {
    exhibits.iter().enumerate().map(|(n, e)| piece(parts, n, e)).collect()
}

fn piece(parts: &Parts, n: usize, exhibit: &Exhibit) -> Evidence {
    let (read, event) = (parts.read, exhibit.event as usize);
    let (e, symbols) = (&read.events, &read.symbols);
    let said = |symbol| symbols.said(symbol).map(str::to_owned);
    let template = parts.of[event];
    let lead = exhibit.lead.map(|l| &parts.diagnosis.leads[l]);
    let service = said(e.service(event));
    Evidence {
        id: id(n),
        file: read.files[e.file(event) as usize].path.clone(),
        line: e.line[event],
        end_line: read.end_line(event),
        timestamp: read.written(event),
        host: said(e.host(event)),
        subsystem: service.as_deref().and_then(|s| parts.known.subsystem_of(s)).and_then(|c| c.subsystem.clone()),
        service,
        level: e.level[event].name().map(str::to_owned),
        logger: said(e.logger(event)),
        request_id: said(e.request[event]),
        instance_id: said(e.instance[event]),
        message: read.message(event),
        template: parts.templates.list[template as usize].text.clone(),
        importance: rounded(f64::from(parts.scores.importance[event])),
        relevance: parts.gathered.relevance.as_ref().map(|r| rounded(r[template as usize])),
        role: role(parts, exhibit, lead),
        why: why(parts, exhibit, template),
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn role(parts: &Parts, exhibit: &Exhibit, lead: Option<&Lead>) -> Role {
    if exhibit.failing.is_some_and(|f| parts.diagnosis.failing[f].status.is_none()) {
        return Role::Absence;
    }
    let Some(lead) = lead else { return Role::Symptom };
    if lead.absent.is_some() {
        return Role::Absence;
    }
    let first = parts.diagnosis.suspects.first().is_some_and(|s| exhibit.lead.is_some_and(|l| s.leads.contains(&l)));
    let symptom = lead.signature.as_ref().is_some_and(|s| s.kind == Kind::Symptom) || lead.follows.is_some();
    match (first, symptom, lead.finding.signals.severity) {
        (true, false, _) => Role::Cause,
        (_, true, _) => Role::Symptom,
        (_, _, severity) if severity >= 0.5 => Role::Symptom,
        _ => Role::Context,
    }
}

/// Why an event is evidence, in a sentence or two.
fn why(parts: &Parts, exhibit: &Exhibit, template: TemplateId) -> String {
    if let Some(failing) = exhibit.failing.map(|f| &parts.diagnosis.failing[f]) {
        let Some(status) = failing.status else {
            let usual = failing.habit.map_or_else(|| "none is known of requests like it".into(), usually);
            return format!("The request began here, and no answer to it was logged; {usual}.");
        };
        let named = if failing.named { ", and is a call that the issue speaks of" } else { "" };
        return format!("The request ended with HTTP {status}{named}.");
    }
    if let Some(absent) = exhibit.lead.and_then(|l| parts.diagnosis.leads[l].absent.as_ref()) {
        return absence::why(parts, absent);
    }
    let lead = exhibit.lead.map(|l| &parts.diagnosis.leads[l]);
    let count = lead.map_or(parts.templates.counts[template as usize], |l| l.finding.count);
    let mut why = compared(parts, template, count);
    if let Some(lead) = lead {
        if let Some(signature) = &lead.signature {
            _ = write!(why, " Matches the known failure \u{201c}{}\u{201d}.", signature.title);
        }
        if let Some((exception, _)) = &lead.raised {
            _ = write!(why, " Its traceback ends in {exception}.");
        }
        if let Some(status) = lead.finding.signals.status.filter(|s| gravity(*s) > 0.0) {
            _ = write!(why, " It reports HTTP {status}.");
        }
        if lead.follows.is_some() {
            why.push_str(" It tells again what an earlier record told.");
        }
        if lead.finding.signals.failing > 0.0 {
            why.push_str(" Its request failed.");
        }
    }
    why.push_str(&instead(parts, exhibit.event));
    why
}

/// What the LSTM expected in place of an event, in which sequence, and how surprising the event is.
fn instead(parts: &Parts, event: u32) -> String {
    let Some(instead) = parts.scores.instead.get(&event) else { return String::new() };
    let events = &parts.read.events;
    let sequence = if !events.request[event as usize].is_none() {
        "request"
    } else if !events.instance[event as usize].is_none() {
        "instance"
    } else {
        "process"
    };
    let expected = shortened(&parts.templates.list[instead.template as usize].text, 100);
    let (surely, surprise) = (instead.probability * 100.0, instead.surprise);
    format!(
        " At this place of the {sequence} the LSTM expected \u{201c}{expected}\u{201d} ({surely:.0} %); its surprise is {surprise:.1} nats."
    )
}

/// How requests like an unanswered one end, and how long that takes.
fn usually(habit: Habit) -> String {
    let Habit { answered, all, median } = habit;
    match answered {
        0 => "no request like it has an answer under its own id here".into(),
        _ => {
            format!("{answered} of {all} requests like it were answered, half of them within {:.2} seconds", median as f64 / 1e6)
        }
    }
}

/// How often a template comes beside normal, in a sentence; `count` of its events are those of the incident.
#[must_use]
pub fn compared(parts: &Parts, template: TemplateId, count: u32) -> String {
    let departure = &parts.scores.departures[template as usize];
    let all = parts.templates.counts[template as usize];
    let times = if all == 1 { "once".to_owned() } else { format!("{all} times") };
    let own = if count < all { format!(", {count} of them in this incident") } else { String::new() };
    match (departure.change, departure.expected) {
        (Change::New, Some(_)) => format!("Never seen in normal work; here {times}{own}."),
        (Change::Surging, Some(expected)) => format!("Seen {times}{own} where normal work has about {expected:.0}."),
        (_, Some(expected)) => format!("Seen {times}{own}; normal work has about {expected:.0}."),
        (_, None) => format!("Seen {times} in these logs{own}."),
    }
}
