//! TF-IDF and the cosine between texts, over words and pairs of words.
//!
//! Weights as in scikit-learn's `TfidfVectorizer`: idf = ln((1 + n) / (1 + df)) + 1, rows of length 1; the terms kept are the most
//! frequent ones.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::config::TfidfConfig;

static STOP_WORDS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| include_str!("../../knowledge/stop_words.txt").split_whitespace().collect());

/// The terms of a set of texts, with their weights.
#[derive(Debug)]
pub struct Tfidf {
    terms: FxHashMap<String, (u32, f64)>,
    config: TfidfConfig,
}

/// A text as weighted terms, by term, of length 1.
pub type Row = Vec<(u32, f64)>;

impl Tfidf {
    /// Learns the terms and how rare they are.
    #[must_use]
    pub fn fit<'a>(documents: impl Iterator<Item = &'a str>, config: &TfidfConfig) -> Self {
        let mut seen: FxHashMap<String, (u32, u32)> = FxHashMap::default();
        let mut count = 0_u32;
        for document in documents {
            count += 1;
            for (term, times) in terms(document, config) {
                let entry = seen.entry(term).or_default();
                entry.0 += times;
                entry.1 += 1;
            }
        }
        let mut kept: Vec<(String, (u32, u32))> = seen.into_iter().collect();
        kept.sort_unstable_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
        kept.truncate(config.max_terms);
        let idf = |df: u32| ((1.0 + f64::from(count)) / (1.0 + f64::from(df))).ln() + 1.0;
        let terms = kept.into_iter().enumerate().map(|(n, (term, (_, df)))| (term, (n as u32, idf(df)))).collect();
        Self { terms, config: config.clone() }
    }

    /// A text as weighted terms; empty where it has none of the terms.
    #[must_use]
    pub fn row(&self, text: &str) -> Row {
        let mut row: Row = terms(text, &self.config)
            .into_iter()
            .filter_map(|(term, times)| self.terms.get(&term).map(|(id, idf)| (*id, f64::from(times) * idf)))
            .collect();
        row.sort_unstable_by_key(|(id, _)| *id);
        let length = row.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
        for (_, weight) in &mut row {
            *weight /= length;
        }
        row
    }
}

/// The cosine of two rows, 0 to 1.
#[must_use]
pub fn cosine(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut n, mut m, mut sum) = (0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(n), b.get(m)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => n += 1,
            std::cmp::Ordering::Greater => m += 1,
            std::cmp::Ordering::Equal => {
                sum += x.1 * y.1;
                (n, m) = (n + 1, m + 1);
            }
        }
    }
    sum.min(1.0)
}

/// The terms of a text and how often each comes, by name.
fn terms(text: &str, config: &TfidfConfig) -> Vec<(String, u32)> {
    let words: Vec<String> = words(text).filter(|w| !config.stop_words || !STOP_WORDS.contains(w.as_str())).collect();
    let mut all: Vec<String> = (1..=config.ngrams).flat_map(|n| words.windows(n).map(|w| w.join(" "))).collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).map(|same| (same[0].clone(), same.len() as u32)).collect()
}

/// Words of two letters or more in lower case; `camelCase` and `snake_case` names are taken apart, and plurals lose their `s`, so that
/// an operator's words meet the code's.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).flat_map(camel).filter(|w| w.len() > 1).map(|w| {
        let w = w.to_lowercase();
        match w.strip_suffix('s') {
            Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
            _ => w,
        }
    })
}

/// Parts of a name: `NoValidHost` is `No`, `Valid`, `Host`.
fn camel(word: &str) -> impl Iterator<Item = &str> {
    let bytes = word.as_bytes();
    let mut cuts: Vec<usize> =
        (1..bytes.len()).filter(|n| bytes[*n].is_ascii_uppercase() && bytes[n - 1].is_ascii_lowercase()).collect();
    cuts.insert(0, 0);
    cuts.push(word.len());
    (0..cuts.len() - 1).map(move |n| &word[cuts[n]..cuts[n + 1]])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 3] = ["No valid host was found for instances", "Volume created successfully", "Token issued for user"];

    fn fitted() -> Tfidf {
        Tfidf::fit(TEXTS.into_iter(), &TfidfConfig::default())
    }

    #[test]
    fn finds_the_text_that_is_meant() {
        let tfidf = fitted();
        let issue = tfidf.row("Why is there NoValidHost for my instance?");
        let cosines = TEXTS.map(|t| cosine(&issue, &tfidf.row(t)));
        assert!(cosines[0] > 0.5, "{cosines:?}");
        assert!(cosines[1].abs() < f64::EPSILON && cosines[2].abs() < f64::EPSILON, "{cosines:?}");
    }

    #[test]
    fn a_text_is_like_itself_and_nothing_is_like_an_empty_one() {
        let tfidf = fitted();
        let row = tfidf.row(TEXTS[1]);
        assert!((cosine(&row, &row) - 1.0).abs() < 1e-9);
        assert_eq!(tfidf.row("the of and 42"), []);
    }

    #[test]
    fn keeps_the_most_frequent_terms() {
        let config = TfidfConfig { max_terms: 1, ngrams: 1, ..TfidfConfig::default() };
        let tfidf = Tfidf::fit(["disk full", "disk slow", "disk gone"].into_iter(), &config);
        assert_eq!(tfidf.row("full slow"), []);
        assert_eq!(tfidf.row("disk").len(), 1);
    }
}
