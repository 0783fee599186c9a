//! How far logs as a whole are from what a model learned: a model of another cloud finds everything strange, and says little of what
//! broke.

use rustc_hash::FxHashMap;

use crate::{
    events,
    template::{TemplateId, Templates},
};

/// Slices of time that logs are looked at in.
const SLICES: i64 = 20;
/// Fewer events than this say nothing of a slice or a logger.
const LEAST: usize = 20;
/// An event is surprising where this share of normal events is less so.
const SURPRISING: f32 = 0.95;

/// How far logs are from what the model learned. An incident is a part of the time, or of the loggers, and drift is all of both, so a
/// share is the lesser of two medians: over slices of time and over loggers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Distance {
    /// Share of the events whose templates the model does not know, 0 to 1.
    pub unknown: f64,
    /// Share of the events it knows that surprise it more than 95 percent of normal events did, 0 to 1: about 0.05 where the logs are
    /// those of the same cloud.
    pub surprising: f64,
}

/// What a part of the logs holds.
#[derive(Debug, Clone, Copy, Default)]
struct Part {
    events: usize,
    known: usize,
    surprising: usize,
}

/// Measures the distance. Of each event: its time, its template and its importance.
#[must_use]
pub fn distance(times: &[i64], templates: &Templates, of: &[TemplateId], importance: &[f32]) -> Distance {
    let Some((first, last)) = events::span(times.iter().copied()) else { return Distance::default() };
    let width = (last - first) / SLICES + 1;
    let mut slices = vec![Part::default(); SLICES as usize];
    let mut loggers: FxHashMap<&str, Part> = FxHashMap::default();
    let mut of_template = vec![Part::default(); templates.list.len()];
    for (event, &id) in of.iter().enumerate() {
        let known = !templates.is_new(id);
        let one = Part { events: 1, known: usize::from(known), surprising: usize::from(known && importance[event] > SURPRISING) };
        of_template[id as usize].add(one);
        if events::is_plausible(times[event]) {
            slices[((times[event] - first) / width) as usize].add(one);
        }
    }
    for (template, part) in templates.list.iter().zip(of_template) {
        loggers.entry(&template.origin).or_default().add(part);
    }
    let loggers: Vec<Part> = loggers.into_values().collect();
    let lesser = |share: fn(&Part) -> Option<f64>| f64::min(median(&slices, share), median(&loggers, share));
    Distance { unknown: lesser(Part::unknown), surprising: lesser(Part::surprising) }
}

impl Part {
    fn add(&mut self, more: Self) {
        self.events += more.events;
        self.known += more.known;
        self.surprising += more.surprising;
    }

    fn unknown(&self) -> Option<f64> {
        (self.events >= LEAST).then(|| (self.events - self.known) as f64 / self.events as f64)
    }

    fn surprising(&self) -> Option<f64> {
        (self.known >= LEAST).then(|| self.surprising as f64 / self.known as f64)
    }
}

/// The middle one of the shares of some parts; 0 where no part has enough events.
fn median(parts: &[Part], share: fn(&Part) -> Option<f64>) -> f64 {
    let mut shares: Vec<f64> = parts.iter().filter_map(share).collect();
    shares.sort_unstable_by(f64::total_cmp);
    shares.get(shares.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;

    const START: i64 = 1_700_000_000_000_000;

    /// Events a second apart, of five loggers in turn; what `strange` says of each: unknown, or surprising.
    fn measured(strange: impl Fn(usize) -> (bool, bool)) -> Distance {
        let template = |n: usize| Template { origin: format!("logger{}", n % 5), text: format!("template {n}") };
        // The last five are new.
        let templates = Templates { list: (0..10).map(template).collect(), known: 5, ..Templates::default() };
        let times: Vec<i64> = (0..1000).map(|n| START + n * 1_000_000).collect();
        let of: Vec<TemplateId> = (0..1000).map(|n| n as u32 % 5 + if strange(n).0 { 5 } else { 0 }).collect();
        let importance: Vec<f32> = (0..1000).map(|n| if strange(n).1 { 0.99 } else { 0.5 }).collect();
        distance(&times, &templates, &of, &importance)
    }

    #[test]
    fn what_is_everywhere_counts() {
        let distance = measured(|n| (n / 5 % 5 == 0, n / 5 % 5 == 1));
        assert!((distance.unknown - 0.2).abs() < 0.02 && (distance.surprising - 0.25).abs() < 0.02, "{distance:?}");
        assert!((measured(|_| (true, false)).unknown - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_time_or_a_service_that_is_strange_throughout_is_an_incident() {
        assert_eq!(measured(|n| (n > 600, n > 600)), Distance::default());
        assert_eq!(measured(|n| (n % 5 < 2, n % 5 < 2)), Distance::default());
    }

    #[test]
    fn too_little_says_nothing() {
        let templates = Templates { list: vec![Template { origin: "a".into(), text: "b".into() }], ..Templates::default() };
        assert_eq!(distance(&[], &templates, &[], &[]), Distance::default());
        assert_eq!(distance(&[START; 5], &templates, &[0; 5], &[1.0; 5]), Distance::default());
        assert_eq!(distance(&[events::NO_TIME; 50], &templates, &[0; 50], &[1.0; 50]), Distance::default());
    }
}
