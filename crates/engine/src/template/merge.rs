//! Merges masked messages that differ only in names, which no mask can know.
//!
//! Drain (He et al., ICWS 2017) merges what is similar enough, and on OpenStack either explodes or merges a request that failed with
//! one that did not. Here a word becomes a wildcard only where the logs themselves show that it varies: where the same logger wrote the
//! same words around enough different ones. How many are enough depends on what the word looks like. The result does not depend on
//! the order of the events.

mod adopt;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};

/// The word that stands for any.
pub const ANY: &str = "<*>";
/// Words of a message that are compared; what follows is nearly always a dump.
const MOST_WORDS: usize = 40;
/// Passes: each finds the words that vary once those of the pass before are wildcards.
const PASSES: usize = 2;

/// A message to merge: who wrote it, and its masked words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape<'a> {
    /// The logger, or the service where the form has no loggers.
    pub origin: &'a str,
    /// The masked message.
    pub text: &'a str,
}

/// The merged messages, and which one each shape became.
#[derive(Debug, Default)]
pub struct Merged {
    /// The texts, in the order of their first shapes.
    pub texts: Vec<String>,
    /// For each shape its text.
    pub of: Vec<u32>,
}

/// Merges shapes.
#[must_use]
pub fn merge(shapes: &[Shape]) -> Merged {
    let mut words: FxHashMap<&str, u32> = FxHashMap::default();
    let mut names: Vec<&str> = Vec::new();
    let mut intern = |word| {
        *words.entry(word).or_insert_with(|| {
            names.push(word);
            names.len() as u32 - 1
        })
    };
    let any = intern(ANY);
    let mut rows: Vec<Vec<u32>> = shapes
        .iter()
        .map(|s| std::iter::once(intern(s.origin)).chain(s.text.splitn(MOST_WORDS, ' ').map(&mut intern)).collect())
        .collect();
    let facts = Words { enough: names.iter().map(|w| enough(w)).collect(), cores: cores(&names), any };
    for _ in 0..PASSES {
        wildcards(&mut rows, &facts);
    }
    adopt::adopt(&mut rows, &facts);
    collect(&rows, &names)
}

/// How many different words in one place show that the place varies.
fn enough(word: &str) -> u32 {
    let status = word.trim_matches(|c: char| !c.is_ascii_digit());
    if status.len() == 3 && word.len() <= 6 {
        // An HTTP status code: it never varies, it tells.
        u32::MAX
    } else if word.starts_with(['/', '"']) && word.contains('/') || word.contains("://") {
        // The route of an API call tells what was called; only names in it make so many of them.
        200
    } else if word.bytes().all(|b| b.is_ascii_alphabetic()) && !is_identifier(word) {
        8
    } else {
        ENOUGH_NAMES
    }
}

/// How many different names in one place show that the place varies.
const ENOUGH_NAMES: u32 = 3;

/// Whether a word of letters is a name in a program, `ComputeFilter`, and not a word of a language. Exceptions are left as words: they tell.
fn is_identifier(word: &str) -> bool {
    let inner = word.bytes().zip(word.bytes().skip(1)).any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase());
    inner && !["Error", "Exception", "Failure", "Timeout"].iter().any(|end| word.ends_with(end))
}

/// What is known of the words by themselves.
struct Words {
    /// How many different ones in their place are enough.
    enough: Vec<u32>,
    /// The words without the punctuation around them, numbered: those of one number are the same name.
    cores: Vec<u32>,
    any: u32,
}

/// The number of each word's core.
fn cores(names: &[&str]) -> Vec<u32> {
    let mut ids: FxHashMap<&str, u32> = FxHashMap::default();
    let mut core = |name| {
        let core = str::trim_matches(name, |c: char| c.is_ascii_punctuation());
        let next = ids.len() as u32;
        *ids.entry(if core.is_empty() { name } else { core }).or_insert(next)
    };
    names.iter().map(|name| core(name)).collect()
}

fn wildcards(rows: &mut [Vec<u32>], words: &Words) {
    let mut seen: FxHashMap<u64, Place> = FxHashMap::default();
    let distinct: FxHashSet<&[u32]> = rows.iter().map(Vec::as_slice).collect();
    // A set's order is not fixed, and none of what is gathered depends on it.
    for row in distinct {
        for (place, &word) in row.iter().enumerate().skip(1) {
            let enough = words.enough[word as usize];
            seen.entry(around(row, place)).or_default().add(word == words.any, enough);
            if let Some(around) = around_both(row, place, words) {
                // A message that says a name twice says it in both places: few of them show that it varies.
                let enough = if enough == u32::MAX { enough } else { ENOUGH_NAMES };
                seen.entry(around).or_default().add(false, enough);
            }
        }
    }
    for row in rows {
        let varies = |place: &usize| {
            let both = around_both(row, *place, words);
            seen[&around(row, *place)].varies() || both.is_some_and(|around| seen[&around].varies())
        };
        let open: Vec<usize> = (1..row.len()).filter(varies).collect();
        for place in open {
            row[place] = words.any;
        }
    }
}

/// What stands in one place among the same words.
#[derive(Default)]
struct Place {
    words: u32,
    any: bool,
    enough: u32,
}

