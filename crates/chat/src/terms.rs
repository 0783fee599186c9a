//! Which sentences are about what a question asks: the engine's TF-IDF, over words prepared for questions.

use std::{collections::HashSet, sync::LazyLock};

use engine::{
    config::TfidfConfig,
    evidence::tfidf::{Row, Tfidf, cosine},
};

/// Words that say nothing of what is asked. The question words that do, such as "when" and "why", are not among them.
const STOP_WORDS: &str = include_str!("../data/stop_words.txt");

/// Texts to be searched.
pub(crate) struct Index {
    tfidf: Tfidf,
    rows: Vec<Row>,
}

/// What is asked.
pub(crate) struct Question {
    row: Row,
    /// Which share of its words the index knows, 0 to 1.
    pub(crate) known: f64,
}

impl Index {
    /// An index of these texts, which also knows these other words.
    pub(crate) fn new<'a>(texts: impl Iterator<Item = String>, others: impl Iterator<Item = &'a str>) -> Self {
        let texts: Vec<String> = texts.map(|text| prepared(&text)).collect();
        let others: Vec<String> = others.map(prepared).collect();
        let config = TfidfConfig { max_terms: usize::MAX, ngrams: 1, stop_words: false, ..TfidfConfig::default() };
        let tfidf = Tfidf::fit(texts.iter().chain(&others).map(String::as_str), &config);
        let rows = texts.iter().map(|text| tfidf.row(text)).collect();
        Self { tfidf, rows }
    }

    /// A question in the terms of these texts.
    pub(crate) fn question(&self, text: &str) -> Question {
        let words = words(text);
        let known = words.iter().filter(|word| !self.tfidf.row(word).is_empty()).count();
        Question { row: self.tfidf.row(&words.join(" ")), known: known as f64 / words.len().max(1) as f64 }
    }

    /// The cosine of every text to the question, 0 to 1. A word of the question that is not known counts against all.
    pub(crate) fn similarities(&self, question: &Question) -> Vec<f64> {
        self.rows.iter().map(|row| cosine(&question.row, row) * question.known.sqrt()).collect()
    }

    /// How much of the question these words are, 0 to 1.
    pub(crate) fn share(&self, question: &Question, text: &str) -> f64 {
        let row = self.tfidf.row(&prepared(text));
        let covered = |term: u32| row.iter().any(|(own, _)| *own == term);
        question.known * question.row.iter().filter(|(term, _)| covered(*term)).map(|(_, weight)| weight * weight).sum::<f64>()
    }
}

fn prepared(text: &str) -> String {
    words(text).join(" ")
}

/// The telling words of a text: lower case, without endings; a compound such as `nova-compute` in one piece and in its parts.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut words = Vec::new();
    for token in lower.split(|c: char| !(c.is_alphanumeric() || "-_./".contains(c))) {
        let token = token.trim_matches(|c: char| !c.is_alphanumeric());
        let parts: Vec<&str> = token.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 {
            words.push(parts.concat());
        }
        // The parts of a UUID are no words.
        if parts.len() < 5 {
            words.extend(parts.into_iter().filter(|part| !is_stop_word(part)).map(stem));
        }
    }
    words
}

fn is_stop_word(word: &str) -> bool {
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP_WORDS.split_whitespace().collect());
    SET.contains(word)
}

/// Takes the commonest English endings away, so that "failed", "failing", "fails" and "failure" are one word.
fn stem(word: &str) -> String {
    let long_enough = |rest: &&str| rest.len() >= 3;
    let endings = ["ures", "ure", "ings", "ing", "ed", "es", "s"];
    let rest = endings.iter().filter_map(|ending| word.strip_suffix(ending)).find(long_enough).unwrap_or(word);
    rest.strip_suffix('e').filter(long_enough).unwrap_or(rest).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_endings_and_stop_words() {
        assert_eq!(words("The failed, FAILING failures of a node."), ["fail", "fail", "fail", "nod"]);
        assert_eq!(words("services cause causes"), ["servic", "caus", "caus"]);
    }

    #[test]
    fn compounds_are_found_whole_and_in_parts() {
        assert_eq!(words("nova-compute"), ["novacompute", "nova", "comput"]);
        assert_eq!(words("req-1c6f2a7e-0f0c-4b7e-9a6e-1c2d3e4f5a6b").len(), 1);
    }

    #[test]
    fn the_text_that_shares_the_rare_word_is_nearest() {
        let texts = ["disk full on compute-1", "network down on compute-2"].into_iter().map(String::from);
        let index = Index::new(texts, std::iter::empty());
        let near = |question: &str| index.similarities(&index.question(question));
        let found = near("is the disk of that computer full?");
        assert!(found[0] > 0.3 && found[1] < found[0], "{found:?}");
        let found = near("and compute-2?");
        assert!(found[1] > found[0], "{found:?}");
        assert_eq!(near("capital of France"), [0.0, 0.0]);
        assert_eq!(near(""), [0.0, 0.0]);
    }

    #[test]
    fn words_that_nobody_knows_lower_the_share() {
        let index = Index::new(std::iter::once("disk full on node".to_owned()), std::iter::once("why reason"));
        let share = |question: &str| index.share(&index.question(question), "why reason");
        assert!((share("why?") - 1.0).abs() < 1e-9);
        assert!((share("why is the sky blue?") - 1.0 / 3.0).abs() < 1e-9);
        assert!(share("why is the disk full?") < 0.5);
    }
}
