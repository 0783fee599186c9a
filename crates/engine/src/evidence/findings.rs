//! What stands out: one finding for each template that departs from normal or reports an error, by how much it matters.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{access, requests::Requests};
use crate::{
    events::{self, Level},
    ingest::Ingested,
    score::{Scores, normal::Change},
    template::{RAISED, TemplateId, Templates},
};

/// A template that stands out, and the event that shows it best.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The template.
    pub template: TemplateId,
    /// The event that shows it: the first of its kind, or where it surges the most surprising one.
    pub event: u32,
    /// All events of the template.
    pub count: u32,
    /// What its weight comes from.
    pub signals: Signals,
    /// How much it matters; 0 and more.
    pub weight: f64,
}

/// What a finding's weight comes from, each 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Signals {
    /// How much its template departs from normal.
    pub departure: f64,
    /// How grave it says it is.
    pub severity: f64,
    /// Whether it has a traceback.
    pub traceback: bool,
    /// The LSTM's importance.
    pub importance: f64,
    /// Cosine to the issue; 0 without one.
    pub relevance: f64,
    /// Whether its request failed, and how much that departs from normal.
    pub failing: f64,
    /// The status code where it is an access line.
    pub status: Option<u16>,
}

impl Signals {
    /// The weight that the signals give together: what departs counts by its gravity; all else shifts that.
    ///
    /// The order of the factors follows a ranking measured on 444 injected faults, where baseline difference, then severity, then a
    /// traceback put the fault first far more often than severity or text similarity alone.
    #[must_use]
    pub fn weight(&self) -> f64 {
        let departs = 0.02 + self.departure;
        let grave = 0.03 + self.severity;
        let traceback = if self.traceback { 1.5 } else { 1.0 };
        let surprise = 0.85 + 0.3 * ((self.importance - 0.9) * 10.0).clamp(0.0, 1.0);
        departs * grave * traceback * surprise * (1.0 + 0.5 * self.relevance) * (1.0 + 0.4 * self.failing)
    }
}

/// One finding per template, weightiest first, then by time: from all events, or from those `among` which alone are looked at.
#[must_use]
pub fn find(
    read: &Ingested,
    templates: &Templates,
    of: &[TemplateId],
    scores: &Scores,
    requests: &Requests,
    relevance: Option<&[f64]>,
    among: Option<&[u32]>,
) -> Vec<Finding> {
    let shown = match among {
        Some(events) => Shown::of(read, templates.list.len(), of, scores, events.iter().copied()),
        None => Shown::of(read, templates.list.len(), of, scores, 0..of.len() as u32),
    };
    let statuses: Vec<Option<u16>> = templates.list.par_iter().map(|t| access::read(t).map(|a| a.status)).collect();
    let mut found: Vec<Finding> = (0..templates.list.len())
        .filter_map(|id| {
            // Banners and rules of asterisks say nothing.
            let event = shown.event(id).filter(|_| templates.list[id].says_something())?;
            let level = shown.levels[id];
            let text = &templates.list[id].text;
            let departure = &scores.departures[id];
            let request = requests.with_id(read.events.request[event as usize]);
            let failing = request
                .and_then(|r| r.answer)
                .filter(|(status, _)| *status >= 400)
                .map_or(0.0, |(status, line)| gravity(status) * scores.departures[of[line as usize] as usize].degree);
            let signals = Signals {
                departure: if departure.change == Change::Vanished { 0.0 } else { departure.degree },
                severity: severity(level, text, statuses[id]),
                traceback: text.contains(RAISED),
                importance: f64::from(scores.importance[event as usize]),
                relevance: relevance.map_or(0.0, |r| r[id]),
                failing,
                status: statuses[id],
            };
            let count = shown.counts[id];
            Some(Finding { template: id as u32, event, count, signals, weight: signals.weight() })
        })
        .collect();
    let time = |f: &Finding| events::in_order(read.events.time[f.event as usize]);
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| time(a).cmp(&time(b))).then(a.event.cmp(&b.event)));
    found
}

