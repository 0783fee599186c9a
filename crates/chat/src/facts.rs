//! The report taken apart into facts: sentences, each with the evidence it rests on.

mod analysis;
mod incident;

use std::collections::BTreeMap;

use engine::Report;

/// For each topic the words that questions about it use.
const TOPIC_WORDS: &str = include_str!("../data/topics.txt");

/// The most citations behind a sentence.
const MOST_CITATIONS: usize = 4;

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Topic {
    /// Whether something is wrong, and of what kind.
    Overall,
    /// Why it is wrong.
    Cause,
    /// Where in the services' code it goes wrong.
    Code,
    /// What to do about it.
    Action,
    /// When it began and ended.
    Span,
    /// A record of the logs.
    Evidence,
    /// A failing request.
    Request,
    /// Services and hosts that are affected.
    Affected,
    /// How often something was logged.
    Count,
    /// What the analysis read.
    Read,
    /// What the analysis could not read.
    Skipped,
    /// The model that scored the events.
    Model,
}

impl Topic {
    /// The first word of its line in the table of topic words.
    fn name(self) -> &'static str {
        match self {
            Self::Overall => "overall",
            Self::Cause => "cause",
            Self::Code => "code",
            Self::Action => "action",
            Self::Span => "span",
            Self::Evidence => "evidence",
            Self::Request => "request",
            Self::Affected => "affected",
            Self::Count => "count",
            Self::Read => "read",
            Self::Skipped => "skipped",
            Self::Model => "model",
        }
    }

    /// The words that questions use, topic by topic.
    pub(crate) fn all_words() -> impl Iterator<Item = &'static str> {
        TOPIC_WORDS.lines().filter_map(|line| line.split_once(' ')).map(|(_, words)| words)
    }

    /// The words that questions about it use.
    pub(crate) fn words(self) -> &'static str {
        let lines = TOPIC_WORDS.lines().filter_map(|line| line.split_once(' '));
        lines.filter(|(name, _)| *name == self.name()).map(|(_, words)| words).next().unwrap_or_default()
    }
}

/// A sentence of the report.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fact {
    pub(crate) topic: Topic,
    /// Its place among the facts of its topic, from 0, from the most to the least useful.
    pub(crate) rank: usize,
    /// Markdown, one or more whole sentences.
    pub(crate) text: String,
    /// Ids of the evidence; none only where the sentence is about the analysis and not about the logs.
    pub(crate) citations: Vec<String>,
    /// Words to be found by that the sentence does not say.
    words: String,
}

impl Fact {
    fn new(topic: Topic, text: String, citations: &[String]) -> Self {
        let citations = citations.iter().take(MOST_CITATIONS).cloned().collect();
        Self { topic, rank: 0, text, citations, words: String::new() }
    }

    fn found_by(mut self, words: String) -> Self {
        self.words = words;
        self
    }

    /// All words to be found by, but for those of its topic.
    pub(crate) fn words(&self) -> String {
        format!("{} {}", self.text, self.words)
    }
}

/// All facts of a report, from the most to the least useful.
pub(crate) fn all(report: &Report) -> Vec<Fact> {
    let mut facts = incident::facts(report);
    facts.extend(analysis::facts(report));
    let mut ranks: BTreeMap<Topic, usize> = BTreeMap::new();
    for fact in &mut facts {
        let next = ranks.entry(fact.topic).or_default();
        fact.rank = *next;
        *next += 1;
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_topic_has_words() {
        use Topic::{Action, Affected, Cause, Code, Count, Evidence, Model, Overall, Read, Request, Skipped, Span};
        for topic in [Overall, Cause, Code, Action, Span, Evidence, Request, Affected, Count, Read, Skipped, Model] {
            assert!(topic.words().split_whitespace().count() > 3, "{topic:?}");
        }
    }
}
