//! How long normal work pauses: what a process or a periodic task is silent for at the most, and usually.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::{
    events::{self, Symbol},
    ingest::Ingested,
    template::TemplateId,
};

/// Fewer records show no rhythm.
const LEAST: usize = 20;

/// The pauses of what comes again and again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Pause {
    /// The usual one in seconds: the longest median of a run; 0 where too little came to tell.
    pub usual: f32,
    /// The longest of all runs in seconds, the beginning and the end of the run included.
    pub longest: f32,
}

/// The pauses of all processes and templates.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Pauses {
    /// Of processes, by name.
    processes: BTreeMap<String, Pause>,
    /// Of each template, while its process goes on.
    templates: Vec<Pause>,
}

/// A process of a host.
pub type Process = (Symbol, Symbol);

/// When something came, by time: the times in microseconds, and the events.
pub type Times = Vec<(i64, u32)>;

/// The process of an event.
#[must_use]
pub fn process(read: &Ingested, event: usize) -> Process {
    (read.events.service(event), read.events.host(event))
}

/// The times of events by what they have in common.
pub fn times<K: std::hash::Hash + Eq>(read: &Ingested, key: impl Fn(usize) -> Option<K>) -> FxHashMap<K, Times> {
    let mut found: FxHashMap<K, Times> = FxHashMap::default();
    for (event, time) in read.events.time.iter().enumerate().filter(|(_, time)| events::is_plausible(**time)) {
        if let Some(key) = key(event) {
            found.entry(key).or_default().push((*time, event as u32));
        }
    }
    for times in found.values_mut() {
        times.sort_unstable();
    }
    found
}

impl Pauses {
    /// Learns them; `runs` has each event's run.
    #[must_use]
    pub fn learn(read: &Ingested, of: &[TemplateId], runs: &[u32], templates: usize) -> Self {
        let mut learned = Self { processes: BTreeMap::new(), templates: vec![Pause::default(); templates] };
        let processes = times(read, |event| Some((runs[event], process(read, event))));
        let mut spans: FxHashMap<u32, (i64, i64)> = FxHashMap::default();
        for ((run, _), times) in &processes {
            let (begin, end) = span(times);
            let whole = spans.entry(*run).or_insert((begin, end));
            *whole = (whole.0.min(begin), whole.1.max(end));
        }
        for ((run, (service, _)), times) in &processes {
            if let Some(name) = read.symbols.said(*service) {
                learned.processes.entry(name.to_owned()).or_default().stretch(times, spans[run]);
            }
        }
        let tasks = times(read, |event| Some((runs[event], process(read, event), of[event])));
        for ((run, process, template), times) in &tasks {
            learned.templates[*template as usize].stretch(times, span(&processes[&(*run, *process)]));
        }
        learned
    }

    /// The pauses of a process, where it came often enough.
    #[must_use]
    pub fn of_process(&self, name: &str) -> Option<Pause> {
        self.processes.get(name).copied().filter(|pause| pause.usual > 0.0)
    }

    /// The pauses of a template, where it came often enough.
    #[must_use]
    pub fn of_template(&self, template: TemplateId) -> Option<Pause> {
        self.templates.get(template as usize).copied().filter(|pause| pause.usual > 0.0)
    }

    /// The pauses of templates that a user has merged and split; one that is not what it was has none. `before` has for each template
    /// those that it comes from.
    #[must_use]
    pub fn follow(&self, before: &[Vec<TemplateId>]) -> Self {
        let mut parts: FxHashMap<TemplateId, u32> = FxHashMap::default();
        before.iter().flatten().for_each(|id| *parts.entry(*id).or_default() += 1);
        let same = |ids: &Vec<TemplateId>| match ids.as_slice() {
            [id] if parts[id] == 1 => self.templates.get(*id as usize).copied().unwrap_or_default(),
            _ => Pause::default(),
        };
        Self { processes: self.processes.clone(), templates: before.iter().map(same).collect() }
    }

    /// Whether they are what [`Pauses::learn`] could have made for so many templates, or for none.
    #[must_use]
    pub fn is_sound(&self, templates: usize) -> bool {
        let mut all = self.processes.values().chain(&self.templates);
        (self.templates.is_empty() || self.templates.len() == templates)
            && all.all(|pause| pause.usual >= 0.0 && pause.longest >= 0.0 && pause.longest.is_finite())
    }
}

/// From the first to the last of some times.
fn span(times: &Times) -> (i64, i64) {
    (times[0].0, times[times.len() - 1].0)
}

impl Pause {
    /// Takes in what came at these times in a run that began and ended then. What comes seldom in a run shows no rhythm there, but how
    /// long it can pause.
    fn stretch(&mut self, times: &Times, (begin, end): (i64, i64)) {
        let (first, last) = span(times);
        let inner = times.windows(2).map(|pair| pair[1].0 - pair[0].0);
        let mut pauses: Vec<i64> = inner.chain([first - begin, end - last]).collect();
        pauses.sort_unstable();
        let seconds = |micros: i64| micros as f32 / 1e6;
        self.longest = self.longest.max(seconds(pauses[pauses.len() - 1]));
        if times.len() >= LEAST {
            self.usual = self.usual.max(seconds(pauses[pauses.len() / 2]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretched(runs: &[(&[i64], (i64, i64))]) -> Pause {
        let mut pause = Pause::default();
        for (times, (begin, end)) in runs {
            let times: Times = times.iter().map(|second| (second * 1_000_000, 0)).collect();
            pause.stretch(&times, (begin * 1_000_000, end * 1_000_000));
        }
        pause
    }

    #[test]
    fn what_was_merged_or_split_has_no_rhythm() {
        let pause = |usual: f32| Pause { usual, longest: usual };
        let pauses = Pauses { templates: (1..=5).map(|n| pause(n as f32)).collect(), ..Pauses::default() };
        let edited = pauses.follow(&[vec![4], vec![0, 1], vec![2], vec![2], vec![3], vec![9]]);
        let told: Vec<_> = (0..6).map(|id| edited.of_template(id).map(|p| p.usual)).collect();
        assert_eq!(told, [Some(5.0), None, None, None, Some(4.0), None]);
    }

    #[test]
    fn the_ends_of_a_run_are_pauses_too_and_what_comes_seldom_has_no_rhythm() {
        let steady: Vec<i64> = (10..40).map(|n| n * 2).collect();
        assert_eq!(stretched(&[(&steady, (20, 78))]), Pause { usual: 2.0, longest: 2.0 });
        assert_eq!(stretched(&[(&steady, (0, 108))]), Pause { usual: 2.0, longest: 30.0 });
        assert_eq!(stretched(&[(&[5, 50], (0, 60))]), Pause { usual: 0.0, longest: 45.0 });
        assert_eq!(stretched(&[(&steady, (20, 78)), (&[5, 50], (0, 60))]), Pause { usual: 2.0, longest: 45.0 });
    }
}
