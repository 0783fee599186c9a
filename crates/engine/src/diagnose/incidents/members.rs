//! Which events belong to which incident, beside those that make it one.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Basis, Group,
    ties::{self, Kind},
};
use crate::{diagnose::lead::Lead, events, template::TemplateId};

/// The events of each group: those of its bursts, and those of all findings, failing requests and absences that come while it lasts, or within a
/// gap of it. Where several last, an event is of the one that it has most to do with.
pub fn share(basis: &Basis, leads: &[Lead], groups: &[Group], gap: i64) -> Vec<Vec<u32>> {
    let told: Vec<bool> = told(basis);
    let gathered = basis.gathered;
    let failing = gathered.failing.iter().map(|f| f.event);
    let absent = gathered.missing.iter().map(|m| m.absence.after).chain(gathered.stopped.iter().map(|s| s.last));
    let single: FxHashSet<u32> = failing.chain(absent).collect();
    let bursts = Bursts::of(leads, groups);
    let spans: Vec<(i64, i64)> = groups.iter().map(Group::span).collect();
    let mut shared = vec![Vec::new(); groups.len()];
    for (event, (template, time)) in basis.of.iter().zip(&basis.read.events.time).enumerate() {
        let event = event as u32;
        if !events::is_plausible(*time) || !(told[*template as usize] || single.contains(&event)) {
            continue;
        }
        if let Some(group) = bursts.group(*template, *time).or_else(|| nearest(basis, groups, &spans, gap, event, *time)) {
            shared[group].push(event);
        }
    }
    shared
}

/// Which templates are findings.
fn told(basis: &Basis) -> Vec<bool> {
    let mut told = vec![false; basis.templates.list.len()];
    basis.gathered.findings.iter().for_each(|f| told[f.template as usize] = true);
    told
}

/// The group that an event has most to do with, among those that last at its time or nearly so.
fn nearest(basis: &Basis, groups: &[Group], spans: &[(i64, i64)], gap: i64, event: u32, time: i64) -> Option<usize> {
    let away = |n: usize| (spans[n].0 - time).max(time - spans[n].1).max(0);
    let mut near = (0..groups.len()).filter(|n| away(*n) <= gap);
    let first = near.next()?;
    let Some(second) = near.next() else { return Some(first) };
    let keys = ties::of_event(basis, event);
    // One thing in common says more than a kind of things.
    let worth = |kind: Kind| match kind {
        Kind::Thing => 3,
        Kind::Own => 1,
        Kind::Uses => 0,
    };
    let common = |n: usize| -> usize { keys.iter().filter(|k| groups[n].keys.contains(*k)).map(|k| worth(k.kind)).sum() };
    [first, second].into_iter().chain(near).max_by_key(|n| (common(*n), -away(*n), spans[*n].0))
}

/// Where each template's bursts lie, and whose they are.
struct Bursts(FxHashMap<TemplateId, Vec<(i64, i64, usize)>>);

impl Bursts {
    fn of(leads: &[Lead], groups: &[Group]) -> Self {
        let mut lists: FxHashMap<TemplateId, Vec<(i64, i64, usize)>> = FxHashMap::default();
        for (n, burst) in groups.iter().enumerate().flat_map(|(n, g)| g.bursts.iter().map(move |b| (n, b))) {
            for template in burst.leads.iter().map(|n| leads[*n].finding.template) {
                lists.entry(template).or_default().push((burst.start, burst.end, n));
            }
        }
        for list in lists.values_mut() {
            list.sort_unstable();
        }
        Self(lists)
    }

    /// The group in whose burst an event lies.
    fn group(&self, template: TemplateId, time: i64) -> Option<usize> {
        let list = self.0.get(&template)?;
        let (_, end, group) = list[list.partition_point(|b| b.0 <= time).checked_sub(1)?];
        (time <= end).then_some(group)
    }
}
