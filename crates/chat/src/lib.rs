//! Answers to questions about a report, from the report alone.
//!
//! The report is taken apart into facts, each a sentence with the evidence it rests on. A question is compared with every
//! fact by TF-IDF cosine, and the facts that fit are the answer. Where none fits, the answer says so: nothing is invented.

mod facts;
mod markdown;
mod terms;

use engine::{Report, report::Verdict};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    facts::{Fact, Topic},
    terms::Index,
};

/// Least score for a fact to count as an answer. Below it, question and fact share only a common word or two.
const FITS: f64 = 0.12;

/// More than this share of the question must be words that the facts or topics know. A question about something else
/// that happens to use one of their words is not answered.
const UNDERSTOOD: f64 = 0.5;

/// Facts that score less than this share of the best are left out: they answer another question.
const BESIDE_THE_BEST: f64 = 0.5;

/// What a fact scores, beside its cosine, where the whole question is about its topic.
const ON_TOPIC: f64 = 0.5;

/// The most facts in an answer.
const MOST_FACTS: usize = 6;

/// The most questions suggested after an answer.
const MOST_SUGGESTIONS: usize = 4;

/// An answer to a question about a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export, export_to = "types.ts")]
pub struct Answer {
    /// Markdown; every claim about the logs ends in a citation such as `[E3]`.
    pub text: String,
    /// Ids of the evidence cited, in the order of the text.
    pub citations: Vec<String>,
    /// Questions that the evidence can answer next.
    pub suggestions: Vec<String>,
}

/// Answers a question from the report.
#[must_use]
pub fn answer(report: &Report, question: &str) -> Answer {
    let facts = facts::all(report);
    let index = index(&facts);
    let chosen = choose(&facts, &index, question);
    let mut suggestions = suggestions(report);
    suggestions.retain(|suggestion| !suggestion.eq_ignore_ascii_case(question.trim()));
    suggestions.truncate(MOST_SUGGESTIONS);
    let mut citations: Vec<String> = Vec::new();
    for id in chosen.iter().flat_map(|fact| &fact.citations) {
        if !citations.contains(id) {
            citations.push(id.clone());
        }
    }
    let text = if chosen.is_empty() { nothing_fits(&suggestions) } else { markdown::compose(&chosen) };
    Answer { text, citations, suggestions }
}

/// Questions that the report can answer, the most useful first.
#[must_use]
pub fn suggestions(report: &Report) -> Vec<String> {
    let facts = facts::all(report);
    let index = index(&facts);
    candidates(report).into_iter().filter(|question| !choose(&facts, &index, question).is_empty()).collect()
}

fn index(facts: &[Fact]) -> Index {
    Index::new(facts.iter().map(Fact::words), Topic::all_words())
}

fn candidates(report: &Report) -> Vec<String> {
    if report.verdict == Verdict::Clear {
        return vec!["Is anything wrong in these logs?".to_owned(), "How much was read?".to_owned()];
    }
    let mut questions = vec!["What is the root cause?".to_owned(), "What should I do next?".to_owned()];
    questions.push("When did it start?".to_owned());
    let first = report.causes.first();
    questions.extend(first.filter(|cause| cause.source.is_some()).map(|_| "Where in the code does it fail?".to_owned()));
    questions.extend(report.requests.first().map(|_| "Which requests failed?".to_owned()));
    questions.extend(first.and_then(|cause| cause.host.as_ref()).map(|host| format!("What happened on {host}?")));
    questions.extend(first.and_then(|cause| cause.service.as_ref()).map(|service| format!("What did {service} log?")));
    questions.push("Which services and hosts are affected?".to_owned());
    questions
}

/// The facts that answer the question, best first; actions in the report's own order.
fn choose<'a>(facts: &'a [Fact], index: &Index, question: &str) -> Vec<&'a Fact> {
    let question = index.question(question);
    if question.known <= UNDERSTOOD {
        return Vec::new();
    }
    let similarities = index.similarities(&question);
    let mut scored: Vec<(f64, &Fact)> = similarities
        .into_iter()
        .zip(facts)
        .map(|(similarity, fact)| {
            (similarity + ON_TOPIC * index.share(&question, fact.topic.words()) / (1.0 + 0.25 * fact.rank as f64), fact)
        })
        .collect();
    // A stable sort: facts that fit equally well stay in the report's order, from the most to the least useful.
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let Some((best, first)) = scored.first().copied().filter(|(best, _)| *best >= FITS) else {
        return Vec::new();
    };
    scored.retain(|(score, _)| *score >= FITS.max(best * BESIDE_THE_BEST));
    let mut chosen: Vec<&Fact> = scored.into_iter().map(|(_, fact)| fact).collect();
    if first.topic == Topic::Action {
        chosen.retain(|fact| fact.topic == Topic::Action);
        chosen.sort_by_key(|fact| fact.rank);
    }
    chosen.truncate(MOST_FACTS);
    chosen
}

fn nothing_fits(suggestions: &[String]) -> String {
    let mut text = "The evidence in these logs does not answer that.".to_owned();
    if !suggestions.is_empty() {
        text.push_str(" It can answer these:\n");
        for suggestion in suggestions {
            text.push_str("\n- ");
            text.push_str(suggestion);
        }
    }
    text
}

#[cfg(test)]
mod tests;
