//! TF-IDF over a handful of sentences: which of them are about what a question asks.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::LazyLock,
};

/// Words that say nothing of what is asked. The question words that do, such as "when" and "why", are not among them.
const STOP_WORDS: &str = include_str!("../data/stop_words.txt");

/// Word weights of a text, of length 1 as a vector.
type Weights = BTreeMap<String, f64>;

/// What is asked.
pub(crate) struct Question(Weights);

impl Question {
    /// How much of the question these words are, 0 to 1.
    pub(crate) fn share(&self, text: &str) -> f64 {
        let words = words(text);
        self.0.iter().filter(|(word, _)| words.contains(word)).map(|(_, weight)| weight * weight).sum()
    }
}

/// Texts to be searched.
pub(crate) struct Index {
    texts: Vec<Weights>,
    count: usize,
    /// In how many texts each word occurs.
    frequencies: HashMap<String, usize>,
}

impl Index {
    pub(crate) fn new(texts: impl Iterator<Item = String>) -> Self {
        let words: Vec<Vec<String>> = texts.map(|text| words(&text)).collect();
        let mut frequencies = HashMap::new();
        for text in &words {
            for word in text.iter().collect::<BTreeSet<_>>() {
                *frequencies.entry(word.clone()).or_default() += 1;
            }
        }
        let mut index = Self { texts: Vec::new(), count: words.len(), frequencies };
        index.texts = words.iter().map(|text| index.weigh(text)).collect();
        index
    }

    /// A question in the terms of these texts. A word that no text holds is part of it, and so counts against all of them.
    pub(crate) fn question(&self, text: &str) -> Question {
        Question(self.weigh(&words(text)))
    }

    /// The cosine of every text to the question, 0 to 1.
    pub(crate) fn similarities(&self, question: &Question) -> Vec<f64> {
        let cosine = |text: &Weights| question.0.iter().filter_map(|(word, weight)| Some(weight * text.get(word)?)).sum();
        self.texts.iter().map(cosine).collect()
    }

    /// How much of the question the texts and these other words know, 0 to 1.
    pub(crate) fn known<'a>(&self, question: &Question, others: impl Iterator<Item = &'a str>) -> f64 {
        let mut known: BTreeSet<&str> = self.frequencies.keys().map(String::as_str).collect();
        let others: BTreeSet<&str> = others.collect();
        let others: Vec<String> = others.into_iter().flat_map(words).collect();
        known.extend(others.iter().map(String::as_str));
        question.0.iter().filter(|(word, _)| known.contains(word.as_str())).map(|(_, weight)| weight * weight).sum()
    }

    fn weigh(&self, words: &[String]) -> Weights {
        let mut weights = Weights::new();
        for word in words {
            *weights.entry(word.clone()).or_default() += 1.0;
        }
        let all = self.count as f64;
        for (word, weight) in &mut weights {
            let frequency = self.frequencies.get(word).copied().unwrap_or_default() as f64;
            // A word said twice is not twice as telling.
            *weight = (1.0 + weight.ln()) * (1.0 + ((1.0 + all) / (1.0 + frequency)).ln());
        }
        let length = weights.values().map(|weight| weight * weight).sum::<f64>().sqrt();
        for weight in weights.values_mut() {
            *weight /= length;
        }
        weights
    }
}

/// The telling words of a text: lower case, without endings; a compound such as `nova-compute` as a whole and in its parts.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut words = Vec::new();
    for token in lower.split(|c: char| !(c.is_alphanumeric() || "-_./".contains(c))) {
        let token = token.trim_matches(|c: char| !c.is_alphanumeric());
        let parts: Vec<&str> = token.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 {
            words.push(token.to_owned());
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
        assert_eq!(words("nova-compute"), ["nova-compute", "nova", "comput"]);
        assert_eq!(words("req-1c6f2a7e-0f0c-4b7e-9a6e-1c2d3e4f5a6b").len(), 1);
    }

    #[test]
    fn the_text_that_shares_the_rare_word_is_nearest() {
        let index = Index::new(["disk full on node", "network down on node"].into_iter().map(String::from));
        let near = index.similarities(&index.question("is the disk of that node full?"));
        assert!(near[0] > near[1] && near[1] > 0.0, "{near:?}");
        assert_eq!(index.similarities(&index.question("capital of France")), [0.0, 0.0]);
        assert_eq!(index.similarities(&index.question("")), [0.0, 0.0]);
    }

    #[test]
    fn words_that_nobody_knows_lower_the_share() {
        let index = Index::new(std::iter::once("disk full on node".to_owned()));
        assert!((index.question("why?").share("why reason") - 1.0).abs() < 1e-9);
        assert!((index.question("why is the sky blue?").share("why reason") - 1.0 / 3.0).abs() < 1e-9);
    }
}
