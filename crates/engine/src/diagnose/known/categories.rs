//! What is known about the report's categories, and which words speak for each.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use serde::Deserialize;

use crate::report::CategoryId;

/// Facts about a category, for incidents that no signature explains.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryFacts {
    /// Which one.
    pub id: CategoryId,
    /// The category in words.
    pub label: String,
    /// Commands that narrow it down and change nothing, the most telling first.
    pub checks: Vec<String>,
    /// What usually helps, in order.
    pub remedies: Vec<String>,
    /// Words and phrases in lower case that speak for it in a log or an issue, and how strongly.
    pub words: BTreeMap<String, f64>,
}

/// One automaton over the words of all categories.
#[derive(Debug, Default)]
pub(super) struct Words {
    automaton: Option<AhoCorasick>,
    /// Per word what it speaks for.
    votes: Vec<Vec<(CategoryId, f64)>>,
}

impl Words {
    /// Builds the automaton.
    pub fn new(categories: &[CategoryFacts]) -> Result<Self, String> {
        let mut votes: BTreeMap<&str, Vec<(CategoryId, f64)>> = BTreeMap::new();
        for facts in categories {
            for (word, weight) in &facts.words {
                votes.entry(word).or_default().push((facts.id, *weight));
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(votes.keys())
            .map_err(|error| format!("the words of the categories: {error}"))?;
        Ok(Self { automaton: Some(automaton), votes: votes.into_values().collect() })
    }

    /// The sum of the weights of the distinct words found, per category.
    pub fn scores(&self, text: &str) -> BTreeMap<CategoryId, f64> {
        let mut scores = BTreeMap::new();
        let Some(automaton) = &self.automaton else { return scores };
        let mut found = vec![false; self.votes.len()];
        for hit in automaton.find_overlapping_iter(text) {
            found[hit.pattern().as_usize()] |= is_word(text.as_bytes(), hit.start(), hit.end());
        }
        for (category, weight) in self.votes.iter().zip(found).filter(|(_, found)| *found).flat_map(|(votes, _)| votes) {
            *scores.entry(*category).or_insert(0.0) += weight;
        }
        scores
    }
}

/// Whether the span is a whole word, or the plural of one.
fn is_word(text: &[u8], start: usize, end: usize) -> bool {
    let inside = |index: usize| text.get(index).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let plural = matches!(text.get(end), Some(b's' | b'S')) && !inside(end + 1);
    (start == 0 || !inside(start - 1)) && (!inside(end) || plural)
}
