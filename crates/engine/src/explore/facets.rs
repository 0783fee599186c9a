//! Which values events have, and how often.

use rustc_hash::FxHashMap;

use super::{Explorer, Facet, FacetValue, Selection, query::LEVELS};
use crate::events::Origin;

/// Values of a field that are told.
const MOST: usize = 50;

/// Events, and those of them at ERROR or above, of each value.
type Counts = Vec<(u32, u32)>;

impl Explorer {
    /// The values of each field among the events of a selection, the most frequent first.
    #[must_use]
    pub fn facets(&self, selection: &Selection) -> Vec<Facet> {
        let read = &self.logs.read;
        let (events, symbols) = (&read.events, read.symbols.texts().count());
        let origins = || self.counts(selection, events.origins.list().len(), |n| events.origin[n]);
        let ((origins, templates), (requests, instances)) = rayon::join(
            || rayon::join(origins, || self.counts(selection, self.logs.templates.list.len(), |n| self.logs.of[n])),
            || {
                let by_request = || self.counts(selection, symbols, |n| events.request[n].0);
                rayon::join(by_request, || self.counts(selection, symbols, |n| events.instance[n].0))
            },
        );
        let by = |of: fn(&Origin) -> u32| self.by_origin(&origins, of);
        let texts: Vec<&str> = read.symbols.texts().collect();
        let said = |id: u32| same(texts.get(id as usize).copied().unwrap_or_default());
        let path = |id: u32| same(&read.files[id as usize].path);
        let called = |id: u32| (id.to_string(), self.called(id).to_owned());
        vec![
            self.levels(selection),
            facet("service", by(|o| o.service.0), said),
            facet("host", by(|o| o.host.0), said),
            facet("logger", by(|o| o.logger.0), said),
            self.marked(facet("template", listed(&templates), called)),
            facet("request", listed(&requests), said),
            facet("instance", listed(&instances), said),
            facet("file", by(|o| o.file), path),
        ]
    }

    /// What a template is called: by the name that the user gave it, else by what it says.
    fn called(&self, id: u32) -> &str {
        let templates = &self.logs.templates;
        templates.name(id).unwrap_or_else(|| &templates.list[id as usize].text)
    }

    /// The facet of templates with those marked that are muted.
    fn marked(&self, mut facet: Facet) -> Facet {
        for value in &mut facet.values {
            value.muted = value.value.parse().is_ok_and(|id| self.logs.templates.is_muted(id));
        }
        facet
    }

    fn counts(&self, selection: &Selection, values: usize, of: impl Fn(usize) -> u32) -> Counts {
        let levels = &self.logs.read.events.level;
        let mut counts = vec![(0, 0); values];
        self.with(selection, |events| {
            for event in events {
                let count = &mut counts[of(*event as usize) as usize];
                count.0 += 1;
                count.1 += u32::from(levels[*event as usize].is_error());
            }
        });
        counts
    }

    /// Joins the counts of origins that share a value.
    fn by_origin(&self, counts: &Counts, of: fn(&Origin) -> u32) -> Vec<(u32, (u32, u32))> {
        let mut joined: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        for (origin, count) in self.logs.read.events.origins.list().iter().zip(counts).filter(|(_, count)| count.0 > 0) {
            let value = joined.entry(of(origin)).or_default();
            *value = (value.0 + count.0, value.1 + count.1);
        }
        joined.into_iter().collect()
    }

    fn levels(&self, selection: &Selection) -> Facet {
        let counts = self.counts(selection, LEVELS.len(), |n| self.logs.read.events.level[n] as u32);
        let values = LEVELS.iter().rev().map(|(level, name)| {
            let (count, errors) = counts[*level as usize];
            let label = level.name().unwrap_or("none").to_owned();
            FacetValue { value: (*name).to_owned(), label, count, errors, muted: false }
        });
        Facet { field: "level".to_owned(), values: values.filter(|v| v.count > 0).collect(), more: 0 }
    }
}

fn same(text: &str) -> (String, String) {
    (text.to_owned(), text.to_owned())
}

fn listed(counts: &Counts) -> Vec<(u32, (u32, u32))> {
    counts.iter().enumerate().filter(|(_, c)| c.0 > 0).map(|(n, c)| (n as u32, *c)).collect()
}

/// The most frequent values, with the value and the label of each; what is not said is no value.
fn facet(field: &str, counts: Vec<(u32, (u32, u32))>, named: impl Fn(u32) -> (String, String)) -> Facet {
    let says_none = !matches!(field, "template" | "file");
    let mut counts: Vec<_> = counts.into_iter().filter(|(id, _)| !says_none || *id != 0).collect();
    counts.sort_unstable_by_key(|(id, (count, _))| (std::cmp::Reverse(*count), *id));
    let more = counts.len().saturating_sub(MOST) as u32;
    let values = counts.into_iter().take(MOST).map(|(id, (count, errors))| {
        let (value, label) = named(id);
        FacetValue { value, label, count, errors, muted: false }
    });
    Facet { field: field.to_owned(), values: values.collect(), more }
}