/// How grave a status code is, 0 to 1. A 404 is what clients get who wait for a deletion; a 5xx is always the server's fault.
#[must_use]
pub fn gravity(status: u16) -> f64 {
    match status {
        500.. => 0.9,
        404 => 0.3,
        400.. => 0.6,
        _ => 0.0,
    }
}

/// How grave a record says it is, 0 to 1: by its level, by its traceback, by the status that it reports.
fn severity(level: Level, text: &str, status: Option<u16>) -> f64 {
    let raised = text.contains(RAISED);
    // What will go in a later release breaks nothing today, and services say it at WARNING each time they start.
    let future = !raised && (text.contains("deprecated") || text.contains("Deprecated"));
    let by_level = match level {
        Level::Warning if future => 0.0,
        Level::Critical | Level::Error => 1.0,
        Level::Warning => 0.5,
        Level::Unknown => 0.15,
        Level::Info | Level::Audit => 0.06,
        Level::Debug | Level::Trace => 0.02,
    };
    let by_status = status.map_or(0.0, |s| 0.6 * gravity(s));
    f64::max(by_level, by_status).max(if raised { 0.9 } else { 0.0 })
}

/// For each template the event that shows it: the first in time at its gravest level, and where the template surges, the first of the
/// most surprising ones.
struct Shown {
    first: Vec<Option<(i64, u32)>>,
    levels: Vec<Level>,
    counts: Vec<u32>,
}

impl Shown {
    fn of(
        read: &Ingested,
        templates: usize,
        of: &[TemplateId],
        scores: &Scores,
        events: impl Iterator<Item = u32> + Clone,
    ) -> Self {
        let (mut levels, mut counts) = (vec![Level::Unknown; templates], vec![0; templates]);
        for event in events.clone() {
            let id = of[event as usize] as usize;
            levels[id] = levels[id].max(read.events.level[event as usize]);
            counts[id] += 1;
        }
        let mut first: Vec<Option<(i64, u32)>> = vec![None; templates];
        let mut most: Vec<f32> = vec![-1.0; templates];
        for event in events.map(|e| e as usize) {
            let id = of[event] as usize;
            if read.events.level[event] < levels[id] {
                continue;
            }
            // Only a surge is better shown by its most surprising event than by its first.
            let surprise = if scores.departures[id].change == Change::Surging { scores.importance[event] } else { 0.0 };
            let time = events::in_order(read.events.time[event]);
            let better = surprise > most[id] || (surprise >= most[id] && first[id].is_none_or(|(t, _)| time < t));
            if better {
                most[id] = surprise;
                first[id] = Some((time, event as u32));
            }
        }
        Self { first, levels, counts }
    }

    fn event(&self, id: usize) -> Option<u32> {
        self.first[id].map(|(_, event)| event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_the_lstm_says_nothing_it_neither_adds_nor_takes() {
        let weight = |importance: f64| {
            let about = Signals {
                departure: 1.0,
                severity: 1.0,
                traceback: false,
                importance,
                relevance: 0.0,
                failing: 0.0,
                status: None,
            };
            about.weight()
        };
        let middle = f64::midpoint(weight(0.0), weight(1.0));
        assert!(weight(0.0) < weight(1.0) && (weight(f64::from(crate::score::NEUTRAL)) - middle).abs() < 1e-6 * middle);
    }

    #[test]
    fn what_goes_in_a_later_release_is_no_warning_of_today() {
        let said = "Option \"x\" from group \"y\" is deprecated for removal";
        assert!(severity(Level::Warning, said, None) < severity(Level::Debug, "Started", None));
        assert!(severity(Level::Warning, &format!("{said}{RAISED}KeyError"), None) > severity(Level::Warning, "Slow", None));
    }
}
