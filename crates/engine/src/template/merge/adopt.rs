//! Messages that fit one which varies in several places.
//!
//! That a place varies is seen from the words around it, so that a message which is new in two places at once shows neither. Where a
//! message with wildcards in just these places is there, from a model or from the logs, it is one of those.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Words;

/// Different sets of places that are tried for messages of one logger and length: far more than any logger has.
const MOST_SETS: usize = 64;

/// Gives each row the wildcards of the row that it fits; of several that with the fewest of them.
pub fn adopt(rows: &mut [Vec<u32>], words: &Words) {
    let patterns: FxHashSet<Vec<u32>> = rows.iter().filter(|row| is_pattern(row, words)).cloned().collect();
    let mut sets: FxHashMap<(u32, usize), Vec<Vec<usize>>> = FxHashMap::default();
    for pattern in &patterns {
        sets.entry((pattern[0], pattern.len())).or_default().push(places(pattern, words));
    }
    for sets in sets.values_mut() {
        // A set's order is not fixed; this one is, so that the result does not depend on it.
        sets.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
        sets.dedup();
        sets.truncate(MOST_SETS);
    }
    for row in rows {
        let Some(sets) = sets.get(&(row[0], row.len())) else { continue };
        if let Some(pattern) = sets.iter().filter_map(|set| with(row, set, words)).find(|candidate| patterns.contains(candidate))
        {
            *row = pattern;
        }
    }
}

/// Whether a row has several wildcards, and at least as many words: else it would take whatever its logger writes.
fn is_pattern(row: &[u32], words: &Words) -> bool {
    let wild = places(row, words).len();
    wild > 1 && 2 * wild < row.len()
}

fn places(row: &[u32], words: &Words) -> Vec<usize> {
    (1..row.len()).filter(|place| row[*place] == words.any).collect()
}

/// The row with wildcards in those places; none where a word stands there that never varies.
fn with(row: &[u32], places: &[usize], words: &Words) -> Option<Vec<u32>> {
    if places.iter().any(|place| words.enough[row[*place] as usize] == u32::MAX) {
        return None;
    }
    let mut row = row.to_vec();
    for place in places {
        row[*place] = words.any;
    }
    Some(row)
}