impl Place {
    fn add(&mut self, any: bool, enough: u32) {
        self.words += 1;
        self.any |= any;
        self.enough = self.enough.max(enough);
    }

    fn varies(&self) -> bool {
        self.words > 1 && (self.any || self.words >= self.enough)
    }
}

/// A hash of the words around a place.
fn around(row: &[u32], place: usize) -> u64 {
    let mut hasher = FxHasher::default();
    (row.len(), place).hash(&mut hasher);
    row[..place].hash(&mut hasher);
    row[place + 1..].hash(&mut hasher);
    hasher.finish()
}

/// A hash of the words around all the places where a row has the same name, for one of these; none where the name stands there once.
fn around_both(row: &[u32], place: usize, words: &Words) -> Option<u64> {
    let core = |word: u32| words.cores[word as usize];
    let name = core(row[place]);
    if row[place] == words.any || !row.iter().enumerate().skip(1).any(|(n, word)| n != place && core(*word) == name) {
        return None;
    }
    let mut hasher = FxHasher::default();
    (row.len(), place, "both").hash(&mut hasher);
    for (n, word) in row.iter().enumerate() {
        let other = n == 0 || core(*word) != name;
        other.then_some(word).hash(&mut hasher);
    }
    Some(hasher.finish())
}

fn collect(rows: &[Vec<u32>], names: &[&str]) -> Merged {
    let mut ids: FxHashMap<&[u32], u32> = FxHashMap::default();
    let mut merged = Merged::default();
    for row in rows {
        let id = *ids.entry(row).or_insert_with(|| {
            merged.texts.push(row[1..].iter().map(|w| names[*w as usize]).collect::<Vec<_>>().join(" "));
            merged.texts.len() as u32 - 1
        });
        merged.of.push(id);
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expected: &[&str]) {
        let shapes: Vec<Shape> = texts.iter().map(|text| Shape { origin: "a.b", text }).collect();
        let merged = merge(&shapes);
        let got: Vec<&str> = merged.of.iter().map(|id| merged.texts[*id as usize].as_str()).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn names_become_wildcards_where_enough_of_them_are_seen() {
        check(&["volume 'a' up", "volume 'b' up", "volume 'c' up"], &["volume <*> up"; 3]);
        check(&["volume 'a' up", "volume 'b' up"], &["volume 'a' up", "volume 'b' up"]);
    }

    #[test]
    fn a_name_that_is_said_twice_varies_in_both_places() {
        check(
            &[
                "no user zoe.: NotFound: no user zoe.",
                "no user ann.: NotFound: no user ann.",
                "no user bob.: NotFound: no user bob.",
            ],
            &["no user <*> NotFound: no user <*>"; 3],
        );
        check(&["db: 'a' by 'a'", "db: 'b' by 'b'"], &["db: 'a' by 'a'", "db: 'b' by 'b'"]);
        // One of the names stands in the message's own words as well.
        check(&["user of 'a' gone", "user of 'b' gone", "user of 'user' gone"], &["user of <*> gone"; 3]);
    }

    #[test]
    fn names_of_a_program_are_told_from_words() {
        check(
            &["Filter RamFilter returned", "Filter CoreFilter returned", "Filter IoFilter returned"],
            &["Filter <*> returned"; 3],
        );
        let apart = ["got KeyError here", "got ValueError here", "got TypeError here"];
        check(&apart, &apart);
    }

    #[test]
    fn words_need_more_than_names() {
        check(
            &["task started now", "task stopped now", "task failed now"],
            &["task started now", "task stopped now", "task failed now"],
        );
        let many: Vec<String> = ["a", "b", "c", "d", "e", "f", "g", "h"].iter().map(|w| format!("user {w} logged in")).collect();
        check(&many.iter().map(String::as_str).collect::<Vec<_>>(), &["user <*> logged in"; 8]);
    }

    #[test]
    fn a_status_code_is_never_a_wildcard() {
        let texts: Vec<String> = (200..260).map(|n| format!("GET status: {n} len")).collect();
        let merged = merge(&texts.iter().map(|text| Shape { origin: "a", text }).collect::<Vec<_>>());
        assert_eq!(merged.texts.len(), 60);
    }

    #[test]
    fn a_known_wildcard_takes_a_new_word() {
        check(
            &["user <*> logged in", "user zoe logged in", "user zoe logged out"],
            &["user <*> logged in", "user <*> logged in", "user zoe logged out"],
        );
    }

    #[test]
    fn known_wildcards_take_new_words_in_all_their_places() {
        let known = "Quota exceeded for <*> Requested <n>, but already used <n> of <n> <*>";
        let cores = "Quota exceeded for cores: Requested <n>, but already used <n> of <n> cores";
        check(&[known, cores], &[known; 2]);
        // A message of nothing but wildcards would take all others, and a status code is no name.
        check(&["<*> <*>", "all done"], &["<*> <*>", "all done"]);
        check(
            &["<*> ended with <*> for all", "x ended with 404 for all"],
            &["<*> ended with <*> for all", "x ended with 404 for all"],
        );
    }

    #[test]
    fn loggers_keep_apart() {
        let shapes = ["a", "b"].map(|origin| Shape { origin, text: "same" });
        assert_eq!(merge(&shapes).of, [0, 1]);
    }
}
