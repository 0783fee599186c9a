//! Requests across services: which events belong to one, and how it ended.

use rustc_hash::FxHashMap;

use super::access;
use crate::{
    events::{Events, Symbol},
    sequence::Sequences,
    template::{TemplateId, Templates},
};

/// A request: all events that carry its id, or its id as the one that the caller gave, by time.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Its id.
    pub id: Symbol,
    /// Event indices by time.
    pub events: Vec<u32>,
    /// The status code that it ended with, where an access line tells, and that line's event.
    pub answer: Option<(u16, u32)>,
}

/// All requests.
#[derive(Debug, Default)]
pub struct Requests {
    list: Vec<Request>,
    by_id: FxHashMap<Symbol, usize>,
}

impl Requests {
    /// Gathers the requests of sequences.
    #[must_use]
    pub fn gather(events: &Events, sequences: &Sequences, templates: &Templates, of: &[TemplateId]) -> Self {
        let statuses: Vec<Option<u16>> = templates.list.iter().map(|t| access::read(t).map(|a| a.status)).collect();
        let mut found = Self::default();
        for sequence in sequences.iter() {
            let Some(id) = sequence.first().map(|e| events.request[*e as usize]).filter(|id| !id.is_none()) else { continue };
            let answers = sequence.iter().filter_map(|e| statuses[of[*e as usize] as usize].map(|s| (s, *e)));
            found.by_id.insert(id, found.list.len());
            found.list.push(Request { id, events: sequence.to_vec(), answer: answers.max_by_key(|(s, e)| (*s, u32::MAX - e)) });
        }
        found.add_callees(events);
        found
    }

    /// Adds the events of other services that name a request as the one that called them.
    fn add_callees(&mut self, events: &Events) {
        let mut grown: Vec<usize> = Vec::new();
        for event in (0..events.len()).filter(|e| !events.request[*e].is_none()) {
            if let Some(n) = self.by_id.get(&events.caller(events.request[event])) {
                self.list[*n].events.push(event as u32);
                grown.push(*n);
            }
        }
        grown.sort_unstable();
        grown.dedup();
        for n in grown {
            self.list[n].events.sort_by_key(|e| (events.time[*e as usize], *e));
        }
    }

    /// The request with an id.
    #[must_use]
    pub fn with_id(&self, id: Symbol) -> Option<&Request> {
        self.by_id.get(&id).map(|n| &self.list[*n])
    }

    /// All requests.
    pub fn iter(&self) -> impl Iterator<Item = &Request> {
        self.list.iter()
    }
}
