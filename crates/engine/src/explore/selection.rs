//! Events that were found, in the order of time.

use std::{
    ops::Range,
    sync::{Arc, PoisonError, RwLock},
};

use super::Explorer;

/// Events that were found, in the order of time. It can be read while a search writes into it.
#[derive(Debug)]
pub struct Selection(RwLock<List>);

#[derive(Debug, Clone)]
enum List {
    /// Places in the order of all events.
    Span(Range<usize>),
    /// Events, one by one.
    Picked(Arc<Vec<u32>>),
}

impl Default for Selection {
    fn default() -> Self {
        Self(RwLock::new(List::Picked(Arc::default())))
    }
}

impl Selection {
    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &*self.0.read().unwrap_or_else(PoisonError::into_inner) {
            List::Span(span) => span.len(),
            List::Picked(list) => list.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn set_span(&self, span: Range<usize>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = List::Span(span);
    }

    pub(super) fn append(&self, events: &[u32]) {
        if let List::Picked(list) = &mut *self.0.write().unwrap_or_else(PoisonError::into_inner) {
            Arc::make_mut(list).extend_from_slice(events);
        }
    }
}

impl Explorer {
    /// Does something with the events of a selection as they are now. Neither waits for the other, this and a search that goes on: the
    /// work may need threads that the search has.
    pub fn with<T>(&self, selection: &Selection, work: impl FnOnce(&[u32]) -> T) -> T {
        let now = selection.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        match now {
            List::Span(span) => work(&self.order[span]),
            List::Picked(list) => work(&list),
        }
    }

    /// A page of a selection: event indices.
    #[must_use]
    pub fn page(&self, selection: &Selection, start: usize, count: usize) -> Vec<u32> {
        self.with(selection, |events| events.iter().skip(start).take(count).copied().collect())
    }

    /// The row of an event in a selection; none where it is not in it.
    #[must_use]
    pub fn place_of(&self, event: u32, selection: &Selection) -> Option<usize> {
        self.with(selection, |events| events.iter().position(|e| *e == event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Reading, Silent, ingest::source::Memory, load};

    #[test]
    fn a_selection_grows_while_it_is_read() {
        let text = "2025-01-01 10:00:00.000 7 INFO a.b [-] one\n".repeat(2);
        let logs = load(&Memory { texts: vec![("x.log".to_owned(), text.into_bytes())] }, &Reading::default(), &[], &Silent);
        let (explorer, selection) = (Explorer::new(Arc::new(logs.unwrap())), Selection::default());
        selection.append(&[0]);
        explorer.with(&selection, |events| {
            selection.append(&[1]);
            assert_eq!(events, [0]);
        });
        assert_eq!(explorer.page(&selection, 0, 9), [0, 1]);
    }
}
