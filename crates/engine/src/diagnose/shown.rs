//! Which known failure each finding shows: by its text, by how often it comes, and by what comes beside it.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::known::{Company, Known, Rate, Signature};
use crate::{events::NO_TIME, evidence::findings::Finding, template::TemplateId};

/// A minute in microseconds, as times of events are counted.
const MINUTE: i64 = 60_000_000;
/// From this severity on a record warns of something.
const WARNING: f64 = 0.5;

/// A known failure that a finding shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The known failure, as sure as it is in its company.
    pub signature: Arc<Signature>,
    /// The one that shows beside it, where it asks for one.
    pub beside: Option<Arc<Signature>>,
}

/// The best known failure in each finding's message. `writers` are the processes that wrote these, where known; `times` are those of the
/// events, `of` their templates.
#[must_use]
pub fn shown(
    findings: &[Finding],
    messages: &[String],
    writers: &[Option<&str>],
    times: &[i64],
    of: &[TemplateId],
    known: &Known,
) -> Vec<Option<Shown>> {
    let mut found: Vec<Vec<&Arc<Signature>>> = messages
        .iter()
        .map(|message| known.matches(message).into_iter().filter_map(|id| known.signature(id)).collect())
        .collect();
    let times = Times::of(findings, &found, times, of);
    for ((finding, writer), signatures) in findings.iter().zip(writers).zip(&mut found) {
        signatures.retain(|s| tells(s, finding, *writer));
        signatures.retain(|s| s.rate.is_none_or(|rate| times.hold(finding.template, rate)));
    }
    let company = |n: usize, with: &Company| {
        let near = |other: usize| other != n && times.near(findings[n].template, findings[other].template, with.minutes);
        let asked = |other: &usize| found[*other].iter().find(|s| with.any.contains(&s.id)).copied();
        (0..findings.len()).filter(|other| asked(other).is_some() && near(*other)).find_map(|other| asked(&other).cloned())
    };
    // Matches come with causes before symptoms, and the most specific first.
    (0..findings.len()).map(|n| found[n].iter().find_map(|s| counts(s, |with| company(n, with)))).collect()
}

/// Whether a record counts as one that tells a known failure: what warns of nothing counts only from a process that is known to tell
/// it so, since others quote the same words in normal work.
fn tells(signature: &Signature, finding: &Finding, writer: Option<&str>) -> bool {
    let known = || writer.is_some_and(|w| signature.services.iter().any(|s| s == w));
    finding.signals.severity >= WARNING || signature.services.is_empty() || known()
}

/// A signature that counts, alone or for its company.
fn counts(signature: &Arc<Signature>, company: impl Fn(&Company) -> Option<Arc<Signature>>) -> Option<Shown> {
    let alone = || Shown { signature: Arc::clone(signature), beside: None };
    let Some(with) = &signature.with else { return Some(alone()) };
    match (company(with), with.confidence) {
        (Some(beside), Some(confidence)) => {
            let surer = Signature { confidence, ..Signature::clone(signature) };
            Some(Shown { signature: Arc::new(surer), beside: Some(beside) })
        }
        (Some(beside), None) => Some(Shown { beside: Some(beside), ..alone() }),
        (None, Some(_)) => Some(alone()),
        (None, None) => None,
    }
}

/// The times of the events of some templates, in order.
#[derive(Debug, Default)]
struct Times(FxHashMap<TemplateId, Vec<i64>>);

impl Times {
    /// Of the templates whose signatures ask for a rate or for company, and of those that can be the company. One look at each event,
    /// and none where nothing asks.
    fn of(findings: &[Finding], found: &[Vec<&Arc<Signature>>], times: &[i64], of: &[TemplateId]) -> Self {
        let company: FxHashSet<&str> =
            found.iter().flatten().filter_map(|s| s.with.as_ref()).flat_map(|with| &with.any).map(String::as_str).collect();
        let asks = |s: &Arc<Signature>| s.rate.is_some() || s.with.is_some() || company.contains(s.id.as_str());
        let mut wanted: FxHashMap<TemplateId, Vec<i64>> = findings
            .iter()
            .zip(found)
            .filter(|(_, signatures)| signatures.iter().any(|s| asks(s)))
            .map(|(finding, _)| (finding.template, Vec::with_capacity(finding.count as usize)))
            .collect();
        if !wanted.is_empty() {
            for (template, time) in of.iter().zip(times) {
                if let Some(list) = wanted.get_mut(template) {
                    list.push(*time);
                }
            }
        }
        for list in wanted.values_mut() {
            list.sort_unstable();
        }
        Self(wanted)
    }

    fn list(&self, template: TemplateId) -> &[i64] {
        self.0.get(&template).map_or(&[], Vec::as_slice)
    }

    /// Whether so many events of the template lie within the window anywhere. Those without a time count as at one time.
    fn hold(&self, template: TemplateId, rate: Rate) -> bool {
        let window = i64::from(rate.minutes) * MINUTE;
        self.list(template).windows(rate.count as usize).any(|part| match part {
            [first, .., last] => last.saturating_sub(*first) <= window,
            _ => false,
        })
    }

    /// Whether an event of one template lies so near to one of the other, before or after.
    fn near(&self, a: TemplateId, b: TemplateId, minutes: u32) -> bool {
        let (window, others) = (i64::from(minutes) * MINUTE, self.list(b));
        let known = self.list(a).iter().filter(|time| **time != NO_TIME);
        let mut at = 0;
        known.into_iter().any(|time| {
            at += others[at..].iter().take_while(|other| **other < time.saturating_sub(window)).count();
            others.get(at).is_some_and(|other| *other <= time.saturating_add(window))
        })
    }
}

#[cfg(test)]
mod tests;
