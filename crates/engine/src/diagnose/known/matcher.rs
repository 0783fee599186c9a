//! Finds all signatures in a text in one pass.

use std::{cmp::Reverse, sync::Arc};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;
use rustc_hash::FxHashMap;

use super::{Kind, Signature, SignatureId};

/// One automaton over the literals of all signatures; a signature's regular expression runs only on a text in which its
/// literals were found, so that long texts without any are read once.
#[derive(Debug, Default)]
pub(super) struct Matcher {
    automaton: Option<AhoCorasick>,
    /// Per literal the rules that one of their `any` being found makes candidates.
    candidates: Vec<Vec<usize>>,
    rules: Vec<Rule>,
}

/// A signature's conditions, over places in the list of distinct literals.
#[derive(Debug)]
struct Rule {
    /// Place and length of each.
    any: Vec<(usize, usize)>,
    all: Vec<usize>,
    not: Vec<usize>,
    pattern: Option<Regex>,
    kind: Kind,
    /// The length of all literals of `all` together.
    weight: usize,
}

/// The distinct literals and their places.
#[derive(Debug, Default)]
struct Literals<'a> {
    places: FxHashMap<&'a str, usize>,
    list: Vec<&'a str>,
}

impl<'a> Literals<'a> {
    fn place(&mut self, literal: &'a str) -> usize {
        *self.places.entry(literal).or_insert_with(|| {
            self.list.push(literal);
            self.list.len() - 1
        })
    }
}

impl Matcher {
    /// Builds the automaton.
    pub fn new(signatures: &[Arc<Signature>]) -> Result<Self, String> {
        let mut literals = Literals::default();
        let rules = signatures.iter().map(|s| rule(s, &mut literals)).collect::<Result<Vec<_>, _>>()?;
        let mut candidates = vec![Vec::new(); literals.list.len()];
        for (index, rule) in rules.iter().enumerate() {
            for (literal, _) in &rule.any {
                candidates[*literal].push(index);
            }
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(&literals.list)
            .map_err(|error| format!("the literals of the signatures: {error}"))?;
        Ok(Self { automaton: Some(automaton), candidates, rules })
    }

    /// The signatures in the text: causes first, then by how much of the text they account for, then by place.
    pub fn matches(&self, text: &str) -> Vec<SignatureId> {
        let Some(found) = self.literals_in(text) else { return Vec::new() };
        let mut candidates: Vec<usize> =
            found.iter().zip(&self.candidates).filter(|(found, _)| **found).flat_map(|(_, rules)| rules).copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut hits: Vec<_> = candidates
            .into_iter()
            .filter_map(|index| {
                self.rules[index].extent(&found, text).map(|extent| (self.rules[index].kind, Reverse(extent), index))
            })
            .collect();
        hits.sort_unstable();
        hits.into_iter().map(|(_, _, index)| SignatureId::new(index)).collect()
    }

    /// Which literals are in the text; none where there is not one.
    fn literals_in(&self, text: &str) -> Option<Vec<bool>> {
        let mut hits = self.automaton.as_ref()?.find_overlapping_iter(text).peekable();
        hits.peek()?;
        let mut found = vec![false; self.candidates.len()];
        for hit in hits {
            found[hit.pattern().as_usize()] = true;
        }
        Some(found)
    }
}

impl Rule {
    /// How many characters of the text the rule accounts for, once one of `any` is known to be there: the longest of these,
    /// all that must be there too, and the span of the pattern, or of the group in it that tells. None where a condition does not hold.
    fn extent(&self, found: &[bool], text: &str) -> Option<usize> {
        if !self.all.iter().all(|literal| found[*literal]) || self.not.iter().any(|literal| found[*literal]) {
            return None;
        }
        let span = match &self.pattern {
            Some(pattern) => {
                let found = pattern.captures(text)?;
                found.get(1).or_else(|| found.get(0)).map_or(0, |m| m.len())
            }
            None => 0,
        };
        let longest = self.any.iter().filter(|(literal, _)| found[*literal]).map(|(_, length)| *length).max();
        Some(longest.unwrap_or_default() + self.weight + span)
    }
}

fn rule<'a>(signature: &'a Signature, literals: &mut Literals<'a>) -> Result<Rule, String> {
    let pattern = signature.pattern.as_deref().map(Regex::new).transpose();
    Ok(Rule {
        any: signature.any.iter().map(|literal| (literals.place(literal), literal.len())).collect(),
        all: signature.all.iter().map(|literal| literals.place(literal)).collect(),
        not: signature.not.iter().map(|literal| literals.place(literal)).collect(),
        pattern: pattern.map_err(|error| format!("signature {}: its pattern: {error}", signature.id))?,
        kind: signature.kind,
        weight: signature.all.iter().map(String::len).sum(),
    })
}
