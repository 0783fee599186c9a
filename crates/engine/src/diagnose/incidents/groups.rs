//! Which bursts belong together.

use rustc_hash::FxHashMap;

use super::{
    bursts::{Burst, MINUTE},
    ties::{Keys, Kind},
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
    let mut sharing: FxHashMap<u64, Vec<(usize, Kind)>> = FxHashMap::default();
    for (n, keys) in keys.iter().enumerate() {
        for key in keys {
            sharing.entry(key.value).or_default().push((n, key.kind));
        }
    }
    for list in sharing.into_values() {
        unite(&mut sets, bursts, list, gap);
    }
    sets.numbers()
}

/// Unites bursts that have to do with one thing, where at least one of two that follow each other comes from it.
fn unite(sets: &mut Sets, bursts: &[Burst], mut list: Vec<(usize, Kind)>, gap: i64) {
    list.sort_unstable_by_key(|(n, kind)| (*n, *kind));
    // One that comes from a project works with it, too.
    list.dedup_by_key(|(n, _)| *n);
    let near = |before: usize, n: usize, kind: Kind| {
        let reach = if kind == Kind::Thing { FAR * gap } else { gap };
        bursts[n].start.saturating_sub(bursts[before].end) <= reach
    };
    let later = |a: Option<usize>, b: usize| Some(a.filter(|a| bursts[*a].end > bursts[b].end).unwrap_or(b));
    // The one that lasts longest of those that come from it, and those since then that only work with it.
    let (mut own, mut using): (Option<usize>, Vec<usize>) = (None, Vec::new());
    for (n, kind) in list {
        if let Some(own) = own.filter(|own| near(*own, n, kind)) {
            sets.unite(own, n);
        }
        if kind == Kind::Uses {
            using.push(n);
            continue;
        }
        using.iter().filter(|using| near(**using, n, kind)).for_each(|using| sets.unite(*using, n));
        using = using.into_iter().fold(None, later).into_iter().collect();
        own = later(own, n);
    }
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
