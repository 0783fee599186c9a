//! Which bursts belong together.

use rustc_hash::FxHashMap;

use super::{
    bursts::{Burst, MINUTE},
    ties::{Key, Keys},
};

/// Bursts that begin within this time of each other belong together, whatever they name.
const TOGETHER: i64 = 5 * MINUTE;
/// Over so many gaps the same request or resource ties one burst to the next.
const FAR: i64 = 4;

/// The number of each burst's group, from 0 in the order of time. `bursts` go by time; `keys` has what each shares with others.
#[must_use]
pub fn join(bursts: &[Burst], keys: &[Keys], gap: i64) -> Vec<usize> {
    let mut sets = Sets((0..bursts.len()).collect());
    for n in 1..bursts.len() {
        if bursts[n].start - bursts[n - 1].start <= TOGETHER {
            sets.unite(n - 1, n);
        }
    }
    let mut sharing: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (n, keys) in keys.iter().enumerate() {
        keys.iter().for_each(|key| sharing.entry(*key).or_default().push(n));
    }
    for (key, list) in sharing {
        let reach = if key.one_thing { FAR * gap } else { gap };
        let mut end = i64::MIN;
        let mut before = None;
        for n in list {
            if let Some(before) = before.filter(|_| bursts[n].start.saturating_sub(end) <= reach) {
                sets.unite(before, n);
            }
            end = end.max(bursts[n].end);
            before = Some(n);
        }
    }
    sets.numbers()
}

/// Sets of numbers, each of which points to an earlier one of its set or to itself.
struct Sets(Vec<usize>);

impl Sets {
    fn first(&mut self, mut n: usize) -> usize {
        while self.0[n] != n {
            self.0[n] = self.0[self.0[n]];
            n = self.0[n];
        }
        n
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// The sets, numbered in the order of their first members.
    fn numbers(mut self) -> Vec<usize> {
        let mut known: FxHashMap<usize, usize> = FxHashMap::default();
        (0..self.0.len())
            .map(|n| {
                let next = known.len();
                *known.entry(self.first(n)).or_insert(next)
            })
            .collect()
    }
}
