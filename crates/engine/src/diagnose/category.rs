//! What kind of incident it is, from the evidence and the issue together.

use std::collections::BTreeMap;

use super::{
    causes::sureness,
    frames,
    known::{Kind, Known},
    lead::Lead,
};
use crate::report::{Category, CategoryId};

/// How much the issue's words count beside those of the weightiest record.
const ISSUE: f64 = 0.5;

/// The category of an incident. `trust` says how much can be made of the model, 0 to 1.
#[must_use]
pub fn category(leads: &[Lead], issue: Option<&str>, known: &Known, trust: f64) -> Category {
    let (id, confidence) = by_signature(leads).or_else(|| by_defect(leads)).unwrap_or_else(|| by_words(leads, issue, known));
    let confidence = confidence * sureness(trust);
    Category { id, label: label(id, known), confidence: (confidence * 100.0).round() / 100.0 }
}

/// The category where nothing departs from normal.
#[must_use]
pub fn none(known: &Known) -> Category {
    Category { id: CategoryId::General, label: label(CategoryId::General, known), confidence: 0.0 }
}

fn label(id: CategoryId, known: &Known) -> String {
    known.category(id).map_or_else(|| format!("{id:?}"), |facts| facts.label.clone())
}

/// What the weightiest known failure says; a cause says it more surely than a symptom.
fn by_signature(leads: &[Lead]) -> Option<(CategoryId, f64)> {
    let first = leads.first()?;
    let near = |l: &&Lead| l.weight > 0.4 * first.weight;
    let cause = leads.iter().filter(near).filter_map(|l| l.signature.as_deref()).find(|s| s.kind == Kind::Cause);
    let found = cause.or(first.signature.as_deref())?;
    Some((found.category, if found.kind == Kind::Cause { found.confidence } else { 0.6 * found.confidence }))
}

fn by_defect(leads: &[Lead]) -> Option<(CategoryId, f64)> {
    let (exception, _) = leads.first()?.raised.as_ref()?;
    frames::is_defect(exception).then_some((CategoryId::CodeDefect, 0.6))
}

/// What the words of the weightiest records speak for, the issue's beside them.
fn by_words(leads: &[Lead], issue: Option<&str>, known: &Known) -> (CategoryId, f64) {
    let mut votes: BTreeMap<CategoryId, f64> = BTreeMap::new();
    let most = leads.first().map_or(1.0, |l| l.weight);
    let texts = leads.iter().take(10).map(|l| (l.message.as_str(), l.weight / most)).chain(issue.map(|i| (i, ISSUE)));
    for (text, weight) in texts {
        for (id, score) in known.category_scores(text) {
            *votes.entry(id).or_default() += weight * score;
        }
    }
    let all: f64 = votes.values().sum();
    let best = votes.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
    best.filter(|(_, v)| *v > 0.0).map_or((CategoryId::General, 0.2), |(id, v)| (id, (0.7 * v / all).min(0.7)))
}
