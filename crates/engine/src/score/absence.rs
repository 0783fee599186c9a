//! What the LSTM expected in a request and never came: a failure that leaves no line of its own.

use std::f32::consts::LN_2;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{cut::Cut, infer::Judged, vocabulary::Vocabulary};
use crate::{
    Model,
    events::{NO_TIME, Symbol},
    ingest::Ingested,
    sequence::Sequences,
    template::TemplateId,
};

/// How often a template came, once the LSTM held it for more probable than all else together, in normal requests.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Habits {
    /// Requests in which each template was expected.
    expected: Vec<u32>,
    /// Those of them in which it came.
    came: Vec<u32>,
}

impl Habits {
    /// Learns them from all requests of normal work.
    #[must_use]
    pub fn learn(seen: &Seen, templates: usize) -> Self {
        let mut habits = Self { expected: vec![0; templates], came: vec![0; templates] };
        seen.expectations(|expectation| {
            habits.expected[expectation.template as usize] += 1;
            habits.came[expectation.template as usize] += u32::from(expectation.came);
        });
        habits
    }

    /// In how many requests a template was expected, and in how many of them it came.
    #[must_use]
    pub fn of(&self, template: TemplateId) -> (u32, u32) {
        let n = template as usize;
        (self.expected.get(n).copied().unwrap_or_default(), self.came.get(n).copied().unwrap_or_default())
    }

    /// Whether they are what [`Habits::learn`] could have made for so many templates, or for none.
    #[must_use]
    pub fn is_sound(&self, templates: usize) -> bool {
        let lengths = [self.expected.len(), self.came.len()];
        (lengths == [templates; 2] || lengths == [0; 2]) && self.expected.iter().zip(&self.came).all(|(all, came)| came <= all)
    }
}

/// What the LSTM has seen, and what it made of it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// The logs.
    pub read: &'a Ingested,
    /// Their sequences.
    pub sequences: &'a Sequences,
    /// Each event's template.
    pub of: &'a [TemplateId],
    /// The windows.
    pub cut: &'a Cut,
    /// What was made of each row of the windows.
    pub judged: &'a [Judged],
    /// The rows.
    pub vocabulary: Vocabulary,
}

/// A template that was expected in a request.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Expectation {
    template: TemplateId,
    /// How probable it was, above 0.5.
    probability: f32,
    /// Whether it came then or later.
    came: bool,
    /// The event after which it was expected.
    after: u32,
}

impl Seen<'_> {
    /// Calls with each template that was expected in each request, once: with the first time that it was.
    fn expectations(&self, mut take: impl FnMut(&Expectation)) {
        let mut places = self.cut.places.as_slice();
        while let Some(first) = places.first() {
            let count = places.iter().take_while(|place| place.sequence == first.sequence).count();
            let (own, rest) = places.split_at(count);
            places = rest;
            let sequence = self.sequences.get(first.sequence as usize);
            if !self.read.events.request[sequence[0] as usize].is_none() {
                self.of_request(own, sequence, &mut take);
            }
        }
    }

    /// When each of some templates came though other things together were more probable, by time.
    fn strays(&self, wanted: &FxHashSet<TemplateId>) -> FxHashMap<TemplateId, Vec<i64>> {
        let mut strays: FxHashMap<TemplateId, Vec<i64>> = FxHashMap::default();
        if wanted.is_empty() {
            return strays;
        }
        for (judged, event) in self.cut.rows(self.judged, self.sequences) {
            let event = event as usize;
            if judged.surprise > LN_2 && wanted.contains(&self.of[event]) {
                strays.entry(self.of[event]).or_default().push(self.read.events.time[event]);
            }
        }
        for times in strays.values_mut() {
            times.sort_unstable();
        }
        strays
    }

    fn of_request(&self, places: &[super::cut::Place], sequence: &[u32], take: &mut impl FnMut(&Expectation)) {
        let begin = places[0].start;
        let mut first: FxHashMap<TemplateId, (usize, f32)> = FxHashMap::default();
        let mut order = Vec::new();
        for place in places {
            let window = self.cut.windows.window(place.window as usize);
            let judged = &self.judged[self.cut.windows.range(place.window as usize)];
            for (n, judged) in judged.iter().enumerate().skip(window.skip.max(1)) {
                let expected = judged.expected.and_then(|(row, p)| Some((self.vocabulary.template(row)?, p)));
                let Some((template, probability)) = expected else { continue };
                first.entry(template).or_insert_with(|| {
                    order.push(template);
                    ((place.start - begin) as usize + n, probability)
                });
            }
        }
        let there: FxHashSet<TemplateId> = sequence.iter().map(|event| self.of[*event as usize]).collect();
        for template in order {
            let (at, probability) = first[&template];
            let came = there.contains(&template);
            take(&Expectation { template, probability, came, after: sequence[at - 1] });
        }
    }
}

/// What never came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Absence {
    /// The request.
    pub request: Symbol,
    /// The event after which it was expected.
    pub after: u32,
    /// What was expected.
    pub template: TemplateId,
    /// How probable it was, above 0.5.
    pub probability: f32,
    /// In how many normal requests it was expected, and in how many of them it came.
    pub habit: (u32, u32),
    /// How long it takes to come, in seconds: half of the time, and at the most.
    pub delay: Option<(f32, f32)>,
}

/// Requests in which a template was expected before what never came is unusual.
const LEAST: u32 = 12;
/// The least share of normal requests in which it came.
const RELIABLE: f64 = 0.995;

/// What comes where nothing speaks for it, within so many microseconds, may be what is missing: threads take over each other's request
/// ids.
const NEAR: i64 = 5_000_000;

/// Finds them, in the order of the requests, where what did not come nearly always comes, and did not stray into another request.
#[must_use]
pub fn find(model: &Model, seen: &Seen) -> Vec<Absence> {
    let mut found = Vec::new();
    let events = &seen.read.events;
    seen.expectations(|expectation| {
        let Expectation { template, probability, came, after } = *expectation;
        let habit = model.facts.habits.of(template);
        let reliable = habit.0 >= LEAST && f64::from(habit.1) >= RELIABLE * f64::from(habit.0);
        if !came && reliable && events.time[after as usize] != NO_TIME {
            let delay = model.facts.delays.of(template);
            found.push(Absence { request: events.request[after as usize], after, template, probability, habit, delay });
        }
    });
    let strays = seen.strays(&found.iter().map(|absence| absence.template).collect());
    found.retain(|absence| {
        let from = events.time[absence.after as usize];
        let usual = absence.delay.map_or(0, |(_, longest)| (f64::from(longest) * 2e6) as i64);
        let until = from.saturating_add(usual.max(NEAR));
        let near = |times: &Vec<i64>| times.get(times.partition_point(|time| *time < from)).is_some_and(|time| *time <= until);
        !strays.get(&absence.template).is_some_and(near)
    });
    found
}
