//! The bursts of what could make an incident by itself. What comes all the time makes none: it neither begins an incident nor joins two.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Basis;
use crate::{
    diagnose::{ALARM, known::Kind, lead::Lead},
    events,
    report::Change,
    template::TemplateId,
};

/// Time and event of each of some events.
type List = Vec<(i64, u32)>;

/// A minute in microseconds.
pub const MINUTE: i64 = 60_000_000;
/// The least and the most time without such events that parts one burst from the next.
const QUIET: (i64, i64) = (15 * MINUTE, 60 * MINUTE);
/// A gap is at least so many times as long as the usual distance between two events.
const USUAL: i64 = 10;
/// The same for the records of one fault, which may come with a periodic task.
const OWN: i64 = 4;
/// Fewer distances than this tell nothing of what is usual.
const FEW: usize = 8;
/// What comes in at least so many bursts, over half of the logs or more, comes all the time.
const AGAIN: usize = 3;

/// Records of one fault, as far as each tells for itself, without a quiet gap between them.
#[derive(Debug, Clone)]
pub struct Burst {
    /// The leads that tell it.
    pub leads: Vec<usize>,
    /// The events, by time.
    pub events: Vec<u32>,
    /// When it begins, in microseconds.
    pub start: i64,
    /// When it ends.
    pub end: i64,
}

/// The bursts in the order of time, and the gap that parts them.
#[must_use]
pub fn find(basis: &Basis, leads: &[Lead]) -> (Vec<Burst>, i64) {
    let events = &basis.read.events;
    let Some((first, last)) = events::span(events.time.iter().copied()) else { return (Vec::new(), QUIET.0) };
    let telling: Vec<usize> = (0..leads.len()).filter(|n| tells(&leads[*n])).collect();
    let mut lists = lists(basis, leads, &telling);
    let gap = gap(&lists);
    let mut faults: BTreeMap<Fault, (Vec<usize>, List)> = BTreeMap::new();
    for (lead, list) in telling.iter().zip(&mut lists) {
        let departure = &basis.scores.departures[leads[*lead].finding.template as usize];
        if let (Change::Surging, Some(expected)) = (departure.change, departure.expected) {
            excess(list, expected * gap as f64 / (last - first).max(1) as f64, gap);
        }
        let fault = faults.entry(Fault::of(&leads[*lead])).or_default();
        fault.0.push(*lead);
        fault.1.append(list);
    }
    let mut bursts: Vec<Burst> = faults.into_values().flat_map(|(leads, list)| parted(&leads, list, last - first, gap)).collect();
    bursts.sort_by(|a, b| (a.start, a.end, &a.leads).cmp(&(b.start, b.end, &b.leads)));
    (bursts, gap)
}

/// Whether a lead could make an incident by itself, or tells a known cause that counts as much.
fn tells(lead: &Lead) -> bool {
    let known = || lead.signature.as_ref().is_some_and(|s| s.kind == Kind::Cause) && lead.weight >= ALARM;
    // What never came is told by a record that says nothing of it.
    lead.absent.is_none() && (lead.alarm >= ALARM || known())
}

/// What a lead tells for itself: a known failure, an exception from a place in the code, else its template.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fault<'a> {
    Known(&'a str),
    Raised(&'a str, Option<&'a str>),
    Said(TemplateId),
}

impl<'a> Fault<'a> {
    fn of(lead: &'a Lead) -> Self {
        match (&lead.signature, &lead.raised) {
            (Some(signature), _) => Self::Known(&signature.id),
            (None, Some((exception, _))) => Self::Raised(exception, lead.locations.first().map(|l| l.file.as_str())),
            (None, None) => Self::Said(lead.finding.template),
        }
    }
}

/// The bursts of a fault, but for those of what comes all the time.
fn parted(leads: &[usize], mut list: List, all: i64, gap: i64) -> Vec<Burst> {
    list.sort_unstable();
    let span = list.last().map_or(0, |l| l.0) - list.first().map_or(0, |f| f.0);
    let on_and_on = all > gap && span >= all / 10 * 9 && parts(&list, own_gap(&list, gap)).count() == 1;
    if on_and_on {
        return Vec::new();
    }
    let least = if span >= all / 2 { least(parts(&list, gap).map(<[_]>::len).collect()) } else { 0.0 };
    parts(&list, if least > 0.0 { gap } else { own_gap(&list, gap) })
        .filter(|part| part.len() as f64 > least)
        .map(|part| Burst {
            leads: leads.to_vec(),
            events: part.iter().map(|(_, event)| *event).collect(),
            start: part[0].0,
            end: part[part.len() - 1].0,
        })
        .collect()
}

/// The size beyond which a burst is more than the usual one of what comes again and again; 0 for what does not.
fn least(mut sizes: Vec<usize>) -> f64 {
    if sizes.len() < AGAIN {
        return 0.0;
    }
    sizes.sort_unstable();
    beyond(sizes[sizes.len() / 2] as f64)
}

/// The bound beyond which a count departs from what is usual.
fn beyond(usual: f64) -> f64 {
    2.0 * usual + 3.0 * usual.sqrt() + 2.0
}

/// Time and event of all that the leads' templates have, each list in the order of time.
fn lists(basis: &Basis, leads: &[Lead], telling: &[usize]) -> Vec<List> {
    let place: FxHashMap<TemplateId, usize> =
        telling.iter().enumerate().map(|(place, lead)| (leads[*lead].finding.template, place)).collect();
    let mut lists = vec![Vec::new(); telling.len()];
    for (event, (template, time)) in basis.of.iter().zip(&basis.read.events.time).enumerate() {
        if let Some(place) = place.get(template).filter(|_| events::is_plausible(*time)) {
            lists[*place].push((*time, event as u32));
        }
    }
    for list in &mut lists {
        list.sort_unstable();
    }
    lists
}

/// The gap that parts bursts: several times the usual distance between all of these events, within bounds.
fn gap(lists: &[List]) -> i64 {
    let mut times: Vec<i64> = lists.iter().flatten().map(|(time, _)| *time).collect();
    times.sort_unstable();
    let usual = usual(times.windows(2).map(|pair| pair[1] - pair[0]).collect());
    usual.map_or(QUIET.0, |usual| (USUAL * usual).clamp(QUIET.0, QUIET.1))
}

/// The usual distance; none where there are too few.
fn usual(mut distances: Vec<i64>) -> Option<i64> {
    distances.sort_unstable();
    (distances.len() >= FEW).then(|| distances[distances.len() / 2])
}

/// The gap that parts the bursts of one fault: one that comes with a periodic task goes on until it stays away for several rounds.
fn own_gap(list: &[(i64, u32)], gap: i64) -> i64 {
    let usual = usual(list.windows(2).map(|pair| pair[1].0 - pair[0].0).collect());
    usual.map_or(gap, |usual| gap.max(OWN * usual))
}

/// The parts of a list between which there is at least a gap.
fn parts(list: &[(i64, u32)], gap: i64) -> impl Iterator<Item = &[(i64, u32)]> {
    list.chunk_by(move |a, b| b.0 - a.0 <= gap)
}

/// Leaves of what surges the events that come together more often than `expected` in a gap's time; all where it surges nowhere.
fn excess(list: &mut List, expected: f64, gap: i64) {
    let limit = beyond(expected);
    let same = |a: &(i64, u32), b: &(i64, u32)| a.0 / gap == b.0 / gap;
    let surging: List =
        list.chunk_by(same).filter(|part| part.len() as f64 > limit).flat_map(|part| part.iter().copied()).collect();
    if !surging.is_empty() {
        *list = surging;
    }
}
