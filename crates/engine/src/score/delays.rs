//! How long normal requests take from one event to the next.

use serde::{Deserialize, Serialize};

use crate::{
    events::{Events, NO_TIME},
    sequence::Sequences,
    template::TemplateId,
};

/// For each template the time from the event before it in its request, in seconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Delays {
    /// The median.
    median: Vec<f32>,
    /// The longest of all.
    longest: Vec<f32>,
}

impl Delays {
    /// Learns them; a template that is no event's second has none.
    #[must_use]
    pub fn learn(sequences: &Sequences, events: &Events, of: &[TemplateId], templates: usize) -> Self {
        let mut seen: Vec<Vec<f32>> = vec![Vec::new(); templates];
        for sequence in sequences.iter().filter(|s| !events.request[s[0] as usize].is_none()) {
            for pair in sequence.windows(2) {
                let [before, after] = [pair[0], pair[1]].map(|event| events.time[event as usize]);
                if before != NO_TIME && after != NO_TIME {
                    seen[of[pair[1] as usize] as usize].push(after.saturating_sub(before).max(0) as f32 / 1e6);
                }
            }
        }
        for delays in &mut seen {
            delays.sort_unstable_by(f32::total_cmp);
        }
        let at = |place: fn(usize) -> usize| seen.iter().map(|d| d.get(place(d.len())).copied().unwrap_or(-1.0)).collect();
        Self { median: at(|n| n / 2), longest: at(|n| n.saturating_sub(1)) }
    }

    /// The median and the longest delay of a template, in seconds; none where none is known.
    #[must_use]
    pub fn of(&self, template: TemplateId) -> Option<(f32, f32)> {
        let (median, longest) = (*self.median.get(template as usize)?, *self.longest.get(template as usize)?);
        (median >= 0.0).then_some((median, longest))
    }

    /// Whether they are what [`Delays::learn`] could have made for so many templates, or for none.
    #[must_use]
    pub fn is_sound(&self, templates: usize) -> bool {
        let lengths = [self.median.len(), self.longest.len()];
        let numbers = self.median.iter().zip(&self.longest);
        (lengths == [templates; 2] || lengths == [0; 2]) && { numbers }.all(|(m, l)| m.is_finite() && l.is_finite() && m <= l)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::{Event, Symbol},
        sequence::group,
    };

    #[test]
    fn the_delay_is_that_from_the_event_before_in_the_same_request() {
        let mut events = Events::default();
        for (request, second) in [(1, 0), (2, 1), (1, 4), (2, 3), (1, 5), (0, 9)] {
            events.push(&Event { request: Symbol(request), time: second * 1_000_000, ..Event::default() });
        }
        let delays = Delays::learn(&group(&events, &[0]), &events, &[0, 0, 1, 1, 2, 1], 3);
        assert_eq!((delays.of(0), delays.of(1), delays.of(2)), (None, Some((4.0, 4.0)), Some((1.0, 1.0))));
        assert!(delays.is_sound(3) && !delays.is_sound(2) && Delays::default().is_sound(3));
        assert_eq!(Delays::default().of(1), None);
    }
}
